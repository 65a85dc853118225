"""The full formulation: one version in sections, the same words for page, Word and PDF."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from newel.definitions import read
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.design_system.dates import day, day_time
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.map_models import LIFE_STAGES
from newel.record.stairs.activators.models import (
    DISCIPLINES_IN_WORDS,
    INVOLVEMENT,
    DifferingView,
    FormulationVersion,
    Participant,
    StatementAsAgreed,
)
from newel.record.stairs.activators.presenters.formulation_lines import (
    are_childs_words,
    line_as_agreed,
    still_agreed,
)
from newel.record.stairs.activators.presenters.formulation_parts import (
    NOTHING,
    Document,
    DocumentLine,
    DocumentSection,
    NotAgreed,
    Quoted,
    not_agreed,
)
from newel.record.stairs.activators.presenters.formulation_parts import Known as Known
from newel.record.stairs.activators.presenters.formulation_parts import Leaving as Leaving
from newel.record.stairs.activators.presenters.formulation_sequence import in_sequence
from newel.record.stairs.activators.presenters.formulation_words import held_words, quoted
from newel.record.stairs.activators.presenters.lines import address_of, counted
from newel.record.stairs.activators.presenters.recommendations import Told, told

TITLE = "Full formulation"
PROTECTS = "What keeps the child well, and strengths"
NOTHING_PROTECTS = "Nobody has written down yet what keeps the child well."
NO_LONGER = "No longer so, or put in other words, since this was agreed"
_WORDS = read("understanding/statements.yaml")
_FIVE_PS = _WORDS["five_ps"]
_AREAS = read("understanding/formulation.yaml")["sections"]
_HOW = dict(INVOLVEMENT)
Fits = Callable[[StatementAsAgreed], bool]


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """What is so in this version, with the line of each."""

    rows: Sequence[StatementAsAgreed]
    lines: Mapping[int, DocumentLine]

    def section(self, heading: str, fits: Fits, nothing: str = NOTHING) -> DocumentSection:
        found = tuple(self.lines[row.pk] for row in self.rows if fits(row))
        return DocumentSection(heading=heading, lines=found, nothing=nothing)


def document(
    *, child: Child, known: Known, today: date, leaving: Leaving | None = None
) -> Document:
    version, is_past = known.version, known.newer is not None
    rows = [row for row in known.rows if _may_stand(row, leaving)]
    lines = {row.pk: line_as_agreed(row, child, known, today) for row in rows}
    is_so = [row for row in rows if is_past or still_agreed(row, known)]
    standing = _Standing(rows=is_so, lines=lines)
    ended = tuple(lines[row.pk] for row in rows if row not in is_so)
    says = _says(child, known, leaving, standing)
    chains, sequence = in_sequence([(row, lines[row.pk]) for row in is_so], known.links)
    return Document(
        title=TITLE,
        name=child.preferred_name,
        number=version.number,
        best_understanding=f"Our best understanding on {day(version.agreed_on)}",
        agreed=f"Version {version.number}, agreed on {day(version.agreed_on)} and written down by "
        f"{version.agreed_by.name} on {day_time(version.agreed_at)}.",
        past=past_in_words(version, known.newer),
        summary=_summary(version, leaving),
        took_part=_took_part(known, leaving),
        childs_part=f"{child.preferred_name}: {_HOW[version.involvement].lower()}.",
        childs_reason=_if_it_may_leave(version.involvement_reason, leaving),
        says=says,
        says_href=address_of("childs_words", child),
        own_words=_own_words(child, standing, says),
        protective=standing.section(PROTECTS, _protects, NOTHING_PROTECTS),
        areas=tuple(standing.section(one["heading"], _in_area(one["area"])) for one in _AREAS),
        chains=chains,
        sequence=sequence,
        five_ps=tuple(standing.section(one["words"], _in_p(one["code"])) for one in _FIVE_PS),
        life=_along_a_life(standing),
        life_not_placed=_not_placed(sum(not row.life_stage for row in is_so)),
        no_longer=DocumentSection(heading=NO_LONGER, lines=ended),
        not_agreed=_not_agreed(known, leaving),
        recommendations=_recommendations(child, known, today, leaving),
        held_back=_held_back(known, rows, leaving),
        foot=leaving.foot if leaving else "",
    )


def _says(
    child: Child, known: Known, leaving: Leaving | None, standing: _Standing
) -> tuple[Quoted, ...]:
    own = (row for row in standing.rows if are_childs_words(row))
    statements = [(row.statement.text, standing.lines[row.pk]) for row in own]
    return quoted(child, known, leaving, statements=statements)


def _own_words(child: Child, standing: _Standing, says: Sequence[Quoted]) -> DocumentSection:
    """But for those that are quoted already, as what the child said."""
    once = {one.as_statement.href for one in says if one.as_statement is not None}
    return standing.section(
        f"In {child.preferred_name}’s own words",
        lambda row: are_childs_words(row) and standing.lines[row.pk].href not in once,
        "" if says else "Nobody has written down the child’s own words yet.",
    )


def _along_a_life(standing: _Standing) -> tuple[DocumentSection, ...]:
    found = (standing.section(words, _at_stage(code)) for code, words in LIFE_STAGES)
    return tuple(stage for stage in found if stage.lines)


def past_in_words(version: FormulationVersion, newer: FormulationVersion | None) -> str:
    if newer is None:
        return ""
    return (
        f"This is past. It was our best understanding from {day(version.agreed_on)} until "
        f"{day(newer.agreed_on)}, when version {newer.number} took its place."
    )


def _may_stand(row: StatementAsAgreed, leaving: Leaving | None) -> bool:
    """On a copy only what was and still is for its reader, and what paper may carry."""
    if leaving is None:
        return True
    levels = (row.sharing_level, row.statement.sharing_level)
    return leaving.takes(*levels) and leaving.may_leave(row.statement.text)


def _protects(row: StatementAsAgreed) -> bool:
    return row.statement.kind == "strength" or "protective" in row.five_ps


def _in_area(area: str) -> Fits:
    """The child's own words stand apart, in a section of their own."""
    return lambda row: row.area == area and not are_childs_words(row)


