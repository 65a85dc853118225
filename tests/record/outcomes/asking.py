"""A child of whom something is asked: a plan, a form that is begun, an answer, a tablet."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from newel.evidence.measures import measure as definition
from newel.record.children.models import Child
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Sitting
from newel.record.outcomes.rules import who_can_answer
from tests.cast import Cast


def form(
    child: Child, cast: Cast, *, at: datetime, way: str = "together", measure: str = "yp_core"
) -> Form:
    return actions.open_form(
        child=child, measure=measure, answered_by=who_can_answer(definition(measure))[0],
        way=way, by=cast.chillip, at=at, talk_to=cast.omer, cover=cast.rosa,
    )  # fmt: skip


def said(**values: int | None) -> dict[str, actions.Given]:
    """said(_04=1, _05=None): to item 4 a 1, to item 5 “I don't want to answer”."""
    return {
        f"yp_core_{item[1:]}": actions.Given(
            value=None if value is None else Decimal(value), declined=value is None
        )
        for item, value in values.items()
    }


def asked(child: Child, cast: Cast) -> dict[str, dict[str, str]]:
    """For the walk through every address: what they need besides the child."""
    at = datetime.now(UTC)
    actions.plan_measure(
        child=child, measure="yp_core", answered_by="self", rhythm="monthly",
        starts_on=date(2026, 11, 1), by=cast.chillip, at=at,
    )  # fmt: skip
    begun = form(child, cast, at=at)
    actions.answer(form=begun, answers=said(_04=1), by=cast.chillip, at=at)
    Sitting.objects.create(
        child=child, form=begun, kind="tablet", made_by=cast.chillip, made_at=at,
        secret_hash=hashlib.sha256(b"held on a tablet").digest(),
        ends_at=at + timedelta(minutes=20),
    )  # fmt: skip
    waits = actions.plan_measure(
        child=child, measure="ors", answered_by="self", rhythm="monthly",
        starts_on=date(2026, 11, 1), by=cast.chillip, at=at,
    )  # fmt: skip
    goal = actions.write_goal(
        child=child, whose="self", words="Sleep through the night", since=date(2026, 11, 1),
        how="asked", by=cast.chillip, at=at,
    )  # fmt: skip
    actions.open_form(
        child=child, measure="gbo", answered_by="self", way="together", by=cast.chillip, at=at
    )
    judged = {"form_id": _judged(child, cast, at).public_id}
    to_judge = actions.plan_measure(
        child=child, measure="start_av", answered_by="assessor", rhythm="at_review",
        starts_on=date(2026, 11, 1), by=cast.chillip, at=at,
    )  # fmt: skip
    on_a_judgement = (
        "judgement", "judge_about", "finish_judgement", "set_judgement_aside",
        "compare_judgements",
    )  # fmt: skip
    of_plan, of_form = {"plan_id": waits.public_id}, {"form_id": begun.public_id}
    on_a_form = (
        "form", "name_adults", "answer", "finish", "set_aside", "hand_over", "paper", "type_in",
        "type_in_again", "compare_entries",
    )  # fmt: skip
    return {
        "outcomes:plan": {"measure_id": "cors"},
        "outcomes:end_plan": of_plan,
        "outcomes:begin": of_plan,
        "outcomes:write_goal": {"whose": "carer"},
        "outcomes:replace_goal": {"goal_id": goal.public_id},
        "outcomes:end_goal": {"goal_id": goal.public_id},
        "outcomes:talk": {"talk_id": begun.talks.get().public_id},
        "outcomes:answer_one": {**of_form, "number": "4"},
        "outcomes:begin_judgement": {"plan_id": to_judge.public_id},
        "outcomes:judge_part": {**judged, "number": "1"},
        **{f"outcomes:{name}": judged for name in on_a_judgement},
        **{f"outcomes:{name}": of_form for name in on_a_form},
    }


def _judged(child: Child, cast: Cast, at: datetime) -> Form:
    """A judgement with a rating, its reasons and who made it; begun."""
    form = actions.open_form(
        child=child, measure="savry", answered_by="assessor", way="judged", by=cast.chillip, at=at
    )
    actions.judge(
        form=form, ratings={"savry_01": actions.Given(Decimal(1))}, by=cast.chillip, at=at,
        words={("savry_01", "reasons"): "He pushed somebody in May."},
    )  # fmt: skip
    actions.write_about_judgement(
        form=form, about=actions.About(assessors="Sam Chillip"), by=cast.chillip, at=at
    )
    return form
