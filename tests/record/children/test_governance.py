"""Governance: named access, blocks, and who looked, for the children of one's own settings."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access import audit
from newel.record.access.transactions import acting
from newel.record.children import actions, governance_queries, queries
from newel.record.children.models import Block, Child, Grant, Stay
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db


def url(name: str, cast: Cast, *more: str) -> str:
    return reverse(f"children:{name}", args=[cast.david.public_id, *more])


def on_day(days: int) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {"ends": "day", "ends_on-day": str(day.day), "ends_on-month": str(day.month),
            "ends_on-year": str(day.year)}  # fmt: skip


@pytest.mark.parametrize(
    ("person", "watches"),
    [
        ("strong", {"David", "Tommy"}),
        ("eshton", {"Jane"}),
        ("spenlow", set()),
        ("chillip", set()),
        ("trotwood", set()),
    ],
)
def test_each_watches_over_just_these_children(person: str, watches: set[str], cast: Cast) -> None:
    staff = getattr(cast, person)
    with acting(staff.pk):
        found = governance_queries.watched_children(by=staff, at=datetime.now(UTC))
        assert {child.preferred_name for child in found} == watches


def test_watching_goes_on_after_the_stay_for_the_questions_that_come_later(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        actions.end_stay(stay=Stay.objects.get(child=cast.david), at=datetime.now(UTC))
    with acting(cast.strong.pk):
        found = governance_queries.watched_children(by=cast.strong, at=datetime.now(UTC))
        assert "David" in {child.preferred_name for child in found}


def test_named_access_opens_the_record_and_ends_at_once(
    cast: Cast, signed_in: type[Client]
) -> None:
    lead, theirs = signed_in(cast.strong), signed_in(cast.micawber)
    record = url("child", cast)
    sent = {"staff": "Wilkins Micawber", "purpose": "Check-in after the move"} | on_day(42)
    assert theirs.get(record).status_code == 404
    assert lead.post(url("give_access", cast), sent).status_code == 302
    assert theirs.get(record).status_code == 200
    with acting(cast.strong.pk):
        grant = Grant.objects.get()
    assert "Check-in after the move" in lead.get(url("governed_child", cast)).content.decode()
    lead.post(url("end_grant", cast, grant.public_id))
    assert theirs.get(record).status_code == 404


def test_the_last_day_of_named_access_counts(cast: Cast, signed_in: type[Client]) -> None:
    sent = {"staff": "micawber", "purpose": "Check-in"} | on_day(0)
    signed_in(cast.strong).post(url("give_access", cast), sent)
    assert signed_in(cast.micawber).get(url("child", cast)).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"staff": "nobody"}, "Nobody who signs in to Newel has this name"),
        ({"staff": "heep"}, "that role opens no child’s record"),
        ({"purpose": ""}, "Enter what it is for"),
        ({"ends": "day"}, "Enter the last day"),
        (on_day(-1), "The last day must not be before"),
        (on_day(400), "The last day must not be after"),
    ],
)
def test_access_without_a_person_a_purpose_or_an_end_is_refused(
    sent: dict[str, str], said: str, cast: Cast, signed_in: type[Client]
) -> None:
    given = {"staff": "micawber", "purpose": "Check-in", "ends": "stay"} | sent
    page = signed_in(cast.strong).post(url("give_access", cast), given).content.decode()
    assert said in page
    with acting(cast.strong.pk):
        assert not Grant.objects.exists()


def test_two_people_of_one_name_are_not_mixed_up(cast: Cast, signed_in: type[Client]) -> None:
    cast.micawber.__class__.objects.filter(username="leah").update(
        name="Wilkins Micawber", name_key="wilkins micawber"
    )
    sent = {"staff": "Wilkins Micawber", "purpose": "Check-in", "ends": "stay"}
    page = signed_in(cast.strong).post(url("give_access", cast), sent).content.decode()
    assert "2 people have this name. Enter the name they sign in with" in page


def test_a_block_closes_the_record_at_once_until_it_is_lifted(
    cast: Cast, signed_in: type[Client]
) -> None:
    lead, theirs = signed_in(cast.strong), signed_in(cast.peggotty)
    assert theirs.get(url("child", cast)).status_code == 200
    lead.post(url("set_block", cast), {"staff": "peggotty", "reason": "Her nephew"})
    assert theirs.get(url("child", cast)).status_code == 404
    page = lead.post(url("set_block", cast), {"staff": "peggotty", "reason": "Again"})
    assert "Clara Peggotty is already blocked from this record." in page.content.decode()
    with acting(cast.strong.pk):
        block = Block.objects.get()
    lead.post(url("lift_block", cast, block.public_id))
    assert theirs.get(url("child", cast)).status_code == 200


def test_another_settings_lead_does_nothing_here(cast: Cast, signed_in: type[Client]) -> None:
    lead = signed_in(cast.eshton)
    sent = {"staff": "micawber", "purpose": "Check-in", "ends": "stay", "reason": "No"}
    for page in ("give_access", "set_block"):
        assert lead.post(url(page, cast), sent).status_code == 404
    with acting(cast.strong.pk):
        assert not Grant.objects.exists()
        assert not Block.objects.exists()


def test_who_looked_says_who_when_and_at_what(cast: Cast, signed_in: type[Client]) -> None:
    signed_in(cast.peggotty).get(url("child", cast))
    signed_in(cast.trotwood).get(url("home_address", cast, "2" * 14))
    page = signed_in(cast.strong).get(url("who_looked", cast)).content.decode()
    assert "Clara Peggotty, residential worker<" in page
    assert "Looked at the front page of the record" in page


def test_the_same_page_on_the_same_day_is_one_row_that_says_how_often(
    cast: Cast, signed_in: type[Client]
) -> None:
    look_many_times(cast, 22)
    page = signed_in(cast.strong).get(url("who_looked", cast)).content.decode()
    assert page.count("Clara Peggotty, residential worker<") == 1
    assert "Looked at the front page of the record, 22 times" in page


def test_every_single_look_is_reached_from_its_row(cast: Cast, signed_in: type[Client]) -> None:
    look_many_times(cast, 22)
    look_many_times(cast, 2, page="scoping:timeline")
    signed_in(cast.trotwood).get(url("child", cast))
    lead = signed_in(cast.strong)
    together = lead.get(url("who_looked", cast)).content.decode()
    links = re.findall(r'href="([^"]*)">Each time<', together)
    assert len(links) == 2
    first = lead.get(unescape(links[0])).content.decode()
    assert first.count("Clara Peggotty, residential worker<") == 20
    assert "Betsey Trotwood" not in first
    older = re.search(r'href="([^"]*)">Older<', first)
    assert older
    rest = lead.get(unescape(older[1])).content.decode()
    assert rest.count("Clara Peggotty, residential worker<") == 4
    assert "Newer" in rest


def test_printing_a_refusal_and_another_page_are_rows_of_their_own(cast: Cast) -> None:
    look_many_times(cast, 3)
    look_many_times(cast, 2, act="print")
    look_many_times(cast, 1, page="scoping:timeline")
    look_many_times(cast, 4, act="refused")
    assert sorted((one.act, one.page, one.times) for one in looked(cast)) == [
        ("print", "children:child", 2),
        ("refused", "children:child", 4),
        ("view", "children:child", 3),
        ("view", "scoping:timeline", 1),
    ]


def test_an_emergency_is_never_one_of_many(cast: Cast) -> None:
    look_many_times(cast, 3, act="break_glass")
    assert [one.times for one in looked(cast)] == [1, 1, 1]


def test_one_day_in_london_is_a_day_and_everything_of_it_is_found(cast: Cast) -> None:
    look_many_times(cast, 2)
    today = timezone.localdate()
    assert sum(one.times for one in looked(cast, on=looked(cast)[0].on)) >= 1
    assert looked(cast, on=today - timedelta(days=2)) == []
    assert looked(cast, staff=cast.barkis) == []
    assert sum(one.times for one in looked(cast, staff=cast.peggotty, each=True)) == 2


def look_many_times(
    cast: Cast, times: int, *, act: str = "view", page: str = "children:child"
) -> None:
    with acting(cast.peggotty.pk, page=page):
        for _ in range(times):
            audit.record(act, thing="page", child_id=cast.david.pk)


def looked(cast: Cast, **what: Any) -> list[governance_queries.Looked]:
    with acting(cast.strong.pk):
        david = Child.objects.get(preferred_name="David")
        return governance_queries.looks(child=david, first=0, count=50, **what)


@pytest.mark.parametrize(
    "asked",
    [
        {"day": "x"},
        {"day": "2026-13-45"},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"each": "", "page": "9999"},
    ],
)
def test_what_cannot_be_asked_for_is_no_error(
    asked: dict[str, str], cast: Cast, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    assert lead.get(url("who_looked", cast), asked).status_code == 200


def test_looks_of_somebody_who_is_nobody_are_not_there(cast: Cast, signed_in: type[Client]) -> None:
    lead = signed_in(cast.strong)
    assert lead.get(url("who_looked", cast), {"person": "nobody\x00"}).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "９", "99999999999999", "\x00"])
def test_a_page_number_that_is_none_is_no_error(
    page: str, cast: Cast, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    assert lead.get(url("who_looked", cast), {"page": page}).status_code == 200


def test_looking_at_who_looked_is_itself_audited(cast: Cast, signed_in: type[Client]) -> None:
    lead = signed_in(cast.strong)
    lead.get(url("who_looked", cast))
    assert "Annie Strong" in lead.get(url("who_looked", cast)).content.decode()


def test_a_governance_lead_reaches_no_child_however_they_ask(cast: Cast) -> None:
    with acting(cast.strong.pk):
        assert not queries.children(visible_to=cast.strong, at=datetime.now(UTC)).exists()
        assert queries.child(
            public_id=cast.david.public_id, visible_to=cast.strong, at=datetime.now(UTC)
        ) is None  # fmt: skip
    with acting(cast.strong.pk):
        david = Child.objects.get(preferred_name="David")
        assert not queries.team_now(child=david, at=datetime.now(UTC)).exists()
        assert not queries.legal_reasons(child=david).exists()
        assert not queries.homes(child=david).exists()
        assert not queries.identifiers(child=david).exists()


def test_access_tied_to_the_stay_is_shown_as_ended_with_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.strong.pk):
        actions.give_access(
            child=cast.david, staff=cast.micawber, by=cast.strong, at=LONG_AGO, purpose="Reports",
            stay=Stay.objects.get(child=cast.david),
        )  # fmt: skip
    david = cast.david.public_id
    with acting(cast.chillip.pk):
        actions.end_stay(stay=Stay.objects.get(child=cast.david), at=datetime.now(UTC))
    page = signed_in(cast.strong).get(reverse("children:governed_child", args=[david]))
    assert "Ended with the stay on" in page.content.decode()


def test_a_name_on_a_list_is_shown_apart_from_who_opened_the_record(
    cast: Cast, signed_in: type[Client]
) -> None:
    worker, lead = signed_in(cast.peggotty), signed_in(cast.strong)
    worker.get(reverse("overview:shift"))
    worker.get(reverse("children:find"), {"q": "david"})
    opened = lead.get(url("who_looked", cast)).content.decode()
    assert "Clara Peggotty" not in opened
    assert "Who saw David’s name on a list" in opened
    listed = lead.get(url("who_looked", cast) + "?lists").content.decode()
    assert "Saw the name on the shift page" in listed
    assert "Saw the name when searching for a child" in listed
    assert "They did not open the record with it." in listed


def test_a_governance_leads_own_list_is_in_the_chains_of_the_children_on_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    lead.get(reverse("children:governance"))
    listed = lead.get(url("who_looked", cast) + "?lists").content.decode()
    assert "Annie Strong, governance lead" in listed
    assert "among the children that governance watches over" in listed


def test_names_on_lists_are_together_and_each_by_itself_too(
    cast: Cast, signed_in: type[Client]
) -> None:
    look_many_times(cast, 21, act="list", page="overview:shift")
    lead = signed_in(cast.strong)
    together = lead.get(url("who_looked", cast), {"lists": ""}).content.decode()
    assert "Saw the name on the shift page, 21 times" in together
    first = lead.get(url("who_looked", cast), {"lists": "", "each": ""}).content.decode()
    older = re.search(r'href="([^"]*)">Older<', first)
    assert older
    second = lead.get(unescape(older[1])).content.decode()
    assert "Newer" in second
    assert "Clara Peggotty, residential worker<" in second
