"""Two people write down the third goal at the same moment: one of them does."""

from threading import Barrier, Thread

from django.db import connection

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions, queries
from tests.cast import Cast
from tests.record.outcomes.giving import now
from tests.record.outcomes.goaled import SINCE, begun, goal, replaced


def at_once(*acts: object) -> list[str]:
    """What each was refused with; "" for whoever was not."""
    together, refused = Barrier(len(acts)), []

    def run(act: object) -> None:
        try:
            together.wait(10)
            act()  # type: ignore[operator]
            refused.append("")
        except NotNow as reason:
            refused.append(str(reason))
        finally:
            connection.close()

    people = [Thread(target=run, args=[act]) for act in acts]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return sorted(refused)


def writes(cast: Cast, username: str, words: str) -> object:
    def write() -> None:
        by = getattr(cast, username)
        with acting(by.pk):
            actions.write_goal(
                child=cast.david, whose="self", words=words, since=SINCE, how="asked", by=by,
                at=now(),
            )  # fmt: skip

    return write


def test_of_two_who_write_the_last_goal_at_once_one_is_told_that_there_is_no_room(
    fresh_database: str, cast: Cast
) -> None:
    """With real transactions: never a fourth goal, and nobody meets an error of the database."""
    goal(cast, "One")
    goal(cast, "Two")
    told = at_once(writes(cast, "chillip", "Three"), writes(cast, "rosa", "Also three"))
    assert told[0] == "" and "room for no more" in told[1]
    with acting(cast.chillip.pk):
        assert queries.goals_going_on(child=cast.david, whose="self").count() == 3
    connection.close()


def test_a_form_begun_while_a_goal_is_replaced_asks_one_wording_whole(
    fresh_database: str, cast: Cast
) -> None:
    old = goal(cast, "See my brother")
    told = at_once(lambda: begun(cast), lambda: replaced(cast, old, "Live with my brother"))
    assert told == ["", ""]
    with acting(cast.chillip.pk):
        (asked,) = begun(cast).goals.all()
        assert asked.goal.words in ("See my brother", "Live with my brother")
    connection.close()
