"""Who opened a record from outside a child’s care (H30), by what was so at that moment."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions, looks_queries
from newel.record.children.models import Child, LookedInto, Stay
from newel.record.establishments import actions as places
from newel.record.establishments.models import Post
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
LOOKS = "/children/governance/looks/"


def look(staff: StaffMember, child: Child, *, act: str = "view") -> None:
    with acting(staff.pk, page="children:child"):
        audit.record(act, thing="page", child_id=child.pk)


def outside(cast: Cast, lead: str = "strong") -> set[tuple[str, str]]:
    staff = getattr(cast, lead)
    at = datetime.now(UTC)
    with acting(staff.pk):
        watched = looks_queries.children_watched(by=staff, at=at)
        found = looks_queries.looks(children=watched, since=at - timedelta(days=1))
        rows = looks_queries.with_who_and_why(found.rows, since=at - timedelta(days=1))
        return {(one.staff.username, one.child.preferred_name) for one in rows}


@pytest.mark.parametrize("person", ["peggotty", "omer", "chillip", "trotwood", "wickfield"])
def test_those_who_care_for_the_child_are_not_listed(person: str, cast: Cast) -> None:
    look(getattr(cast, person), cast.david)
    assert outside(cast) == set()


@pytest.mark.parametrize("person", ["barkis", "leah", "micawber", "heep"])
def test_a_look_from_outside_is_listed(person: str, cast: Cast) -> None:
    look(getattr(cast, person), cast.david)
    assert outside(cast) == {(person, "David")}


def test_it_is_what_was_so_at_that_moment_that_counts(cast: Cast) -> None:
    """A post that ends afterwards makes no look one from outside, nor one that starts afterwards
    one from inside."""
    look(cast.peggotty, cast.david)
    look(cast.barkis, cast.david)
    later = datetime.now(UTC) + timedelta(seconds=5)
    with acting(cast.spenlow.pk):
        places.end_post(post=Post.objects.get(staff=cast.peggotty), at=later)
        places.move_to_unit(
            post=Post.objects.get(staff=cast.barkis, ends_at=None), unit=cast.rookery, at=later
        )
    assert outside(cast) == {("barkis", "David")}


def test_named_access_is_care_and_an_emergency_is_looked_into(cast: Cast) -> None:
    with acting(cast.strong.pk):
        actions.give_access(
            child=cast.david, staff=cast.micawber, by=cast.strong, at=LONG_AGO, purpose="Reports",
            ends_at=datetime.now(UTC) + timedelta(days=3),
        )  # fmt: skip
    with acting(cast.barkis.pk):
        actions.break_glass(
            child_id=cast.david.pk,
            by=cast.barkis,
            at=datetime.now(UTC),
            reason="A fire in a hall",
        )
    look(cast.micawber, cast.david)
    look(cast.barkis, cast.david)
    assert outside(cast) == {("barkis", "David")}


def test_the_reason_that_was_given_stands_beside_it(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.barkis.pk):
        actions.break_glass(
            child_id=cast.david.pk,
            by=cast.barkis,
            at=datetime.now(UTC),
            reason="A fire in a hall",
        )
    look(cast.leah, cast.tommy)
    page = signed_in(cast.strong).get(LOOKS).content.decode()
    assert "Reason given: A fire in a hall" in page
    assert "No reason was given." in page


def test_who_is_blocked_is_listed_although_on_the_unit(cast: Cast) -> None:
    with acting(cast.strong.pk):
        actions.block(
            child=cast.david, staff=cast.peggotty, by=cast.strong, at=datetime.now(UTC),
            reason="Her nephew",
        )  # fmt: skip
    look(cast.peggotty, cast.david, act="refused")
    assert outside(cast) == {("peggotty", "David")}


def test_another_settings_lead_sees_none_of_it(cast: Cast) -> None:
    look(cast.leah, cast.david)
    look(cast.barkis, cast.jane)
    assert outside(cast, "eshton") == {("barkis", "Jane")}


def test_the_database_answers_only_for_watched_children(cast: Cast) -> None:
    look(cast.leah, cast.david)
    ids = [cast.david.pk, cast.jane.pk]
    for person in ("eshton", "trotwood", "chillip", "spenlow"):
        with acting(getattr(cast, person).pk), connection.cursor() as cursor:
            cursor.execute("SELECT child FROM children_care(%s)", [ids])
            assert {row[0] for row in cursor.fetchall()} <= {cast.jane.pk}
            if person != "eshton":
                cursor.execute("SELECT count(*) FROM children_care(%s)", [ids])
                assert cursor.fetchone() == (0,)


def test_the_page_says_what_it_hides(cast: Cast, signed_in: type[Client]) -> None:
    look(cast.peggotty, cast.david)
    look(cast.peggotty, cast.david)
    look(cast.barkis, cast.david)
    page = signed_in(cast.strong).get(LOOKS).content.decode()
    assert "Will Barkis, residential worker: David’s record" in page
    assert "Clara Peggotty" not in page
    assert "Not shown: 2 looks by people on the child’s unit" in page


def test_what_was_looked_into_goes_and_a_later_look_opens_it_again(
    cast: Cast, signed_in: type[Client]
) -> None:
    look(cast.barkis, cast.david)
    lead = signed_in(cast.strong)
    where = reverse("children:look_into", args=[cast.david.public_id, cast.barkis.public_id])
    assert "Will Barkis" in lead.get(where).content.decode()
    page = lead.post(where, {"words": ""}).content.decode()
    assert "Enter what you found out" in page
    assert lead.post(where, {"words": "He covered a shift"}).status_code == 302
    assert "Will Barkis" not in lead.get(LOOKS).content.decode()
    assert "1 that were looked into" in lead.get(LOOKS).content.decode()
    assert "He covered a shift" in lead.get(LOOKS, {"every": "1"}).content.decode()
    look(cast.barkis, cast.david)
    assert "Mark as looked into" in lead.get(LOOKS).content.decode()


def test_a_look_that_came_after_the_page_was_drawn_stays_open(
    cast: Cast, signed_in: type[Client]
) -> None:
    look(cast.barkis, cast.david)
    shown = datetime.now(UTC)
    look(cast.barkis, cast.david)
    lead = signed_in(cast.strong)
    where = reverse("children:look_into", args=[cast.david.public_id, cast.barkis.public_id])
    lead.post(where, {"words": "A shift", "up_to": shown.isoformat()})
    assert "Mark as looked into" in lead.get(LOOKS).content.decode()
    lead.post(where, {"words": "A shift", "up_to": "2190-01-01T00:00:00+00:00"})
    with acting(cast.strong.pk):
        assert all(one.up_to < datetime.now(UTC) for one in LookedInto.objects.all())


def test_what_was_found_out_is_not_shown_to_those_who_work_with_the_child(cast: Cast) -> None:
    look(cast.barkis, cast.david)
    at = datetime.now(UTC)
    with acting(cast.strong.pk):
        david = Child.objects.get(preferred_name="David")
        actions.look_into(
            child=david, staff=cast.barkis, up_to=at, words="Asked", by=cast.strong, at=at
        )
        assert LookedInto.objects.count() == 1
    for person in ("chillip", "barkis", "eshton", "trotwood"):
        with acting(getattr(cast, person).pk):
            assert not LookedInto.objects.exists()


def test_twenty_a_page_and_the_filters_stay(cast: Cast, signed_in: type[Client]) -> None:
    _many_from_outside(cast, 23)
    lead = signed_in(cast.strong)
    first = lead.get(LOOKS, {"days": "90"}).content.decode()
    assert first.count("Mark as looked into") == 20
    assert "page=2" in first
    assert "days=90&amp;page=2" in first
    second = lead.get(LOOKS, {"days": "90", "page": "2"}).content.decode()
    assert second.count("Mark as looked into") == 3


def _many_from_outside(cast: Cast, count: int) -> None:
    for number in range(count):
        staff = StaffMember.objects.create(
            username=f"n{number}", name=f"N {number}", name_key=f"n {number}",
            role="residential_worker", started_at=LONG_AGO,
        )  # fmt: skip
        look(staff, cast.david)


def test_as_many_queries_for_sixty_as_for_three(cast: Cast, signed_in: type[Client]) -> None:
    lead = signed_in(cast.strong)
    _many_from_outside(cast, 3)
    lead.get(LOOKS)
    few = _queries(lead)
    for person in ("barkis", "leah", "micawber", "heep", "quinion"):
        for _ in range(12):
            look(getattr(cast, person), cast.tommy)
    lead.get(LOOKS)  # once an hour the audit has it whose names were read
    assert _queries(lead) == few


def _queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(LOOKS).status_code == 200
    return len(asked)


def test_one_person_and_one_child_can_be_asked_for(cast: Cast, signed_in: type[Client]) -> None:
    look(cast.barkis, cast.david)
    look(cast.leah, cast.david)
    look(cast.leah, cast.tommy)
    lead = signed_in(cast.strong)
    page = lead.get(LOOKS, {"person": cast.leah.public_id}).content.decode()
    assert "Will Barkis" not in page
    assert "Tommy’s record" in page
    page = lead.get(LOOKS, {"child": cast.david.public_id}).content.decode()
    assert "Tommy’s record" not in page
    assert "Will Barkis" in page
    assert lead.get(LOOKS, {"child": cast.jane.public_id}).status_code == 404
    assert lead.get(LOOKS, {"days": "x", "page": "٣", "every": "?"}).status_code == 200


def test_a_child_who_left_is_still_watched_over(cast: Cast) -> None:
    look(cast.leah, cast.david)
    with acting(cast.chillip.pk):
        actions.end_stay(stay=Stay.objects.get(child=cast.david), at=datetime.now(UTC))
    assert ("leah", "David") in outside(cast)
