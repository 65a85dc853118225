"""A child with one of everything, and the address of every page about him. A new address about a
child has to be added here: the tests that walk all addresses fail on one that is missing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child, Identifier
from newel.record.establishments.models import Unit
from newel.record.overview import actions as overview
from newel.record.stairs.activators import actions as activators
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.words_models import ChildsWords
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.models import (
    EventList,
    LifeEvent,
    PathwayPlace,
    ScopingEntry,
)
from newel.record.stairs.scoping.rules import When
from tests.architecture.routes import Route, routes_about_a_child
from tests.cast import Cast
from tests.record.children import addresses
from tests.record.outcomes import asking as outcomes
from tests.record.outcomes.exchange import addresses as exchange
from tests.record.stairs.activators import formulation

# Where he is safe only because nobody knows: in no page, print or export may this be read.
PROTECTED = "17 Quince Passage, Zennorford"

Address = dict[str, str]


def furnish(cast: Cast) -> Address:
    """The address of each page about David, by the name of its route. What hangs on him is in the
    state in which the page can be used (a draft to agree, an agreed statement to confirm)."""
    hanging = _parts_of_children_room(cast)
    with acting(cast.chillip.pk):
        david = Child.objects.get(preferred_name="David")
        hanging |= _written(david, cast.chillip) | outcomes.asked(david, cast)
        hanging |= exchange.brought(david, cast)
        _protected_home(david, cast.chillip)
        children.add_identifier(child=david, system=Identifier.NHS_NUMBER, value="9990000018")
        children.change_child(child=david, by=cast.chillip, at=timezone.now(), pronouns="he")
    return {
        route.name: reverse(route.name, kwargs=_kwargs(route, david, hanging))
        for route in routes_about_a_child()
    }


def _kwargs(route: Route, child: Child, hanging: dict[str, dict[str, str]]) -> dict[str, str]:
    return {"child_id": child.public_id} | hanging.get(route.name, {})


def _parts_of_children_room(cast: Cast) -> dict[str, dict[str, str]]:
    """What the tests of that room make, read back from their addresses."""
    made = addresses.furnish(cast)
    return {
        route.name: dict(zip(_others(route), _ids_in(made[route.name.split(":")[1]]), strict=True))
        for route in routes_about_a_child()
        if route.name.startswith("children:") and _others(route)
    }


def _others(route: Route) -> list[str]:
    return [name for name in route.parts if name != "child_id"]


def _ids_in(address: str) -> list[str]:
    """The ids after the child's own."""
    return [part for part in address.split("/") if len(part) == 14 and part.isalnum()][1:]


def _protected_home(child: Child, by: StaffMember) -> None:
    home = children.add_home(
        child=child, by=by, at=datetime.now(UTC), kind="person", name="Aunt Betsey",
        relationship="Great-aunt", address=PROTECTED, address_is_protected=True,
    )  # fmt: skip
    children.check_home_is_safe(
        home=home, by=by, at=datetime.now(UTC), safety_check="safe", safety_note="Seen in May"
    )


def _written(child: Child, by: StaffMember) -> dict[str, dict[str, str]]:
    entry, event = _entry(child, by), _event(child, by)
    brought, place = _brought(child, by), _place(child, by)
    draft, agreed = _statement(child, by), _agreed(child, by)
    activators.add_evidence(
        statement=agreed, event=event, shows="for", by=by, at=datetime.now(UTC), note="Seen twice"
    )
    activators.confirm_statement(
        statement=agreed, by=by, at=datetime.now(UTC), what_was_seen="He walked, then he read."
    )
    activators.write_keeping_safe(
        child=child, part="allergies", by=by, at=datetime.now(UTC), text="Nuts: his throat swells.",
        next_review_on=addresses.SOON.date(), live_plan_at="SystmOne, health room",
    )  # fmt: skip
    on_maps = _on_maps(child, agreed, by)
    rows = {
        "scoping": {
            "change_entry": entry, "entry_readers": entry, "earlier_entries": entry,
            "change_event": event, "event_readers": event, "earlier_events": event,
            "take_back_event": event, "list": brought, "take_back_list": brought,
            "change_place": place, "place_readers": place, "earlier_places": place,
            "take_back_place": place,
        },
    }  # fmt: skip
    on_draft = ("change_draft", "agree_statement", "open_to_child")
    on_agreed = (
        "statement", "replace_statement", "confirm_statement", "retire_statement", "add_evidence",
        "place_statement", "goes_with", "note_what_was_seen", "look_again",
    )  # fmt: skip
    note = overview.write_note(
        child=child, unit=Unit.objects.get(name="Rookery"), by=by, at=datetime.now(UTC),
        text="He slept badly and asked for a light.",
    )  # fmt: skip
    return (
        {f"scoping:{name}": {"row_id": row.public_id} for name, row in rows["scoping"].items()}
        | {f"activators:{name}": {"statement_id": draft.public_id} for name in on_draft}
        | {f"activators:{name}": {"statement_id": agreed.public_id} for name in on_agreed}
        | on_maps
        | {
            "scoping:add_entry": {"part": "resources"},
            "activators:write_keeping_safe": {"part": "allergies"},
            "overview:change_note": {"note_id": note.public_id},
        }
        | _agreed_together(child, by)
    )


