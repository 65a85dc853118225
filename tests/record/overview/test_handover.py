"""The handover page: whose, what, since when, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.stairs.activators import actions as activators
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.rules import When
from tests.cast import LONG_AGO, Cast
from tests.record.overview.handing_over import (
    HELPS,
    MINUTE,
    address,
    agreed,
    draft,
    now,
    read,
    take_over_before,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_quiet_unit_says_so_shortly(cast: Cast, signed_in: type[Client]) -> None:
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert "Nothing new" in page
    assert page.index("Nothing new") < page.index("David")
    assert "1 child is on Rookery" in page


def test_what_changed_stands_there_in_the_records_own_words_with_who_and_when(
    cast: Cast, signed_in: type[Client]
) -> None:
    statement = agreed(cast)
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert "Agreed: What helps" in page
    assert HELPS in page
    assert "Sam Chillip, today at" in page or "Sam Chillip, yesterday at" in page
    place = reverse("activators:statement", args=[cast.david.public_id, statement.public_id])
    assert f'href="{place}"' in page


def test_what_the_last_shift_already_read_is_not_told_again(
    cast: Cast, signed_in: type[Client]
) -> None:
    agreed(cast, at=now() - 5 * HOUR)
    assert HELPS in read(signed_in(cast.peggotty), cast.rookery)
    take_over_before(cast, cast.omer, ago=4 * HOUR)
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert HELPS not in page
    assert "What changed since Minnie Omer took over the" in page


def test_a_missed_shift_is_told_with_the_next(cast: Cast, signed_in: type[Client]) -> None:
    take_over_before(cast, cast.omer, ago=24 * HOUR, shifts=3)
    agreed(cast, at=now() - 20 * HOUR)
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert "Nobody took over the 2 shifts in between: their changes are here too." in page
    assert HELPS in page


def test_a_shift_that_nobody_took_over_before_says_from_when_it_tells(
    cast: Cast, signed_in: type[Client]
) -> None:
    agreed(cast, at=now() - 50 * HOUR)
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert "Nobody took over an earlier shift here in Newel." in page
    assert HELPS not in page


def test_another_unit_is_not_mine(cast: Cast, signed_in: type[Client]) -> None:
    assert signed_in(cast.peggotty).get(address(cast.yarmouth)).status_code == 404
    assert signed_in(cast.chillip).get(address(cast.yarmouth)).status_code == 200
    assert signed_in(cast.wickfield).get(address(cast.rookery)).status_code == 403


def test_a_move_moves_the_handover_at_once(cast: Cast, signed_in: type[Client]) -> None:
    """H29, H30: whoever worked with the child a minute ago reads no more of them."""
    agreed(cast)
    worker, next_unit = signed_in(cast.peggotty), signed_in(cast.barkis)
    assert HELPS in read(worker, cast.rookery)
    with acting(cast.trotwood.pk):
        stay = cast.david.stays.get()
        children.move_unit(stay=stay, unit=cast.yarmouth, at=now())
    page = read(worker, cast.rookery)
    assert "David" not in page
    page = read(next_unit, cast.yarmouth)
    assert "Moved to Yarmouth" in page
    assert HELPS in page
    assert "David left the unit" in read(signed_in(cast.trotwood), cast.rookery)


@pytest.mark.parametrize(
    ("reader", "reads"), [("peggotty", False), ("omer", True), ("chillip", True)]
)
def test_what_is_held_back_is_told_only_to_those_who_may_read_it(
    reader: str, reads: bool, cast: Cast, signed_in: type[Client]
) -> None:
    """H7: a statement for people named, and the confirmation that repeats it."""
    secret = "His mother told only me about the letter."
    one = agreed(cast, text=secret, sharing_level="named_people", named_readers=[cast.omer.pk])
    with acting(cast.chillip.pk):
        activators.confirm_statement(
            statement=one, by=cast.chillip, at=now(), what_was_seen="He hid a letter."
        )
        scoping.write_event(
            child=cast.david, by=cast.chillip, at=now(), title="A letter came", kind="family",
            when=When.year(2021), sharing_level="named_people", named_readers=[cast.omer],
        )  # fmt: skip
    page = read(signed_in(getattr(cast, reader)), cast.rookery)
    assert [words in page for words in (secret, "He hid a letter.", "A letter came")] == [reads] * 3


def test_what_few_may_read_is_never_on_paper(cast: Cast, signed_in: type[Client]) -> None:
    """H23"""
    agreed(cast, sharing_level="restricted_third_party")
    page = read(signed_in(cast.chillip), cast.rookery)
    line = page[: page.index(HELPS)].rindex("<li")
    assert "newel-not-printed" in page[line : page.index(HELPS)]


def test_a_sheet_says_until_when_it_counts(cast: Cast, signed_in: type[Client]) -> None:
    """H23"""
    assert "Destroy it then." in read(signed_in(cast.peggotty), cast.rookery)


def test_no_date_of_birth_and_no_protected_address_stand_on_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H6, H23"""
    with acting(cast.chillip.pk):
        children.add_home(
            child=cast.david, by=cast.chillip, at=now(), kind="person", name="Aunt Betsey",
            address="17 Quince Passage", address_is_protected=True,
        )  # fmt: skip
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert "Added to home: Aunt Betsey" in page
    assert "Quince" not in page
    assert "2011" not in page


