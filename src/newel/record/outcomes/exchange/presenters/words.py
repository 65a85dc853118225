"""Words and addresses that the pages of this room share."""

from datetime import date

from django.urls import reverse

from newel.evidence.measures import Measure, UnknownMeasure, measure
from newel.evidence.measures.exchange import columns
from newel.record.children.models import Child
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link
from newel.record.outcomes.codes import NO_WISH, NOT_ANSWERED, plain_number
from newel.record.outcomes.exchange.matching import Difference
from newel.record.outcomes.exchange.models import KINDS, WHO
from newel.record.outcomes.models import ANSWERED_BY, STATES, WAYS
from newel.record.outcomes.presenters.words import counted

__all__ = ["KINDS_IN_WORDS", "WHO_IN_WORDS", "address_of", "counted"]

KINDS_IN_WORDS = dict(KINDS)
WHO_IN_WORDS = dict(WHO)
_ANSWERED_BY, _WAYS = dict(ANSWERED_BY), dict(WAYS)
_STATES = {"finished": "Finished", "begun": "Begun", "set_aside": dict(STATES)["set_aside"]}
_NAMES = {
    "on": "Answered on",
    "state": "State",
    "answered_by": "Who answered",
    "way": "How",
    "language": "Language",
    "has_wording": "Wording",
    "because": "Why it was set aside",
}


def address_of(name: str, child: Child, *more: object) -> str:
    return reverse(f"exchange:{name}", args=[child.public_id, *more])


def to_files(child: Child) -> Link:
    return Link(text="Questionnaires as files", href=address_of("files", child))


def name_of(id: str) -> str:
    try:
        return measure(id).name
    except UnknownMeasure:
        return id


def who_answered(answered_by: str, child: Child) -> str:
    if answered_by == "self":
        return child.preferred_name
    return _ANSWERED_BY.get(answered_by, answered_by)


def how_answered(way: str) -> str:
    return _WAYS.get(way, way)


def difference_in_words(one: Difference, found: Measure) -> tuple[str, str, str]:
    """What it is about, and how it stands here and in the file."""
    return _name(one.name, found), _said(one, one.here, found), _said(one, one.there, found)


def _name(name: str, found: Measure) -> str:
    if name in _NAMES:
        return _NAMES[name]
    item = next((one for one in found.items if name.startswith(one.id)), None)
    if item is None:
        return name.replace("_", " ").capitalize()
    number = found.items.index(item) + 1
    beside = name.removeprefix(item.id).replace("_", " ").strip()
    return f"{number}. {item.label}" + (f" ({beside})" if beside else "")


def _said(one: Difference, value: object, found: Measure) -> str:
    if isinstance(value, date):
        return day(value)
    if one.name in {item.id for item in found.items}:
        return answer_said(value, found, one.name)
    codes = {"state": _STATES, "answered_by": _ANSWERED_BY, "way": _WAYS}.get(one.name, {})
    if one.name == "has_wording":
        return "A site’s own wording" if value else "Our labels"
    return codes.get(str(value), str(value or "")) or "Nothing"


def question_of(item: str, found: Measure | None) -> str:
    """With its number on the form; a questionnaire that nobody knows has only ids."""
    known = [one.id for one in found.items] if found else []
    if found is None or item not in known:
        return item
    return f"{known.index(item) + 1}. {found.item(item).label}"


def answer_said(value: object, found: Measure, item: str) -> str:
    if value is None:
        return NOT_ANSWERED
    if value == "declined":
        return NO_WISH
    number, responses = plain_number(value), found.responses_of(item)  # type: ignore[arg-type]
    for option in responses.options:
        if option.value == number:
            return option.label
    return f"{number} out of {responses.highest}" if responses.lowest == 0 else str(number)


COLUMNS_NEEDED = tuple(one.name for one in columns.FIRST if one.needed)
