"""Words for the next shift: about one child, and about the unit."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access import audit
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.policies import NotNow
from newel.record.overview import actions
from newel.record.overview.models import HandoverNote, UnitNote
from tests.cast import LONG_AGO, Cast
from tests.record.overview.handing_over import note, now, read, take_over_before

pytestmark = pytest.mark.django_db
SLEPT = "He slept badly and asked for a light at 2am."
HELPED = "Somebody sat outside the door."


def url(name: str, cast: Cast, *more: str) -> str:
    return reverse(f"overview:{name}", args=[cast.david.public_id, *more])


def unit_url(name: str, cast: Cast, *more: str) -> str:
    return reverse(f"overview:{name}", args=[cast.rookery.public_id, *more])


def words(text: str = SLEPT, helped: str = HELPED) -> dict[str, str]:
    return {"text": text, "what_helped": helped}


def test_what_one_shift_writes_the_next_one_reads(cast: Cast, signed_in: type[Client]) -> None:
    page = signed_in(cast.peggotty).post(url("write_note", cast), words(), follow=True)
    assert "The next shift will read it." in page.content.decode()
    theirs = read(signed_in(cast.omer), cast.rookery)
    assert theirs.index("David") < theirs.index(SLEPT) < theirs.index(HELPED)
    assert "Clara Peggotty" in theirs


def test_it_is_for_the_next_shift_and_not_for_the_one_after(
    cast: Cast, signed_in: type[Client]
) -> None:
    from datetime import timedelta

    note(cast, cast.peggotty, SLEPT, at=now() - timedelta(hours=3))
    take_over_before(cast, cast.omer, ago=timedelta(hours=2))
    assert SLEPT not in read(signed_in(cast.omer), cast.rookery)
    assert SLEPT in signed_in(cast.omer).get(url("notes", cast)).content.decode()


def test_it_goes_with_a_child_who_moves(cast: Cast, signed_in: type[Client]) -> None:
    note(cast, cast.peggotty, SLEPT)
    with acting(cast.trotwood.pk):
        children.move_unit(stay=cast.david.stays.get(), unit=cast.yarmouth, at=now())
    assert SLEPT in read(signed_in(cast.barkis), cast.yarmouth)


def test_something_has_to_be_written(cast: Cast, signed_in: type[Client]) -> None:
    page = signed_in(cast.peggotty).post(url("write_note", cast), words("", HELPED))
    assert "Enter what the next shift should know" in page.content.decode()
    assert HELPED in page.content.decode()


def test_another_childs_name_does_not_get_into_this_record(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H1, H8"""
    with acting(cast.chillip.pk):
        children.refer(by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name="Emily P")
    text = "Emily took his book and he shouted."
    page = signed_in(cast.peggotty).post(url("write_note", cast), words(text)).content.decode()
    assert "This has the name of another child: Emily." in page
    assert text in page
    with acting(cast.peggotty.pk):
        assert not HandoverNote.objects.exists()


def test_words_that_are_held_back_are_asked_about(cast: Cast, signed_in: type[Client]) -> None:
    """H7: asked, not forbidden."""
    from tests.record.overview.handing_over import agreed

    secret = "His mother told nobody but us that she will marry again in spring."
    agreed(cast, text=secret, sharing_level="named_people", named_readers=[cast.omer.pk])
    browser = signed_in(cast.omer)
    page = browser.post(url("write_note", cast), words(secret)).content.decode()
    assert "Some of these words are held back elsewhere in this record" in page
    browser.post(url("write_note", cast), words(secret) | {"copied_knowingly": "on"})
    with acting(cast.omer.pk):
        assert HandoverNote.objects.get().text == secret