def _in_p(code: str) -> Fits:
    return lambda row: code in row.five_ps


def _at_stage(code: str) -> Fits:
    return lambda row: row.life_stage == code


def _not_placed(number: int) -> str:
    if not number:
        return ""
    return f"{counted(number, 'statement')} {'is' if number == 1 else 'are'} not placed in time."


def _summary(version: FormulationVersion, leaving: Leaving | None) -> tuple[str, ...]:
    if leaving and not leaving.takes(version.summary_level):
        return ("The summary is held back from this copy.",)
    return tuple(_if_it_may_leave(version.summary, leaving).split("\n"))


def _if_it_may_leave(text: str, leaving: Leaving | None) -> str:
    if text and leaving and not leaving.may_leave(text):
        return "These words are held back from this copy."
    return text


def _took_part(known: Known, leaving: Leaving | None) -> tuple[str, ...]:
    """A copy that holds the least names nobody: what each does for the child is enough."""
    named = leaving is None or leaving.includes != READ_BY_CHILD
    told = (_participant(one, named=named) for one in known.participants)
    return tuple(words or "Somebody else" for words in told)


def _participant(one: Participant, *, named: bool) -> str:
    told_of = (
        one.name if named else "",
        one.part,
        DISCIPLINES_IN_WORDS.get(one.discipline, ""),
        one.agency,
    )
    return ", ".join(dict.fromkeys(part for part in told_of if part))


def _not_agreed(known: Known, leaving: Leaving | None) -> tuple[NotAgreed, ...]:
    is_past = known.newer is not None
    return tuple(
        not_agreed(one, say_settled=not is_past)
        for one in known.views
        if _view_may_stand(one, leaving)
    )


def _view_may_stand(view: DifferingView, leaving: Leaving | None) -> bool:
    if leaving is None:
        return True
    levels = [view.sharing_level] + ([view.statement.sharing_level] if view.statement else [])
    about = view.statement.text if view.statement else ""
    return leaving.takes(*levels) and leaving.may_leave(view.text) and leaving.may_leave(about)


def _recommendations(
    child: Child, known: Known, today: date, leaving: Leaving | None
) -> tuple[Told, ...]:
    until = known.newer.agreed_at if known.newer else None
    since = known.version.agreed_at if known.version.number > 1 else None
    rows = rules.stood_with(known.recommendations, since=since, until=until)
    return tuple(
        told(one, child=child, until=until, today=today, left=one.pk in known.have_left,
             ask=known.ask)
        for one in rows
        if leaving is None or (leaving.takes(one.sharing_level) and leaving.may_leave(one.text)
                               and leaving.may_leave(one.outcome))
    )  # fmt: skip


def _held_back(
    known: Known, rows: Sequence[StatementAsAgreed], leaving: Leaving | None
) -> tuple[str, ...]:
    from_whom = "this copy" if leaving else "you"
    statements = known.version.holds - len(rows)
    shown = [one for one in known.views if _view_may_stand(one, leaving)]
    views = len(known.version.differing_views) - len(shown)
    return (
        *_held(statements, "statement", from_whom),
        *_held(views, "view", from_whom, "that is not agreed", "that are not agreed"),
        *held_words(known, leaving),
    )


def _held(
    number: int, what: str, from_whom: str, more: str = "", more_of_many: str = ""
) -> Iterable[str]:
    if number > 0:
        which = more if number == 1 else more_of_many
        held = " ".join(part for part in (counted(number, what), which) if part)
        yield f"{held} {'is' if number == 1 else 'are'} held back from {from_whom}."