def _on_maps(child: Child, helps: Statement, by: StaffMember) -> dict[str, dict[str, str]]:
    """A statement that was moved, one that goes with another, and what the child said."""
    at = datetime.now(UTC)
    sign = _statement(child, by, text="He goes quiet.", kind="early_sign")
    link = activators.say_goes_with(first=sign, then=helps, by=by, at=at)
    activators.place_statement(
        statement=sign, by=by, at=at, seen="", five_ps=["presenting"], area="social",
        life_stage="here_now",
    )  # fmt: skip
    activators.note_what_was_seen(
        statement=helps, by=by, at=at, shows="against", text="He walked and shouted.",
        seen_on=at.date() - timedelta(days=1),
    )  # fmt: skip
    said = _said(child, by, "I do not like the dark.")
    activators.take_words_back(
        words=_said(child, by, "Never mind."), by=by, at=at, taken_back_on=at.date()
    )
    on_words = (
        "say_again", "check_words_with_child", "add_adult_view", "let_words_stand_on_page",
        "take_words_back",
    )  # fmt: skip
    ending = {"statement_id": helps.public_id, "link_id": link.public_id}
    return {f"activators:{name}": {"words_id": said.public_id} for name in on_words} | {
        "activators:end_goes_with": ending
    }


def _said(child: Child, by: StaffMember, words: str) -> ChildsWords:
    at = datetime.now(UTC)
    said = activators.write_down_words(
        child=child, by=by, at=at, words=words, told_on=at.date() - timedelta(days=1),
        how="asked", sharing_level="team",
    )  # fmt: skip
    activators.check_words_with_child(
        words=said, by=by, at=at, outcome="as_said", checked_on=at.date()
    )
    activators.add_adult_view(words=said, by=by, at=at, text="He says so every night.")
    return said


def _agreed_together(child: Child, by: StaffMember) -> dict[str, dict[str, str]]:
    """A version, what is not agreed with it, what it recommends, and a copy of it."""
    version = formulation.version(child, by)
    view = formulation.view(child, by)
    recommendation = formulation.recommendation(child, by)
    copy = activators.make_copy(
        version=version, for_whom="Agnes Wickfield, social worker", includes="child_open",
        kind="word", by=by, at=datetime.now(UTC),
    )  # fmt: skip
    return {
        "activators:version": {"version_id": version.public_id},
        "activators:make_copy": {"version_id": version.public_id},
        "activators:copy": {"copy_id": copy.public_id},
        "activators:settle_view": {"view_id": view.public_id},
        "activators:change_recommendation": {"recommendation_id": recommendation.public_id},
        "activators:close_recommendation": {"recommendation_id": recommendation.public_id},
    }


def _entry(child: Child, by: StaffMember) -> ScopingEntry:
    at = datetime.now(UTC)
    first = scoping.write_entry(child=child, by=by, at=at, part="resources", text="He reads.")
    return scoping.change_entry(
        entry=first, by=by, at=at, text="He reads to others.", source="", whose_words="adult",
        sharing_level="team",
    )  # fmt: skip


def _event(child: Child, by: StaffMember) -> LifeEvent:
    return scoping.write_event(
        child=child, by=by, at=datetime.now(UTC), title="He walked to Dover", kind="moving",
        when=When.year(2021), text="Alone, for six days.",
    )  # fmt: skip


def _brought(child: Child, by: StaffMember) -> EventList:
    at = datetime.now(UTC)
    lines = [
        scoping.Brought(kind="school", title="Excluded", when=When.year(2022), original="2022 out")
    ]
    brought = scoping.bring_list(
        child=child, by=by, at=at, how="pasted", source="School file", lines=lines
    )
    wrong = scoping.write_event(
        child=child, by=by, at=at, title="Of another child", kind="good", when=When.year(2022)
    )
    scoping.take_back(row=wrong, by=by, at=at, reason="It was about somebody else")
    return brought


def _place(child: Child, by: StaffMember) -> PathwayPlace:
    return scoping.write_place(
        child=child, by=by, at=datetime.now(UTC), kind="lived_family", name="With his great-aunt",
        starts=When.year(2021), ends=When.unknown(),
    )  # fmt: skip


WORDING: dict[str, Any] = {
    "text": "When a door is locked behind him he shouts and hits the wall.",
    "kind": "sets_off",
    "area": "psychological",
    "time": "present",
    "said_by_role": "keyworker",
    "confidence": "fairly_sure",
    "sharing_level": "team",
}


def _statement(child: Child, by: StaffMember, **wording: Any) -> Statement:
    at = datetime.now(UTC) - timedelta(hours=1)
    said = {**WORDING, "said_on": at.date(), **wording}
    return activators.write_statement(child=child, by=by, at=at, **said)


def _agreed(child: Child, by: StaffMember) -> Statement:
    draft = _statement(child, by, text="A walk before lessons helps.", kind="helps",
                       sharing_level="child_open")  # fmt: skip
    return activators.agree_statement(statement=draft, by=by, at=datetime.now(UTC))
