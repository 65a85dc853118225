"""The quarterly review of access (H29): one decision a person, and it takes effect."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newel.record.access import actions as accounts
from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions, review_queries
from newel.record.children.models import AccessDecision, AccessReview, Child, Grant
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency, Post
from tests.cast import LONG_AGO, PEOPLE, Cast

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
TODAY = timezone.localdate(NOW)


@pytest.fixture
def review(cast: Cast) -> AccessReview:
    with acting(cast.strong.pk):
        return actions.begin_review(
            setting=cast.rookery.setting, by=cast.strong, at=NOW, together_with="Betsey Trotwood"
        )


def page_of(review: AccessReview) -> str:
    return reverse("children:review", args=[review.public_id])


def holders(cast: Cast, review: AccessReview) -> dict[str, list[str]]:
    with acting(cast.strong.pk):
        found = review_queries.holders(review=review, at=datetime.now(UTC))
    return {one.staff.username: [held.kind for held in one.held] for one in found}


def test_everybody_with_access_there_is_on_it_and_nobody_else(
    cast: Cast, review: AccessReview
) -> None:
    found = holders(cast, review)
    here = {one.username for one in PEOPLE if one.setting == "Blunderstone House"}
    assert set(found) == here | {"wickfield"}
    assert found["wickfield"] == ["team"]
    assert found["omer"] == ["post", "keyworker"]


def test_named_and_emergency_access_are_on_it(cast: Cast, review: AccessReview) -> None:
    with acting(cast.strong.pk):
        actions.give_access(
            child=cast.david, staff=cast.micawber, by=cast.strong, at=NOW, purpose="Reports",
            ends_at=NOW + timedelta(days=40),
        )  # fmt: skip
    with acting(cast.barkis.pk):
        actions.break_glass(
            child_id=cast.david.pk, by=cast.barkis, at=datetime.now(UTC), reason="A fire"
        )
    found = holders(cast, review)
    assert found["micawber"] == ["grant"]
    assert found["barkis"] == ["post", "glass"]


@pytest.mark.parametrize("person", ["trotwood", "chillip", "spenlow", "eshton", "peggotty"])
def test_the_database_tells_nobody_else_who_has_access(person: str, cast: Cast) -> None:
    with acting(getattr(cast, person).pk), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM children_access_in(%s, now())", [cast.rookery.setting.pk]
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("person", ["trotwood", "chillip", "eshton"])
def test_the_database_lets_nobody_else_end_places(person: str, cast: Cast) -> None:
    with (
        pytest.raises(DatabaseError, match="only a governance lead"),
        acting(getattr(cast, person).pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT * FROM children_end_places_in(%s, %s, NULL, current_date)",
            [cast.omer.pk, cast.rookery.setting.pk],
        )


def opens(browser: Client, child: Child) -> int:
    return browser.get(reverse("children:child", args=[child.public_id])).status_code


def decide(
    browser: Client, review: AccessReview, staff: StaffMember, decision: str, **more: str
) -> str:
    sent = {f"decision_{staff.public_id}": decision}
    sent |= {f"ends_{staff.public_id}-{part}": value for part, value in more.items()}
    return browser.post(page_of(review), sent, follow=True).content.decode()


@pytest.mark.parametrize("person", ["peggotty", "omer", "wickfield", "chillip"])
def test_what_ends_now_closes_the_record_at_once(
    person: str, cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    staff, david = getattr(cast, person), cast.david
    theirs = signed_in(staff)
    assert opens(theirs, david) == 200
    assert "Saved: 1 decided" in decide(signed_in(cast.strong), review, staff, "ends_now")
    assert opens(theirs, david) == 404


def test_what_still_is_needed_stays(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    decide(signed_in(cast.strong), review, cast.omer, "keeps")
    assert opens(signed_in(cast.omer), cast.david) == 200


def test_what_ends_on_a_day_is_open_until_then(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    last = TODAY + timedelta(days=10)
    day = {"day": str(last.day), "month": str(last.month), "year": str(last.year)}
    decide(signed_in(cast.strong), review, cast.omer, "ends_on", **day)
    assert opens(signed_in(cast.omer), cast.david) == 200
    post = Post.objects.get(staff=cast.omer)
    assert timezone.localdate(post.ends_at) == last + timedelta(days=1)
    with acting(cast.chillip.pk):
        assert cast.david.keyworkers.get().ends_on == last


def test_access_elsewhere_is_not_touched(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    with acting(cast.spenlow.pk):
        places.start_post(
            staff=cast.peggotty, setting=cast.ferndean.setting, unit=cast.ferndean,
            discipline="residential", agency=Agency.objects.all()[0], at=LONG_AGO,
        )  # fmt: skip
    decide(signed_in(cast.strong), review, cast.peggotty, "ends_now")
    assert opens(signed_in(cast.peggotty), cast.jane) == 200


def test_a_grant_ends_with_the_decision(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    with acting(cast.strong.pk):
        actions.give_access(
            child=cast.david, staff=cast.micawber, by=cast.strong, at=NOW, purpose="Reports",
            ends_at=NOW + timedelta(days=40),
        )  # fmt: skip
    assert opens(signed_in(cast.micawber), cast.david) == 200
    decide(signed_in(cast.strong), review, cast.micawber, "ends_now")
    assert opens(signed_in(cast.micawber), cast.david) == 404
    with acting(cast.strong.pk):
        assert Grant.objects.get().ends_at <= datetime.now(UTC)


def test_who_left_and_who_never_signs_in_come_first(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    StaffMember.objects.exclude(username__in=("rosa", "mell")).update(last_login=NOW)
    StaffMember.objects.filter(username="rosa").update(last_login=NOW - timedelta(days=91))
    with acting(cast.spenlow.pk):
        accounts.end_staff(staff=cast.barkis, by=cast.spenlow, at=NOW)
    assert list(holders(cast, review))[:3] == ["mell", "rosa", "barkis"]
    page = signed_in(cast.strong).get(page_of(review)).content.decode()
    assert "This account has ended." in page
    assert "Has never signed in." in page
    assert "Last signed in on" in page


def test_somebody_new_is_not_called_unseen(cast: Cast, review: AccessReview) -> None:
    StaffMember.objects.filter(username="rosa").update(started_at=NOW - timedelta(days=89))
    with acting(cast.strong.pk):
        rosa = next(
            one for one in review_queries.holders(review=review, at=NOW)
            if one.staff.username == "rosa"
        )  # fmt: skip
    assert not rosa.needs_a_look_first(NOW)


def test_a_day_that_is_wrong_is_said_beside_the_person_and_nothing_is_saved_or_lost(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    sent = {
        f"decision_{cast.omer.public_id}": "ends_on",
        f"ends_{cast.omer.public_id}-day": "31",
        f"ends_{cast.omer.public_id}-month": "2",
        f"ends_{cast.omer.public_id}-year": "2190",
        f"decision_{cast.peggotty.public_id}": "keeps",
    }
    page = signed_in(cast.strong).post(page_of(review), sent).content.decode()
    assert "Nothing of this page is saved yet" in page
    assert f'id="{cast.omer.public_id}-error"' in page
    assert 'value="2190"' in page
    assert f'id="{cast.peggotty.public_id}-keeps" name="decision_' in page
    start = page.index(f'id="{cast.peggotty.public_id}-keeps"')
    assert "checked" in page[start : start + 120]
    assert not AccessDecision.objects.exists()


def test_saving_nothing_is_said(cast: Cast, review: AccessReview, signed_in: type[Client]) -> None:
    page = signed_in(cast.strong).post(page_of(review), {}).content.decode()
    assert "Choose something for at least one person" in page


def test_the_second_of_two_reads_what_the_first_decided(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    decide(lead, review, cast.omer, "keeps")
    page = decide(lead, review, cast.omer, "ends_now")
    assert "Annie Strong has decided about Minnie Omer meanwhile: still needs it." in page
    assert AccessDecision.objects.get(staff=cast.omer).decision == "keeps"


def test_nobody_ends_their_own_access(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    page = decide(signed_in(cast.strong), review, cast.strong, "ends_now")
    assert "You cannot end your own access" in page
    assert Post.objects.get(staff=cast.strong).ends_at is None


def test_it_is_finished_only_when_each_is_decided_and_stands_then(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    finish = reverse("children:finish_review", args=[review.public_id])
    assert "are not decided yet" in lead.post(finish, follow=True).content.decode()
    for username in holders(cast, review):
        decide(lead, review, getattr(cast, username), "keeps")
    assert "Finish the review" in lead.get(page_of(review)).content.decode()
    assert "The review is finished." in lead.post(finish, follow=True).content.decode()
    with pytest.raises(DatabaseError, match="stay as they were"), acting(cast.strong.pk):
        AccessDecision.objects.update(decision="ends_now")
    with pytest.raises(DatabaseError, match="stay as they were"), acting(cast.strong.pk):
        AccessReview.objects.update(together_with="Nobody")
    page = lead.get(page_of(review)).content.decode()
    assert "It stands as it is." in page
    assert "Save what is decided" not in page


def test_overdue_is_said_in_words_and_ends_nothing_by_itself(
    cast: Cast, signed_in: type[Client]
) -> None:
    Post.objects.filter(setting=cast.rookery.setting).update(starts_at=NOW - timedelta(days=124))
    page = signed_in(cast.strong).get(reverse("children:reviews")).content.decode()
    assert "Overdue: it was due on" in page
    assert "5 days ago." in page
    assert opens(signed_in(cast.peggotty), cast.david) == 200


def test_after_a_review_the_next_is_due_a_quarter_later(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    for username in holders(cast, review):
        decide(lead, review, getattr(cast, username), "keeps")
    lead.post(reverse("children:finish_review", args=[review.public_id]))
    with acting(cast.strong.pk):
        (standing,) = review_queries.standings(by=cast.strong, at=NOW)
    assert standing.due_on == timezone.localdate(NOW + timedelta(days=91 + 28))


def test_a_setting_has_one_review_at_a_time(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    where = reverse("children:begin_review", args=[cast.rookery.setting.public_id])
    page = signed_in(cast.strong).post(where, {"together_with": "Betsey"}).content.decode()
    assert "A review of this setting has already begun" in page


@pytest.mark.parametrize("person", ["eshton", "trotwood", "spenlow", "chillip"])
def test_a_review_is_open_to_the_leads_of_that_setting_only(
    person: str, cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    browser = signed_in(getattr(cast, person))
    expected = 404 if person == "eshton" else 403
    assert browser.get(page_of(review)).status_code == expected
    where = reverse("children:begin_review", args=[cast.rookery.setting.public_id])
    assert browser.get(where).status_code == expected


def test_forty_staff_take_as_many_queries_as_thirteen(
    cast: Cast, review: AccessReview, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    lead.get(page_of(review))
    few = _queries(lead, review)
    with acting(cast.spenlow.pk):
        for number in range(27):
            staff = accounts.add_staff(
                name=f"Nurse {number}", username=f"nurse{number}", role="health_lead",
                by=cast.spenlow, at=NOW,
            )  # fmt: skip
            places.start_post(
                staff=staff, setting=cast.rookery.setting, unit=cast.rookery, discipline="health",
                agency=Agency.objects.all()[0], at=NOW,
            )  # fmt: skip
    assert _queries(lead, review) == few


def _queries(browser: Client, review: AccessReview) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page_of(review)).status_code == 200
    return len(asked)
