"""Changing who the child is: bound to the page's child, and nobody's change is lost."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions, sealing_queries
from newel.record.children.models import (
    Child,
    ChildName,
    CommunicationNeed,
    EarlierFact,
    Identifier,
)
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db


def url(name: str, child: Child, *more: str) -> str:
    return reverse(f"children:{name}", args=[child.public_id, *more])


def facts_form(browser: Client, child: Child) -> dict[str, str]:
    """The form as it stands on the page, ready to be changed and sent."""
    page = browser.get(url("facts", child)).content.decode()
    was = re.search(r'name="was" value="([^"]*)"', page)
    assert was
    return {
        "preferred_name": child.preferred_name, "pronouns": child.pronouns,
        "born_on-day": str(child.born_on.day), "born_on-month": str(child.born_on.month),
        "born_on-year": str(child.born_on.year), "first_language": child.first_language,
        "interpreter": "unknown", "was": unescape(was[1]),
    }  # fmt: skip


def seen(cast: Cast, name: str) -> Any:
    with acting(cast.chillip.pk):
        return Child.objects.get(preferred_name=name)


def test_two_tabs_on_two_children_do_not_cross(cast: Cast, signed_in: type[Client]) -> None:
    """H1: both pages are open, and each saves the child whose page it is."""
    browser = signed_in(cast.chillip)
    davids, tommys = facts_form(browser, cast.david), facts_form(browser, cast.tommy)
    browser.post(url("facts", cast.david), davids | {"first_language": "English"})
    browser.post(url("facts", cast.tommy), tommys | {"first_language": "Welsh"})
    browser.post(url("facts", cast.david), facts_form(browser, seen(cast, "David")) | {
        "pronouns": "he and him", "first_language": "English"})  # fmt: skip
    assert seen(cast, "David").first_language == "English"
    assert seen(cast, "David").pronouns == "he and him"
    assert seen(cast, "Tommy").first_language == "Welsh"
    assert seen(cast, "Tommy").pronouns == ""


def test_two_people_changing_different_facts_both_keep_theirs(
    cast: Cast, signed_in: type[Client]
) -> None:
    one, other = signed_in(cast.chillip), signed_in(cast.rosa)
    first, second = facts_form(one, cast.david), facts_form(other, cast.david)
    one.post(url("facts", cast.david), first | {"first_language": "Polish"})
    other.post(url("facts", cast.david), second | {"pronouns": "he and him"})
    assert seen(cast, "David").first_language == "Polish"
    assert seen(cast, "David").pronouns == "he and him"


def test_two_people_changing_the_same_fact_the_second_is_shown_both(
    cast: Cast, signed_in: type[Client]
) -> None:
    one, other = signed_in(cast.chillip), signed_in(cast.rosa)
    first, second = facts_form(one, cast.david), facts_form(other, cast.david)
    one.post(url("facts", cast.david), first | {"first_language": "Polish"})
    page = other.post(url("facts", cast.david), second | {"first_language": "Welsh"})
    text = page.content.decode()
    assert "It now says: Polish." in text
    assert 'value="Welsh"' in text
    assert seen(cast, "David").first_language == "Polish"
    again = unescape(re.search(r'name="was" value="([^"]*)"', text)[1])  # type: ignore[index]
    other.post(url("facts", cast.david), second | {"first_language": "Welsh", "was": again})
    assert seen(cast, "David").first_language == "Welsh"


@pytest.mark.parametrize("was", ["", "{", "[]", "1", '{"born_on": 3}'])
def test_a_spoiled_form_is_no_error_of_ours(was: str, cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    form = facts_form(browser, cast.david) | {"was": was, "pronouns": "he"}
    assert browser.post(url("facts", cast.david), form).status_code in {200, 302}


def test_a_date_of_birth_in_the_future_is_refused(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    form = facts_form(browser, cast.david) | {"born_on-year": str(timezone.localdate().year + 1)}
    page = browser.post(url("facts", cast.david), form).content.decode()
    assert "The date of birth must not be after" in page
    assert seen(cast, "David").born_on == date(2011, 3, 4)


def test_a_name_from_before_is_shown_only_to_those_who_read_what_is_held_back(
    cast: Cast, signed_in: type[Client]
) -> None:
    for person, sees in (("chillip", True), ("trotwood", False), ("peggotty", False)):
        page = signed_in(getattr(cast, person)).get(url("child", cast.david)).content.decode()
        assert ("Davy Murdstone" in page) is sees, person
        assert "Trotwood Copperfield" in page


def test_a_name_is_added_and_a_wrong_one_taken_away(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    browser.post(url("names", cast.david), {"name": "Daisy", "kind": "also_known_as"})
    page = browser.post(url("names", cast.david), {"name": "DAISY", "kind": "also_known_as"})
    assert "This name is already written down." in page.content.decode()
    browser.post(url("take_name_away", cast.david), {"which": '["also_known_as", "daisy"]'})
    with acting(cast.chillip.pk):
        names = set(ChildName.objects.values_list("name", flat=True))
    assert names == {"Trotwood Copperfield", "Davy Murdstone"}


def test_only_what_is_on_the_page_can_be_taken_away(cast: Cast, signed_in: type[Client]) -> None:
    """The manager does not see the former name, so cannot take it away unseen."""
    browser = signed_in(cast.trotwood)
    sent = {"which": '["former", "davy murdstone"]'}
    assert browser.post(url("take_name_away", cast.david), sent).status_code == 200
    with acting(cast.chillip.pk):
        assert ChildName.objects.filter(kind="former").exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "nhs", "value": "9990000019"}, "This is not a valid NHS number."),
        ({"kind": "nhs", "value": "1111111111"}, "The same digit ten times"),
        ({"kind": "other", "value": "Z1"}, "Enter the name of the system"),
        ({"value": "9990000018"}, "Answer “Which number is it?”"),
    ],
)
def test_a_wrong_number_is_said_and_not_saved(
    sent: dict[str, str], said: str, cast: Cast, signed_in: type[Client]
) -> None:
    page = signed_in(cast.chillip).post(url("numbers", cast.david), sent).content.decode()
    assert said in page
    with acting(cast.chillip.pk):
        assert not Identifier.objects.exists()


def test_numbers_come_with_their_system_and_go_again(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    browser.post(url("numbers", cast.david), {"kind": "nhs", "value": "999 000 0018"})
    browser.post(url("numbers", cast.david), {"kind": "other", "system": "YJ case", "value": "Z|1"})
    page = browser.get(url("child", cast.david)).content.decode()
    assert "999 000 0018" in page
    assert "Not checked with the NHS" in page
    assert "YJ case" in page
    browser.post(url("take_number_away", cast.david), {"which": '["YJ case", "Z|1"]'})
    with acting(cast.chillip.pk):
        assert Identifier.objects.get().value == "9990000018"


def test_a_number_held_out_of_reach_is_refused_without_saying_whose(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.fairfax.pk):
        actions.add_identifier(child=cast.jane, system=Identifier.NHS_NUMBER, value="9990000018")
    sent = {"kind": "nhs", "value": "9990000018"}
    page = signed_in(cast.chillip).post(url("numbers", cast.david), sent).content.decode()
    assert "This number is already on another record in Newel." in page
    assert "Jane" not in page


def test_a_need_is_flagged_on_every_page_until_it_ends(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.peggotty)
    day = timezone.localdate() + timedelta(days=30)
    sent = {
        "need": "Pictures beside words", "how_to_meet": "The cards in the office",
        "review_on-day": str(day.day), "review_on-month": str(day.month),
        "review_on-year": str(day.year),
    }  # fmt: skip
    browser.post(url("communication", cast.david), sent)
    assert "Pictures beside words" in browser.get(url("child", cast.david)).content.decode()
    with acting(cast.chillip.pk):
        need = CommunicationNeed.objects.get()
    browser.post(url("end_need", cast.david, need.public_id))
    assert "Pictures beside words" not in browser.get(url("child", cast.david)).content.decode()


def test_a_need_of_one_child_cannot_be_ended_on_anothers_page(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        need = actions.record_communication_need(
            child=cast.david, by=cast.chillip, at=LONG_AGO, need="Quiet", how_to_meet="A room",
            review_on=datetime.now(UTC).date(),
        )  # fmt: skip
    browser = signed_in(cast.chillip)
    assert browser.post(url("end_need", cast.tommy, need.public_id)).status_code == 404


def test_emoji_right_to_left_and_long_names_are_kept_as_typed(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.chillip)
    name = "ד̈ויד 🦊 Ó Súilleabháin"
    browser.post(
        url("facts", cast.david), facts_form(browser, cast.david) | {"preferred_name": name}
    )
    assert seen(cast, name).pk == cast.david.pk


def test_what_stood_there_before_is_kept_with_who_changed_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.chillip)
    given = facts_form(browser, cast.david)
    browser.post(
        url("facts", cast.david),
        given | {"born_on-year": "2012", "interpreter": "no", "first_language": "Polish"},
    )
    page = browser.get(url("facts", cast.david)).content.decode()
    assert "Born: 4 March 2011" in page
    assert "Interpreter: Nobody has asked yet" in page
    assert "First language: nothing was entered" in page
    assert "changed by Sam Chillip" in page


def test_what_was_not_changed_leaves_nothing_behind(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    browser.post(url("facts", cast.david), facts_form(browser, cast.david))
    with acting(cast.chillip.pk):
        assert not EarlierFact.objects.exists()


def test_the_name_of_before_is_held_back_and_finds_nothing(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H34: a name that was changed in the record is a name from before."""
    browser = signed_in(cast.chillip)
    david = cast.david
    browser.post(url("facts", david), facts_form(browser, david) | {"preferred_name": "Thomas"})
    assert "Name they like: David" in browser.get(url("facts", david)).content.decode()
    assert "David" not in signed_in(cast.trotwood).get(url("facts", david)).content.decode()
    found = browser.get(reverse("children:find"), {"q": "David"}).content.decode()
    assert "Thomas" not in found
    with acting(cast.trotwood.pk):
        assert not EarlierFact.objects.exists()


