"""What the child says: word for word, changed by nobody, taken back when the child wants (H11)."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, queries, words_queries
from newel.record.stairs.activators.policies import MayNotStandOnPage
from newel.record.stairs.activators.words_models import (
    AdultView,
    ChildsWords,
    WordsChecked,
    WordsTakenBack,
)
from tests.architecture.routes import routes_about_a_child
from tests.cast import Cast
from tests.record.stairs.activators.pages import NOW, TODAY, address, text_of

pytestmark = pytest.mark.django_db

BITE = "I bit him because nobody listened."
OPEN: dict[str, Any] = {"sharing_level": "child_open", "child_allows_page": True}
YESTERDAY = TODAY - timedelta(days=1)


def said(cast: Cast, words: str = BITE, **more: Any) -> ChildsWords:
    given = {"told_on": YESTERDAY, "how": "asked", "sharing_level": "team", **more}
    return actions.write_down_words(
        child=cast.david, by=given.pop("by", cast.peggotty), at=NOW, words=words, **given
    )


def taken_back(words: ChildsWords, cast: Cast) -> WordsTakenBack:
    return actions.take_words_back(words=words, by=cast.peggotty, at=NOW, taken_back_on=TODAY)


def checked(words: ChildsWords, cast: Cast, outcome: str = "as_said", **more: Any) -> WordsChecked:
    return actions.check_words_with_child(
        words=words, by=cast.peggotty, at=NOW, outcome=outcome, checked_on=TODAY, **more
    )


def day_of(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def page(cast: Cast, browser: Client) -> str:
    return text_of(browser.get(address("childs_words", cast.david)))


# Nobody changes them.


@pytest.mark.parametrize("field", ["words", "told_on", "how", "where_told", "whose_words"])
def test_the_database_refuses_to_change_what_the_child_said(field: str, cast: Cast) -> None:
    new = {"words": "I was naughty.", "told_on": TODAY, "how": "drawn", "where_told": "There",
           "whose_words": "adult"}  # fmt: skip
    with acting(cast.peggotty.pk):
        words = said(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            ChildsWords.objects.filter(pk=words.pk).update(**{field: new[field]})
        assert ChildsWords.objects.get().words == BITE


@pytest.mark.parametrize("model", [WordsChecked, AdultView, WordsTakenBack])
def test_what_hangs_on_the_words_stays_as_it_was_written_too(model: Any, cast: Cast) -> None:
    with acting(cast.peggotty.pk):
        words = said(cast)
        checked(words, cast)
        actions.add_adult_view(words=words, by=cast.peggotty, at=NOW, text="He looked at me.")
        taken_back(said(cast, "Never mind."), cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(written_at=NOW - timedelta(days=9))


def test_there_is_no_address_at_which_words_are_changed() -> None:
    names = {route.name for route in routes_about_a_child() if "words_id" in route.parts}
    assert names == {
        "activators:say_again", "activators:check_words_with_child", "activators:add_adult_view",
        "activators:let_words_stand_on_page", "activators:take_words_back",
    }  # fmt: skip


def test_said_differently_the_new_words_stand_beside_and_the_old_stay_readable(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.peggotty.pk):
        old = said(cast)
    browser = signed_in(cast.omer)
    again = {"words": "He held my head.", "how": "unasked", "sharing_level": "team"}
    browser.post(address("say_again", cast.david, old.public_id), again | day_of("told_on", TODAY))
    shown = page(cast, browser)
    assert shown.index("He held my head.") < shown.index("How it was written down before (1)")
    assert BITE in shown
    with acting(cast.peggotty.pk):
        assert [w.words for w in queries_now(cast)] == ["He held my head."]


def queries_now(cast: Cast) -> list[ChildsWords]:
    return list(queries.childs_words(child=cast.david, visible_to=cast.peggotty))


def test_of_two_new_sayings_in_the_place_of_one_the_second_is_told(cast: Cast) -> None:
    with acting(cast.peggotty.pk):
        old = said(cast)
        said(cast, "Once.", replaces=old)
        with pytest.raises(NotNow, match="differently now"):
            said(cast, "Twice.", replaces=old)


# What is done is done with the words that stood on the page.


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("check_words_with_child", {"outcome": "as_said", **day_of("checked_on", TODAY)}),
        ("let_words_stand_on_page", {"read_it": "on"}),
        ("add_adult_view", {"text": "He was held first."}),
        ("say_again", {"words": "Twice.", "how": "asked", "sharing_level": "team",
                       **day_of("told_on", TODAY)}),
        ("take_words_back", {"child_wants_it": "on", **day_of("taken_back_on", TODAY)}),
    ],
)  # fmt: skip
def test_what_was_said_meanwhile_is_not_what_the_form_is_about(
    name: str, sent: dict[str, Any], cast: Cast, signed_in: type[Client]
) -> None:
    """H11, H12: newer words are neither marked as checked nor let onto paper unread. The page shows
    them, keeps what was typed, and what was ticked for the words before is asked again."""
    with acting(cast.peggotty.pk):
        old = said(cast, **OPEN)
        new = said(cast, "He held my head.", replaces=old, **OPEN)
    browser = signed_in(cast.chillip)
    shown = text_of(browser.post(address(name, cast.david, old.public_id), sent))
    assert "The child says this differently now." in shown and "He held my head." in shown
    assert f'action="{address(name, cast.david, new.public_id)}"' in shown
    assert sent.get("text", "") in shown and sent.get("words", "") in shown
    assert not re.search(r"<input[^>]*(read_it|as_said|child_wants_it)[^>]* checked", shown)
    with acting(cast.chillip.pk):
        assert not WordsChecked.objects.exists() and not AdultView.objects.exists()
        assert not WordsTakenBack.objects.exists()
        assert set(ChildsWords.objects.values_list("words", "opened_at")) == {
            (BITE, None),
            ("He held my head.", None),
        }


@pytest.mark.parametrize("outcome", ["differently", "not_now"])
def test_what_we_understand_calls_words_checked_only_when_they_were(
    outcome: str, cast: Cast, signed_in: type[Client]
) -> None:
    """H11: on every page the same."""
    with acting(cast.peggotty.pk):
        checked(said(cast), cast, outcome)
    shown = text_of(signed_in(cast.omer).get(address("understanding", cast.david)))
    told = {
        "differently": ": the child would say it differently now",
        "not_now": "not yet checked with the child: on",
    }
    assert told[outcome] in shown


# Written down by somebody, checked with the child or not yet.


def test_the_page_says_who_wrote_it_down_and_that_it_is_not_checked_yet(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.peggotty.pk):
        said(cast, where_told="In the kitchen")
    shown = page(cast, signed_in(cast.omer))
    assert f"“{BITE}”" in shown
    assert "The child’s words, written down by Clara Peggotty" in shown
    assert "In the kitchen" in shown
    assert "Not yet checked with the child" in shown


def test_a_check_is_a_row_of_its_own_and_says_what_the_child_said(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.peggotty.pk):
        words = said(cast)
    browser = signed_in(cast.omer)
    sent = {"outcome": "differently", "what_child_said": "It was two people."}
    browser.post(
        address("check_words_with_child", cast.david, words.public_id),
        sent | day_of("checked_on", TODAY),
    )
    shown = page(cast, browser)
    assert "The child would say it differently now. “It was two people.”" in shown
    assert "Minnie Omer" in shown
    assert "Not yet checked" not in shown


def test_nothing_is_checked_before_it_was_said(cast: Cast) -> None:
    with acting(cast.peggotty.pk):
        words = said(cast, told_on=TODAY)
        with pytest.raises(NotNow, match="before the day"):
            actions.check_words_with_child(
                words=words, by=cast.peggotty, at=NOW, outcome="as_said", checked_on=YESTERDAY
            )


def test_a_day_that_is_still_to_come_is_refused_and_nothing_typed_is_lost(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = {"words": BITE, "how": "asked", "sharing_level": "team"}
    tomorrow = day_of("told_on", TODAY + timedelta(days=2))
    shown = signed_in(cast.peggotty).post(address("write_down_words", cast.david), sent | tomorrow)
    assert "There is a problem" in text_of(shown)
    assert BITE in text_of(shown)
    with acting(cast.peggotty.pk):
        assert not ChildsWords.objects.exists()


# An adult's view stands beside.


def test_an_adults_view_stands_beside_under_its_own_name(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.peggotty.pk):
        words = said(cast)
    browser = signed_in(cast.chillip)
    browser.post(
        address("add_adult_view", cast.david, words.public_id), {"text": "He was held first."}
    )
    shown = page(cast, browser)
    assert shown.index(BITE) < shown.index("Adult view") < shown.index("He was held first.")
    with acting(cast.peggotty.pk):
        assert ChildsWords.objects.get().words == BITE


# Who may read them.


def test_what_the_child_wants_only_some_to_read_others_do_not_see(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.peggotty.pk):
        said(cast, sharing_level="named_people", named_readers=[cast.omer.pk])
    assert BITE in page(cast, signed_in(cast.omer))
    assert BITE not in page(cast, signed_in(cast.chillip))
    for name in ("understanding", "five_ps_map", "life_map", "what_helps_map"):
        assert BITE not in text_of(signed_in(cast.chillip).get(address(name, cast.david)))
        assert BITE in text_of(signed_in(cast.omer).get(address(name, cast.david)))
    with acting(cast.chillip.pk):
        assert not ChildsWords.objects.exists()


# Taken back.


def test_taken_back_nobody_reads_it_and_a_mark_stays(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.peggotty.pk):
        old = said(cast, sharing_level="child_open")
        actions.add_adult_view(words=old, by=cast.chillip, at=NOW, text="Bit him, he says.")
        words = said(cast, "Leave me.", replaces=old)
    asked = address("take_words_back", cast.david, words.public_id)
    signed_in(cast.peggotty).post(asked, {"child_wants_it": "on"} | day_of("taken_back_on", TODAY))
    for person in (cast.peggotty, cast.chillip):
        shown = page(cast, signed_in(person))
        assert BITE not in shown and "Leave me." not in shown and "Bit him" not in shown
        assert "David took something back on" in shown
        with acting(person.pk):
            assert not ChildsWords.objects.exists()
            assert not AdultView.objects.exists()
    shown = text_of(signed_in(cast.peggotty).get(address("five_ps_map", cast.david)))
    assert "David has taken back something that stood here." in shown
    assert signed_in(cast.peggotty).get(asked).status_code == 404


def test_an_earlier_wording_that_others_may_not_read_is_taken_back_with_it(cast: Cast) -> None:
    with acting(cast.omer.pk):
        old = said(cast, sharing_level="named_people", by=cast.omer)
        new = said(cast, "Leave me.", replaces=old, by=cast.omer)
    with acting(cast.peggotty.pk):
        taken_back(new, cast)
    with acting(cast.omer.pk):
        assert not ChildsWords.objects.exists()


def test_what_the_child_took_back_can_be_said_again(cast: Cast) -> None:
    with acting(cast.peggotty.pk):
        taken_back(said(cast), cast)
        said(cast)
        assert [one.words for one in queries_now(cast)] == [BITE]


def test_it_takes_the_childs_wish_to_take_it_back(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.peggotty.pk):
        words = said(cast)
    asked = address("take_words_back", cast.david, words.public_id)
    shown = signed_in(cast.peggotty).post(asked, day_of("taken_back_on", TODAY))
    assert "There is a problem" in text_of(shown)
    assert BITE in page(cast, signed_in(cast.peggotty))


# On the one page.


def one_page(cast: Cast, browser: Client) -> str:
    return text_of(browser.get(address("one_page", cast.david)))


def test_what_the_child_allows_and_a_psychologist_read_stands_on_the_one_page(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H12"""
    with acting(cast.peggotty.pk):
        words = said(cast, **OPEN)
    browser = signed_in(cast.chillip)
    assert BITE not in one_page(cast, browser)
    browser.post(address("let_words_stand_on_page", cast.david, words.public_id), {"read_it": "on"})
    shown = one_page(cast, browser)
    assert "What I say" in shown and f"“{BITE}”" in shown
    assert "not yet checked with David" in shown


