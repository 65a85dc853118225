"""The first three locks, on every address there is: who is signed in, what their role may do, and
whether they reach this child. And that whoever looked is in the audit, whatever the page."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.pages import EVERYONE, SIGNED_IN
from newel.record.access.roles import Capability
from newel.record.access.transactions import acting
from tests.architecture import furnished
from tests.architecture.routes import Route, all_routes, routes_about_a_child
from tests.cast import PEOPLE, Cast

CAPABILITIES = {capability.value for capability in Capability}
CLOSED = {403, 404}

# Pages that a person who is not signed in may open, and why.
OPEN_TO_EVERYONE = {
    "account_login": "signing in",
    "mfa_login_webauthn": "signing in with a key alone",
    "mfa_authenticate": "the second step of signing in",
    "account_inactive": "what somebody is told whose account has ended",
    "account_logout": "signing out, also from a page of an older session",
    "answering:start": "answering by one’s own hand: all of these ask for the secret of a sitting",
    "answering:open_link": "exchanging a personal link for such a secret",
    "answering:before": "what is said before the first question",
    "answering:begin": "that they have read it",
    "answering:question": "one question",
    "answering:picture": "the picture beside a question that this secret opens",
    "answering:recording": "its recording",
    "answering:last": "after the last question",
    "answering:said": "what they said just now",
    "answering:finish": "that they have finished",
    "answering:stop": "that they stop",
    "answering:elsewhere": "any other address under /answer/ leads to its first page",
    "survey:code": "an anonymous survey: the code on a slip",
    "survey:answer": "an anonymous survey: its questions, for whoever holds a code",
    "survey:thank_you": "an anonymous survey: the answers have arrived",
    "survey:stopped": "an anonymous survey: somebody stopped, and nothing was kept",
    "demo:people": "the people of the demo; in the demo only",
    "demo:sign_in": "one click signs in; in the demo only",
}

# Addresses about a child that answer a GET with something else than a page, and why.
NO_PAGE_TO_LOOK_AT = {
    "activators:end_goes_with": "only ever posted; a GET leads to the page it is about",
    "activators:show_to_child": "only ever posted; a GET leads to the page it is about",
    "exchange:check_file": "what a file holds; without one it leads to choosing one",
}
LOOKS = {"view", "print", "export"}
EXPORTS = {"activators:one_page_pdf", "activators:copy", "exchange:given_out"}


def test_every_view_says_who_may_open_it() -> None:
    known = CAPABILITIES | {SIGNED_IN, EVERYONE}
    silent = [route.name for route in all_routes() if route.who_may not in known]
    assert not silent, f"These views have no decorator of access/pages.py: {silent}"


def test_only_these_pages_are_open_to_somebody_who_is_not_signed_in() -> None:
    found = {
        route.name
        for route in all_routes()
        if route.who_may == EVERYONE or not getattr(route.view, "login_required", True)
    }
    assert found == set(OPEN_TO_EVERYONE)


def test_every_address_about_a_child_goes_through_the_one_loader() -> None:
    without = [
        route.name
        for route in routes_about_a_child()
        if not getattr(route.view, "about_a_child", False)
    ]
    assert not without, f"Made neither by child_page nor by watched_child_page: {without}"


def test_a_child_is_named_in_the_address_and_nowhere_else() -> None:
    """H1: what is saved is bound to the page it was typed on, in two tabs too."""
    loaders = {route.name for route in all_routes() if getattr(route.view, "about_a_child", False)}
    assert loaders == {route.name for route in routes_about_a_child()}


def test_no_address_counts() -> None:
    """A row's number in an address would say how many there are, and could be counted up."""
    counted = {route.name for route in all_routes() if "IntConverter" in route.parts.values()}
    # which question of a form, which part of a judgement, and no row
    assert counted == {"outcomes:answer_one", "outcomes:judge_part"}


@pytest.fixture
def about_david(db: None, cast: Cast) -> dict[str, str]:
    return furnished.furnish(cast)


@pytest.fixture
def elsewhere(about_david: dict[str, str]) -> dict[str, str]:
    """The addresses that are not about one child and need nothing to be filled in."""
    return {route.name: reverse(route.name) for route in all_routes() if not route.parts}


def who_opens(cast: Cast, route: Route) -> StaffMember:
    """Somebody who reaches David, and whose role has what this address asks for."""
    for person in (cast.chillip, cast.trotwood, cast.strong):
        if person.may(str(route.who_may)):
            return person
    raise AssertionError(f"Nobody of the cast opens {route.name}")


def statuses(browser: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: browser.get(url).status_code for name, url in pages.items()}


def test_whoever_is_not_signed_in_is_sent_to_sign_in(
    about_david: dict[str, str], elsewhere: dict[str, str], client: Client
) -> None:
    for name, url in (about_david | elsewhere).items():
        if name in OPEN_TO_EVERYONE:
            continue
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302, name
            assert resolve(answer.headers["Location"].split("?")[0]).view_name in {
                "account_login",
                "demo:people",
            }