def test_a_sealing_takes_the_names_of_before_along(cast: Cast, signed_in: type[Client]) -> None:
    david = cast.david
    with acting(cast.chillip.pk):
        actions.change_child(
            child=david, by=cast.chillip, at=timezone.now(), preferred_name="Thomas", pronouns="he"
        )
        name = list(ChildName.objects.filter(kind="former"))
        sealing = actions.ask_to_seal(
            child=david, by=cast.chillip, at=timezone.now(), why="Adoption", names=name
        )
    with acting(cast.strong.pk):
        actions.confirm_sealing(sealing=sealing, by=cast.strong, at=timezone.now())
    page = signed_in(cast.chillip).get(url("facts", david)).content.decode()
    assert "David" not in page
    assert "Pronouns: nothing was entered" in page
    with acting(cast.strong.pk):
        actions.open_seal(
            sealing=sealing, staff=cast.chillip, by=cast.strong, at=timezone.now(), why="A court",
            ends_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
    with acting(cast.chillip.pk):
        assert ("David", "preferred") in sealing_queries.sealed_names(child=david)


def test_what_stood_there_before_is_never_altered(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        actions.change_child(child=cast.david, by=cast.chillip, at=LONG_AGO, pronouns="he")
    with pytest.raises(DatabaseError, match="stay as they were"), acting(cast.chillip.pk):
        EarlierFact.objects.update(value="she")
    with pytest.raises(DatabaseError, match="permission denied"), acting(cast.chillip.pk):
        EarlierFact.objects.all().delete()


def test_a_change_whose_audit_fails_is_undone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("newel.record.access.audit.record", refuse)
    with pytest.raises(RuntimeError, match="no audit"), acting(cast.chillip.pk):
        actions.change_child(child=cast.david, by=cast.chillip, at=LONG_AGO, pronouns="he")
    assert seen(cast, "David").pronouns == ""
    with acting(cast.chillip.pk):
        assert not EarlierFact.objects.exists()
