"""Who opens which page about a statement, and what is held back from whom."""

import pytest
from django.test import Client

from newel.record.access.transactions import acting
from newel.record.stairs.activators.models import Statement
from tests.cast import Cast
from tests.record.stairs.activators.pages import address, answers, text_of
from tests.record.stairs.activators.wording import agreed, draft

pytestmark = pytest.mark.django_db


def test_a_statement_of_another_child_is_not_found_at_this_childs_address(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        elsewhere = agreed(cast.tommy, cast.chillip)
    client = signed_in(cast.chillip)
    for name in ("statement", "confirm_statement", "replace_statement", "retire_statement"):
        assert client.get(address(name, cast.david, elsewhere.public_id)).status_code == 404


def test_what_is_held_back_is_not_there_for_others(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(
            cast.david,
            cast.chillip,
            text="Steerforth frightens him.",
            sharing_level="restricted_third_party",
        )
    page = address("statement", cast.david, one.public_id)
    assert signed_in(cast.peggotty).get(page).status_code == 404
    shown = text_of(signed_in(cast.peggotty).get(address("understanding", cast.david)))
    assert "Steerforth" not in shown
    assert signed_in(cast.chillip).get(page).status_code == 200


# Who may open which page about a statement. Anybody else who reaches the child gets 403.
WRITERS = {"peggotty", "omer", "chillip", "rosa", "mell", "trotwood"}
READERS = WRITERS | {"wickfield"}
MAY = {
    "understanding": READERS,
    "statement": READERS,
    "write_statement": WRITERS,
    "change_draft": WRITERS,
    "confirm_statement": WRITERS,
    "add_evidence": WRITERS,
    "retire_statement": WRITERS,
    "agree_statement": {"chillip", "trotwood"},
    "replace_statement": {"chillip", "trotwood"},
    "open_to_child": {"chillip"},
}
STRANGERS = {"barkis", "micawber", "leah", "fairfax"}
NO_BUSINESS = {"strong", "spenlow", "heep", "quinion", "waterbrook"}


@pytest.mark.parametrize("name", MAY)
def test_each_role_opens_just_these_pages(name: str, cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        in_state = draft if name in {"change_draft", "agree_statement"} else agreed
        one = in_state(cast.david, cast.chillip)
    more = [] if name in {"understanding", "write_statement"} else [one.public_id]
    page = address(name, cast.david, *more)
    opened = {
        who: signed_in(getattr(cast, who)).get(page).status_code
        for who in READERS | STRANGERS | NO_BUSINESS
    }
    assert {who for who, status in opened.items() if status == 200} == MAY[name]
    assert all(opened[who] in {403, 404} for who in STRANGERS)
    assert all(opened[who] == 403 for who in NO_BUSINESS | (READERS - MAY[name]))


def test_only_the_people_named_read_what_is_for_them(cast: Cast, signed_in: type[Client]) -> None:
    named = answers(sharing_level="named_people", named_readers=[cast.omer.public_id])
    signed_in(cast.peggotty).post(address("write_statement", cast.david), named)
    with acting(cast.peggotty.pk):
        page = address("statement", cast.david, Statement.objects.get().public_id)
    statuses = {who: signed_in(getattr(cast, who)).get(page).status_code for who in READERS}
    assert {who for who, status in statuses.items() if status == 200} == {"peggotty", "omer"}


def test_a_manager_who_replaces_open_words_is_told_that_they_leave_the_page(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, sharing_level="child_open")
    page = address("replace_statement", cast.david, one.public_id)
    assert "until a psychologist opens them" in text_of(signed_in(cast.trotwood).get(page))
    assert "until a psychologist opens them" not in text_of(signed_in(cast.chillip).get(page))


def test_what_is_about_somebody_else_is_not_opened_to_the_child(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, sharing_level="restricted_third_party")
    asked = address("open_to_child", cast.david, one.public_id)
    shown = signed_in(cast.chillip).post(asked, {"read_it": "on"})
    assert "it is about somebody else" in text_of(shown)
    with acting(cast.chillip.pk):
        assert Statement.objects.get().sharing_level == "restricted_third_party"


def test_opening_takes_having_read_it(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    client = signed_in(cast.chillip)
    asked = address("open_to_child", cast.david, one.public_id)
    client.post(asked, {})
    with acting(cast.chillip.pk):
        assert Statement.objects.get().sharing_level == "team"
    client.post(asked, {"read_it": "on"})
    with acting(cast.chillip.pk):
        assert Statement.objects.get().sharing_level == "child_open"
