"""Where a statement stands, and what goes with what: said once, shown on every map, never lost."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, map_queries
from newel.record.stairs.activators.map_models import GoesWith, Placing
from newel.record.stairs.activators.models import Statement
from tests.cast import Cast
from tests.record.stairs.activators.pages import NOW, address, text_of
from tests.record.stairs.activators.wording import DOOR, MONDAY, agreed, draft

pytestmark = pytest.mark.django_db

THERE: dict[str, Any] = {"five_ps": ["protective"], "area": "social", "life_stage": "teenage"}
MAPS = ("five_ps_map", "life_map", "what_helps_map")


def place(one: Statement, cast: Cast, *, seen: str = "", **places: Any) -> Statement:
    return actions.place_statement(
        statement=one, by=cast.chillip, at=MONDAY, seen=seen, **{**THERE, **places}
    )


def answers(seen: str = "", **changed: Any) -> dict[str, Any]:
    return {**THERE, "seen": seen, **changed}


def test_a_statement_that_was_moved_keeps_its_words_and_its_earlier_places(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        place(one, cast)
        first = Placing.objects.get()
        place(one, cast, seen=first.public_id, life_stage="")
        assert Statement.objects.get() == one
        assert [row.is_current for row in Placing.objects.order_by("pk")] == [False, True]
        now = map_queries.places_now(map_queries.with_place(one))
    assert (now.five_ps, now.area, now.life_stage) == (("protective",), "social", "")


def test_a_placing_is_never_altered(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        place(agreed(cast.david, cast.chillip), cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Placing.objects.update(area="biological")


def test_put_where_it_stands_already_nothing_is_written(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, **THERE)
        place(one, cast)
        assert not Placing.objects.exists()


def test_a_childs_own_words_are_moved_like_any_other_and_stay_as_they_are(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        own = agreed(cast.david, cast.chillip, whose_words="child", said_by_role="child")
        place(own, cast)
        assert Statement.objects.get().text == DOOR["text"]


def test_what_is_no_longer_used_is_not_moved(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        actions.retire_statement(statement=one, by=cast.chillip, at=MONDAY, because="No.")
        with pytest.raises(NotNow):
            place(one, cast)


@pytest.mark.parametrize("where", MAPS[:2])
def test_placed_on_one_map_it_is_placed_on_all(
    where: str, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    browser = signed_in(cast.peggotty)
    asked = address("place_statement", cast.david, one.public_id)
    came_from = {"five_ps_map": "five-ps", "life_map": "life"}[where]
    shown = browser.post(f"{asked}?map={came_from}", answers(), follow=True)
    assert shown.redirect_chain[-1][0].startswith(address(where, cast.david))
    assert "It has its place, on every map." in text_of(shown)
    with acting(cast.chillip.pk):
        (there,) = map_queries.on_maps(child=cast.david, visible_to=cast.chillip)
        assert map_queries.places_now(there).life_stage == "teenage"
    assert "From about eleven: people and places" in text_of(
        browser.get(address("life_map", cast.david))
    )
    protective = text_of(browser.get(address("five_ps_map", cast.david)))
    assert protective.index("Protective") < protective.rindex(DOOR["text"])
    facts = text_of(browser.get(address("statement", cast.david, one.public_id)))
    assert "Put there by Clara Peggotty" in facts


def test_of_two_who_move_it_the_second_sees_both_and_loses_nothing(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        place(one, cast, life_stage="baby")
        theirs = Placing.objects.get().public_id
    browser = signed_in(cast.peggotty)
    asked = address("place_statement", cast.david, one.public_id)
    shown = browser.post(asked, answers(area="biological"))
    page = text_of(shown)
    assert "Somebody else was quicker" in page
    assert "Put there by Sam Chillip" in page
    assert "Baby and toddler" in page
    form = shown.content.decode()
    assert f'value="{theirs}"' in form
    assert 'value="biological" checked' in form
    browser.post(asked, answers(theirs, area="biological"))
    with acting(cast.chillip.pk):
        assert Placing.objects.get(is_current=True).area == "biological"


def test_without_an_answer_nothing_is_moved_and_the_page_says_what_is_missing(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    asked = address("place_statement", cast.david, one.public_id)
    shown = text_of(signed_in(cast.peggotty).post(asked, {"five_ps": ["protective"]}))
    assert "There is a problem" in shown
    with acting(cast.chillip.pk):
        assert not Placing.objects.exists()


def test_not_placed_in_time_is_a_place(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip)
    shown = text_of(signed_in(cast.chillip).get(address("life_map", cast.david)))
    assert "Not placed in time: mind and feelings" in shown
    assert "1 statement is not placed in time. It may stay so." in shown


def test_new_words_stand_where_the_old_ones_stood(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = draft(cast.david, cast.chillip)
        place(one, cast)
    form = signed_in(cast.chillip).get(address("change_draft", cast.david, one.public_id))
    page = form.content.decode()
    assert '<option value="teenage" selected' in page
    assert 'value="protective" checked' in page


# What goes with what.


def sign_and_help(cast: Cast) -> tuple[Statement, Statement, Statement]:
    return (
        agreed(cast.david, cast.chillip),
        agreed(cast.david, cast.chillip, kind="early_sign", text="He goes quiet."),
        agreed(cast.david, cast.chillip, kind="helps", text="A walk."),
    )


def test_what_goes_together_is_said_by_a_person_on_a_day(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        door, quiet, _ = sign_and_help(cast)
        said = actions.say_goes_with(first=door, then=quiet, by=cast.chillip, at=MONDAY)
        (row,) = map_queries.what_goes_with_what(child=cast.david)
    assert (row, row.said_by, row.said_at) == (said, cast.chillip, MONDAY)


def test_nothing_is_linked_that_nobody_linked(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        sign_and_help(cast)
        assert map_queries.what_goes_with_what(child=cast.david) == []
    shown = text_of(signed_in(cast.peggotty).get(address("what_helps_map", cast.david)))
    assert "Goes with" not in shown
    assert "newel-map__line" not in shown


@pytest.mark.parametrize(("first", "then"), [(1, 0), (2, 1), (2, 0), (0, 0)])
def test_only_along_the_sequence(first: int, then: int, cast: Cast) -> None:
    with acting(cast.chillip.pk):
        three = sign_and_help(cast)
        with pytest.raises((NotNow, IntegrityError)), transaction.atomic():
            actions.say_goes_with(first=three[first], then=three[then], by=cast.chillip, at=MONDAY)


def test_the_same_is_said_once(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        door, quiet, _ = sign_and_help(cast)
        actions.say_goes_with(first=door, then=quiet, by=cast.chillip, at=MONDAY)
        with pytest.raises(NotNow):
            actions.say_goes_with(first=door, then=quiet, by=cast.chillip, at=MONDAY)


def test_another_childs_statement_goes_with_nothing(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        door = agreed(cast.david, cast.chillip)
        other = agreed(cast.tommy, cast.chillip, kind="helps")
        with pytest.raises(ValueError, match="two children"):
            actions.say_goes_with(first=door, then=other, by=cast.chillip, at=MONDAY)


def test_taken_apart_it_leaves_the_map_and_who_said_so_stays(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        door, quiet, _ = sign_and_help(cast)
        link = actions.say_goes_with(first=door, then=quiet, by=cast.chillip, at=MONDAY)
    ending = address("end_goes_with", cast.david, door.public_id, link.public_id)
    shown = signed_in(cast.peggotty).post(ending, follow=True)
    assert "They do not go together any more" in text_of(shown)
    with acting(cast.chillip.pk):
        assert map_queries.what_goes_with_what(child=cast.david) == []
        assert GoesWith.objects.get().ended_by == cast.peggotty


def test_who_takes_apart_what_somebody_else_took_apart_is_told(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        door, quiet, _ = sign_and_help(cast)
        link = actions.say_goes_with(first=door, then=quiet, by=cast.peggotty, at=MONDAY)
        actions.end_goes_with(link=link, by=cast.chillip, at=MONDAY)
    ending = address("end_goes_with", cast.david, door.public_id, link.public_id)
    shown = text_of(signed_in(cast.peggotty).post(ending, follow=True))
    assert "Somebody has already taken these apart." in shown


def test_words_that_were_replaced_meanwhile_are_not_said_to_be_apart(
    cast: Cast, signed_in: type[Client]
) -> None:
    """The link went on to the newer words and still stands: nobody is told otherwise."""
    with acting(cast.chillip.pk):
        door, quiet, _ = sign_and_help(cast)
        link = actions.say_goes_with(first=door, then=quiet, by=cast.peggotty, at=MONDAY)
        new = {**DOOR, "text": "A shut door."}
        actions.replace_statement(statement=door, by=cast.chillip, at=NOW, **new)
    ending = address("end_goes_with", cast.david, door.public_id, link.public_id)
    shown = text_of(signed_in(cast.peggotty).post(ending, follow=True))
    assert "These words are no longer used" in shown and "any more. Who said" not in shown
    with acting(cast.chillip.pk):
        assert len(map_queries.what_goes_with_what(child=cast.david)) == 1


def test_new_words_go_with_what_the_old_ones_went_with(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        door, quiet, _ = sign_and_help(cast)
        actions.say_goes_with(first=door, then=quiet, by=cast.peggotty, at=MONDAY)
        new = actions.replace_statement(
            statement=door, by=cast.chillip, at=NOW, **{**DOOR, "text": "A shut door."}
        )
        (row,) = map_queries.what_goes_with_what(child=cast.david)
    assert (row.first, row.said_by, row.said_at) == (new, cast.peggotty, MONDAY)


def test_a_link_is_made_on_the_page_from_either_end(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        door, quiet, walk = sign_and_help(cast)
    browser = signed_in(cast.peggotty)
    for one, other in ((quiet, door), (quiet, walk)):
        asked = address("goes_with", cast.david, one.public_id)
        assert browser.post(asked, {"other": other.public_id}).status_code == 302
    with acting(cast.chillip.pk):
        said = [(r.first, r.then) for r in map_queries.what_goes_with_what(child=cast.david)]
    assert said == [(door, quiet), (quiet, walk)]
    shown = text_of(browser.get(address("what_helps_map", cast.david)))
    assert "Goes with 1, 3" in shown


# The pages.


def test_a_held_back_statement_is_counted_and_never_shown(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H8"""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, text="What Steerforth did.",
               sharing_level="restricted_third_party")  # fmt: skip
    for name in MAPS:
        seen = text_of(signed_in(cast.chillip).get(address(name, cast.david)))
        assert "What Steerforth did." in seen and "held back from you" not in seen
        shown = text_of(signed_in(cast.peggotty).get(address(name, cast.david)))
        assert "Steerforth" not in shown
        assert "1 statement is held back from you and is not on this map." in shown


