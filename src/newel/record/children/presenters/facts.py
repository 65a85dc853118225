"""The pages on which it is changed who the child is."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import queries
from newel.record.children.models import (
    Child,
    ChildName,
    CommunicationNeed,
    EarlierFact,
    Identifier,
)
from newel.record.children.presenters import kept
from newel.record.children.presenters.kept import address_of
from newel.record.children.presenters.pages import Entry, FormPage, KeptPage, about
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link

HELD_BACK = (
    "A name from before (adoption, protection) is shown only to those who may read what is held "
    "back, and nobody finds the child by it."
)


def facts_page(*, child: Child, person: StaffMember, at: datetime) -> FormPage:
    return FormPage(
        title=f"Change the facts about {child.preferred_name}",
        after_points=("What stands there now is kept, with who changed it and when.",),
        before=earlier_entries(queries.earlier_facts(child=child, visible_to=person)),
        **about(child, person, at),
    )


def earlier_entries(facts: Iterable[EarlierFact]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            heading=f"{one.get_fact_display()}: {_before_in_words(one)}",
            lines=(f"Until {day_time(one.changed_at)}, changed by {one.changed_by.name}",),
        )
        for one in facts
    )


def _before_in_words(one: EarlierFact) -> str:
    if one.fact == "born_on" and one.value:
        return day(date.fromisoformat(one.value))
    if one.fact == "interpreter_needed":
        return kept.INTERPRETER[{"yes": True, "no": False}.get(one.value)]
    return one.value or "nothing was entered"


def names_page(*, child: Child, person: StaffMember, at: datetime) -> KeptPage:
    names = list(queries.other_names(child=child, visible_to=person))
    wrong = Link(text="A name is wrong: take it away", href=address_of("take_name_away", child))
    changed = Link(text="The child’s identity has changed", href=address_of("ask_to_seal", child))
    seals = (changed,) if person.may(Capability.OPEN_TO_CHILD) else ()
    return KeptPage(
        title=f"{child.preferred_name}’s other names",
        entries=kept.name_entries(names),
        nothing="No other name is written down.",
        form_heading="Add a name",
        remark=HELD_BACK,
        links=((wrong,) if names else ()) + seals,
        **about(child, person, at),
    )


def take_away_page(
    *, child: Child, person: StaffMember, at: datetime, what: str, back_to: str
) -> FormPage:
    return FormPage(
        title=f"Take away a wrong {what}",
        paragraphs=(
            "Only for what was never right: a slip of the pen, or another child’s. "
            "That it was here and who took it away stays in the audit.",
        ),
        **about(child, person, at, back=Link(text="Back", href=address_of(back_to, child))),
    )


def name_choices(names: Iterable[ChildName]) -> list[tuple[str, str]]:
    return [(code_of_name(one), f"{one.name} ({one.get_kind_display().lower()})") for one in names]


def code_of_name(name: ChildName) -> str:
    return json.dumps([name.kind, name.name_key])


def number_choices(identifiers: Iterable[Identifier]) -> list[tuple[str, str]]:
    return [
        (code_of_number(one), f"{kept.system_in_words(one)}: {kept.number_in_words(one)}")
        for one in identifiers
    ]


def code_of_number(identifier: Identifier) -> str:
    """What tells a child's numbers apart on a page, with no inner key in it."""
    return json.dumps([identifier.system, identifier.value])


def numbers_page(*, child: Child, person: StaffMember, at: datetime) -> KeptPage:
    identifiers = list(queries.identifiers(child=child))
    wrong = Link(text="A number is wrong: take it away", href=address_of("take_number_away", child))
    return KeptPage(
        title=f"{child.preferred_name}’s numbers in other systems",
        entries=kept.number_entries(identifiers),
        nothing="No number is written down.",
        form_heading="Add a number",
        remark="A valid NHS number can still be another child’s. Read it from a letter or a "
        "system, not from memory.",
        links=(wrong,) if identifiers else (),
        **about(child, person, at),
    )


def communication_page(*, child: Child, person: StaffMember, at: datetime) -> KeptPage:
    needs = queries.communication_needs(child=child)
    today = timezone.localdate(at)
    receives = person.may(Capability.RECEIVE_CHILD)
    language = Link(text="First language and interpreter", href=address_of("facts", child))
    return KeptPage(
        title=f"What {child.preferred_name} needs to understand and be understood",
        entries=kept.need_entries(needs, child=child, today=today, change=True),
        nothing="Nobody has entered what this child needs.",
        form_heading="Add a need",
        links=(language,) if receives else (),
        **about(child, person, at),
    )


def end_need_page(
    *, child: Child, person: StaffMember, at: datetime, need: CommunicationNeed
) -> FormPage:
    return FormPage(
        title="Is this no longer needed?",
        paragraphs=(need.need, "It goes from the top of every page."),
        **about(child, person, at, back=Link(text="Back", href=address_of("communication", child))),
    )
