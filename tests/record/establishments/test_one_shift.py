"""Agency workers for one shift: in within two minutes, out by themselves (H5, H29)."""

import html
import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access import one_shift_actions as accounts
from newel.record.access.audit_models import AuditEvent
from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children import queries
from newel.record.children.models import Child
from newel.record.establishments import queries as places
from newel.record.establishments.models import Agency, Post
from newel.record.establishments.one_shift import actions, rules
from tests.architecture import furnished
from tests.cast import Cast
from tests.record.access.test_accounts import PASSWORD

pytestmark = pytest.mark.django_db


def in_hours(hours: float) -> str:
    return f"{timezone.localtime(timezone.now() + timedelta(hours=hours)):%H:%M}"


def answers(cast: Cast, **changed: str) -> dict[str, str]:
    given = {
        "name": "Mick Walker",
        "agency": "Joram Staffing",
        "unit": cast.rookery.public_id,
        "until": in_hours(8),
    }
    return given | changed


def let_in(browser: Client, cast: Cast, **changed: str) -> Any:
    return browser.post(reverse("establishments:let_in"), answers(cast, **changed))


def walker() -> StaffMember:
    return StaffMember.objects.get(username="mick.walker")


def url(name: str, staff: StaffMember) -> str:
    return reverse(f"establishments:{name}", args=[staff.public_id])


def slip_of(browser: Client, staff: StaffMember) -> tuple[str, list[str]]:
    """The password and the codes that are printed."""
    page = browser.get(url("slip", staff)).content.decode()
    password, *codes = re.findall(r"<code>([^<]+)</code>", page)
    return password, [code.replace(" ", "") for code in codes]


def sign_in(client: Client, password: str, code: str) -> Any:
    client.post("/sign-in/", {"login": "mick.walker", "password": password})
    return client.post("/sign-in/second-step/", {"code": code})


@pytest.fixture
def let_in_now(cast: Cast) -> accounts.Slip:
    """Mick Walker, on Rookery until eight hours from now."""
    at = timezone.now()
    with acting(cast.trotwood.pk):
        return actions.let_in(
            name="Mick Walker", agency="Joram Staffing", unit=cast.rookery,
            until=at + timedelta(hours=8), by=cast.trotwood, at=at,
        )  # fmt: skip


def test_from_the_managers_form_to_the_workers_shift_page(
    cast: Cast, signed_in: type[Client], client: Client
) -> None:
    manager = signed_in(cast.trotwood)
    assert let_in(manager, cast).headers["Location"] == url("slip", walker())
    password, codes = slip_of(manager, walker())
    assert len(set(codes)) == 10
    sign_in(client, password, codes[0])
    assert client.get("/shift/").headers["Location"] == reverse("access:choose_password")
    client.post(reverse("access:choose_password"), {"password": PASSWORD})
    page = client.get("/shift/").content.decode()
    assert "My shift on Rookery" in page
    assert "David" in page
    assert "Tommy" not in page


def test_the_slip_alone_opens_nothing_once_a_password_is_chosen(
    cast: Cast, signed_in: type[Client], client: Client
) -> None:
    manager = signed_in(cast.trotwood)
    let_in(manager, cast)
    password, codes = slip_of(manager, walker())
    sign_in(client, password, codes[0])
    client.post(reverse("access:choose_password"), {"password": PASSWORD})
    client.post("/sign-out/")
    client.post("/sign-in/", {"login": "mick.walker", "password": password})
    assert client.get("/shift/").status_code == 302
    assert sign_in(client, PASSWORD, codes[1]).status_code == 302
    assert client.get("/shift/").status_code == 200


def test_a_password_without_a_code_opens_nothing(let_in_now: accounts.Slip, client: Client) -> None:
    client.post("/sign-in/", {"login": "mick.walker", "password": let_in_now.password})
    page = client.get("/sign-in/second-step/").content.decode()
    assert "Code from your slip" in page
    assert "sheet you printed" not in page
    assert "Use your key" not in page
    assert client.get("/shift/").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ["access:give_password", "access:replace_lost_keys"])