def test_nobody_counts_what_is_held_back_of_a_child_out_of_reach(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, sharing_level="restricted_third_party")
    with acting(cast.fairfax.pk):
        assert map_queries.held_back_count(child=cast.david) == 0


def test_a_link_to_what_is_held_back_is_held_back_with_it(cast: Cast) -> None:
    """H8"""
    with acting(cast.chillip.pk):
        door = agreed(cast.david, cast.chillip)
        held = agreed(cast.david, cast.chillip, kind="helps",
                      sharing_level="restricted_third_party")  # fmt: skip
        actions.say_goes_with(first=door, then=held, by=cast.chillip, at=MONDAY)
        place(held, cast)
    with acting(cast.peggotty.pk):
        assert not GoesWith.objects.exists()
        assert not Placing.objects.exists()


@pytest.mark.parametrize("name", MAPS)
def test_each_map_says_whose_best_understanding_it_is_and_when(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    """H15"""
    shown = text_of(signed_in(cast.peggotty).get(address(name, cast.david)))
    assert "Our best understanding on" in shown


@pytest.mark.parametrize("name", MAPS)
def test_every_sheet_of_a_printed_map_says_whose_it_is_and_of_which_day(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    """H1, H15: a sheet that is found alone."""
    shown = text_of(signed_in(cast.peggotty).get(address(name, cast.david)))
    foot = shown[shown.index('<p class="newel-print-foot">') :].split("</p>")[0]
    assert "Our best understanding on" in foot and "<bdi>David</bdi>" in foot
    assert "Printed by Clara Peggotty on" in foot


@pytest.mark.parametrize("name", MAPS)
def test_what_is_out_of_date_says_so_on_a_map(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    """H2"""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=NOW.replace(year=NOW.year - 1, day=1))
    shown = text_of(signed_in(cast.peggotty).get(address(name, cast.david)))
    assert "newel-map__card--out-of-date" in shown
    assert "Not confirmed since" in shown


@pytest.mark.parametrize("name", MAPS)
def test_who_may_not_place_is_led_to_the_statement(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    shown = text_of(signed_in(cast.wickfield).get(address(name, cast.david)))
    assert address("statement", cast.david, one.public_id) in shown
    assert "/place/" not in shown and "/goes-with/" not in shown


@pytest.mark.parametrize("name", MAPS)
def test_the_number_of_queries_does_not_grow(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    assert queries_of(name, 3, cast, signed_in) == queries_of(name, 117, cast, signed_in)


def queries_of(name: str, count: int, cast: Cast, signed_in: type[Client]) -> int:
    with acting(cast.chillip.pk):
        for number in range(count):
            one = agreed(cast.david, cast.chillip, kind="sets_off")
            place(one, cast)
            if number < 9:
                other = draft(cast.david, cast.chillip, kind="helps")
                actions.say_goes_with(first=one, then=other, by=cast.chillip, at=MONDAY)
    browser = signed_in(cast.chillip)
    browser.get(address(name, cast.david))  # the first page of a session asks more
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address(name, cast.david)).status_code == 200
    return len(asked)


def test_only_who_may_write_moves_a_statement(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    asked = address("place_statement", cast.david, one.public_id)
    assert signed_in(cast.wickfield).post(asked, answers()).status_code == 403
    assert signed_in(cast.fairfax).post(asked, answers()).status_code == 404