def test_a_stranger_with_the_right_role_gets_404_on_every_page_about_a_child(
    about_david: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H5: Leah and Alice Fairfax do this work every day, at another setting."""
    routes = {route.name: route for route in routes_about_a_child()}
    for stranger in (cast.leah, cast.fairfax, cast.eshton):
        browser = signed_in(stranger)
        for name, url in about_david.items():
            if stranger.may(str(routes[name].who_may)):
                assert browser.get(url).status_code == 404, (stranger.username, name)
                assert browser.post(url).status_code == 404, (stranger.username, name)


@pytest.mark.parametrize("username", [person.username for person in PEOPLE])
def test_no_role_opens_what_it_does_not_name(
    username: str,
    about_david: dict[str, str],
    elsewhere: dict[str, str],
    cast: Cast,
    signed_in: type[Client],
) -> None:
    """H5: every person of the cast on every address that asks for something their role has not."""
    person = getattr(cast, username)
    browser = signed_in(person)
    pages = about_david | elsewhere
    for route in all_routes():
        if route.name not in pages or route.who_may not in CAPABILITIES:
            continue
        if not person.may(str(route.who_may)):
            asked = browser.get(pages[route.name]).status_code
            assert asked in CLOSED | {405}, (route.name, asked)
            assert browser.post(pages[route.name]).status_code in CLOSED, route.name


@pytest.mark.parametrize(
    "username", ["spenlow", "heep", "quinion", "waterbrook", "strong", "barkis", "leah"]
)
def test_nothing_of_the_record_is_in_what_they_are_told(
    username: str, about_david: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(getattr(cast, username))
    for name, url in about_david.items():
        told = browser.get(url).content.decode(errors="replace")
        for words in ("locked behind him", "walked to Dover", "Short sentences", "boat house"):
            assert words not in told, name


def test_whoever_has_the_role_and_reaches_the_child_gets_the_page(
    about_david: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    closed = {}
    for route in routes_about_a_child():
        status = signed_in(who_opens(cast, route)).get(about_david[route.name]).status_code
        expected = 302 if route.name in NO_PAGE_TO_LOOK_AT else 200
        if status != expected:
            closed[route.name] = status
    assert not closed


def events_of(child_id: int) -> list[tuple[str, int, str]]:
    """The chain of one child, read as somebody who reaches it."""
    with acting(StaffMember.objects.get(username="chillip").pk):
        return list(
            AuditEvent.objects.filter(chain=child_id)
            .order_by("id")
            .values_list("act", "actor", "page")
        )


def test_every_page_about_a_child_leaves_one_look_in_that_childs_chain(
    about_david: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H30: all of them, in one layer; what a page forgot cannot be missing."""
    wrong = {}
    for route in routes_about_a_child():
        if route.name in NO_PAGE_TO_LOOK_AT:
            continue
        person = who_opens(cast, route)
        browser = signed_in(person)
        before = len(events_of(cast.david.pk))
        browser.get(about_david[route.name])
        left = events_of(cast.david.pk)[before:]
        act = "export" if route.name in EXPORTS else "view"
        if left != [(act, person.pk, route.name)]:
            wrong[route.name] = left
    assert not wrong


def test_a_print_from_the_browser_is_in_the_chain_as_a_print(
    about_david: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.peggotty)
    before = len(events_of(cast.david.pk))
    browser.get(about_david["activators:one_page"] + "?printed")
    left = events_of(cast.david.pk)[before:]
    assert left == [("print", cast.peggotty.pk, "activators:one_page")]


def test_a_look_is_in_no_other_childs_chain(
    about_david: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    before = len(events_of(cast.tommy.pk))
    signed_in(cast.peggotty).get(about_david["children:child"])
    assert len(events_of(cast.tommy.pk)) == before


@pytest.fixture
def in_a_fresh_database(fresh_database: str, cast: Cast) -> Iterator[dict[str, str]]:
    yield furnished.furnish(cast)
    connection.close()


def test_every_refused_attempt_is_in_the_childs_chain_although_it_was_rolled_back(
    in_a_fresh_database: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H30: with real transactions: the refused request leaves nothing, its refusal does."""
    routes = {route.name: route for route in routes_about_a_child()}
    browser = signed_in(cast.fairfax)
    missing = []
    for name, url in in_a_fresh_database.items():
        if not cast.fairfax.may(str(routes[name].who_may)):
            continue
        before = len(events_of(cast.david.pk))
        assert browser.get(url).status_code == 404
        if events_of(cast.david.pk)[before:] != [("refused", cast.fairfax.pk, name)]:
            missing.append(name)
    assert not missing


def test_what_a_role_was_refused_is_in_the_childs_chain_too(
    in_a_fresh_database: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    """H30: who watches over the child sees that an administrator tried."""
    before = len(events_of(cast.david.pk))
    assert signed_in(cast.spenlow).get(in_a_fresh_database["children:child"]).status_code == 403
    assert events_of(cast.david.pk)[before:] == [("refused", cast.spenlow.pk, "children:child")]
