"""How far each goal has got: a line of its own, and what is said of the mean of all."""

import re
from datetime import timedelta

import pytest

from newel.evidence.measures.goals import GoalsMoved
from newel.record.outcomes.presenters.goals_over_time import SUBSCALE, moved_in_words
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.giving import finished, lines, to
from tests.record.outcomes.goaled import SINCE, begun, ended, goal, rated, replaced

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (SINCE + timedelta(days=days) for days in (1, 30, 60))
SAID = "CORC; Krause and others 2021: pages found, the number not visible"


def page_of(cast: Cast, signed_in: type[SignedIn], name: str = "results") -> str:
    return re.sub(r"\s+", " ", signed_in(cast.chillip).get(to(name, cast.david)).text)


def part(page: str, words: str) -> str:
    """What stands under one goal."""
    return page.split(f"“{words}”</h3>")[1].split("<h3")[0].split("</section>")[0]


def test_each_goal_has_its_own_line_in_its_words_and_its_table(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, "Sleep")
    goal(cast, "See my brother")
    rated(cast, FIRST, 2, 5)
    rated(cast, SECOND, 4, 9)
    page = page_of(cast, signed_in)
    assert page.count('<svg class="newel-line-picture"') == 2
    sleep, brother = part(page, "Sleep"), part(page, "See my brother")
    assert "2 out of 10" in sleep and "4 out of 10" in sleep and "9 out of 10" not in sleep
    assert "5 out of 10" in brother and "9 out of 10" in brother
    assert "0 is “not begun”, 10 is “there”." in page


def test_a_change_is_told_of_the_mean_with_its_source_and_how_far_that_is_confirmed(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, "Sleep")
    goal(cast, "See my brother")
    rated(cast, FIRST, 2, 5)
    rated(cast, SECOND, 4, 8)
    page = page_of(cast, signed_in)
    assert "Over the 2 goals with an answer both the first time and the last" in page
    assert "on average from 3.5 to 6. That is 2.5 up; 2.45 points or more on the average" in page
    assert SAID in page and "known in general, seen in no source" in page


def test_less_than_the_definition_says_is_no_change_to_speak_of(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, "Sleep")
    goal(cast, "See my brother")
    rated(cast, FIRST, 2, 5)
    rated(cast, SECOND, 4, 7)
    page = page_of(cast, signed_in)
    assert "Chance alone can make that: it takes 2.45 points or more" in page
    assert " up; " not in page


