"""What the tests of goals begin with: somebody's goals, and forms that ask about them."""

from datetime import date
from decimal import Decimal

from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Goal
from tests.cast import Cast
from tests.record.outcomes.giving import now

SINCE = date(2026, 3, 2)
WORDS = ("Sleep through the night", "See my brother", "Get my maths back")


def goal(
    cast: Cast, words: str = WORDS[0], *, whose: str = "self", since: date = SINCE,
    child: Child | None = None,
) -> Goal:  # fmt: skip
    with acting(cast.chillip.pk):
        return actions.write_goal(
            child=child or cast.david, whose=whose, words=words, since=since,
            how="asked" if whose == "self" else "", by=cast.chillip, at=now(),
        )  # fmt: skip


def replaced(cast: Cast, old: Goal, words: str, *, since: date = SINCE) -> Goal:
    with acting(cast.chillip.pk):
        return actions.replace_goal(
            goal=old, words=words, since=since, how="asked" if old.whose == "self" else "",
            by=cast.chillip, at=now(),
        )  # fmt: skip


def ended(cast: Cast, old: Goal, because: str = "I can do it now", on: date = SINCE) -> Goal:
    with acting(cast.chillip.pk):
        return actions.end_goal(goal=old, because=because, ended_on=on, by=cast.chillip, at=now())


def begun(cast: Cast, *, whose: str = "self", way: str = "together") -> Form:
    with acting(cast.chillip.pk):
        return actions.open_form(
            child=cast.david, measure="gbo", answered_by=whose, way=way, by=cast.chillip, at=now()
        )


def rated(cast: Cast, on: date, *ratings: int | None, whose: str = "self") -> Form:
    """A finished form: the ratings in the order of the goals, None left open."""
    form = begun(cast, whose=whose)
    with acting(cast.chillip.pk):
        items = form.goals.order_by("item").values_list("item", flat=True)
        actions.answer(form=form, answers=ratings_of(items, ratings), by=cast.chillip, at=now())
        return actions.finish(form=form, answered_on=on, at=now())


def ratings_of(items: object, ratings: tuple[int | None, ...]) -> dict[str, actions.Given]:
    return {
        item: actions.Given(Decimal(value))
        for item, value in zip(items, ratings, strict=True)  # type: ignore[call-overload]
        if value is not None
    }