def test_nobody_makes_them_a_password_that_lasts(
    name: str, cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    """H29: the password of a slip is used within the hour, or not at all."""
    until = walker().first_password_until
    address = reverse(name, args=[walker().public_id])
    answer = signed_in(cast.spenlow).post(address)
    assert answer.status_code == 409
    assert "prints a new slip" in answer.content.decode()
    assert until
    assert walker().first_password_until == until
    assert walker().check_password(let_in_now.password)


def test_they_are_not_among_those_who_wait_for_a_first_password_that_lasts(
    cast: Cast, let_in_now: accounts.Slip
) -> None:
    waiting = places.never_signed_in(setting=cast.rookery.setting, at=timezone.now())
    assert "peggotty" in {one.username for one in waiting}
    assert "mick.walker" not in {one.username for one in waiting}


def test_a_code_works_once(let_in_now: accounts.Slip, client: Client) -> None:
    sign_in(client, let_in_now.password, let_in_now.codes[0])
    client.post(reverse("access:choose_password"), {"password": PASSWORD})
    client.post("/sign-out/")
    assert sign_in(client, PASSWORD, let_in_now.codes[0]).status_code == 200
    assert client.get("/shift/").status_code == 302


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("activators:one_page", 200),
        ("activators:keeping_safe", 200),
        ("children:child", 302),
        ("scoping:timeline", 403),
        ("activators:understanding", 403),
        ("children:homes", 403),
    ],
)
def test_the_role_reads_what_keeps_people_safe_and_nothing_else(
    page: str, status: int, cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    browser = signed_in(walker())
    walker_has_a_password()
    assert (
        browser.get(reverse(page, kwargs={"child_id": cast.david.public_id})).status_code == status
    )


def walker_has_a_password() -> None:
    StaffMember.objects.filter(username="mick.walker").update(must_choose_password=False)


def test_no_link_on_their_pages_is_a_dead_end(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    walker_has_a_password()
    furnished.furnish(cast)
    browser = signed_in(walker())
    child = {"child_id": cast.david.public_id}
    pages = [
        "/shift/", "/handover/", "/children/find/?q=david",
        reverse("activators:one_page", kwargs=child),
        reverse("activators:keeping_safe", kwargs=child), reverse("access:your_account"),
    ]  # fmt: skip
    for page in pages:
        for link in re.findall(r'href="(/[^"#]*)"', browser.get(page).content.decode()):
            if not link.startswith("/static/"):
                answer = browser.get(html.unescape(link), follow=True)
                assert answer.status_code == 200, (page, link)


def test_another_unit_is_not_there(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    walker_has_a_password()
    browser = signed_in(walker())
    tommy = reverse("activators:one_page", kwargs={"child_id": cast.tommy.public_id})
    assert browser.get(tommy).status_code == 404
    assert browser.get(reverse("children:break_glass")).status_code == 403


def shift_is_over() -> None:
    past = timezone.now() - timedelta(seconds=1)
    StaffMember.objects.filter(username="mick.walker").update(open_until=past)


def test_when_the_shift_is_over_the_session_is_too(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    walker_has_a_password()
    browser = signed_in(walker())
    assert browser.get("/shift/").status_code == 200
    shift_is_over()
    assert browser.get("/shift/").status_code == 302
    assert "Your shift is over" in browser.get("/sign-in/").content.decode()


def test_when_the_shift_is_over_nobody_signs_in(let_in_now: accounts.Slip, client: Client) -> None:
    shift_is_over()
    client.post("/sign-in/", {"login": "mick.walker", "password": let_in_now.password})
    assert client.get("/sign-in/second-step/").status_code == 302
    assert "Your shift is over" in client.get("/sign-in/").content.decode()


def test_the_database_shows_no_child_when_the_shift_is_over_whatever_else_opens_one(
    cast: Cast, let_in_now: accounts.Slip
) -> None:
    """H29: somebody put them in the team, gave them access by name, and nobody ended the post."""
    at = timezone.now()
    with acting(cast.chillip.pk):
        children.add_team_member(
            stay=cast.david.stays.get(), staff=walker(), name="Mick Walker", part="Helps",
            agency=Agency.objects.first(), discipline="residential", starts_on=at.date(),
        )  # fmt: skip
        children.give_access(
            child=cast.david, staff=walker(), by=cast.chillip, at=at, purpose="x",
            stay=cast.david.stays.get(),
        )  # fmt: skip
    Post.objects.filter(staff=walker()).update(ends_at=None)
    with acting(walker().pk):
        assert [child.preferred_name for child in Child.objects.all()] == ["David"]
    shift_is_over()
    with acting(walker().pk):
        assert not Child.objects.exists()
        assert not queries.children(visible_to=walker(), at=timezone.now()).exists()


def test_the_account_ends_with_the_post_at_the_end_of_the_shift(
    cast: Cast, let_in_now: accounts.Slip
) -> None:
    post = Post.objects.get(staff=walker())
    assert post.ends_at == walker().open_until
    assert (post.unit, post.agency.name) == (cast.rookery, "Joram Staffing")


def test_the_database_lets_no_agency_worker_be_without_an_end(let_in_now: accounts.Slip) -> None:
    with pytest.raises(IntegrityError, match="one_shift_ends"), transaction.atomic():
        StaffMember.objects.filter(username="mick.walker").update(open_until=None)
    with pytest.raises(IntegrityError, match="one_shift_ends"), transaction.atomic():
        StaffMember.objects.filter(username="mick.walker").update(role="keyworker")


def test_the_password_on_a_slip_has_to_be_used_soon(
    let_in_now: accounts.Slip, client: Client
) -> None:
    late = timezone.now() - timedelta(seconds=1)
    StaffMember.objects.filter(username="mick.walker").update(first_password_until=late)
    client.post("/sign-in/", {"login": "mick.walker", "password": let_in_now.password})
    assert client.get("/sign-in/second-step/").status_code == 302
    assert "Ask the manager for a new slip" in client.get("/sign-in/").content.decode()


def test_the_manager_closes_it_at_once(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    walker_has_a_password()
    browser = signed_in(walker())
    assert browser.get("/shift/").status_code == 200
    manager = signed_in(cast.trotwood)
    assert "Close now" in manager.get(reverse("establishments:one_shift")).content.decode()
    manager.post(url("let_out", walker()))
    assert browser.get("/shift/").status_code == 302
    page = manager.get(reverse("establishments:one_shift")).content.decode()
    assert "Nobody is here for one shift now." in page
    assert "Let in again" in page


def test_the_next_shift_is_the_same_person_with_a_new_slip_and_their_own_password(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client], client: Client
) -> None:
    sign_in(client, let_in_now.password, let_in_now.codes[0])
    client.post(reverse("access:choose_password"), {"password": PASSWORD})
    shift_is_over()
    manager = signed_in(cast.trotwood)
    again = {"unit": cast.yarmouth.public_id, "until": in_hours(6)}
    assert manager.post(url("let_in_again", walker()), again).status_code == 302
    page = manager.get(url("slip", walker())).content.decode()
    assert "The one you chose last time." in page
    codes = [code.replace(" ", "") for code in re.findall(r"<code>([^<]+)</code>", page)]
    assert sign_in(Client(), PASSWORD, let_in_now.codes[1]).status_code == 200
    after = Client()
    sign_in(after, PASSWORD, codes[0])
    page = after.get("/shift/").content.decode()
    assert "My shift on Yarmouth" in page
    assert "David" not in page
    assert StaffMember.objects.filter(name="Mick Walker").count() == 1


def test_a_name_alike_is_asked_about_before_a_second_account_is_made(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    manager = signed_in(cast.trotwood)
    page = let_in(manager, cast, name="Michael Walker").content.decode()
    assert "Yes, Mick Walker, Joram Staffing, last here on" in page
    let_in(manager, cast, name="Michael Walker", same_person=walker().public_id)
    assert StaffMember.objects.filter(role="agency_worker").count() == 1
    let_in(manager, cast, name="Michael Walker", same_person="somebody_else")
    assert StaffMember.objects.filter(role="agency_worker").count() == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter their name"),
        ("name", "...", "at least one letter"),
        ("agency", "", "Enter the agency"),
        ("unit", "", "Choose the unit"),
        ("until", "", "Enter the end of the shift"),
        ("until", "soon", "must be a time"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_lost(
    field: str, value: str, said: str, cast: Cast, signed_in: type[Client]
) -> None:
    page = let_in(signed_in(cast.trotwood), cast, **{field: value}).content.decode()
    assert said in page
    assert field == "name" or "Mick Walker" in page
    assert not StaffMember.objects.filter(role="agency_worker").exists()


def test_no_shift_is_longer_than_the_longest(cast: Cast, signed_in: type[Client]) -> None:
    page = let_in(signed_in(cast.trotwood), cast, until=in_hours(15)).content.decode()
    assert "That is more than 14 hours away" in page


def test_a_manager_lets_nobody_into_another_setting(cast: Cast, signed_in: type[Client]) -> None:
    page = let_in(signed_in(cast.trotwood), cast, unit=cast.ferndean.public_id).content.decode()
    assert "Choose" in page
    assert not StaffMember.objects.filter(role="agency_worker").exists()


@pytest.mark.parametrize("username", ["peggotty", "chillip", "strong", "heep"])
def test_others_let_nobody_in(username: str, cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(getattr(cast, username))
    assert browser.get(reverse("establishments:one_shift")).status_code == 403
    assert let_in(browser, cast).status_code == 403


def test_nobody_makes_an_agency_worker_of_an_account_that_lasts(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    administrator = signed_in(cast.spenlow)
    role = reverse("access:change_role", args=[cast.peggotty.public_id])
    administrator.post(role, {"role": "agency_worker"})
    assert cast.peggotty.role == "residential_worker"
    role = reverse("access:change_role", args=[walker().public_id])
    administrator.post(role, {"role": "manager"})
    assert walker().role == "agency_worker"
    assert administrator.get(url("let_out", walker())).status_code == 200
    assert signed_in(cast.trotwood).get(url("let_out", cast.peggotty)).status_code == 404


def test_a_slip_is_shown_to_whoever_made_it_alone(cast: Cast, signed_in: type[Client]) -> None:
    manager = signed_in(cast.trotwood)
    let_in(manager, cast)
    password, _ = slip_of(manager, walker())
    other = signed_in(cast.spenlow).get(url("slip", walker()), follow=True).content.decode()
    assert password not in other
    assert "A slip is shown only to whoever made it" in other
    stored = str(manager.session.items())
    assert password not in stored


def test_the_audit_says_who_let_whom_in_and_out(
    cast: Cast, let_in_now: accounts.Slip, signed_in: type[Client]
) -> None:
    manager = signed_in(cast.trotwood)
    manager.post(
        url("let_in_again", walker()), {"unit": cast.rookery.public_id, "until": in_hours(2)}
    )
    manager.post(url("let_out", walker()))
    with acting(cast.strong.pk):
        acts = AuditEvent.objects.filter(thing="staff_member", thing_id=walker().pk)
        told = list(acts.filter(actor=cast.trotwood.pk).values_list("act", flat=True))
    assert [act for act in told if "let_in" in act or "close" in act] == [
        "let_in_for_a_shift", "let_in_again", "close_for_shift",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "after", "end"),
    [
        (time(7, 30), datetime(2026, 11, 22, 22, 0, tzinfo=UTC), datetime(2026, 11, 23, 7, 30)),
        (time(22, 0), datetime(2026, 11, 22, 14, 0, tzinfo=UTC), datetime(2026, 11, 22, 22, 0)),
        # The night the clocks go back: 7:30 is an hour further away than on other nights.
        (time(7, 30), datetime(2026, 10, 24, 21, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 30)),
        # Within the hour that is there twice, the next of the two.
        (time(1, 30), datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 1, 30)),
        # The night they go forward.
        (time(7, 0), datetime(2027, 3, 27, 22, 0, tzinfo=UTC), datetime(2027, 3, 28, 6, 0)),
    ],
)
def test_the_end_of_a_shift_is_the_next_time_the_clock_shows_it(
    clock: time, after: datetime, end: datetime
) -> None:
    assert rules.end_of_shift(clock, after=after) == end.replace(tzinfo=UTC)


@pytest.mark.parametrize("people", [3, 60])
def test_the_list_asks_the_same_number_of_questions_however_many_have_come(
    people: int, cast: Cast, signed_in: type[Client], django_assert_max_num_queries: Any
) -> None:
    at = timezone.now()
    with acting(cast.trotwood.pk):
        for number in range(people):
            actions.let_in(
                name=f"Walker {number}", agency="Joram Staffing", unit=cast.rookery,
                until=at + timedelta(hours=8), by=cast.trotwood, at=at,
            )  # fmt: skip
    manager = signed_in(cast.trotwood)
    with django_assert_max_num_queries(12):
        page = manager.get(reverse("establishments:one_shift")).content.decode()
    assert page.count("Has not signed in yet.") == people


def test_a_lent_key_and_an_older_slip_work_no_more_on_the_next_shift(
    cast: Cast, let_in_now: accounts.Slip
) -> None:
    Authenticator.objects.create(
        user=walker(), type=Authenticator.Type.WEBAUTHN, data={"name": "Spare 3", "credential": {}}
    )
    with acting(cast.trotwood.pk):
        slip = actions.let_in_again(
            staff=walker(), agency=Agency.objects.first(), unit=cast.rookery, new_password=False,
            until=timezone.now() + timedelta(hours=8), by=cast.trotwood, at=timezone.now(),
        )  # fmt: skip
    kinds = Authenticator.objects.filter(user=walker()).values_list("type", flat=True)
    assert list(kinds) == [Authenticator.Type.RECOVERY_CODES]
    assert set(slip.codes).isdisjoint(let_in_now.codes)
    assert slip.password, "the first one was never used"
