"""A list of events before it is saved: each line, how it was read, and what is still unclear."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from newel.record.children.models import SHARING_LEVELS, WHOSE_WORDS, Child
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.dates import day
from newel.record.design_system.fields import HiddenField
from newel.record.stairs.scoping import policies, rules
from newel.record.stairs.scoping.actions import Brought
from newel.record.stairs.scoping.forms.listed_lines import (
    EMPTY_LINES,
    KINDS,
    ListedLine,
    check_ends,
    empty_lines,
    ends,
    kept,
    lines_in,
    said,
)
from newel.record.stairs.scoping.forms.written import REPEATS, WrittenForm
from newel.record.stairs.scoping.models import HOW_BROUGHT
from newel.record.stairs.scoping.rules import NotADate
from newel.record.stairs.scoping.rules.lines import LISTS, Line, fitted
from newel.record.stairs.scoping.rules.reading import LONGEST, read_when
from newel.record.stairs.scoping.rules.same import Known, same_as
from newel.record.stairs.scoping.rules.when_words import DAY_FIRST, DIFFERS, MONTH_FIRST

LONGEST_TEXT = 5000
MOST = LISTS["limits"]["lines"]
ORDERS = [
    (DAY_FIRST, "Day first, as is usual in Britain: 3/4 is 3 April"),
    (MONTH_FIRST, "Month first: 3/4 is 4 March"),
    (DIFFERS, "It differs from line to line"),
]
ASK_ORDER = "Some dates in this list look written month first. Answer how they were written"


class ListForm(WrittenForm):
    """`data` holds a box for each line: when-1, what-1 and so on, `lines` of them."""

    submit_label = "Save"
    order = RadiosField(
        label="How were the dates in this list written?", choices=ORDERS, required=False
    )
    how = HiddenField(required=False)
    file_name = HiddenField(required=False)

    def __init__(
        self,
        *args: Any,
        child: Child,
        today: date,
        on_record: Sequence[Known] = (),
        first_look: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.child, self.today, self.on_record = child, today, on_record
        self.first_look = first_look
        self.lines = lines_in(self.data) if self.is_bound else [*empty_lines(1, EMPTY_LINES)]
        self.asks_about_order = False
        if self.is_bound:
            self.full_clean()  # the page shows how each line was read, whatever is asked of it

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            if self.first_look:
                self.errors.clear()  # nobody has been asked yet
            self._look_at_lines()

    def _look_at_lines(self) -> None:
        order = str(self.data.get("order") or "")
        self._read_times(order if order in dict(ORDERS) else DAY_FIRST)
        self._ask_about_order(order)
        for line in self.lines:
            if line.is_in:
                self._check(line)
        self._find_doubles()
        self._check_copies()
        self._count()
        for line in self.lines:
            for asked in line.asks:
                self.add_error(None, f"Line {line.number}: {asked}")

    def _count(self) -> None:
        if not self.kept and not self.first_look:
            self.add_error(None, "Write at least one event, or leave fewer lines out")
        if self.kept > MOST:
            self.add_error(None, f"Newel takes {MOST} events at a time. Leave some out for now")

    def _read_times(self, order: str) -> None:
        for line in self.lines:
            line.notes = [line.note] if line.note else []
            line.reading = read_when(
                line.when, born_on=self.child.born_on, order=order, name=self.child.preferred_name
            )
            line.said = said(line, self.child.born_on)

    def _ask_about_order(self, order: str) -> None:
        """Asked once for the list, and only when there is a sign that it was not day first."""
        orders = {line.reading.order for line in self.lines if line.is_in}
        self.asks_about_order = bool(order) or MONTH_FIRST in orders
        self.fields["order"].required = self.asks_about_order
        if self.asks_about_order and not order and not self.first_look:
            self.add_error("order", ASK_ORDER)

    def _check(self, line: ListedLine) -> None:
        line.notes = [one for one in (line.note, line.reading.note) if one]
        if not line.what.strip():
            self._ask(line, "what", "Write what happened, or leave the line out")
        if len(line.when) > LONGEST:
            self._ask(line, "when", f"Use {LONGEST} letters or fewer for when it was")
        if len(line.more) > LONGEST_TEXT:
            self._ask(line, "more", f"Use {LONGEST_TEXT:,} letters or fewer under “More”")
        if line.kind and line.kind not in KINDS:
            self._ask(line, "kind", "Choose the kind from the list")
        self._check_time(line)

    def _check_time(self, line: ListedLine) -> None:
        if line.reading.asks:
            if not line.known:
                tick = (
                    "Mend it, or tick “I have checked this line” to keep the words without a date"
                )
                line.can_be_known = True
                self._ask(line, "when", f"{line.reading.asks.removesuffix('.')}. {tick}")
            return
        try:
            found = rules.checked(
                line.reading.when, kind="moving" if line.is_place else line.kind,
                born_on=self.child.born_on, today=self.today, name=self.child.preferred_name,
            )  # fmt: skip
            if line.is_place:
                check_ends(line, self.child.born_on)
        except NotADate as wrong:
            self._ask(line, "when", str(wrong).removesuffix("."))
            return
        born_on = self.child.born_on
        if born_on and found.latest and found.latest < born_on and not line.known:
            line.can_be_known = True
            self._ask(line, "when", _before_birth(self.child))

    def _ask(self, line: ListedLine, box: str, sentence: str) -> None:
        if not line.asks:
            line.box = box
        line.asks.append(sentence)

    def _find_doubles(self) -> None:
        """Left out when first seen, with a choice; later they are asked about (H27)."""
        seen: list[Known] = []
        for line in self.lines:
            if line.is_blank:
                continue
            double = same_as(line.what, line.reading.found, seen)
            beside = "the same as another line: " if double else "already on the timeline: "
            double = double or same_as(line.what, line.reading.found, list(self.on_record))
            if double is not None:
                self._put_beside(line, f"This looks {beside}{double.said}")
            shown = f"line {line.number}, {line.said}: {line.what}"
            seen.append(Known(title=line.what, found=line.reading.found, said=shown))

    def _put_beside(self, line: ListedLine, sentence: str) -> None:
        line.beside = sentence
        if self.first_look:
            line.out = True
        elif line.is_in and not line.known:
            tick = "Leave it out, or tick “I have checked this line” if it is another event"
            line.can_be_known = True
            self._ask(line, "what", f"{sentence}. {tick}")

    def _check_copies(self) -> None:
        """As for a single piece of writing (H7), once for the whole list."""
        if not self.held_back or self.cleaned_data.get("copied_knowingly"):
            return
        open_to_many = [line for line in self.lines if line.is_in and not self._is_held(line)]
        if rules.repeats(
            "\n".join(f"{one.what}\n{one.more}" for one in open_to_many), self.held_back
        ):
            self.repeats_held_back = True
            self.add_error("copied_knowingly", REPEATS)

    def _is_held(self, line: ListedLine) -> bool:
        return (line.level or self.cleaned_data.get("sharing_level")) in policies.HELD_BACK

    @property
    def line_levels(self) -> list[tuple[str, str]]:
        """For one line; people are named for the whole list."""
        opens = policies.levels_open_to(self.by)
        return [level for level in opens if level[0] != "named_people"]

    @property
    def new_readings(self) -> list[int]:
        return [line.number for line in self.lines if line.is_new_reading]

    @property
    def left_out(self) -> int:
        return sum(line.out and not line.is_blank for line in self.lines)

    @property
    def kept(self) -> int:
        return sum(line.is_in for line in self.lines)

    def error_links(self) -> list[dict[str, str]]:
        links = {
            f"Line {line.number}: {asked}": f"#{line.box}-{line.number}"
            for line in self.lines
            for asked in line.asks
        }
        found = super().error_links()
        return [
            one | ({"href": links[one["text"]]} if one["text"] in links else {}) for one in found
        ]

    def brought(self) -> dict[str, Any]:
        facts = self.shared() | {
            "source": self.cleaned_data["source"],
            "whose_words": self.cleaned_data["whose_words"],
            "how": _how(self.cleaned_data.get("how")),
            "file_name": self.cleaned_data.get("file_name") or "",
            "left_out": self.left_out,
        }
        return facts | {"lines": [self._brought(line, facts) for line in self.lines if line.is_in]}

    def _brought(self, line: ListedLine, facts: Mapping[str, Any]) -> Brought:
        told = fitted(Line(what=" ".join(line.what.split()), more=line.more.strip()))
        starts, until, still = ends(line)
        return Brought(
            kind=line.kind,
            title=told.what,
            when=kept(line),
            text=told.more,
            source=line.source[:200] or facts["source"],
            whose_words=line.whose if line.whose in dict(WHOSE_WORDS) else facts["whose_words"],
            sharing_level=self._level(line, facts),
            original=line.original,
            is_place=line.is_place,
            starts=starts,
            ends=until,
            still=still,
        )

    def _level(self, line: ListedLine, facts: Mapping[str, Any]) -> str:
        level = line.level if line.level in dict(SHARING_LEVELS) else ""
        return level or str(facts["sharing_level"])


def _how(typed: str | None) -> str:
    return typed if typed in dict(HOW_BROUGHT) else "typed"


def _before_birth(child: Child) -> str:
    return (
        f"This is before {child.preferred_name} was born, on {day(child.born_on)}. If it is right, "
        "as in a parent’s history, tick “I have checked this line”"
    )
