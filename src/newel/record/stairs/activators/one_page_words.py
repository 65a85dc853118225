"""The sentences of the one page. Each is meant to be read by the child it is about."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from newel.definitions import choices, read
from newel.record.access.roles import ROLES
from newel.record.children.models import Child
from newel.record.design_system.dates import day, day_time, short_day
from newel.record.stairs.activators.models import KeepingSafe, Statement
from newel.record.stairs.activators.one_page_queries import HomePerson, PageState
from newel.record.stairs.activators.one_page_rules import days_in_force
from newel.record.stairs.activators.rules import said_by_in_words
from newel.record.stairs.activators.words_models import ChildsWords

NOBODY_ENTERED = "Nobody has entered this."
NOTHING_SAID = {
    "sets_off": "Nobody has told us yet what sets things off.",
    "early_sign": "Nobody has told us yet what the early signs are.",
    "helps": "Nobody has told us yet what helps.",
    "harder": "Nobody has told us yet what makes it harder.",
    "strength": "Nobody has told us yet what I like and what I am good at.",
    "need": "Nobody has told us yet what I need.",
    "understanding": "We do not understand yet why.",
}
NOTHING_CONFIRMED = "Nothing here is confirmed now. Look under “Not confirmed”."
_CONFIDENCE = dict(choices("understanding/statements.yaml", "confidence"))
_NONE_KNOWN = {
    part["code"]: part["none_known"] for part in read("understanding/keeping_safe.yaml")["parts"]
}


def kinds() -> list[dict[str, Any]]:
    """The headings of the page, in their order."""
    found: list[dict[str, Any]] = read("understanding/statements.yaml")["kinds"]
    return found


def nothing_said(kind: str) -> str:
    return NOTHING_SAID.get(kind, "Nobody has told us yet.")


def who_said_it(line: Statement, name: str) -> str:
    """A role, never a name but the child's own."""
    if line.whose_words == "child":
        return f"{name}’s own words"
    return name if line.said_by_role == "child" else said_by_in_words(line.said_by_role)


def written_down(one: ChildsWords, name: str, today: date) -> str:
    return f"{name}’s own words, {_day_in_brief(one.told_on, today)}"


def checked_with_child(one: ChildsWords, name: str, today: date) -> str:
    """The day on which it was read back; given by `words_queries.on_the_page`."""
    on: date | None = one.checked_on  # type: ignore[attr-defined]
    if on is None:
        return f"not yet checked with {name}"
    return f"checked with {name} {_day_in_brief(on, today)}"


def said_when(line: Statement, today: date) -> str:
    return _day_in_brief(line.said_on, today)


def how_fresh(line: Statement, today: date) -> str:
    sure = _CONFIDENCE.get(line.confidence, line.confidence).lower()
    return f"{sure}, confirmed {_day_in_brief(line.confirmed_on, today)}"


def _day_in_brief(when: date | None, today: date) -> str:
    """4 Nov; with its year unless that is this year."""
    if when is None or when.year != today.year:
        return short_day(when)
    return short_day(when).rsplit(" ", 1)[0]


def not_confirmed_since(line: Statement) -> str:
    return f"Not confirmed since {day(line.confirmed_on)}, ask"


def safe_text(part: KeepingSafe) -> str:
    return _NONE_KNOWN[part.part] if part.none_known else part.text


def safe_author(part: KeepingSafe) -> str:
    return f"{ROLES[part.written_by.role].name}, {day_time(part.written_at)}"


def safe_review(part: KeepingSafe, today: date) -> str:
    when = day(part.next_review_on)
    if part.next_review_on < today:
        return f"Past its review on {when}: ask before you rely on it."
    return f"Next review {when}."


def language_from_details(child: Child) -> str:
    """What was written down with the child's name, where nobody has entered the part itself."""
    said = [f"First language: {child.first_language}."] if child.first_language else []
    if child.interpreter_needed is not None:
        said.append("Interpreter needed." if child.interpreter_needed else "No interpreter needed.")
    return " ".join(said)


def best_understanding(at: date) -> str:
    return f"Our best understanding on {day(at)}"


def expiry(*, good_until: date, today: date) -> str:
    if today > good_until:
        return f"EXPIRED. It was good until {day(good_until)}."
    return f"Good until {day(good_until)}"


def why_it_expires(*, newest: date, formulated: bool, any_line: bool) -> str:
    days = days_in_force(formulated=formulated).days
    since = "a line on it was last agreed or confirmed" if any_line else "it was begun"
    return f"The page is good for {days} days after {since}: {day(newest)}."


def shown(state: PageState, name: str) -> str:
    if state.shown_version is None:
        return f"Not yet shown to {name}"
    told = f"Shown to {name} on {day(state.shown_on)} (version {state.shown_version})"
    if state.shown_version < state.version:
        return f"{told}; this is version {state.version}"
    return told


def home_person(person: HomePerson) -> str:
    relationship = person.relationship[:1].lower() + person.relationship[1:]
    who = f"{person.name}, {relationship}" if relationship else person.name
    if person.safety_check == "safe_with_conditions":
        return f"{who} (ask before calls or visits)"
    return who


def keyworkers(names: Iterable[str]) -> str:
    listed = " and ".join(names)
    return f"{listed}, keyworker" if listed else "No keyworker has been named yet."


def held_back(count: int) -> str:
    if not count:
        return ""
    held = "1 line is held back" if count == 1 else f"{count} lines are held back"
    return f"{held}: ask the psychologist."


def as_it_stood(at: datetime) -> str:
    return f"As it stood on {day_time(at)}"


def keep_the_paper(until: date) -> str:
    return (
        "Keep this where only staff can see it. "
        f"Hand it back or shred it by the end of {day(until)}."
    )
