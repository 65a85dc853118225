"""Judgements for the tests: one that is begun, one with its reasons, one that is finished."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes import actions
from newel.record.outcomes.models import REASONS, WHAT_IT_IS, Form, Plan
from tests.cast import Cast
from tests.record.outcomes.giving import now

ABOUT = actions.About(
    assessors="Sam Chillip, psychologist\nRosa Dartle, nurse",
    are_trained=True,
    sources_used=("talked", "records"),
    heard="heard",
    heard_words="He says the evenings are hardest.",
    conclusion="He needs the same faces in the evening.",
    look_again_on=date(2190, 1, 1),
)


def begun(
    cast: Cast, measure: str = "savry", *, child: Child | None = None, plan: Plan | None = None,
    at: datetime | None = None,
) -> Form:  # fmt: skip
    with acting(cast.chillip.pk):
        return actions.open_form(
            child=child or cast.david, measure=measure, answered_by="assessor", way="judged",
            plan=plan, by=cast.chillip, at=at or now(),
        )  # fmt: skip


def judged(
    form: Form, by: StaffMember, ratings: Mapping[str, int], reasons: Mapping[str, str],
    what_it_is: Mapping[str, str] | None = None,
) -> actions.Theirs:  # fmt: skip
    words = {(item, REASONS): text for item, text in reasons.items()}
    words |= {(item, WHAT_IT_IS): text for item, text in (what_it_is or {}).items()}
    with acting(by.pk):
        return actions.judge(
            form=form, ratings={item: actions.Given(Decimal(one)) for item, one in ratings.items()},
            words=words, by=by, at=now(),
        )  # fmt: skip


def finished(
    cast: Cast, on: date, ratings: Mapping[str, int], reasons: Mapping[str, str],
    measure: str = "savry", *, look_again_on: date | None = None, plan: Plan | None = None,
) -> Form:  # fmt: skip
    form = begun(cast, measure, plan=plan)
    judged(form, cast.chillip, ratings, reasons)
    about = {**vars(ABOUT), "look_again_on": look_again_on or on + timedelta(days=90)}
    with acting(cast.chillip.pk):
        actions.write_about_judgement(
            form=form, about=actions.About(**about), by=cast.chillip, at=now()
        )
        return actions.finish(form=form, answered_on=on, at=now())
