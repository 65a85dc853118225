"""What the pages of this room are tested with: a plan, a form that is finished, addresses."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Plan
from tests.cast import Cast
from tests.record.outcomes.asking import form, said

A_DAY = timedelta(days=1)


def now() -> datetime:
    return datetime.now(UTC)


def to(name: str, child: Child, *more: object) -> str:
    return reverse(f"outcomes:{name}", args=[child.public_id, *more])


def planned(
    cast: Cast, measure: str = "ors", rhythm: str = "monthly", child: Child | None = None,
    starts_on: date | None = None, answered_by: str = "self",
) -> Plan:  # fmt: skip
    with acting(cast.chillip.pk):
        return actions.plan_measure(
            child=child or cast.david, measure=measure, answered_by=answered_by, rhythm=rhythm,
            starts_on=starts_on or now().date(), by=cast.chillip, at=now(),
        )  # fmt: skip


def begun(cast: Cast, measure: str = "ors", way: str = "together") -> Form:
    with acting(cast.chillip.pk):
        return form(cast.david, cast, at=now(), way=way, measure=measure)


def lines(*values: float | None) -> dict[str, actions.Given]:
    """Four lines of the ORS; None is left open."""
    return {
        f"ors_{number:02}": actions.Given(_decimal(value))
        for number, value in enumerate(values, 1)
        if value is not None
    }


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))


def finished(
    cast: Cast, on: date, answers: dict[str, actions.Given], measure: str = "ors",
    plan: Plan | None = None, by: StaffMember | None = None,
) -> Form:  # fmt: skip
    by = by or cast.chillip
    with acting(by.pk):
        opened = actions.open_form(
            child=cast.david, measure=measure, answered_by="self", way="together", by=by, at=now(),
            plan=plan, talk_to=cast.omer, cover=cast.rosa,
        )  # fmt: skip
        actions.answer(form=opened, answers=answers, by=by, at=now())
        return actions.finish(form=opened, answered_on=on, at=now())


__all__ = ["A_DAY", "begun", "finished", "lines", "now", "planned", "said", "to"]
