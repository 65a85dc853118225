"""The compiled query for one child finds whom `visible_to` finds, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions, queries
from newel.record.children.models import Child
from tests.cast import PEOPLE, Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
MOMENTS = (NOW, datetime(2025, 6, 1, tzinfo=UTC), NOW + timedelta(days=400))


def test_it_agrees_with_visible_to_for_everybody_and_every_child(cast: Cast) -> None:
    everyone = [cast.david, cast.tommy, cast.jane]
    for person in PEOPLE:
        staff: StaffMember = getattr(cast, person.username)
        with acting(staff.pk):
            for child in everyone:
                for at in MOMENTS:
                    _agree(staff, child, at)


def _agree(staff: StaffMember, child: Child, at: datetime) -> None:
    found = queries.child(public_id=child.public_id, visible_to=staff, at=at)
    slow = queries.children(visible_to=staff, at=at).filter(public_id=child.public_id).first()
    assert found == slow, (staff.username, child.preferred_name, at)


def test_somebody_whose_account_is_closed_finds_nobody(cast: Cast) -> None:
    staff = cast.peggotty
    staff.is_active = False
    with acting(cast.chillip.pk):
        assert queries.child(public_id=cast.david.public_id, visible_to=staff, at=NOW) is None


def test_it_brings_the_units_the_needs_and_the_end_of_an_emergency(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        for need in ("Time", "Pictures"):
            actions.record_communication_need(
                child=cast.david,
                by=cast.chillip,
                at=NOW,
                need=need,
                how_to_meet="Wait.",
                review_on=NOW.date(),
            )
        found = queries.child(public_id=cast.david.public_id, visible_to=cast.chillip, at=NOW)
    assert found is not None
    assert found.preferred_name == "David"
    assert [stay.unit.name for stay in found.open_unit_stays] == ["Rookery"]  # type: ignore[attr-defined]
    assert found.needs_in_words == ["Pictures", "Time"]  # type: ignore[attr-defined]
    assert found.opened_in_emergency_until is None  # type: ignore[attr-defined]
