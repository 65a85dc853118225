"""Finding a child by a name they go by now, among those whom one may see."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.transactions import acting
from newel.record.children import actions
from newel.record.children.models import Child, ChildName
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db


def find(browser: Client, words: str) -> str:
    return browser.get(reverse("children:find"), {"q": words}).content.decode()


@pytest.mark.parametrize(
    "typed", ["david", "DAVID", "Dàvíd", " dav ", "trotwood", "Copperfield", "Davy", "Dvaid"]
)
def test_any_current_name_in_any_case_and_accent_finds_the_child(
    typed: str, cast: Cast, signed_in: type[Client]
) -> None:
    assert "Rookery, Blunderstone House" in find(signed_in(cast.peggotty), typed)


@pytest.mark.parametrize(
    "typed", ["Murdstone", "Davy Murdstone", "Murdston", "Tommy", "Jane", "!!!", "%", "\x00"]
)
def test_a_former_name_and_a_child_out_of_reach_are_not_found(
    typed: str, cast: Cast, signed_in: type[Client]
) -> None:
    page = find(signed_in(cast.peggotty), typed)
    assert "Born" not in page
    assert "David" not in page


def test_two_whose_names_are_alike_are_told_apart_in_the_list(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H1"""
    with acting(cast.chillip.pk):
        actions.refer(
            by=cast.chillip, at=LONG_AGO, unit=cast.yarmouth, preferred_name="Davy Jones",
            born_on=date(2012, 1, 2),
        )  # fmt: skip
    page = find(signed_in(cast.chillip), "davy")
    assert page.index("Born 2 January 2012") < page.index("Born 4 March 2011"), "the nearest first"
    assert page.count("Take care: a name like") == 2
    assert "Yarmouth, Blunderstone House" in page
    assert "Take care" not in find(signed_in(cast.chillip), "tommy")


def test_only_the_kinds_of_name_that_are_listed_are_searched(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H34: a kind of name that comes later, a sealed one, is not found unless somebody says so."""
    with acting(cast.chillip.pk):
        ChildName.objects.create(child=cast.david, name="Zed", name_key="zed", kind="sealed")
    assert "David" not in find(signed_in(cast.chillip), "zed")


def test_a_role_that_opens_nothing_in_an_emergency_is_offered_nothing(
    cast: Cast, signed_in: type[Client]
) -> None:
    assert "Open a record in an emergency" in find(signed_in(cast.barkis), "x")
    assert "Open a record in an emergency" not in find(signed_in(cast.mell), "x")


def test_nobody_found_is_said_in_words(cast: Cast, signed_in: type[Client]) -> None:
    assert "Nobody open to you goes by “zzz” now" in find(signed_in(cast.peggotty), "zzz")


def test_nothing_typed_says_nothing_about_anybody(cast: Cast, signed_in: type[Client]) -> None:
    page = find(signed_in(cast.peggotty), "")
    assert "Nobody open" not in page
    assert "David" not in page


def test_a_name_in_another_script_is_found(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        actions.refer(by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name="محمد علي")
    assert "محمد علي" in find(signed_in(cast.peggotty), "محمد")


@pytest.mark.parametrize(
    ("number_of_children", "said"), [(3, "4 children"), (60, "The first 20 are shown.")]
)
def test_a_search_asks_the_same_number_of_questions_however_many_there_are(
    number_of_children: int,
    said: str,
    cast: Cast,
    signed_in: type[Client],
    django_assert_max_num_queries: object,
) -> None:
    browser = signed_in(cast.peggotty)
    with acting(cast.chillip.pk):
        for number in range(number_of_children):
            actions.refer(
                by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name=f"Dave {number}"
            )
        assert Child.objects.count() == number_of_children + 2
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        assert said in find(browser, "dav")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        assert "1 child" in find(browser, "copperfield")
