"""Who reaches whom, as a table; and Python's lock held against the database's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions, finding_queries, queries
from newel.record.children.models import Child, Stay, TeamMember
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency, Post
from tests.cast import PEOPLE, Cast

NOW = datetime.now(UTC)
pytestmark = pytest.mark.django_db

REACH = {
    "peggotty": {"David"},
    "barkis": {"Tommy"},
    "omer": {"David"},
    "chillip": {"David", "Tommy"},
    "rosa": {"David", "Tommy"},
    "mell": {"David", "Tommy"},
    "trotwood": {"David", "Tommy"},
    "strong": set(),
    "spenlow": set(),
    "heep": set(),
    "quinion": set(),
    "waterbrook": set(),
    "wickfield": {"David"},
    "micawber": set(),
    "leah": {"Jane"},
    "fairfax": {"Jane"},
    "eshton": set(),
}


def in_python(staff: StaffMember) -> set[str]:
    """Lock three alone: what `visible_to` lets through, while the fourth stands open for all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('newel.reach')")
        before = cursor.fetchone()[0]
        cursor.execute(OPEN, [EVERY_CHILD])
        found = _visible(staff)
        cursor.execute(OPEN, [before])
    return found


EVERY_CHILD = "{" + ",".join(map(str, range(1, 200))) + "}"
OPEN = "SELECT set_config('newel.reach', %s, true)"


def _visible(staff: StaffMember) -> set[str]:
    return {c.preferred_name for c in queries.children(visible_to=staff, at=datetime.now(UTC))}


def in_database(staff: StaffMember) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_reach(%s, clock_timestamp())", [staff.pk])
        return set(cursor.fetchone()[0])


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.username)
def test_each_person_reaches_just_these_children(person: object, cast: Cast) -> None:
    staff = getattr(cast, person.username)  # type: ignore[attr-defined]
    with acting(staff.pk):
        assert in_python(staff) == REACH[staff.username]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.username)
def test_the_database_says_the_same(person: object, cast: Cast) -> None:
    staff = getattr(cast, person.username)  # type: ignore[attr-defined]
    ids = {c.pk: c.preferred_name for c in (cast.david, cast.tommy, cast.jane)}
    assert {ids[i] for i in in_database(staff)} == REACH[staff.username]


def test_a_query_that_forgot_its_filter_shows_nothing_out_of_reach(cast: Cast) -> None:
    with acting(cast.peggotty.pk):
        names = set(Child.objects.values_list("preferred_name", flat=True))
    assert names == {"David"}


def test_nobody_acting_sees_no_child() -> None:
    with acting(None):
        assert not Child.objects.exists()


def test_a_move_of_post_moves_reach_at_once(cast: Cast) -> None:
    post = Post.objects.get(staff=cast.peggotty)
    with acting(cast.spenlow.pk):
        places.move_to_unit(post=post, unit=cast.yarmouth, at=datetime.now(UTC))
    with acting(cast.peggotty.pk):
        assert in_python(cast.peggotty) == {"Tommy"}


def test_a_move_of_the_child_moves_reach_at_once(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        stay = Stay.objects.get(child=cast.david)
        actions.move_unit(stay=stay, unit=cast.yarmouth, at=datetime.now(UTC))
    with acting(cast.barkis.pk):
        assert in_python(cast.barkis) == {"David", "Tommy"}
    with acting(cast.peggotty.pk):
        assert in_python(cast.peggotty) == set()


def test_what_the_stay_opened_ends_with_the_stay(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        actions.end_stay(stay=Stay.objects.get(child=cast.david), at=datetime.now(UTC))
    for username in ("peggotty", "omer", "chillip", "wickfield"):
        with acting(getattr(cast, username).pk):
            assert "David" not in in_python(getattr(cast, username))


def test_a_named_grant_outlives_the_stay_until_its_own_end(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        david = Child.objects.get(preferred_name="David")
        actions.give_access(
            child=david,
            staff=cast.omer,
            by=cast.trotwood,
            at=NOW,
            purpose="Check-in six weeks after the move",
            ends_at=NOW + timedelta(days=42),
        )
        actions.end_stay(stay=Stay.objects.get(child=david), at=datetime.now(UTC))
    with acting(cast.omer.pk):
        assert in_python(cast.omer) == {"David"}


def test_a_block_is_stronger_than_a_post(cast: Cast) -> None:
    with acting(cast.strong.pk):
        actions.block(
            child=cast.david, staff=cast.peggotty, by=cast.strong, at=NOW, reason="His aunt"
        )
    with acting(cast.peggotty.pk):
        assert in_python(cast.peggotty) == set()
        assert not Child.objects.exists()


def test_a_block_is_stronger_than_broken_glass(cast: Cast) -> None:
    with acting(cast.strong.pk):
        actions.block(
            child=cast.david, staff=cast.barkis, by=cast.strong, at=NOW, reason="His uncle"
        )
    with acting(cast.barkis.pk):
        assert finding_queries.behind_glass(name="David", unit=cast.rookery) == []


def test_leaving_the_team_closes_the_record_at_once(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        member = TeamMember.objects.get(staff=cast.wickfield)
        actions.end_team_member(member=member, on=NOW.date())
    with acting(cast.wickfield.pk):
        assert in_python(cast.wickfield) == set()


def test_a_new_referral_is_in_reach_of_its_writer_and_its_unit(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        actions.refer(by=cast.chillip, at=NOW, unit=cast.rookery, preferred_name="Emily")
        assert "Emily" in in_python(cast.chillip)
    with acting(cast.peggotty.pk):
        assert in_python(cast.peggotty) == {"David", "Emily"}


def test_agencies_and_accounts_are_no_way_in(cast: Cast) -> None:
    assert Agency.objects.exists()
    with acting(cast.spenlow.pk):
        assert not Child.objects.exists()
