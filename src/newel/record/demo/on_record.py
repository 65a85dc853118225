"""What the settings of the demo have on record before children are entered: all of it made up, and
marked so. It counts in a demo and nowhere else."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.demo.loaded import Estate
from newel.record.establishments import readiness_actions as on_record
from newel.record.establishments.models import Agency, Setting

ON_RECORD_SINCE_DAY = -715
REVIEW_AFTER = timedelta(days=900)


def put_fiction_on_record(loaded: Estate) -> None:
    by = next(one for one in loaded.staff.values() if one.role == "governance_lead")
    agencies = list(loaded.agencies.values())[:3]
    at = loaded.calendar.day(ON_RECORD_SINCE_DAY)
    with acting(by.pk, page="demo"):
        for setting in loaded.settings.values():
            put_on_record(setting, by=by, at=at, agencies=agencies)


def put_on_record(
    setting: Setting, *, by: StaffMember, at: datetime, agencies: list[Agency]
) -> None:
    today = timezone.localdate(at)
    who: dict[str, Any] = {"setting": setting, "by": by, "at": at, "is_fiction": True}
    on_record.record_assessment(
        reference=f"Fiction: assessment of {setting.name}",
        signed_by="Betsey Trotwood, registered manager",
        signed_on=today,
        review_on=today + REVIEW_AFTER,
        **who,
    )
    on_record.record_officer(
        name="Dr Losberne",
        registration="Fiction: registered with nobody",
        appointed_on=today,
        **who,
    )
    on_record.record_agreement(
        reference=f"Fiction: agreement of {setting.name}",
        agencies=agencies,
        agreed_on=today,
        review_on=today + REVIEW_AFTER,
        **who,
    )
