"""The pages of "Keeping safe now". Blank is said as blank, never as "none"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators.models import SAFE_PARTS, KeepingSafe
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.presenters.understanding import NextThing

NOBODY_ENTERED = "Nobody has entered this."
_NONE_KNOWN = {p["code"]: p["none_known"] for p in read("understanding/keeping_safe.yaml")["parts"]}
PARTS_IN_WORDS = dict(SAFE_PARTS)


@dataclass(frozen=True, kw_only=True)
class Entry:
    words: str
    written: str
    review: str
    late: bool
    live_plan_at: str


@dataclass(frozen=True, kw_only=True)
class Part:
    heading: str
    entry: Entry | None
    before: tuple[Entry, ...]
    write: Link | None


@dataclass(kw_only=True)
class KeepingSafePage(Page):
    parts: tuple[Part, ...]
    next_thing: NextThing | None
    nobody_entered: str = NOBODY_ENTERED


@dataclass(kw_only=True)
class WritePartPage(Page):
    entry: Entry | None
    newer: Entry | None = None
    nobody_entered: str = NOBODY_ENTERED


def keeping_safe_page(
    *,
    child: Child,
    now: Mapping[str, KeepingSafe | None],
    before: Mapping[str, Sequence[KeepingSafe]],
    today: date,
    person: StaffMember,
) -> KeepingSafePage:
    may_write = person.may(Capability.KEEP_SAFE)
    return KeepingSafePage(
        title="Keeping safe now",
        caption="At the top of “How to be with me”",
        back=Link(
            text=f"{child.preferred_name}’s record",
            href=reverse("children:child", args=[child.public_id]),
        ),
        parts=tuple(
            _part(code, row, before.get(code, ()), child=child, today=today, may_write=may_write)
            for code, row in now.items()
        ),
        next_thing=_next_thing(child, now, today) if may_write else None,
    )


def _part(
    code: str,
    row: KeepingSafe | None,
    before: Sequence[KeepingSafe],
    *,
    child: Child,
    today: date,
    may_write: bool,
) -> Part:
    write = Link(
        text="Write again" if row else "Write this",
        href=address_of("write_keeping_safe", child, code),
        about=PARTS_IN_WORDS[code],
    )
    return Part(
        heading=PARTS_IN_WORDS[code],
        entry=entry_in_words(row, today) if row else None,
        before=tuple(entry_in_words(earlier, today) for earlier in before),
        write=write if may_write else None,
    )


def entry_in_words(row: KeepingSafe, today: date) -> Entry:
    late = row.is_current and row.next_review_on < today
    return Entry(
        words=_NONE_KNOWN[row.part] if row.none_known else row.text,
        written=f"{row.written_by.name}, {day_time(row.written_at)}",
        review=f"Was due on {day(row.next_review_on)}" if late else day(row.next_review_on),
        late=late,
        live_plan_at=row.live_plan_at,
    )


def _next_thing(
    child: Child, now: Mapping[str, KeepingSafe | None], today: date
) -> NextThing | None:
    blank = [code for code, row in now.items() if row is None]
    if blank:
        parts = "1 part has" if len(blank) == 1 else f"{len(blank)} parts have"
        return _write(child, blank[0], f"{parts} not been entered by anybody.")
    late = sorted((r for r in now.values() if r and r.next_review_on < today),
                  key=lambda r: r.next_review_on)  # fmt: skip
    if late:
        parts = "1 part is" if len(late) == 1 else f"{len(late)} parts are"
        return _write(child, late[0].part, f"{parts} past the day of review.")
    return None


def _write(child: Child, code: str, why: str) -> NextThing:
    words = PARTS_IN_WORDS[code]
    href = address_of("write_keeping_safe", child, code)
    return NextThing(text=f"Write “{words}”", href=href, why=why)


def write_part_page(
    *, child: Child, part: str, row: KeepingSafe | None, today: date
) -> WritePartPage:
    return WritePartPage(
        title=PARTS_IN_WORDS[part],
        caption="Keeping safe now",
        back=Link(text="Keeping safe now", href=address_of("keeping_safe", child)),
        entry=entry_in_words(row, today) if row else None,
    )
