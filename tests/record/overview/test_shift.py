"""My shift: who is here, who comes, what is new to me, who still has to open the page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.establishments import actions as places
from newel.record.overview import rules
from newel.record.overview.models import LastHere
from newel.record.stairs.activators import actions
from tests.cast import Cast
from tests.conftest import SignedIn

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("here", "before", "since"),
    [
        (None, None, NOW - 24 * HOUR),
        (NOW - HOUR, NOW - 9 * HOUR, NOW - 9 * HOUR),
        (NOW - 4 * HOUR, NOW - 12 * HOUR, NOW - 4 * HOUR),
        (NOW - 30 * HOUR, NOW - 40 * HOUR, NOW - 30 * HOUR),
    ],
    ids=["first visit", "same shift", "four hours away", "a day off"],
)
def test_new_means_since_the_end_of_my_last_shift(
    here: datetime | None, before: datetime | None, since: datetime
) -> None:
    assert rules.since_when(here_at=here, before_at=before, now=NOW) == since


def agreed(cast: Cast, text: str = "Tell me what comes next.") -> None:
    now = datetime.now(UTC)
    with acting(cast.chillip.pk):
        draft = actions.write_statement(
            child=cast.david,
            by=cast.chillip,
            at=now,
            text=text,
            kind="helps",
            area="psychological",
            time="present",
            said_by_role="keyworker",
            said_on=now.date(),
            confidence="fairly_sure",
            sharing_level="child_open",
        )
        actions.agree_statement(statement=draft, by=cast.chillip, at=now)


@pytest.mark.django_db
def test_the_shift_lists_the_children_of_the_unit_and_no_others(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    page = signed_in(cast.peggotty).get("/shift/").content.decode()
    assert "David" in page
    assert "Tommy" not in page
    assert "Jane" not in page


@pytest.mark.django_db
def test_the_page_of_a_child_is_one_click_from_the_shift(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    page = signed_in(cast.peggotty).get("/shift/").content.decode()
    assert f'href="{reverse("activators:one_page", args=[cast.david.public_id])}"' in page


@pytest.mark.django_db
def test_somebody_expected_stands_under_arriving_with_the_hour(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    with acting(cast.chillip.pk):
        children.refer(
            by=cast.chillip,
            at=datetime.now(UTC),
            unit=cast.rookery,
            preferred_name="Emily",
            expected_at=datetime.now(UTC) + HOUR,
        )
    page = signed_in(cast.peggotty).get("/shift/").content.decode()
    board = page[page.index(">Arriving<") :]
    assert board.index("Emily") < board.index("On Rookery now") < board.index("David")
    assert "Read “How to be with me” for Emily" in page


@pytest.mark.django_db
def test_what_was_agreed_since_my_last_shift_is_new(cast: Cast, signed_in: type[SignedIn]) -> None:
    worker = signed_in(cast.peggotty)
    assert "Nothing new since you were last here" in worker.get("/shift/").content.decode()
    agreed(cast)
    assert "A statement was agreed, today at" in worker.get("/shift/").content.decode()


@pytest.mark.django_db
def test_the_shift_says_who_still_has_to_open_the_page(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    """H16: read and used, not just written."""
    agreed(cast)
    page = signed_in(cast.peggotty).get("/shift/").content.decode()
    assert "You have not opened this page yet" in page
    assert "Still to open the page: Minnie Omer" in page
    signed_in(cast.omer).get(reverse("activators:one_page", args=[cast.david.public_id]))
    assert "Minnie Omer" not in signed_in(cast.peggotty).get("/shift/").content.decode()


@pytest.mark.django_db
def test_another_unit_is_not_mine(cast: Cast, signed_in: type[SignedIn]) -> None:
    address = reverse("overview:unit_shift", args=[cast.yarmouth.public_id])
    assert signed_in(cast.peggotty).get(address).status_code == 404
    assert signed_in(cast.chillip).get(address).status_code == 200


@pytest.mark.django_db
def test_the_board_alone_is_the_same_part_of_the_page(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    worker = signed_in(cast.peggotty)
    board = worker.get("/shift/", {"poll": ""}).content.decode()
    assert "<html" not in board
    assert "David" in board


@pytest.mark.django_db
def test_a_polling_page_does_not_count_as_being_here(cast: Cast, signed_in: type[SignedIn]) -> None:
    signed_in(cast.peggotty).get("/shift/", {"poll": ""})
    with acting(cast.peggotty.pk):
        assert not LastHere.objects.exists()


@pytest.mark.django_db
def test_nobody_sees_when_somebody_else_was_here(cast: Cast, signed_in: type[SignedIn]) -> None:
    signed_in(cast.peggotty).get("/shift/")
    with acting(cast.trotwood.pk):
        assert not LastHere.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("username", "begins"),
    [
        ("peggotty", "/shift/"),
        ("chillip", "/shift/"),
        ("trotwood", "/shift/"),
        ("wickfield", "/my-children/"),
        ("strong", "/children/governance/"),
        ("spenlow", "/staff/"),
        ("heep", "/surveys/"),
        ("quinion", "/your-account/"),
    ],
)
def test_everybody_begins_where_their_work_is(
    username: str, begins: str, cast: Cast, signed_in: type[SignedIn]
) -> None:
    answer = signed_in(getattr(cast, username)).get("/", follow=True)
    assert answer.redirect_chain[-1][0] == begins
    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_social_worker_sees_the_children_of_their_teams(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    page = signed_in(cast.wickfield).get("/my-children/").content.decode()
    assert "David" in page
    assert "Tommy" not in page


@pytest.mark.django_db
def test_the_shift_takes_at_most_13_queries_with_one_child_and_with_twelve(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    worker = signed_in(cast.peggotty)
    worker.get("/shift/")
    with CaptureQueriesContext(connection) as few:
        worker.get("/shift/")
    with acting(cast.chillip.pk):
        for number in range(11):
            children.refer(
                by=cast.chillip,
                at=datetime.now(UTC),
                unit=cast.rookery,
                preferred_name=f"Child {number}",
            )
    for number in range(6):
        agreed(cast, f"Line {number}.")
    with CaptureQueriesContext(connection) as first_of_the_hour:
        worker.get("/shift/")
    with CaptureQueriesContext(connection) as many:
        worker.get("/shift/")
    assert _statements(few) == _statements(many)
    assert len(_statements(first_of_the_hour)) == len(_statements(many)) + 1
    assert len(_statements(first_of_the_hour)) <= 13, "\n".join(_statements(first_of_the_hour))
    assert len(_statements(many)) <= 12, "\n".join(_statements(many))


def _statements(captured: CaptureQueriesContext) -> list[str]:
    """Every statement but those that open and close transactions."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    found = [one["sql"] for one in captured.captured_queries]
    return [
        one.split(" WHERE ")[0].split("'")[0][:60] for one in found if not one.startswith(control)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["peggotty", "wickfield"])
def test_a_child_is_found_by_name_from_where_the_shift_begins(
    person: str, cast: Cast, signed_in: type[SignedIn]
) -> None:
    browser = signed_in(getattr(cast, person))
    page = browser.get("/", follow=True).content.decode()
    assert f'action="{reverse("children:find")}" role="search"' in page
    assert "1 child" in browser.get(reverse("children:find"), {"q": "Daivd"}).content.decode()


@pytest.mark.django_db
def test_who_was_expected_and_has_not_come_is_said_so(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    with acting(cast.chillip.pk):
        children.refer(
            by=cast.chillip, at=datetime.now(UTC) - 9 * HOUR, unit=cast.rookery,
            preferred_name="Emily", expected_at=datetime.now(UTC) - HOUR,
        )  # fmt: skip
    page = signed_in(cast.peggotty).get("/shift/").content.decode()
    assert "Was expected" in page


@pytest.mark.django_db
def test_a_shift_does_not_begin_on_a_unit_that_looks_after_nobody(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    with acting(cast.spenlow.pk):
        places.add_unit(setting=cast.rookery.setting, name="Attic")
    shown = signed_in(cast.trotwood).get("/shift/").content.decode()
    assert "My shift on Rookery" in shown
    assert "Attic" in shown
