"""Each page of the room and each role: what happens, written out as a table.

o: it opens. x: the role does not open this page (403). -: there is nothing here for them (404).
"""

import pytest
from django.test import Client

from newel.record.access.roles import ROLES
from tests.cast import PEOPLE, Cast
from tests.record.children import addresses

pytestmark = pytest.mark.django_db

# Who, in the order of the letters below.
ORDER = "peggotty barkis omer chillip rosa mell trotwood strong spenlow heep quinion waterbrook"
ORDER += " wickfield micawber leah fairfax eshton"

TABLE = {
    #                p b o c  r m t s  s h q w  w m l f e
    "find":         "o o o o  o o o x  x x x x  o o o o x",
    "break_glass":  "o o o o  o x o x  x x x x  x x o o x",
    "refer":        "x x x o  o x o x  x x x x  x x x o x",
    "child":        "o - o o  o o o x  x x x x  o - - - x",
    "receive":      "x x x o  o x o x  x x x x  x x x - x",
    "keep_safe":    "o - o o  o x o x  x x x x  x x - - x",
    "history":      "x x o o  o x o x  x x x x  o - x - x",
    "place":        "x x x x  x x o x  x x x x  x x x x x",
    "team":         "x x o o  o x o x  x x x x  x x x - x",
    "governance":   "x x x x  x x x o  x x x x  x x x x o",
    "governed":     "x x x x  x x x o  x x x x  x x x x -",
}  # fmt: skip
PAGES = {
    "find": ("find",),
    "break_glass": ("break_glass",),
    "refer": ("refer",),
    "child": addresses.READ_RECORD,
    "receive": addresses.RECEIVE_CHILD,
    "keep_safe": addresses.KEEP_SAFE,
    "history": addresses.WRITE_HISTORY,
    "place": addresses.PLACE_CHILD,
    "team": addresses.MANAGE_TEAM,
    "governance": ("governance", "looks", "reviews"),
    "governed": addresses.GOVERNED,
}
STATUS = {"o": 200, "x": 403, "-": 404}
CHILD_NAMES = (b"David", b"Tommy", b"Jane", b"Yarmouth beach", b"Short sentences")


def expected(username: str) -> dict[str, int]:
    place = ORDER.split().index(username)
    return {
        page: STATUS[TABLE[row].split()[place]] for row, pages in PAGES.items() for page in pages
    }


def test_the_table_names_every_person_and_every_page(cast: Cast) -> None:
    assert ORDER.split() == [person.username for person in PEOPLE]
    assert set(addresses.furnish(cast)) == set(expected("chillip"))
    lasting = {role.code for role in ROLES.values() if not role.for_one_shift}
    assert {person.role for person in PEOPLE} == lasting


@pytest.mark.parametrize("username", ORDER.split())
def test_each_page_opens_for_just_these_people(
    username: str, cast: Cast, signed_in: type[Client]
) -> None:
    pages = addresses.furnish(cast)
    browser = signed_in(getattr(cast, username))
    assert {name: browser.get(url).status_code for name, url in pages.items()} == expected(username)


@pytest.mark.parametrize("username", ["spenlow", "heep", "quinion", "waterbrook"])
def test_who_has_no_business_with_children_sees_nothing_of_one(
    username: str, cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(getattr(cast, username))
    for url in addresses.furnish(cast).values():
        answer = browser.get(url)
        assert not [name for name in CHILD_NAMES if name in answer.content]


def test_a_governance_lead_gets_404_or_403_on_every_page_of_the_record_itself(
    cast: Cast, signed_in: type[Client]
) -> None:
    pages = addresses.furnish(cast)
    browser = signed_in(cast.strong)
    for name in addresses.ABOUT_DAVID:
        answer = browser.get(pages[name])
        assert answer.status_code in {403, 404}, name
        assert b"Short sentences" not in answer.content
        assert b"Yarmouth beach" not in answer.content


def test_governance_pages_show_the_name_and_nothing_of_the_record(
    cast: Cast, signed_in: type[Client]
) -> None:
    pages = addresses.furnish(cast)
    browser = signed_in(cast.strong)
    for name in addresses.GOVERNED:
        page = browser.get(pages[name]).content.decode()
        assert "David" in page
        for kept in ("Short sentences", "boat house", "4 March 2011", "remand", "Rookery", "Omer"):
            assert kept not in page, (name, kept)


def test_nobody_signed_in_is_sent_to_sign_in(cast: Cast, client: Client) -> None:
    for url in addresses.furnish(cast).values():
        assert client.get(url).status_code == 302
