"""Words and addresses that the pages of this room share."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Confirmed, Number
from newel.record.access.models import StaffMember
from newel.record.children.banner import banner
from newel.record.children.models import Child
from newel.record.design_system.pages import Link
from newel.record.outcomes.models import RHYTHMS, WAYS, Form

RHYTHMS_IN_WORDS = dict(RHYTHMS)
WAYS_IN_WORDS = dict(WAYS)
CONFIRMED_IN_WORDS: dict[Confirmed, str] = {
    "seen": "read in its source",
    "second_hand": "read in a copy only",
    "general_knowledge": "known in general, seen in no source",
    "ours": "Newel’s own, to be confirmed",
}


def address_of(name: str, child: Child, *more: object) -> str:
    return reverse(f"outcomes:{name}", args=[child.public_id, *more])


def about(child: Child, person: StaffMember, at: datetime, *, back: Link | None = None) -> Any:
    """What every page of this room has around it: whose it is, and the way back."""
    home = Link(
        text=f"Questionnaires of {child.preferred_name}",
        href=address_of("questionnaires", child),
    )
    return {
        "back": back or home,
        "banner": banner(child=child, visible_to=person, at=at),
    }


def to_form(child: Child, form: Form, measure: Measure) -> Link:
    return Link(text=measure.short_name, href=address_of("form", child, form.public_id))


def to_page_of(form: Form, child: Child) -> str:
    """Where a form is gone on with or read: a judgement has pages of its own."""
    name = "judgement" if form.answered_by == "assessor" else "form"
    return address_of(name, child, form.public_id)


def who_in_words(answered_by: str, child: Child) -> str:
    return {
        "self": child.preferred_name,
        "carer": "A parent or carer",
        "worker": "A worker",
        "assessor": "Trained professionals",
    }[answered_by]


def answered_by_in_words(answered_by: str, child: Child) -> str:
    return f"Answered by {lower_first(who_in_words(answered_by, child), child)}"


def lower_first(words: str, child: Child) -> str:
    return words if words == child.preferred_name else words[:1].lower() + words[1:]


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def number_in_words(value: Number) -> str:
    """One place after the point, and none where it is a whole number."""
    return f"{round(float(value), 1):g}"
