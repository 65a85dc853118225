"""The states of a statement: one table, the policies that read it, the drawing, the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.config import place
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.models import STATES, KeepingSafe, Statement
from newel.record.stairs.activators.rules import states_in_words
from tests.cast import Cast
from tests.record.stairs.activators.wording import MONDAY, agreed, draft

ALLOWED = {
    "change": {"draft"},
    "agree": {"draft"},
    "confirm": {"agreed"},
    "replace": {"agreed"},
    "retire": {"draft", "agreed"},
    "open_to_child": {"draft", "agreed"},
    "add_evidence": {"draft", "agreed"},
}


@pytest.mark.parametrize("state", [code for code, _ in STATES])
@pytest.mark.parametrize("act", ALLOWED)
def test_each_state_allows_just_these_acts(act: str, state: str) -> None:
    statement = Statement(state=state, time="present", whose_words="adult")
    can = getattr(policies, f"can_{act}")
    assert can(statement) is (state in ALLOWED[act])


@pytest.mark.parametrize("act", ALLOWED)
def test_what_is_refused_is_refused_with_a_reason_in_words(act: str) -> None:
    with pytest.raises(NotNow) as refused:
        getattr(policies, f"check_can_{act}")(Statement(state="superseded"))
    assert str(refused.value).endswith(".")


def test_what_was_so_in_the_past_needs_no_confirming() -> None:
    assert not policies.can_confirm(Statement(state="agreed", time="past"))


@pytest.mark.parametrize("act", ["change", "replace"])
def test_a_childs_own_words_are_changed_in_no_state(act: str) -> None:
    can = getattr(policies, f"can_{act}")
    assert not [s for s, _ in STATES if can(Statement(state=s, whose_words="child"))]


def test_the_drawing_of_the_states_is_fresh() -> None:
    drawn = place.CHECKOUT / "docs" / "generated" / "statement_states.md"
    assert drawn.read_text(encoding="utf-8") == states_in_words()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"agreed_by": None},
        {"agreed_at": None},
        {"confirmed_on": None},
        {"confirm_by": None},
        {"confirm_by": date(2026, 1, 1)},
        {"is_current": False},
        {"state": "superseded", "is_current": False},
        {"ended_at": MONDAY},
    ],
    ids=lambda wrong: ",".join(wrong),
)
def test_the_database_refuses_half_a_state(wrong: dict[str, object], cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        with pytest.raises(IntegrityError), transaction.atomic():
            Statement.objects.filter(pk=one.pk).update(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "altered",
    [
        {"text": "He is fine."},
        {"whose_words": "child"},
        {"written_at": MONDAY + timedelta(days=1)},
        {"said_by_role": "manager"},
        {"kind": "helps"},
    ],
    ids=lambda altered: ",".join(altered),
)
def test_the_database_keeps_words_as_they_were_written(
    altered: dict[str, object], cast: Cast
) -> None:
    with acting(cast.chillip.pk):
        one = draft(cast.david, cast.chillip)
        with pytest.raises(IntegrityError, match="stay as they were"), transaction.atomic():
            Statement.objects.filter(pk=one.pk).update(**altered)


@pytest.mark.django_db
def test_the_database_wants_every_safety_line_readable_by_the_child(cast: Cast) -> None:
    with acting(cast.chillip.pk), pytest.raises(IntegrityError), transaction.atomic():
        KeepingSafe.objects.create(
            child=cast.david,
            part="watch",
            text="Look in every hour.",
            next_review_on=MONDAY.date(),
            live_plan_at="SystmOne",
            sharing_level="team",
            written_by=cast.chillip,
            written_at=MONDAY,
        )
