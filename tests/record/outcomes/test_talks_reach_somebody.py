"""A talk that waits always reaches somebody who can open it, wherever the child is by then (H9)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access import actions as accounts
from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.roles import ROLES
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import KeyworkerAssignment, Stay, UnitStay
from newel.record.establishments import actions as places
from newel.record.establishments.models import Post
from newel.record.outcomes import actions
from newel.record.outcomes.models import Talk
from newel.record.outcomes.queries import told
from newel.record.outcomes.queries.talks import adults_near, wanted_on_shift
from newel.record.outcomes.rules import GOVERNANCE_LEAD_AFTER, MORE_PEOPLE_AFTER, TALKS
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.asking import form, said
from tests.record.outcomes.giving import now, to

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def asked_for(cast: Cast, *, ago: timedelta = timedelta(0)) -> Talk:
    at = now() - ago
    with acting(cast.chillip.pk):
        begun = form(cast.david, cast, at=at)
        actions.answer(form=begun, answers=said(_04=2), by=cast.chillip, at=at)
        return Talk.objects.select_related("form").get()


def are_told() -> set[str]:
    """Who is told where they begin and can open it, and the governance leads who are told."""
    found = set()
    for staff in StaffMember.objects.all():
        with acting(staff.pk):
            waits = wanted_on_shift(staff=staff, unit=None, at=now()).exists()
            if waits and staff.may("give_measures"):
                found.add(staff.username)
            if told.watched(by=staff, at=now()):
                found.add(staff.username)
    return found


def end_post(cast: Cast, name: str) -> None:
    with acting(cast.spenlow.pk):
        places.end_post(post=Post.objects.get(staff=getattr(cast, name), ends_at=None), at=now())


def end_stay(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        children.end_stay(stay=Stay.objects.get(child=cast.david, ended_at=None), at=now())


def leave_both(cast: Cast) -> None:
    """The keyworker and the health lead are no longer near; the talk was asked for just now."""
    with acting(cast.chillip.pk):
        row = KeyworkerAssignment.objects.get(staff=cast.omer)
        children.end_keyworker(assignment=row, on=now().date() - DAY)
    end_post(cast, "omer")
    end_post(cast, "rosa")


# The states of a stay -------------------------------------------------------------------------


def _lives_on_the_unit(cast: Cast) -> None:
    """Nothing has changed since it was asked for."""


def _moved_to_another_unit(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        children.move_unit(stay=cast.david.stays.get(), unit=cast.yarmouth, at=now())


def _between_two_units(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        UnitStay.objects.filter(child=cast.david).update(ends_at=now())


def _left(cast: Cast) -> None:
    end_stay(cast)


def _left_and_expected_elsewhere(cast: Cast) -> None:
    """Millcote has heard that David comes; nobody there has met him yet."""
    david = cast.david
    end_stay(cast)
    with acting(cast.strong.pk):
        grant = children.give_access(
            child=david, staff=cast.fairfax, purpose="To write down that he comes.",
            stay=None, ends_at=now() + DAY, by=cast.strong, at=now(),
        )  # fmt: skip
    with acting(cast.fairfax.pk):
        children.refer_again(child=david, by=cast.fairfax, at=now(), unit=cast.ferndean)
    with acting(cast.strong.pk):
        children.end_grant(grant=grant, at=now())


def _arrived_elsewhere(cast: Cast) -> None:
    _left_and_expected_elsewhere(cast)
    with acting(cast.fairfax.pk):
        children.arrive(stay=Stay.objects.get(child=cast.david, ended_at=None), at=now())


STATES = {
    _lives_on_the_unit: {"omer", "rosa"},
    _moved_to_another_unit: {"omer", "rosa"},
    _between_two_units: {"omer", "rosa"},
    _left: {"strong"},
    _left_and_expected_elsewhere: {"leah"},
    _arrived_elsewhere: {"leah"},
}


@pytest.mark.parametrize("comes_to", STATES, ids=lambda state: state.__name__.strip("_"))
def test_h9_in_every_state_of_a_stay_somebody_is_told_at_once(
    cast: Cast, comes_to: Callable[[Cast], None]
) -> None:
    asked_for(cast)
    comes_to(cast)
    assert STATES[comes_to] <= are_told()


def test_h9_between_two_units_everybody_who_reaches_the_child_is_told_later(cast: Cast) -> None:
    asked_for(cast, ago=MORE_PEOPLE_AFTER + MINUTE)
    _between_two_units(cast)
    assert {"omer", "rosa", "chillip", "mell", "trotwood"} <= are_told()
    assert "peggotty" not in are_told()  # her post is on a unit where David is not


def test_h9_it_still_waits_for_the_two_while_one_of_them_can_be_told(cast: Cast) -> None:
    asked_for(cast)
    end_post(cast, "rosa")
    assert are_told() == {"omer"}


# The two named adults are gone ----------------------------------------------------------------


def _lose_the_role(cast: Cast) -> None:
    with acting(cast.spenlow.pk):
        for staff in (cast.omer, cast.rosa):
            accounts.change_role(staff=staff, role="social_worker", by=cast.spenlow, at=now())


def _leave_the_service(cast: Cast) -> None:
    with acting(cast.spenlow.pk):
        for staff in (cast.omer, cast.rosa):
            accounts.end_staff(staff=staff, by=cast.spenlow, at=now())


def _are_blocked(cast: Cast) -> None:
    with acting(cast.strong.pk):
        for staff in (cast.omer, cast.rosa):
            children.block(
                child=cast.david, staff=staff, by=cast.strong, at=now(), reason="An aunt."
            )


@pytest.mark.parametrize("go", [leave_both, _lose_the_role, _leave_the_service, _are_blocked])
def test_h9_nobody_waits_half_an_hour_for_two_adults_who_cannot_come(
    cast: Cast, go: Callable[[Cast], None]
) -> None:
    asked_for(cast)
    assert "peggotty" not in are_told()
    david = cast.david
    go(cast)
    assert {"peggotty", "trotwood"} <= are_told()
    assert david.pk


def test_h9_whoever_is_blocked_cannot_be_named(cast: Cast) -> None:
    _are_blocked(cast)
    with acting(cast.chillip.pk):
        names = [one.username for one in adults_near(child=cast.david, at=now())]
    assert "peggotty" in names and "omer" not in names and "rosa" not in names


# The governance lead --------------------------------------------------------------------------


def test_h9_nobody_reaches_the_child_so_the_governance_lead_lets_somebody_in(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk, david = asked_for(cast), cast.david
    end_stay(cast)
    page = signed_in(cast.strong).get(reverse("children:governance")).text
    access = reverse("children:give_access", args=[david.public_id])
    assert "An answer asked for a talk with David" in page and access in page
    assert "Minnie Omer" in page and "Thoughts" not in page and "at times" not in page
    assert "YP-CORE" not in page
    assert signed_in(cast.omer).get(to("talk", david, talk.public_id)).status_code == 404
    given = {
        "staff": "omer", "purpose": "A talk that is wanted.", "ends": "day",
        **_on_a_day(now().date() + DAY),
    }  # fmt: skip
    assert signed_in(cast.strong).post(access, given).status_code == 302
    page = signed_in(cast.omer).get("/shift/", follow=True).text
    assert to("talk", david, talk.public_id) in page
    assert signed_in(cast.omer).get(to("talk", david, talk.public_id)).status_code == 200
    assert "A talk is wanted" not in signed_in(cast.strong).get(reverse("children:governance")).text


def _on_a_day(day: object) -> dict[str, str]:
    year, month, date = str(day).split("-")
    return {"ends_on-day": date, "ends_on-month": month, "ends_on-year": year}


def test_h9_after_two_hours_the_governance_lead_is_told_whoever_else_was(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    asked_for(cast, ago=GOVERNANCE_LEAD_AFTER + MINUTE)
    page = signed_in(cast.strong).get(reverse("children:governance")).text
    assert "Nobody has said that they saw to it." in page
    assert reverse("children:governed_child", args=[cast.david.public_id]) in page
    with acting(cast.strong.pk):
        listed = AuditEvent.objects.filter(act="list", actor=cast.strong.pk, chain=cast.david.pk)
        assert any("talk" in event.fields for event in listed)


def test_h9_until_then_the_governance_lead_is_not_told(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    asked_for(cast, ago=GOVERNANCE_LEAD_AFTER - MINUTE)
    assert "A talk is wanted" not in signed_in(cast.strong).get(reverse("children:governance")).text


def test_h9_a_governance_lead_elsewhere_and_everybody_else_are_told_nothing_of_it(
    cast: Cast,
) -> None:
    asked_for(cast, ago=GOVERNANCE_LEAD_AFTER + MINUTE)
    for staff in (cast.eshton, cast.spenlow, cast.chillip, cast.heep):
        with acting(staff.pk):
            assert told.watched(by=staff, at=now()) == []


def test_the_governance_leads_page_takes_as_many_queries_for_60_talks_as_for_3(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    client, counted = signed_in(cast.strong), []
    for number in (3, 57):
        with acting(cast.chillip.pk):
            for _ in range(number):
                begun = form(cast.david, cast, at=now() - 3 * GOVERNANCE_LEAD_AFTER)
                actions.answer(
                    form=begun, answers=said(_04=1), by=cast.chillip,
                    at=now() - 2 * GOVERNANCE_LEAD_AFTER,
                )  # fmt: skip
                actions.set_aside(form=begun, because="Another day.", at=now())
        client.get(reverse("children:governance"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("children:governance"))
        counted.append(len(asked))
    assert counted[0] == counted[1]


# Where somebody without a shift begins --------------------------------------------------------


def test_h9_a_named_adult_without_a_unit_is_told_where_they_begin(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast)
    end_post(cast, "omer")  # the keyworker still, and on no unit
    page = signed_in(cast.omer).get("/shift/", follow=True).text
    assert "The children I work with" in page
    assert to("talk", cast.david, talk.public_id) in page


def test_h9_a_social_worker_is_told_whom_to_tell_when_the_child_is_on_no_unit(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    talk = asked_for(cast, ago=MORE_PEOPLE_AFTER + MINUTE)
    client = signed_in(cast.wickfield)
    assert "asks for a talk" not in client.get("/my-children/").text
    _between_two_units(cast)
    page = client.get("/my-children/").text
    assert "Tell one of those named, or the person in charge, now." in page
    assert to("talk", cast.david, talk.public_id) not in page


def test_h9_before_a_stay_ends_it_says_that_a_talk_waits(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    address = reverse("children:end_stay", args=[cast.david.public_id])
    assert "See to it before the stay ends." not in signed_in(cast.trotwood).get(address).text
    asked_for(cast)
    page = signed_in(cast.trotwood).get(address).text
    assert "An answer asks for a talk with David." in page
    assert "See to it before the stay ends." in page


# The time steps, and who reaches whom ---------------------------------------------------------


def test_h9_each_time_step_is_data_with_a_source_and_a_mark() -> None:
    for step, after in (
        ("more_people_after_minutes", MORE_PEOPLE_AFTER),
        ("governance_lead_after_minutes", GOVERNANCE_LEAD_AFTER),
    ):
        assert "ours" in TALKS["sources"][step]
        assert timedelta(minutes=TALKS[step]) == after
    assert "to confirm" in TALKS["confirmed"]
    assert MORE_PEOPLE_AFTER < GOVERNANCE_LEAD_AFTER


@pytest.mark.parametrize("comes_to", [*STATES, leave_both, _leave_the_service, _are_blocked])
def test_who_can_be_told_is_who_reaches_the_child(
    cast: Cast, comes_to: Callable[[Cast], None]
) -> None:
    david = cast.david
    comes_to(cast)
    at, roles = now(), list(ROLES)
    for staff in StaffMember.objects.all():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT outcomes_can_be_told(%s, %s, %s, %s), %s = ANY (children_reach(%s, %s))",
                [david.pk, roles, [staff.pk], at, david.pk, staff.pk, at],
            )
            can_be_told, reaches = cursor.fetchone()
        assert can_be_told == reaches, staff.username


def test_of_a_child_on_a_unit_a_psychologist_of_the_house_is_told_there(cast: Cast) -> None:
    asked_for(cast, ago=MORE_PEOPLE_AFTER + MINUTE)
    with acting(cast.chillip.pk):
        for unit, expected in ((cast.rookery, True), (cast.yarmouth, False)):
            found = wanted_on_shift(staff=cast.chillip, unit=unit, at=now())
            assert found.exists() is expected
