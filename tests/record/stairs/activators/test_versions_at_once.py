"""Two people who agree a version in the same second, with real commits."""

from typing import Any

import pytest
from django.db import ProgrammingError

from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.models import (
    FormulationVersion,
    Participant,
    StatementAsAgreed,
)
from tests.cast import Cast
from tests.record.access.attacker import as_owner
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.test_statement_at_once import at_once, written
from tests.record.stairs.activators.wording import DOOR, MONDAY, agreed


def agreeing(cast: Cast, seen: actions.Seen, summary: str) -> Any:
    david, by = cast.david, cast.chillip
    said = {**formulation.AGREEMENT, "on": MONDAY.date(), "summary": summary}

    def agree() -> None:
        actions.agree_formulation(
            child=david, agreement=actions.Agreement(**said), seen=seen, by=by, at=MONDAY
        )

    return agree


def seen_by(cast: Cast) -> actions.Seen:
    with acting(cast.chillip.pk):
        return formulation.seen_now(cast.david, cast.chillip)


def test_of_two_versions_one_stands_and_the_other_is_told(fresh_database: str, cast: Cast) -> None:
    written(cast, agreed)
    seen = seen_by(cast)
    became = at_once(cast, agreeing(cast, seen, "One."), agreeing(cast, seen, "Two."))
    assert became == ["MeanwhileAgreed", "done"]
    with acting(cast.chillip.pk):
        assert FormulationVersion.objects.count() == 1
        assert StatementAsAgreed.objects.count() == Participant.objects.count() == 1


def test_a_version_and_a_new_wording_at_once_never_mix(fresh_database: str, cast: Cast) -> None:
    one = written(cast, agreed)
    seen, by = seen_by(cast), cast.chillip

    def replace() -> None:
        actions.replace_statement(statement=one, by=by, at=MONDAY, **DOOR)

    became = at_once(cast, agreeing(cast, seen, "One."), replace)
    with acting(by.pk):
        held = list(StatementAsAgreed.objects.values_list("statement", flat=True))
    assert (became, held) in [(["done", "done"], [one.pk]), (["ChangedMeanwhile", "done"], [])]


def test_an_audit_that_fails_undoes_the_version(fresh_database: str, cast: Cast) -> None:
    written(cast, agreed)
    agree = agreeing(cast, seen_by(cast), "One.")
    with as_owner(fresh_database) as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION access_append_audit FROM newel_service")
    with pytest.raises(ProgrammingError), acting(cast.chillip.pk):
        agree()
    with acting(cast.chillip.pk):
        assert not FormulationVersion.objects.exists()
        assert not StatementAsAgreed.objects.exists()
