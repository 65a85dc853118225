"""What was taken back: the words as they stood, and who took them back, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newel.record.access.models import StaffMember
from newel.record.children.banner import banner
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Page
from newel.record.stairs.scoping.models import LifeEvent, PathwayPlace
from newel.record.stairs.scoping.presenters.form_pages import Wording, back_to, wording


@dataclass(frozen=True, kw_only=True)
class TakenBackRow:
    wording: Wording
    why: str


@dataclass(kw_only=True)
class TakenBackPage(Page):
    rows: tuple[TakenBackRow, ...]


def taken_back_page(
    *,
    child: Child,
    rows: Iterable[LifeEvent | PathwayPlace],
    visible_to: StaffMember,
    at: datetime,
) -> TakenBackPage:
    return TakenBackPage(
        title="What was taken back",
        back=back_to(child, "timeline"),
        banner=banner(child=child, visible_to=visible_to, at=at),
        rows=tuple(
            TakenBackRow(wording=wording(row, child.born_on), why=_why(row)) for row in rows
        ),
    )


def _why(row: LifeEvent | PathwayPlace) -> str:
    taken = row.taken_back
    return f"Taken back by {taken.taken_back_by.name} on {day(taken.taken_back_at)}: {taken.reason}"
