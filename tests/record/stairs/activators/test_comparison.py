"""What changed between two times, in sentences, and both wordings of what was put otherwise."""

from datetime import timedelta

import pytest
from django.test import Client

from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.rules import pieces
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import NOW, address, text_of
from tests.record.stairs.activators.wording import DOOR, agreed

LONG_AGO = NOW - timedelta(days=60)
SINCE = NOW - timedelta(days=3)


def test_words_are_marked_as_taken_out_or_put_in() -> None:
    before, after = pieces("He shouts, and hits the wall.", "He shouts, and kicks the wall.")
    assert [one.text.strip() for one in before if one.kind == "out"] == ["hits"]
    assert [one.text.strip() for one in after if one.kind == "in"] == ["kicks"]
    assert "".join(one.text for one in after) == "He shouts, and kicks the wall."


@pytest.mark.parametrize("text", ["", "  He   shouts…\n\n“Why?”  ", "أحب القراءة", "a" * 2000])
def test_no_letter_is_lost_in_the_marking(text: str) -> None:
    for other in ("", "He shouts.", text):
        before, after = pieces(text, other)
        assert "".join(one.text for one in before) == text
        assert "".join(one.text for one in after) == other


def test_a_full_stop_that_moves_marks_no_word() -> None:
    before, after = pieces("Leave him alone.", "Leave him alone at night.")
    assert not [one for one in before if one.kind == "out" and one.text.strip() != "."]
    assert "alone" not in "".join(one.text for one in after if one.kind == "in")


def test_very_long_texts_stand_side_by_side_unmarked() -> None:
    before, after = pieces("word " * 400, "other " * 400)
    assert [one.kind for one in (*before, *after)] == ["same", "same"]


@pytest.fixture
def changed(db: None, cast: Cast) -> Cast:
    """One of each kind of change since version 1."""
    by = cast.chillip
    with acting(by.pk):
        reworded, gone, seen, _ = (
            agreed(cast.david, by, at=LONG_AGO, text=text)
            for text in ("He shouts at doors.", "He hides food.", "He likes boats.", "He reads.")
        )
        stale = agreed(cast.david, by, at=NOW - timedelta(days=95), text="He counts the stairs.")
        old_view = formulation.view(cast.david, by, at=LONG_AGO, text="He is never hungry.")
        formulation.version(cast.david, by, at=LONG_AGO)
        actions.replace_statement(
            statement=reworded, by=by, at=SINCE, because="Seen twice.",
            **{**DOOR, "text": "He sings at doors.", "confidence": "well_supported"},
        )  # fmt: skip
        actions.retire_statement(statement=gone, by=by, at=SINCE, because="He eats with us now.")
        actions.confirm_statement(statement=seen, by=by, at=SINCE, what_was_seen="He drew four.")
        agreed(cast.david, by, at=SINCE, text="He sleeps with a light on.")
        formulation.view(cast.david, by, at=SINCE, statement=stale, text="I have not seen it.")
        actions.settle_view(view=old_view, because="We looked.", by=by, at=SINCE)
    return cast


SENTENCES = (
    "1 added, 1 put in other words, 1 no longer so, 1 confirmed, 1 gone out of date, "
    "1 newly not agreed.",
    "Put in other words on",
    "How sure we are: it was “Fairly sure”, it is “Well supported”.",
    "Why: Seen twice.",
    "Taken out on",
    "He eats with us now.",
    "by Sam Chillip.",
    "He drew four.",
    "Agreed on",
    "He sleeps with a light on.",
    "It was to be confirmed by",
    "I have not seen it.",
    "Settled since, on",
    "1 statement stayed as it was.",
)


@pytest.mark.parametrize("against", ["now", "the next version"])
def test_each_kind_of_change_is_a_sentence(
    against: str, changed: Cast, signed_in: type[Client]
) -> None:
    if against != "now":
        with acting(changed.chillip.pk):
            formulation.version(changed.david, changed.chillip, at=NOW)
    answer = signed_in(changed.peggotty).get(asked(changed, against))
    shown = text_of(answer)
    for sentence in SENTENCES:
        assert sentence in shown, sentence
    for word in ("[taken out: </span>shouts", "[put in: </span>sings"):
        assert word in shown


