"""What the handover tells of questionnaires: a talk that waits (H9), and that it was seen to.

Never the answer, the question or which questionnaire it was. A talk that nobody has seen to is told
in every handover until somebody has, however long ago it was asked for.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.changed_rows import Asked, ChangedRows, asked, of_children, written_in
from newel.record.children.changes import SAFETY, Change
from newel.record.children.models import Child
from newel.record.outcomes.models import Talk
from newel.record.outcomes.queries.told import named_can_be_told
from newel.record.outcomes.rules import MORE_PEOPLE_AFTER


def changes_since(
    *, children: Sequence[Child], since: datetime, until: datetime, visible_to: StaffMember
) -> list[Change]:
    """Whoever may have the talk is told at once, so that the coming shift knows. Whoever may not is
    told when the whole unit is, and whom to tell; they get no link, which would be closed."""
    about = asked(children=children, since=since, until=until, visible_to=visible_to)
    may_have_it = visible_to.may(Capability.GIVE_MEASURES)
    told = [
        _seen_to(row) if row.seen_at else _waits(row, may_have_it, until)
        for row in _TALKS.of(about)
    ]
    return [change for change in told if may_have_it or change.for_everybody]


def _talks(about: Asked) -> QuerySet[Any]:
    waits = Q(seen_at=None, asked_at__lte=about.until)
    rows = Talk.objects.filter(waits | written_in(about, "seen_at"), of_children(about))
    return rows.annotate(
        named=F("form__talk_to__name"),
        cover=F("form__cover__name"),
        can_be_told=named_can_be_told(about.until),
        by=F("seen_by__name"),
    ).values_list(
        "pk", "child_id", "public_id", "asked_at", "seen_at", "named", "cover", "can_be_told", "by"
    )  # fmt: skip


def _waits(row: Any, may_have_it: bool, until: datetime) -> Change:
    who = f"Named for it: {row.named}, or {row.cover}. " if row.named else ""
    then = "Say on its page what was done" if may_have_it else "Tell the person in charge now"
    return Change(
        child_id=row.child_id,
        at=row.asked_at,
        what=f"A talk is wanted, and nobody has seen to it yet. {who}{then}",
        key=f"talk:{row.pk}:waits",
        rank=SAFETY,
        place="outcomes:talk" if may_have_it else "",
        place_ids=(row.public_id,) if may_have_it else (),
        for_everybody=not row.can_be_told or row.asked_at <= until - MORE_PEOPLE_AFTER,
    )


def _seen_to(row: Any) -> Change:
    return Change(
        child_id=row.child_id,
        at=row.seen_at,
        what="The talk that was wanted has been seen to",
        key=f"talk:{row.pk}:seen",
        rank=SAFETY,
        by=row.by,
        place="outcomes:talk",
        place_ids=(row.public_id,),
    )


_TALKS = ChangedRows(_talks)
