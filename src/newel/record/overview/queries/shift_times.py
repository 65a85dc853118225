"""When the shifts of a setting begin."""

from django.db.models import QuerySet

from newel.record.establishments.models import Setting
from newel.record.overview.models import ShiftTimes
from newel.record.overview.rules import PROPOSED, Times


def settings_with_times() -> QuerySet[Setting]:
    return Setting.objects.select_related("shift_times__confirmed_by").order_by("name_key")


def shift_times(*, setting: Setting) -> Times:
    """As the setting said, or else as the definitions propose: the setting's row comes with it
    where it was asked for along with the setting."""
    saved: ShiftTimes | None = getattr(setting, "shift_times", None)
    if saved is None:
        return PROPOSED
    return Times(early=saved.early, late=saved.late, night=saved.night, confirmed=True)
