"""Who on a unit has a questionnaire due, on one page for those who work there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Unit
from newel.record.outcomes.presenters.plans import PlannedRow, planned_row
from newel.record.outcomes.queries.due import Due


@dataclass(frozen=True, kw_only=True)
class ChildDue:
    name: str
    href: str
    rows: tuple[PlannedRow, ...]


@dataclass(kw_only=True)
class DuePage(Page):
    units: tuple[Link, ...]
    next_thing: Link | None
    next_why: str
    now: tuple[ChildDue, ...]
    later: tuple[ChildDue, ...]


def due_page(
    *,
    unit: Unit,
    units: Sequence[Unit],
    rows: Sequence[tuple[Child, Sequence[Due]]],
    person: StaffMember,
    today: date,
) -> DuePage:
    """Begun and due comes first; a plan that waits for its day or for a session comes after."""
    now = [(child, [one for one in dues if is_now(one, today)]) for child, dues in rows]
    later = [
        (child, [one for one in dues if not is_now(one, today) and not one.is_done])
        for child, dues in rows
    ]
    drawn = _drawn(now, person, today)
    first = drawn[0] if drawn else None
    return DuePage(
        title=f"Questionnaires due on {unit.name}",
        caption=unit.setting.name,
        back=Link(text="My shift", href=reverse("overview:shift")),
        units=tuple(
            Link(text=one.name, href=reverse("outcomes:unit_due", args=[one.public_id]))
            for one in units
            if one.pk != unit.pk
        ),
        next_thing=first.rows[0].links[0] if first and first.rows[0].links else None,
        next_why=f"{first.name}: {first.rows[0].name}" if first else "",
        now=drawn,
        later=_drawn(later, person, today),
    )


def is_now(one: Due, today: date) -> bool:
    if one.is_done:
        return False
    return one.begun is not None or (one.due_on is not None and one.due_on <= today)


def _drawn(
    rows: Sequence[tuple[Child, Sequence[Due]]], person: StaffMember, today: date
) -> tuple[ChildDue, ...]:
    return tuple(
        ChildDue(
            name=child.preferred_name,
            href=reverse("outcomes:questionnaires", args=[child.public_id]),
            rows=tuple(planned_row(one, child, person, today) for one in dues),
        )
        for child, dues in rows
        if dues
    )