def test_names_that_could_be_mixed_up_are_marked(cast: Cast, signed_in: type[Client]) -> None:
    """H1"""
    with acting(cast.chillip.pk):
        children.refer(by=cast.chillip, at=now(), unit=cast.rookery, preferred_name="Davide")
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert page.count("Take care: another child here has a name like this:") == 2


def test_the_watch_of_each_child_stands_there_also_when_nothing_is_new(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        activators.write_keeping_safe(
            child=cast.david, part="watch", by=cast.chillip, at=now() - 100 * HOUR,
            text="Looked in on every hour.", next_review_on=now().date() + timedelta(days=9),
            live_plan_at="SystmOne",
        )  # fmt: skip
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert page.index("Nothing new") < page.index("Looked in on every hour.")


def test_each_child_of_whom_something_is_shown_is_looked_at_in_the_audit(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H30"""
    worker = signed_in(cast.peggotty)
    read(worker, cast.rookery)
    assert looks(cast) == ["list"]  # named, and nothing of the record shown
    agreed(cast)
    read(worker, cast.rookery)
    worker.get(address(cast.rookery), {"printed": ""})
    assert looks(cast) == ["list", "view", "print"]


def looks(cast: Cast) -> list[str]:
    with acting(cast.chillip.pk):
        rows = AuditEvent.objects.filter(chain=cast.david.pk, page="overview:unit_handover")
        return list(
            rows.filter(actor=cast.peggotty.pk).order_by("pk").values_list("act", flat=True)
        )


def test_more_than_eight_changes_of_a_child_are_folded_and_none_is_left_out(
    cast: Cast, signed_in: type[Client]
) -> None:
    for number in range(12):
        draft(cast, text=f"He likes walk number {number}.")
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert "4 more about David" in page
    assert all(f"He likes walk number {number}." in page for number in range(12))


def test_a_long_list_entered_at_once_is_one_line_with_its_number(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        for number in range(20):
            scoping.write_event(
                child=cast.david, by=cast.chillip, at=now(), title=f"Move {number}", kind="moving",
                when=When.year(2021),
            )  # fmt: skip
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert page.count("New on the life timeline") == 1
    assert "New on the life timeline: 20 in all" in page


def test_safety_comes_before_all_else(cast: Cast, signed_in: type[Client]) -> None:
    agreed(cast)
    with acting(cast.chillip.pk):
        activators.write_keeping_safe(
            child=cast.david, part="allergies", by=cast.chillip, at=now() - MINUTE,
            text="Nuts.", next_review_on=now().date() + timedelta(days=9), live_plan_at="SystmOne",
        )  # fmt: skip
    page = read(signed_in(cast.peggotty), cast.rookery)
    assert page.index("Keeping safe now: Allergies") < page.index("Agreed: What helps")


@pytest.mark.parametrize("rows", [3, 60])
@pytest.mark.parametrize("others", [2, 11])
def test_the_handover_takes_the_same_queries_for_3_and_12_children_and_3_and_60_changes(
    rows: int, others: int, cast: Cast, signed_in: type[Client]
) -> None:
    for number in range(others):
        with acting(cast.chillip.pk):
            children.refer(
                by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name=f"Child {number}"
            )
    for number in range(rows):
        agreed(cast, text=f"He likes walk number {number}.")
    worker = signed_in(cast.peggotty)
    read(worker, cast.rookery)
    with CaptureQueriesContext(connection) as asked:
        read(worker, cast.rookery)
    assert len(asked) == QUERIES, [one["sql"][:80] for one in asked]


QUERIES = 29
