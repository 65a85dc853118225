"""Two people in the same second, with real commits: neither's words are lost, none wins twice."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.map_models import Placing
from newel.record.stairs.activators.models import Confirmation, KeepingSafe, OnePage, Statement
from tests.cast import Cast
from tests.record.access.attacker import as_owner
from tests.record.stairs.activators.wording import DOOR, MONDAY, agreed, draft

Act = Callable[[], Any]


def at_once(cast: Cast, *acts: Act) -> list[str]:
    """Each act in a thread and a transaction of its own; what became of each, sorted."""
    start, became = Barrier(len(acts)), []

    def run(act: Act) -> None:
        try:
            with acting(cast.chillip.pk):
                start.wait(timeout=10)
                act()
            became.append("done")
        except (NotNow, IntegrityError) as refused:
            became.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(became)


def written(cast: Cast, how: Callable[..., Statement], **wording: Any) -> Statement:
    with acting(cast.chillip.pk):
        return how(cast.david, cast.chillip, **wording)


def test_of_two_new_wordings_one_stands_and_the_other_is_refused(
    fresh_database: str, cast: Cast
) -> None:
    old, david, by = written(cast, agreed), cast.david, cast.chillip

    def replace(text: str) -> Act:
        new = {**DOOR, "text": text}
        return lambda: actions.replace_statement(statement=old, by=by, at=MONDAY, **new)

    assert at_once(cast, replace("One."), replace("Two.")) == ["NotNow", "done"]
    with acting(by.pk):
        assert Statement.objects.filter(child=david, is_current=True).count() == 1


def test_of_two_changes_to_a_draft_one_stands_and_the_other_is_refused(
    fresh_database: str, cast: Cast
) -> None:
    old, by = written(cast, draft), cast.chillip

    def change() -> None:
        actions.change_draft(statement=old, by=by, at=MONDAY, **DOOR)

    assert at_once(cast, change, change) == ["NotNow", "done"]


def test_two_confirmations_both_stay_and_the_page_counts_both(
    fresh_database: str, cast: Cast
) -> None:
    one, by, david = written(cast, agreed, sharing_level="child_open"), cast.chillip, cast.david

    def confirm() -> None:
        actions.confirm_statement(statement=one, by=by, at=MONDAY, what_was_seen="Again.")

    assert at_once(cast, confirm, confirm) == ["done", "done"]
    with acting(by.pk):
        assert Confirmation.objects.count() == 2
        assert OnePage.objects.get(child=david).version == 4


def test_of_two_first_entries_of_a_part_one_stands_and_the_other_is_told(
    fresh_database: str, cast: Cast
) -> None:
    david, by = cast.david, cast.chillip

    def write() -> None:
        actions.write_keeping_safe(
            child=david,
            part="watch",
            by=by,
            at=MONDAY,
            text="Look in every hour.",
            next_review_on=MONDAY.date(),
            live_plan_at="SystmOne",
        )

    assert at_once(cast, write, write) == ["MeanwhileWritten", "done"]
    with acting(by.pk):
        assert KeepingSafe.objects.count() == 1
        assert OnePage.objects.get(child=david).version == 2


def test_of_two_who_move_a_statement_one_is_told(fresh_database: str, cast: Cast) -> None:
    one, by = written(cast, agreed), cast.chillip

    def move(stage: str) -> Act:
        there: dict[str, Any] = {"five_ps": [], "area": "social", "life_stage": stage}
        return lambda: actions.place_statement(statement=one, by=by, at=MONDAY, seen="", **there)

    assert at_once(cast, move("baby"), move("teenage")) == ["PlacedMeanwhile", "done"]
    with acting(by.pk):
        assert Placing.objects.get().is_current


def test_words_that_are_taken_back_are_not_said_again_in_the_same_second(
    fresh_database: str, cast: Cast
) -> None:
    by, david = cast.chillip, cast.david
    told: dict[str, Any] = {
        "child": david, "by": by, "at": MONDAY, "told_on": MONDAY.date(), "how": "asked",
        "sharing_level": "team",
    }  # fmt: skip
    with acting(by.pk):
        words = actions.write_down_words(words="Before.", **told)

    def again() -> None:
        actions.write_down_words(words="After.", replaces=words, **told)

    def take_back() -> None:
        actions.take_words_back(words=words, by=by, at=MONDAY, taken_back_on=MONDAY.date())

    assert at_once(cast, again, take_back) == ["NotNow", "done"]


@pytest.mark.parametrize("act", ["write_statement", "agree_statement", "retire_statement"])
def test_an_audit_that_fails_undoes_the_write(act: str, fresh_database: str, cast: Cast) -> None:
    by, at = cast.chillip, MONDAY
    one = written(cast, draft)
    acts: dict[str, Act] = {
        "write_statement": lambda: draft(cast.david, by),
        "agree_statement": lambda: actions.agree_statement(statement=one, by=by, at=at),
        "retire_statement": lambda: actions.retire_statement(
            statement=one, by=by, at=at, because="No."
        ),
    }
    with as_owner(fresh_database) as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION access_append_audit FROM newel_service")
    with pytest.raises(ProgrammingError), acting(by.pk):
        acts[act]()
    with acting(by.pk):
        assert [s.state for s in Statement.objects.all()] == ["draft"]