def test_plainer_words_are_suggested_to_the_writer_alone(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H3: it suggests, and changes nothing."""
    note(cast, cast.peggotty, "He was manipulative at tea.")
    assert "A thought about the words" in read(signed_in(cast.peggotty), cast.rookery)
    assert "A thought about the words" not in read(signed_in(cast.omer), cast.rookery)


def test_a_change_is_a_new_row_and_the_first_words_stay_readable(
    cast: Cast, signed_in: type[Client]
) -> None:
    mine = note(cast, cast.peggotty, SLEPT)
    browser = signed_in(cast.peggotty)
    browser.post(url("change_note", cast, mine.public_id), words("He slept from 3am."))
    handed = read(browser, cast.rookery)
    assert "He slept from 3am." in handed
    assert SLEPT not in handed
    ever = browser.get(url("notes", cast)).content.decode()
    assert ever.index("He slept from 3am.") < ever.index(SLEPT)
    assert "Other words were put in the place of these" in ever


def test_nobody_changes_the_words_of_somebody_else(cast: Cast, signed_in: type[Client]) -> None:
    theirs = note(cast, cast.omer, SLEPT)
    page = signed_in(cast.peggotty).post(
        url("change_note", cast, theirs.public_id), words("He slept well.")
    )
    assert "Somebody else wrote this." in page.content.decode()
    assert "He slept well." in page.content.decode()
    with acting(cast.peggotty.pk):
        assert HandoverNote.objects.get().text == SLEPT


def test_the_second_of_two_tabs_sees_both_texts_and_goes_on_from_the_newer(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H25"""
    first = note(cast, cast.peggotty, SLEPT)
    browser = signed_in(cast.peggotty)
    address = url("change_note", cast, first.public_id)
    browser.post(address, words("From the first tab."))
    page = browser.post(address, words("From the second tab.")).content.decode()
    assert "These words have been changed since you opened them." in page
    assert "From the first tab." in page
    assert "From the second tab." in page
    with acting(cast.peggotty.pk):
        newest = HandoverNote.objects.get(is_current=True)
    assert url("change_note", cast, newest.public_id) in page


def test_what_was_written_is_never_altered(cast: Cast) -> None:
    """H13: not by a forgotten line of code either."""
    mine = note(cast, cast.peggotty, SLEPT)
    for change in ({"text": "Nothing happened."}, {"written_at": now()}):
        refused = pytest.raises(DatabaseError, match="stay as they were written")
        with refused, acting(cast.peggotty.pk):
            HandoverNote.objects.filter(pk=mine.pk).update(**change)


@pytest.mark.parametrize("username", ["barkis", "leah", "wickfield", "spenlow", "strong", "heep"])
def test_who_does_not_look_after_the_child_writes_nothing(
    username: str, cast: Cast, signed_in: type[Client]
) -> None:
    answer = signed_in(getattr(cast, username)).post(url("write_note", cast), words())
    assert answer.status_code in (403, 404)
    with acting(cast.peggotty.pk):
        assert not HandoverNote.objects.exists()


def test_a_failing_audit_undoes_the_note(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no audit")

    monkeypatch.setattr(audit, "_append", fail)
    with pytest.raises(OSError, match="no audit"), transaction.atomic():
        note(cast, cast.peggotty, SLEPT)
    with acting(cast.peggotty.pk):
        assert not HandoverNote.objects.exists()


@pytest.mark.parametrize("count", [3, 60])
def test_what_was_told_ever_takes_the_same_queries_for_3_and_60_notes(
    count: int, cast: Cast, signed_in: type[Client]
) -> None:
    for number in range(count):
        note(cast, cast.peggotty, f"Night number {number}.")
    browser = signed_in(cast.omer)
    with CaptureQueriesContext(connection) as asked:
        browser.get(url("notes", cast))
    assert len(asked) <= 13


def test_what_the_unit_needs_is_told_apart_from_the_children(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = {"text": "The kitchen light is broken."}
    signed_in(cast.peggotty).post(unit_url("write_unit_note", cast), sent)
    page = read(signed_in(cast.omer), cast.rookery)
    assert "The kitchen light is broken." in page


@pytest.mark.parametrize("name", ["David", "Trotwood Copperfield"])
def test_what_is_about_the_unit_names_no_child(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    """H1: what is about a child is in that child's record, where its audit is."""
    sent = {"text": f"Keep an eye on {name} tonight."}
    page = signed_in(cast.peggotty).post(unit_url("write_unit_note", cast), sent).content.decode()
    assert f"This has the name of a child: {name}." in page
    assert sent["text"] in page
    with acting(cast.peggotty.pk):
        assert not UnitNote.objects.exists()


def test_a_name_from_before_is_not_given_away_by_refusing_it(cast: Cast) -> None:
    """H34"""
    with acting(cast.peggotty.pk):
        actions.write_unit_note(
            unit=cast.rookery, by=cast.peggotty, at=now(), text="Ring Davy Murdstone and Sons."
        )


def test_words_about_the_unit_are_changed_by_their_writer_only(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.omer.pk):
        theirs = actions.write_unit_note(
            unit=cast.rookery, by=cast.omer, at=now(), text="The gate sticks."
        )
        mine = actions.change_unit_note(
            note=theirs, by=cast.omer, at=now(), text="The gate is mended."
        )
    assert mine.replaces_id == theirs.pk
    with pytest.raises(NotNow, match="Somebody else wrote this"), acting(cast.peggotty.pk):
        actions.change_unit_note(note=mine, by=cast.peggotty, at=now(), text="No.")
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert "The gate is mended." in page
    assert "The gate sticks." not in page


def test_another_units_words_are_not_there(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.trotwood.pk):
        actions.write_unit_note(
            unit=cast.yarmouth, by=cast.trotwood, at=now(), text="The boat is out."
        )
    with acting(cast.peggotty.pk):
        assert not UnitNote.objects.exists()
    answer = signed_in(cast.peggotty).post(
        reverse("overview:write_unit_note", args=[cast.yarmouth.public_id]), {"text": "Hello there"}
    )
    assert answer.status_code == 404
