"""What changed between two versions, or since the last one: the page of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.models import Confirmation, DifferingView, FormulationVersion
from newel.record.stairs.activators.presenters.changed import (
    Reworded,
    Sentence,
    added,
    confirmed,
    ended,
    looked_again,
    reworded,
    sentence,
)
from newel.record.stairs.activators.presenters.formulation_parts import NotAgreed, not_agreed
from newel.record.stairs.activators.presenters.lines import address_of, counted
from newel.record.stairs.activators.presenters.moved import moved_in_words

NOW = "now"


@dataclass(frozen=True, kw_only=True)
class Part:
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class SummaryChange:
    before: tuple[rules.Piece, ...]
    after: tuple[rules.Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(kw_only=True)
class ComparisonPage(Page):
    before: str
    after: str
    opening: str
    changed: tuple[Reworded, ...]
    parts: tuple[Part, ...]
    summary: SummaryChange | None
    newly_not_agreed: tuple[NotAgreed, ...]
    no_longer_not_agreed: tuple[NotAgreed, ...]
    same: str
    held_back: tuple[str, ...]
    earlier: tuple[Choice, ...]
    later: tuple[Choice, ...]
    links: tuple[Link, ...]
    next_thing: Link | None = None
    next_why: str = ""


@dataclass(frozen=True, kw_only=True)
class Compares:
    """What was read for the page. `later` is None for how things are now."""

    versions: Sequence[FormulationVersion]
    earlier: FormulationVersion
    later: FormulationVersion | None
    before: rules.Side
    after: rules.Side
    came_from: Mapping[int, int]
    confirmations: Iterable[Confirmation]
    views_before: Sequence[DifferingView]
    views_after: Sequence[DifferingView]


def comparison_page(*, child: Child, read: Compares, may_agree: bool) -> ComparisonPage:
    found = rules.compare(read.before, read.after, came_from=read.came_from)
    old, new = _called(read.earlier), _called(read.later)
    page = ComparisonPage(
        title="What has changed",
        back=Link(text="Versions of the formulation", href=address_of("versions", child)),
        before=old,
        after=new,
        opening="",
        changed=tuple(reworded(child, *pair) for pair in found.changed),
        parts=_parts(child, found, read),
        summary=_summary(read),
        newly_not_agreed=_only_in(read.views_after, read.views_before),
        no_longer_not_agreed=_only_in(read.views_before, read.views_after),
        same=_same(found, read),
        held_back=_held_back(read),
        earlier=_choices(read.versions, read.earlier),
        later=_choices(read.versions, read.later, with_now=True),
        links=_links(child, read),
    )
    page.opening = _opening(page, found, child, old, new)
    if may_agree and read.later is None and not _is_nothing(page, found):
        page.next_thing = Link(text="Start a reformulation", href=address_of("reformulate", child))
        page.next_why = "Go through what is agreed, then agree it anew."
    return page


def _called(version: FormulationVersion | None) -> str:
    return "Now" if version is None else f"Version {version.number}, {day(version.agreed_on)}"


def _is_nothing(page: ComparisonPage, found: rules.Compared) -> bool:
    views = page.newly_not_agreed or page.no_longer_not_agreed
    return found.is_nothing and page.summary is None and not views


def _opening(page: ComparisonPage, found: rules.Compared, child: Child, old: str, new: str) -> str:
    if _is_nothing(page, found):
        return "Nothing that you may read has changed between these two."
    told = (
        (len(found.added), "added"),
        (len(found.changed), "put in other words"),
        (len(found.looked_again), "looked at again"),
        (len(found.no_longer), "no longer so"),
        (len(found.confirmed), "confirmed"),
        (len(found.out_of_date), "gone out of date"),
        (len(found.moved), "moved on the maps"),
        (len(found.left_out), "left out"),
        (len(page.newly_not_agreed), "newly not agreed"),
    )
    return ", ".join(f"{number} {words}" for number, words in told if number) + "."


def _parts(child: Child, found: rules.Compared, read: Compares) -> tuple[Part, ...]:
    seen = _what_was_seen(read)
    parts = (
        Part(heading="Added", sentences=tuple(
            sentence(child, one.statement, added(one.statement)) for one in found.added)),
        Part(heading="No longer so", sentences=tuple(
            sentence(child, one.statement, ended(one.statement), one.statement.ended_because)
            for one in found.no_longer)),
        Part(heading="Looked at again, in the same words", sentences=tuple(
            sentence(child, new.statement, *looked_again(was, new))
            for was, new in found.looked_again)),
        Part(heading="Confirmed since", sentences=tuple(
            sentence(child, new.statement, *confirmed(new, seen)) for _, new in found.confirmed)),
        Part(heading="Moved on the maps", sentences=tuple(
            sentence(child, new.statement, " ".join(moved_in_words(was.places, new.places)))
            for was, new in found.moved)),
        Part(heading="Gone out of date", sentences=tuple(
            sentence(child, one.statement,
                      f"Not confirmed since {day(one.confirmed_on)}. It was to be confirmed by "
                      f"{day(one.confirm_by)}.")
            for one in found.out_of_date)),
        Part(heading="Still agreed, but not part of the later version", sentences=tuple(
            sentence(child, one.statement,
                      "Whoever agreed the later version could not read it, so it is not in it.")
            for one in found.left_out)),
    )  # fmt: skip
    return tuple(part for part in parts if part.sentences)


def _what_was_seen(read: Compares) -> dict[int, Confirmation]:
    """The last confirmation of each statement within the time that is compared."""
    last: dict[int, Confirmation] = {}
    for one in read.confirmations:
        if one.written_at <= read.after.at:
            last.setdefault(one.statement_id, one)
    return last


def _summary(read: Compares) -> SummaryChange | None:
    """How things are now has no summary of its own: a person writes one when it is agreed."""
    if read.later is None or read.later.summary == read.earlier.summary:
        return None
    before, after = rules.pieces(read.earlier.summary, read.later.summary)
    return SummaryChange(before=before, after=after)


def _only_in(
    views: Sequence[DifferingView], others: Sequence[DifferingView]
) -> tuple[NotAgreed, ...]:
    known = {one.pk for one in others}
    return tuple(not_agreed(one) for one in views if one.pk not in known)


def _same(found: rules.Compared, read: Compares) -> str:
    if not found.same:
        return ""
    stale = [one for one in found.same if one.is_out_of_date(read.after.on)]
    text = f"{counted(len(found.same), 'statement')} stayed as {_as_they_were(len(found.same))}"
    if stale:
        return f"{text}. {len(stale)} of these had gone out of date before and still are: ask."
    return f"{text}."


def _as_they_were(number: int) -> str:
    return "it was" if number == 1 else "they were"


def _held_back(read: Compares) -> tuple[str, ...]:
    told = []
    for version, side in ((read.earlier, read.before), (read.later, read.after)):
        if version is None:
            continue
        held = version.holds - len(side.standing)
        if held:
            what = counted(held, "statement")
            verb = "is" if held == 1 else "are"
            told.append(f"{what} of version {version.number} {verb} held back from you.")
    return tuple(told)


def _choices(
    versions: Sequence[FormulationVersion],
    chosen: FormulationVersion | None,
    *,
    with_now: bool = False,
) -> tuple[Choice, ...]:
    offered = [
        Choice(
            value=one.public_id,
            text=_called(one),
            chosen=chosen is not None and one.pk == chosen.pk,
        )
        for one in versions
    ]
    if with_now:
        offered.insert(0, Choice(value=NOW, text="Now", chosen=chosen is None))
    return tuple(offered)


def _links(child: Child, read: Compares) -> tuple[Link, ...]:
    found = [Link(text=f"Open version {read.earlier.number}",
                  href=address_of("version", child, read.earlier.public_id))]  # fmt: skip
    if read.later is not None:
        found.append(
            Link(text=f"Open version {read.later.number}",
                 href=address_of("version", child, read.later.public_id))
        )  # fmt: skip
    else:
        found.append(Link(text="What we understand now", href=address_of("understanding", child)))
    return tuple(found)