def test_h4_one_goal_alone_is_never_called_more_than_chance(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    """Neither beside its own line, nor where it is the only one with both answers."""
    goal(cast, "Sleep")
    rated(cast, FIRST, 0)
    goal(cast, "See my brother")
    rated(cast, SECOND, 10, 1)
    page = page_of(cast, signed_in)
    assert "One goal has an answer both the first time and the last: from 0 to 10." in page
    assert "not of one goal" in page and "2.45" not in page
    assert "chance" not in part(page, "Sleep") and "Hatched" not in page


def test_in_other_words_it_is_another_line_and_no_change_mixes_the_two(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    old = goal(cast, "See my brother")
    rated(cast, FIRST, 2)
    rated(cast, SECOND, 3)
    replaced(cast, old, "Live with my brother", since=SECOND)
    rated(cast, THIRD, 9)
    page = page_of(cast, signed_in)
    before, after = part(page, "See my brother"), part(page, "Live with my brother")
    assert "Said in other words since" in before and "9 out of 10" not in before
    assert "9 out of 10" in after and "2 out of 10" not in after
    assert "no goal has an answer both the first time and the last" in page


def test_the_same_words_again_after_an_end_are_another_goal(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    ended(cast, goal(cast, "Sleep"), on=FIRST)
    goal(cast, "Sleep")
    rated(cast, SECOND, 5)
    page = page_of(cast, signed_in)
    assert page.count("“Sleep”</h3>") == 1 and "Ended on" not in part(page, "Sleep")


def test_a_goal_that_ended_stands_there_with_its_reason(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    one = goal(cast, "Read a book")
    rated(cast, FIRST, 10)
    ended(cast, one, "I did it", on=SECOND)
    page = page_of(cast, signed_in)
    assert "Ended on 1 April 2026, written down by Sam Chillip: I did it" in part(
        page, "Read a book"
    )


def test_what_different_people_say_is_never_in_one_line(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    """Also where they have the same goal in the same words."""
    goal(cast, "Sleep")
    goal(cast, "Sleep", whose="carer")
    rated(cast, FIRST, 1)
    rated(cast, SECOND, 9, whose="carer")
    page = page_of(cast, signed_in)
    own, carers = page.split('id="gbo-self"')[1].split('id="gbo-carer"')
    assert "1 out of 10" in own and "9 out of 10" not in own
    assert "9 out of 10" in carers and "1 out of 10" not in carers
    assert "Answered by David" in own and "Answered by a parent or carer" in carers


def test_left_open_and_not_wanted_are_told_apart_and_are_no_point(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, "Sleep")
    rated(cast, FIRST, 3)
    rated(cast, SECOND, None)
    page = part(page_of(cast, signed_in), "Sleep")
    assert "Not answered" in page and "<svg" not in page


def test_goals_are_in_no_line_of_another_questionnaire(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, "Sleep")
    rated(cast, FIRST, 3)
    finished(cast, SECOND, lines(1, 2, 3, 4))
    page = page_of(cast, signed_in)
    assert "Goals, on average" not in page
    assert page.count("Answered 1 time.") == 2


def test_what_is_begun_or_set_aside_is_in_no_line(cast: Cast, signed_in: type[SignedIn]) -> None:
    goal(cast, "Sleep")
    begun(cast)
    assert "No questionnaire is finished yet." in page_of(cast, signed_in)


def test_the_threshold_itself_is_enough_and_a_hair_less_is_not() -> None:
    def told(change: float) -> str:
        moved = GoalsMoved(first=1, last=1 + change, goals=2)
        return moved_in_words(moved, [object(), object()])  # type: ignore[list-item]

    assert "are more than chance" in told(2.45) and "2.45 up" in told(2.45)
    assert "Chance alone" in told(2.44)
    assert "2.45 down" in told(-2.45)
    assert SUBSCALE.reliable_change is not None and SUBSCALE.reliable_change.points == 2.45


# For the child's own eyes


def test_the_child_reads_each_goal_in_its_own_words_and_what_it_said(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    one, two = goal(cast, "Sleep"), goal(cast, "Read a book")
    goal(cast, "He should eat", whose="worker")
    rated(cast, FIRST, 1, 2)
    rated(cast, SECOND, 5, 10)
    rated(cast, SECOND, 7, whose="worker")
    ended(cast, two, "I did it", on=SECOND)
    replaced(cast, one, "Sleep all night", since=SECOND)
    page = page_of(cast, signed_in, "childs_view")
    assert "These are my goals, in my words." in page
    assert "First I said 1, on 3 March 2026. Last I said 5, on 1 April 2026." in page
    assert "This goal ended on 1 April 2026. Why: I did it" in page
    assert "I have got further than the first time" in page
    assert "He should eat" not in page and "2.45" not in page and "chance" not in page


def test_the_child_is_told_nothing_of_the_mean_of_one_goal(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, "Sleep")
    rated(cast, FIRST, 1)
    rated(cast, SECOND, 9)
    page = page_of(cast, signed_in, "childs_view")
    assert "All my goals together" not in page and "My line: Sleep" in page


def test_a_child_who_said_nothing_yet_reads_so(cast: Cast, signed_in: type[SignedIn]) -> None:
    goal(cast, "Sleep")
    rated(cast, FIRST, None)
    page = page_of(cast, signed_in, "childs_view")
    assert "I have not said yet how far I have got." in page
    assert "You have not answered any questions yet." not in page


def test_the_child_is_told_which_goals_are_put_together(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    goal(cast, "Sleep")
    goal(cast, "See my brother")
    rated(cast, FIRST, 2, 2)
    rated(cast, SECOND, 3, 3)
    assert "All my goals together: I am about as far" in page_of(cast, signed_in, "childs_view")
    goal(cast, "Read a book")
    rated(cast, THIRD, 3, 4, 1)
    assert "2 of my goals together: I am about as far" in page_of(cast, signed_in, "childs_view")
