"""Writing "Keeping safe now": one part at a time, and the entry before stays readable."""

from datetime import date, datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.children.policies import NotNow
from newel.record.stairs.activators.actions.opening import check_words
from newel.record.stairs.activators.actions.page_version import bump_page
from newel.record.stairs.activators.models import KeepingSafe


class MeanwhileWritten(NotNow):
    """Somebody else wrote this part after the writer had opened it."""

    def __init__(self, now_there: KeepingSafe | None) -> None:
        super().__init__("Somebody else has written this part in the meantime. Nothing is lost.")
        self.now_there = now_there


@transaction.atomic
def write_keeping_safe(
    *,
    child: Child,
    part: str,
    by: StaffMember,
    at: datetime,
    next_review_on: date,
    live_plan_at: str,
    none_known: bool = False,
    text: str = "",
    replaces: KeepingSafe | None = None,
) -> KeepingSafe:
    """`replaces` is the entry that the writer had before them, or None for a blank part."""
    check_words(text, live_plan_at, child=child, by=by, at=at, field="text")
    bump_page(child=child, at=at)  # first: its lock makes writers of one child's parts wait
    _take_out(child=child, part=part, expected=replaces)
    entry = KeepingSafe.objects.create(
        child=child,
        part=part,
        none_known=none_known,
        text=text,
        next_review_on=next_review_on,
        live_plan_at=live_plan_at,
        sharing_level=READ_BY_CHILD,
        replaces=replaces,
        written_by=by,
        written_at=at,
    )
    audit.record(
        "write_keeping_safe",
        thing="keeping_safe",
        thing_id=entry.pk,
        child_id=child.pk,
        fields=(part, "none_known", "text", "next_review_on", "live_plan_at"),
    )
    return entry


def _take_out(*, child: Child, part: str, expected: KeepingSafe | None) -> None:
    now_there = (
        KeepingSafe.objects.filter(child=child, part=part, is_current=True)
        .select_related("written_by")
        .first()
    )
    if (now_there and now_there.pk) != (expected and expected.pk):
        raise MeanwhileWritten(now_there)
    if now_there is not None:
        now_there.is_current = False
        now_there.save(update_fields=["is_current"])
