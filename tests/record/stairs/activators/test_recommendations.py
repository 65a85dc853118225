"""Recommendations: what, who, by when; what became of it; and people who have left."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import KeyworkerAssignment, TeamMember
from newel.record.children.policies import NotNow
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.models import Recommendation
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import NOW, TODAY, address, text_of
from tests.record.stairs.activators.wording import agreed

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=30)
SOON = TODAY + timedelta(days=14)
WALK = "A walk every morning before lessons."


def said(who: str, **changed: Any) -> dict[str, Any]:
    day = {"by_when-day": SOON.day, "by_when-month": SOON.month, "by_when-year": SOON.year}
    return {"text": WALK, "who": who, "sharing_level": "team", **day, **changed}


def code_of(cast: Cast, name: str) -> str:
    with acting(cast.chillip.pk):
        return formulation.somebody(cast.david, name).code


def leaves(cast: Cast, username: str) -> None:
    with acting(cast.spenlow.pk):
        places.end_post(post=getattr(cast, username).posts.get(), at=timezone.now())


def test_a_recommendation_has_a_person_and_a_day(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        formulation.version(cast.david, cast.chillip)
    page = address("write_recommendation", cast.david)
    answer = signed_in(cast.chillip).post(page, said(code_of(cast, "Minnie Omer")))
    assert answer.status_code == 302
    shown = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    assert WALK in shown and "Minnie Omer, Keyworker or custody support plan officer" in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": ""}, "Enter what should be done"),
        ({"who": ""}, "Choose who does it"),
        ({"who": "staff-nobody"}, "Choose who does it from the list"),
        ({"who": "somebody_else"}, "Enter the name of the person who does it"),
        ({"who": "somebody_else", "name": "Jo"}, "Enter what they do for the child"),
        ({"by_when-year": "2001"}, "must not be before"),
        ({"by_when-month": ""}, "must have a month"),
    ],
)
def test_what_is_wrong_gets_a_sentence(
    changed: dict[str, str], sentence: str, cast: Cast, signed_in: type[Client]
) -> None:
    page = address("write_recommendation", cast.david)
    typed = {**said(code_of(cast, "Minnie Omer")), **changed}
    shown = text_of(signed_in(cast.chillip).post(page, typed))
    assert sentence in shown
    assert "text" in changed or WALK in shown


def test_somebody_who_left_meanwhile_is_refused_by_name_at_the_field(
    cast: Cast, signed_in: type[Client]
) -> None:
    page = address("write_recommendation", cast.david)
    clara = code_of(cast, "Clara Peggotty")
    leaves(cast, "peggotty")
    client = signed_in(cast.chillip)
    shown = text_of(client.post(page, said(clara)))
    assert "Clara Peggotty no longer works with David. Choose somebody who does" in shown
    assert WALK in shown
    typed = said("somebody_else", name="clara peggotty", part="worker")
    assert "no longer works with David" in text_of(client.post(page, typed))
    with acting(cast.chillip.pk):
        assert not Recommendation.objects.exists()


def test_a_recommendation_for_somebody_who_left_says_who_to_ask(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        formulation.version(cast.david, cast.chillip)
        clara = formulation.somebody(cast.david, "Clara Peggotty")
        formulation.recommendation(cast.david, cast.chillip, who=clara)
    leaves(cast, "peggotty")
    shown = text_of(signed_in(cast.rosa).get(address("formulation", cast.david)))
    told = "Clara Peggotty no longer works with David. Ask Minnie Omer instead, and name somebody."
    assert told in shown


def test_somebody_without_a_sign_in_who_left_the_team_is_told_too(
    cast: Cast, signed_in: type[Client]
) -> None:
    by = cast.chillip
    with acting(by.pk):
        stay = cast.david.stays.get()
        children.add_team_member(
            stay=stay, staff=None, name="Dr Strong", part="GP", discipline="health",
            agency=Agency.objects.get(name="Suffolk Care"), starts_on=BEFORE.date(),
        )  # fmt: skip
        agreed(cast.david, by)
        formulation.version(cast.david, by)
        doctor = formulation.somebody(cast.david, "Dr Strong")
        formulation.recommendation(cast.david, by, who=doctor)
    page = address("formulation", cast.david)
    assert "no longer works" not in text_of(signed_in(cast.rosa).get(page))
    with acting(by.pk):
        TeamMember.objects.filter(name="Dr Strong").update(ends_on=TODAY - timedelta(days=1))
    told = "Dr Strong no longer works with David. Ask Minnie Omer instead"
    assert told in text_of(signed_in(cast.rosa).get(page))


def test_without_a_keyworker_one_asks_the_manager(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        formulation.version(cast.david, cast.chillip)
        clara = formulation.somebody(cast.david, "Clara Peggotty")
        formulation.recommendation(cast.david, cast.chillip, who=clara)
        KeyworkerAssignment.objects.update(ends_on=TODAY - timedelta(days=1))
    leaves(cast, "peggotty")
    shown = text_of(signed_in(cast.rosa).get(address("formulation", cast.david)))
    assert "Ask the manager of the unit instead" in shown


def test_what_became_of_it_is_written_once_and_in_words(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        formulation.version(cast.david, cast.chillip)
        one = formulation.recommendation(cast.david, cast.chillip)
    page = address("close_recommendation", cast.david, one.public_id)
    day = {"outcome_on-day": TODAY.day, "outcome_on-month": TODAY.month}
    typed = {"became": "done", "outcome": "", **day, "outcome_on-year": TODAY.year}
    client = signed_in(cast.peggotty)
    assert "Enter what became of it, in a few words" in text_of(client.post(page, typed))
    typed["outcome"] = "He walked to the gate and back."
    assert client.post(page, typed).status_code == 302
    shown = text_of(client.get(address("formulation", cast.david)))
    assert "He walked to the gate and back." in shown and "Done, " in shown
    again = text_of(client.post(page, {**typed, "outcome": "Otherwise."}))
    assert "has been written down already" in again and "Otherwise." in again
    assert "Somebody else was quicker" in again and "He walked to the gate and back." in again
    opened = client.get(page, follow=True)
    assert "has been written down already" in text_of(opened)
    assert "What became of it?" not in text_of(opened)


@pytest.mark.parametrize("name", ["change_recommendation", "close_recommendation"])
def test_who_was_slower_gets_both_texts_and_goes_on_to_the_newer_one(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    """Section 6 of the issue: both texts kept, nothing lost."""
    with acting(cast.chillip.pk):
        omer = formulation.somebody(cast.david, "Minnie Omer")
        old = formulation.recommendation(cast.david, cast.chillip)
        new = actions.change_recommendation(
            recommendation=old, text="A walk at noon.", by_when=SOON, by=cast.chillip, at=NOW,
            who=omer,
        )  # fmt: skip
    day = {"outcome_on-day": TODAY.day, "outcome_on-month": TODAY.month}
    done = {"became": "done", "outcome": "Mine.", **day, "outcome_on-year": TODAY.year}
    sent = {**said(code_of(cast, "Minnie Omer"), text="Mine."), **done}
    client = signed_in(cast.chillip)
    shown = text_of(client.post(address(name, cast.david, old.public_id), sent))
    assert "Somebody else was quicker" in shown and "A walk at noon." in shown and "Mine." in shown
    there = address(name, cast.david, new.public_id)
    assert f'action="{there}"' in shown
    assert client.post(there, sent).status_code == 302


def test_before_any_version_they_stand_on_the_page_of_the_formulation(
    cast: Cast, signed_in: type[Client]
) -> None:
    """And what is not agreed with them; what is held back stays so (H8)."""
    with acting(cast.chillip.pk):
        clara = formulation.somebody(cast.david, "Clara Peggotty")
        formulation.recommendation(cast.david, cast.chillip, who=clara)
        formulation.view(cast.david, cast.chillip, text="I do not think so.")
        formulation.view(cast.david, cast.chillip, text="It was Steerforth.",
                         sharing_level="restricted_third_party")  # fmt: skip
    page = address("formulation", cast.david)
    shown = text_of(signed_in(cast.chillip).get(page))
    assert WALK in shown and "Write a recommendation" in shown and "Steerforth" in shown
    read = text_of(signed_in(cast.omer).get(page))
    assert WALK in read and "I do not think so." in read and "Say what became of it" in read
    assert "Steerforth" not in read and "Write a recommendation" not in read
    leaves(cast, "peggotty")
    assert "Clara Peggotty no longer works with David." in text_of(signed_in(cast.rosa).get(page))


def test_a_past_version_has_them_as_they_stood_then(cast: Cast, signed_in: type[Client]) -> None:
    by = cast.chillip
    with acting(by.pk):
        agreed(cast.david, by, at=BEFORE)
        one = formulation.recommendation(cast.david, by, at=BEFORE)
        first = formulation.version(cast.david, by, at=BEFORE)
        formulation.version(cast.david, by, at=BEFORE + timedelta(days=10))
        actions.change_recommendation(
            recommendation=one, text="A walk at noon.", by_when=SOON, by=by, at=NOW,
            who=formulation.somebody(cast.david, "Minnie Omer"),
        )  # fmt: skip
        actions.close_recommendation(
            recommendation=Recommendation.objects.get(is_current=True), became="not_done",
            outcome="The gate is shut.", outcome_on=TODAY, by=by, at=NOW,
        )  # fmt: skip
    client = signed_in(cast.peggotty)
    then = text_of(client.get(address("version", cast.david, first.public_id)))
    assert WALK in then and "A walk at noon." not in then and "The gate is shut." not in then
    now = text_of(client.get(address("formulation", cast.david)))
    assert "A walk at noon." in now and "The gate is shut." in now and WALK not in now


def test_what_was_done_under_an_earlier_version_is_not_told_again(
    cast: Cast, signed_in: type[Client]
) -> None:
    by = cast.chillip
    with acting(by.pk):
        agreed(cast.david, by, at=BEFORE)
        formulation.version(cast.david, by, at=BEFORE)
        one = formulation.recommendation(cast.david, by, at=BEFORE)
        actions.close_recommendation(
            recommendation=one, became="done", outcome="Well.", outcome_on=TODAY, by=by,
            at=BEFORE + timedelta(days=1),
        )  # fmt: skip
        formulation.recommendation(cast.david, by, at=BEFORE, text="Still open.")
        formulation.version(cast.david, by, at=NOW)
    shown = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    assert "Still open." in shown and WALK not in shown


def test_one_that_is_late_says_so(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=BEFORE)
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        late = TODAY - timedelta(days=1)
        formulation.recommendation(cast.david, cast.chillip, at=BEFORE, by_when=late)
    shown = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    assert "It was to be done by" in shown and "and is not done" in shown


def test_the_words_of_a_recommendation_are_never_altered(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = formulation.recommendation(cast.david, cast.chillip)
        changed = actions.change_recommendation(
            recommendation=one, text="A walk at noon.", by_when=SOON, by=cast.chillip, at=NOW,
            who=formulation.somebody(cast.david, "Minnie Omer"),
        )  # fmt: skip
        assert changed.replaces_id == one.pk
        assert set(Recommendation.objects.values_list("text", flat=True)) == {
            WALK,
            "A walk at noon.",
        }
        with pytest.raises(NotNow, match="changed this recommendation meanwhile"):
            actions.close_recommendation(
                recommendation=one, became="done", outcome="Well.", outcome_on=TODAY,
                by=cast.chillip, at=NOW,
            )  # fmt: skip