def asked(cast: Cast, against: str) -> str:
    page = address("compare", cast.david)
    if against == "now":
        return page
    with acting(cast.chillip.pk):
        one, two = cast.david.formulation_versions.order_by("number")
    return f"{page}?earlier={two.public_id}&later={one.public_id}"


@pytest.mark.django_db
def test_nothing_is_told_as_changed_when_nothing_did(cast: Cast, signed_in: type[Client]) -> None:
    """The same a second time, too: a version agreed anew with the same words."""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=SINCE)
        formulation.version(cast.david, cast.chillip, at=SINCE)
    shown = text_of(signed_in(cast.peggotty).get(address("compare", cast.david)))
    assert "Nothing that you may read has changed between these two." in shown


@pytest.mark.django_db
def test_the_same_words_agreed_anew_are_told_as_looked_at_again(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H2, H3: never as “put in other words”, and how sure we are now is said."""
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=LONG_AGO)
        formulation.version(cast.david, cast.chillip, at=LONG_AGO)
        actions.look_again(
            statement=one, confidence="some_signs", because="We talked.", by=cast.chillip, at=SINCE
        )
    shown = text_of(signed_in(cast.peggotty).get(address("compare", cast.david)))
    assert "1 looked at again." in shown
    assert "Looked at again, in the same words (1)" in shown
    assert "How sure we are: it was" in shown and "We talked." in shown
    assert "Put in other words" not in shown


@pytest.mark.django_db
def test_words_changed_twice_are_one_change(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=LONG_AGO, text="First words.")
        formulation.version(cast.david, cast.chillip, at=LONG_AGO)
        for text in ("Second words.", "Third words."):
            new = {**DOOR, "text": text}
            one = actions.replace_statement(statement=one, by=cast.chillip, at=SINCE, **new)
    shown = text_of(signed_in(cast.peggotty).get(address("compare", cast.david)))
    assert "1 put in other words." in shown
    assert "Second" not in shown


@pytest.mark.django_db
def test_what_a_later_agreer_could_not_read_is_not_told_as_ended(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H2, H8: a manager agrees without what is held back; it is still so."""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=LONG_AGO)
        agreed(cast.david, cast.chillip, at=LONG_AGO, text="Of Steerforth.",
               sharing_level="restricted_third_party")  # fmt: skip
        formulation.version(cast.david, cast.chillip, at=LONG_AGO)
    with acting(cast.trotwood.pk):
        formulation.version(cast.david, cast.trotwood, at=SINCE)
    shown = text_of(signed_in(cast.chillip).get(asked(cast, "the next version")))
    assert "Still agreed, but not part of the later version (1)" in shown
    assert "No longer so (" not in shown


@pytest.mark.django_db
def test_the_summary_of_two_versions_stands_side_by_side(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=LONG_AGO)
        formulation.version(cast.david, cast.chillip, at=LONG_AGO, summary="Doors frighten him.")
        formulation.version(cast.david, cast.chillip, at=SINCE, summary="Locks frighten him.")
    shown = text_of(signed_in(cast.peggotty).get(asked(cast, "the next version")))
    assert "[taken out: </span>Doors" in shown and "[put in: </span>Locks" in shown


@pytest.mark.django_db
def test_a_version_of_another_child_is_not_found_here(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
        agreed(cast.tommy, cast.chillip)
        formulation.version(cast.david, cast.chillip)
        elsewhere = formulation.version(cast.tommy, cast.chillip)
    client = signed_in(cast.chillip)
    page = address("compare", cast.david)
    assert client.get(f"{page}?earlier={elsewhere.public_id}").status_code == 404
    assert client.get(address("version", cast.david, elsewhere.public_id)).status_code == 404
    assert client.get(address("make_copy", cast.david, elsewhere.public_id)).status_code == 404
    assert client.get(f"{page}?earlier=now&later=now").status_code == 200
