"""Any forms that go out as a file and come in to another record are the same, and go out as the
same bytes again: answers, what was not wanted, days, who, how, language, goals, reasons."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from newel.evidence.measures import measure, measures
from newel.evidence.measures.exchange.coming_in import read_file
from newel.evidence.measures.exchange.going_out import WRITERS, OfOneMeasure
from newel.evidence.measures.form import Form as Told
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes.exchange import actions, queries, writing
from newel.record.outcomes.exchange.matching import KNOWN, NEW, Incoming, matched
from newel.record.outcomes.exchange.told import told
from newel.record.outcomes.models import Form, GivenOut
from tests.cast import Cast
from tests.record.outcomes.exchange.made import forms

pytestmark = pytest.mark.django_db

MEASURES = ("gbo", "honosca", "ors", "savry", "yp_core")
TODAY = date(2026, 11, 1)
SETS = st.lists(
    st.sampled_from(MEASURES).flatmap(lambda id: forms(id).map(lambda one: (id, one))),
    min_size=1, max_size=4, unique_by=lambda one: one[1].id,
)  # fmt: skip


def in_order(found: list[tuple[str, Told]]) -> list[OfOneMeasure]:
    """As a file of Newel has them: by questionnaire and day."""
    rows = sorted(found, key=lambda one: (one[0], one[1].on or date.max))
    ids = sorted({id for id, _ in rows})
    return [OfOneMeasure(measure(id), [one for id_, one in rows if id_ == id]) for id in ids]


def look(content: bytes, ending: str, child: Child) -> list[Incoming]:
    read = read_file(content, f"a.{ending}", known=measures(), most=99).forms
    here = list(queries.forms_here(child=child))
    return matched(read, here=here, reference="DAVID", born_on=child.born_on, today=TODAY)


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_what_comes_in_is_what_went_out_and_goes_out_the_same(cast: Cast, kind: str) -> None:
    @settings(max_examples=8, deadline=None)
    @given(found=SETS)
    def check(found: list[tuple[str, Told]]) -> None:
        goes_round(cast, kind, found)

    check()


def goes_round(cast: Cast, kind: str, found: list[tuple[str, Told]]) -> None:
    tables = in_order(found)
    sent = WRITERS[kind](tables)
    with acting(cast.chillip.pk), transaction.atomic():
        child = Child.objects.get(pk=cast.david.pk)
        incoming = look(sent.content, sent.ending, child)
        assert [(one.status, one.why_not) for one in incoming] == [(NEW, ())] * len(found)
        actions.bring_in(
            child=child, chosen=incoming, every=[one.read for one in incoming],
            file=actions.FileFacts(
                name="a", kind=kind, sha256="0" * 64, source="There", reference="DAVID"
            ),
            adults=actions.TwoAdults(cast.omer, cast.rosa), by=cast.chillip,
            at=datetime.now(UTC), today=TODAY,
        )  # fmt: skip
        rows = list(queries.forms_here(child=child))
        came = [told(one, measure(one.measure), reference="DAVID") for one in rows]
        assert came == [one for table in tables for one in table.forms]
        made = GivenOut(kind=kind, measures=list(MEASURES), with_unfinished=True)
        # The same record there would give the same bytes: only the reference is this child’s own.
        child.public_id = "DAVID"
        assert writing.written(child, made) == sent
        assert [one.status for one in look(sent.content, sent.ending, child)] == [KNOWN] * len(
            found
        )
        transaction.set_rollback(True)
    with acting(cast.chillip.pk):
        assert not Form.objects.filter(child=cast.david).exists()
