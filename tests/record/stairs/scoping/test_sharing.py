"""Who reads what, by the query (lock three) and by the database alone (lock four)."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.scoping import actions, queries
from tests.cast import Cast
from tests.record.stairs.scoping.writing import (
    FORM,
    NOW,
    changed,
    event,
    titles,
    titles_in_database,
)

pytestmark = pytest.mark.django_db

EVERYONE_ELSE = {"child_open": True, "team": True, "named": False, "restricted": False}
READS = {
    "omer": {**EVERYONE_ELSE, "named": True, "restricted": True},  # the writer
    "rosa": {**EVERYONE_ELSE, "named": True},  # named
    "peggotty": EVERYONE_ELSE,
    "mell": EVERYONE_ELSE,
    "trotwood": EVERYONE_ELSE,
    "wickfield": EVERYONE_ELSE,
    "chillip": {**EVERYONE_ELSE, "restricted": True},  # reads what is held back
    "barkis": dict.fromkeys(EVERYONE_ELSE, False),  # another unit
    "leah": dict.fromkeys(EVERYONE_ELSE, False),
    "strong": dict.fromkeys(EVERYONE_ELSE, False),
    "spenlow": dict.fromkeys(EVERYONE_ELSE, False),
}


@pytest.fixture
def four_levels(cast: Cast) -> None:
    event(cast.david, cast.chillip, title="child_open", sharing_level="child_open")
    event(cast.david, cast.omer, title="team")
    event(cast.david, cast.omer, title="restricted", sharing_level="restricted_third_party")
    event(
        cast.david,
        cast.omer,
        title="named",
        sharing_level="named_people",
        named_readers=[cast.rosa],
    )


@pytest.mark.parametrize("username", READS)
def test_each_person_reads_just_what_is_shared_with_them(
    cast: Cast, four_levels: None, username: str
) -> None:
    person = getattr(cast, username)
    expected = {title for title, reads in READS[username].items() if reads}
    assert set(titles(cast.david, person)) == expected
    assert titles_in_database(cast.david, person) == expected


@pytest.mark.parametrize("username", ["peggotty", "rosa", "chillip", "omer"])
def test_the_query_holds_back_what_the_database_would_show(
    cast: Cast, four_levels: None, username: str
) -> None:
    """Asked while the database shows everything to the writer: the filter alone."""
    person = getattr(cast, username)
    expected = {title for title, reads in READS[username].items() if reads}
    with acting(cast.omer.pk):
        found = queries.events(child=cast.david, visible_to=person)
        assert {one.title for one in found} == expected


def test_what_is_held_back_is_held_back_in_its_earlier_wording(cast: Cast) -> None:
    first = event(cast.david, cast.rosa, title="With his sister's name")
    changed(first, cast.omer, title="Held", sharing_level="restricted_third_party")
    assert titles_in_database(cast.david, cast.peggotty) == set()
    assert titles_in_database(cast.david, cast.chillip) == {"Held", "With his sister's name"}


def test_closing_a_childs_words_closes_their_earlier_wording(cast: Cast) -> None:
    first = event(cast.david, cast.omer, title="one", whose_words="child")
    second = changed(first, cast.omer, title="two", whose_words="child")
    with acting(cast.chillip.pk):
        actions.change_readers(row=second, by=cast.chillip, sharing_level="restricted_third_party")
    assert titles_in_database(cast.david, cast.peggotty) == set()
    assert titles(cast.david, cast.omer) == ["two"]
    assert titles(cast.david, cast.chillip) == ["two"]


def test_opening_it_again_leaves_the_earlier_wording_closed(cast: Cast) -> None:
    first = event(cast.david, cast.omer, title="name", sharing_level="restricted_third_party")
    changed(first, cast.omer, title="no name", sharing_level="team")
    assert titles_in_database(cast.david, cast.peggotty) == {"no name"}


def test_fewer_named_readers_reads_fewer_in_every_wording(cast: Cast) -> None:
    both = [cast.rosa, cast.mell]
    first = event(cast.david, cast.omer, sharing_level="named_people", named_readers=both)
    changed(first, cast.omer, title="x", sharing_level="named_people", named_readers=[cast.mell])
    assert titles_in_database(cast.david, cast.rosa) == set()
    assert len(titles_in_database(cast.david, cast.mell)) == 2


def test_whoever_held_it_back_keeps_sight_of_it(cast: Cast) -> None:
    level = "restricted_third_party"
    first = event(cast.david, cast.omer, sharing_level=level)
    changed(first, cast.chillip, title="clearer", sharing_level=level)
    assert titles(cast.david, cast.omer) == ["clearer"]


@pytest.mark.parametrize("level", ["team", "named_people"])
def test_a_named_reader_neither_opens_it_nor_becomes_its_writer(cast: Cast, level: str) -> None:
    named = {"sharing_level": "named_people", "named_readers": [cast.rosa]}
    row = event(cast.david, cast.omer, **named)
    with pytest.raises(NotNow, match="held back by somebody else"):
        changed(row, cast.rosa, **{**named, "title": "x", "sharing_level": level})
    with acting(cast.rosa.pk), pytest.raises(NotNow):
        actions.change_readers(row=row, by=cast.rosa, sharing_level=level)


def test_held_back_meanwhile_is_not_found_any_more(cast: Cast) -> None:
    row = event(cast.david, cast.rosa)
    changed(row, cast.chillip, title="x", sharing_level="restricted_third_party")
    with acting(cast.omer.pk):
        assert not queries.event(child=cast.david, public_id=row.public_id, visible_to=cast.omer)


def test_only_those_who_reach_the_child_are_offered_as_readers(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        found = queries.possible_readers(child=cast.david, at=NOW)
        names = {one.username for one in found}
    assert names == {"peggotty", "omer", "chillip", "rosa", "mell", "trotwood", "wickfield"}


def test_words_changed_meanwhile_are_opened_to_nobody_unseen(
    cast: Cast, signed_in: Callable[[StaffMember], Client]
) -> None:
    """H12: the psychologist opens what stood on the page, not what it became since."""
    row = event(cast.david, cast.omer, whose_words="child")
    new = changed(row, cast.omer, whose_words="child", text="And my cousin did it.")
    page = reverse("scoping:event_readers", args=[cast.david.public_id, row.public_id])
    sent = signed_in(cast.chillip).post(page, {"sharing_level": "child_open"})
    shown = unescape(sent.content.decode())
    assert "And my cousin did it." in shown
    assert "Nothing is saved yet" in shown
    new.refresh_from_db()
    assert new.sharing_level == "team"


def test_what_was_held_back_meanwhile_is_not_opened_by_an_older_page(
    cast: Cast, signed_in: Callable[[StaffMember], Client]
) -> None:
    """H7, H8: a change form drawn while the team could read it."""
    row = event(cast.david, cast.omer)
    client = signed_in(cast.omer)
    page = reverse("scoping:change_event", args=[cast.david.public_id, row.public_id])
    assert 'name="read_by" value="team"' in client.get(page).content.decode()
    with acting(cast.omer.pk):
        actions.change_readers(row=row, by=cast.omer, sharing_level="restricted_third_party")
    sent = FORM | {"title": "Moved, in August", "read_by": "team"}
    shown = unescape(client.post(page, sent).content.decode())
    assert "Somebody else has changed who may read this" in shown
    assert "Moved, in August" in shown
    assert titles(cast.david, cast.peggotty) == []
    knowingly = sent | {"read_by": "restricted_third_party"}
    assert client.post(page, knowingly).status_code == 302
    assert titles(cast.david, cast.peggotty) == ["Moved, in August"]


def test_a_title_copied_from_what_is_held_back_is_asked_about(
    cast: Cast, signed_in: Callable[[StaffMember], Client]
) -> None:
    """H7: a title tells as much as what stands below it."""
    told = "His sister was hurt by their uncle that spring"
    event(cast.david, cast.omer, title=told, text="", sharing_level="restricted_third_party")
    page = reverse("scoping:add_event", args=[cast.david.public_id])
    client = signed_in(cast.omer)
    shown = client.post(page, FORM | {"title": told}).content.decode()
    assert "Some of these words are held back elsewhere" in shown
    assert titles(cast.david, cast.peggotty) == []
    assert client.post(page, FORM | {"title": told, "copied_knowingly": "on"}).status_code == 302