def test_only_who_decides_what_the_child_may_read_decides_it(cast: Cast) -> None:
    """H12"""
    with acting(cast.peggotty.pk):
        words = said(cast, **OPEN)
        with pytest.raises(PermissionDenied):
            actions.let_words_stand_on_page(words=words, by=cast.peggotty, at=NOW)


def test_what_the_child_does_not_allow_never_stands_there(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        for level, allows in (("child_open", False), ("team", True)):
            words = said(cast, by=cast.chillip, sharing_level=level, child_allows_page=allows)
            with pytest.raises(NotNow, match="has not allowed"):
                actions.let_words_stand_on_page(words=words, by=cast.chillip, at=NOW)
        assert not words_queries.on_the_page(child=cast.david).exists()


@pytest.mark.parametrize("words", ["Tommy hits me.", "I live at 4 Quince Street.", "He robbed me."])
def test_words_with_a_name_or_an_address_stay_off_paper_and_stay_as_they_are(
    words: str, cast: Cast
) -> None:
    """H8, H23: nothing is cut out of a child's words; they are left off the page whole."""
    with acting(cast.chillip.pk):
        kept = said(cast, words, **OPEN)
        with pytest.raises(MayNotStandOnPage):
            actions.let_words_stand_on_page(words=kept, by=cast.chillip, at=NOW)
        assert ChildsWords.objects.get().words == words


def test_what_the_child_would_say_differently_leaves_the_page(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        words = said(cast, by=cast.chillip, **OPEN)
    browser = signed_in(cast.chillip)
    assert BITE in one_page(cast, browser)
    with acting(cast.chillip.pk):
        checked(words, cast, "as_said")
    assert "checked with David" in one_page(cast, browser)
    with acting(cast.chillip.pk):
        checked(words, cast, "differently")
    assert BITE not in one_page(cast, browser)


def test_taken_back_it_leaves_the_one_page_at_once(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        words = said(cast, by=cast.chillip, **OPEN)
    browser = signed_in(cast.chillip)
    before = one_page(cast, browser)
    with acting(cast.chillip.pk):
        taken_back(words, cast)
    after = one_page(cast, browser)
    assert BITE in before and BITE not in after
    assert "Version 2." in before and "Version 3." in after


# What else.


def test_the_number_of_queries_does_not_grow(cast: Cast, signed_in: type[Client]) -> None:
    counts = []
    for more in (3, 40):
        with acting(cast.peggotty.pk):
            for number in range(more):
                words = said(cast, f"Number {number}")
                checked(words, cast)
                said(cast, f"Again {number}", replaces=words)
        browser = signed_in(cast.peggotty)
        browser.get(address("childs_words", cast.david))
        with CaptureQueriesContext(connection) as asked:
            browser.get(address("childs_words", cast.david))
        counts.append(len(asked))
    assert counts[0] == counts[1]
