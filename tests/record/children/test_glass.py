"""Opening a record in an emergency: fast, with a reason, an end and a notice (H9, H30)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children import actions, policies
from newel.record.children.models import BreakGlass, Notice
from newel.record.design_system.dates import clock_time, time_of_day
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
REASON = "He ran on to our unit and is bleeding"


def ask(browser: Client, cast: Cast, **answers: str) -> Any:
    sent = {"name": "David", "unit": cast.rookery.public_id, "reason": REASON} | answers
    return browser.post(reverse("children:break_glass"), sent)


def front(cast: Cast) -> str:
    return reverse("children:child", args=[cast.david.public_id])


def broken(cast: Cast) -> list[BreakGlass]:
    with acting(cast.strong.pk):
        return list(BreakGlass.objects.select_related("staff"))


def test_the_record_opens_at_once_and_says_until_when(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.barkis)
    assert browser.get(front(cast)).status_code == 404
    answer = ask(browser, cast)
    assert answer.headers["Location"] == front(cast)
    page = browser.get(front(cast)).content.decode()
    (glass,) = broken(cast)
    assert f"Opened in an emergency until {time_of_day(glass.ends_at)}" in page
    assert glass.ends_at - glass.starts_at == timedelta(hours=3)
    assert glass.reason == REASON


def test_it_closes_by_itself(cast: Cast, signed_in: type[Client]) -> None:
    then = datetime.now(UTC) - timedelta(hours=3)
    with acting(cast.barkis.pk):
        actions.break_glass(child_id=cast.david.pk, by=cast.barkis, at=then, reason=REASON)
    assert signed_in(cast.barkis).get(front(cast)).status_code == 404


def test_the_governance_lead_is_told_and_marks_it_as_seen(
    cast: Cast, signed_in: type[Client]
) -> None:
    ask(signed_in(cast.barkis), cast)
    lead = signed_in(cast.strong)
    page = lead.get(reverse("children:governance")).content.decode()
    assert f"Reason: {REASON}" in page
    assert "Will Barkis" in page
    with acting(cast.strong.pk):
        notice = Notice.objects.get()
    lead.post(reverse("children:see_notice", args=[notice.public_id]))
    page = lead.get(reverse("children:governance")).content.decode()
    assert "Nothing new." in page
    assert "Seen by Annie Strong" in page


def test_another_settings_governance_lead_is_not_told(cast: Cast, signed_in: type[Client]) -> None:
    ask(signed_in(cast.barkis), cast)
    lead = signed_in(cast.eshton)
    assert REASON not in lead.get(reverse("children:governance")).content.decode()
    with acting(cast.strong.pk):
        notice = Notice.objects.get()
    assert lead.post(reverse("children:see_notice", args=[notice.public_id])).status_code == 404


@pytest.mark.parametrize("reason", ["", "urgent", "child at risk", "🦊 🦊 🦊"])
def test_a_reason_is_at_least_a_sentence(reason: str, cast: Cast, signed_in: type[Client]) -> None:
    assert ask(signed_in(cast.barkis), cast, reason=reason).status_code == 200
    assert broken(cast) == []


@pytest.mark.parametrize("name", ["Emily", "Tommy", "Dav", "Davy Murdstone", "🦊", "%"])
def test_no_match_is_said_and_leaves_a_trace(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.barkis)
    page = ask(browser, cast, name=name).content.decode()
    assert "No child by that name is on that unit." in page or "Use at least one letter" in page
    assert broken(cast) == []


def test_trying_names_is_audited(cast: Cast, signed_in: type[Client]) -> None:
    ask(signed_in(cast.barkis), cast, name="Emily")
    with acting(cast.strong.pk):
        tried = AuditEvent.objects.filter(act="break_glass_found_nobody")
        assert tried.get().actor == cast.barkis.pk


def test_a_child_of_another_setting_cannot_be_reached_this_way(
    cast: Cast, signed_in: type[Client]
) -> None:
    page = ask(signed_in(cast.barkis), cast, name="Jane", unit=cast.ferndean.public_id)
    assert "Choose" in page.content.decode()
    assert broken(cast) == []


def test_a_blocked_person_finds_nobody(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.strong.pk):
        actions.block(
            child=cast.david, staff=cast.barkis, by=cast.strong, at=LONG_AGO, reason="His uncle"
        )
    page = ask(signed_in(cast.barkis), cast).content.decode()
    assert "No child by that name is on that unit." in page
    assert broken(cast) == []


def test_a_record_that_is_open_already_tells_nobody(cast: Cast, signed_in: type[Client]) -> None:
    answer = ask(signed_in(cast.peggotty), cast)
    assert answer.headers["Location"] == front(cast)
    assert broken(cast) == []


def two_davids(cast: Cast, born_on: date | None) -> None:
    with acting(cast.chillip.pk):
        actions.refer(
            by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name="David Swan",
            born_on=born_on,
        )  # fmt: skip


def born(day: int, month: int, year: int) -> dict[str, str]:
    return {"born_on-day": str(day), "born_on-month": str(month), "born_on-year": str(year)}


def test_two_of_one_name_are_told_apart_by_a_date_of_birth_that_is_not_shown(
    cast: Cast, signed_in: type[Client]
) -> None:
    two_davids(cast, date(2012, 8, 1))
    browser = signed_in(cast.barkis)
    page = ask(browser, cast).content.decode()
    assert "More than one child there goes by that name." in page
    assert "born_on-day" in page
    for told in ("2011", "2012", "Swan"):
        assert told not in page
    assert broken(cast) == []
    assert ask(browser, cast, **born(4, 3, 2011)).headers["Location"] == front(cast)


def test_a_wrong_date_of_birth_opens_nothing(cast: Cast, signed_in: type[Client]) -> None:
    two_davids(cast, None)
    page = ask(signed_in(cast.barkis), cast, **born(5, 3, 2011)).content.decode()
    assert "No child by that name with that date of birth is on that unit." in page
    assert broken(cast) == []


def test_twins_of_one_name_are_not_guessed(cast: Cast, signed_in: type[Client]) -> None:
    two_davids(cast, date(2011, 3, 4))
    page = ask(signed_in(cast.barkis), cast, **born(4, 3, 2011)).content.decode()
    assert "Ask the person in charge of the unit." in page
    assert broken(cast) == []


def test_the_time_it_is_open_until_is_in_the_clock_on_the_wall(cast: Cast) -> None:
    july = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert time_of_day(july) == "1:00pm"
    assert timezone.get_default_timezone_name() == "Europe/London"


@pytest.mark.parametrize(
    "name",
    ["david", "Davy", "Dave", "Copperfield", "Trotwood", "David Copperfield", "Davy, Copperfield"],
)
def test_any_name_that_the_child_goes_by_opens_the_record(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    assert ask(signed_in(cast.barkis), cast, name=name).headers["Location"] == front(cast)


@pytest.mark.parametrize("name", ["Murdstone", "David Murdstone", "Dvaid", "D", "Copper", "Tommy"])
def test_an_emergency_never_guesses(name: str, cast: Cast, signed_in: type[Client]) -> None:
    """H34: a name from before opens nothing, and neither does a slip of the finger."""
    ask(signed_in(cast.barkis), cast, name=name)
    assert broken(cast) == []


def test_a_name_that_is_written_as_one_word_or_two_is_the_same(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        actions.refer(by=cast.chillip, at=LONG_AGO, unit=cast.rookery, preferred_name="Mary-Ann")
    browser = signed_in(cast.barkis)
    for name in ("Maryann", "mary ann"):
        assert "Mary-Ann" in browser.get(ask(browser, cast, name=name)["Location"]).content.decode()


def test_after_five_names_that_nobody_goes_by_it_has_to_wait(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H30: the page is no way to find out who is where. The answer to a sixth tells nothing."""
    browser = signed_in(cast.barkis)
    for name in ("Emily", "Ham", "Dan", "Martha", "Em"):
        assert "No child by that name" in ask(browser, cast, name=name).content.decode()
    page = ask(browser, cast).content.decode()
    assert "Too many names that nobody goes by there. You can try again at" in page
    assert broken(cast) == []
    with acting(cast.strong.pk):
        tried = AuditEvent.objects.filter(act__in=["break_glass_found_nobody", "break_glass_shut"])
        assert [one.act for one in tried.order_by("pk")] == [
            *["break_glass_found_nobody"] * 5, "break_glass_shut",
        ]  # fmt: skip
    assert (
        ask(signed_in(cast.leah), cast, unit=cast.ferndean.public_id, name="Jane").status_code
        == 302
    )
    assert signed_in(cast.peggotty).get("/shift/").status_code == 200


def test_it_opens_again_after_five_minutes(cast: Cast) -> None:
    then = datetime.now(UTC) - timedelta(minutes=5)
    with acting(cast.barkis.pk):
        for _ in range(5):
            actions.find_nobody_behind_glass(unit=cast.rookery, by=cast.barkis, at=then)
        policies.check_names_may_be_tried(cast.barkis, datetime.now(UTC))
        with pytest.raises(policies.NotNow, match="Too many names"):
            policies.check_names_may_be_tried(cast.barkis, then)


def test_what_was_typed_to_find_the_child_is_there_already(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.barkis)
    page = browser.get(reverse("children:find"), {"q": "Davy"}).content.decode()
    assert "/children/break-glass/?name=Davy" in page
    page = browser.get(reverse("children:break_glass"), {"name": "Davy"}).content.decode()
    assert 'value="Davy"' in page


def test_the_hour_that_is_there_twice_says_which_of_the_two_is_meant() -> None:
    opened = datetime(2026, 10, 24, 22, 15, tzinfo=UTC)  # 11:15pm, three hours before 1:15am again
    assert clock_time(opened + timedelta(hours=2)) == "1:15am, before the clocks go back"
    assert clock_time(opened + timedelta(hours=3)) == "1:15am, after the clocks go back"
    assert clock_time(opened) == "11:15pm"


def test_it_is_open_for_three_hours_on_the_night_the_clocks_go_back(cast: Cast) -> None:
    opened = datetime(2026, 10, 24, 22, 15, tzinfo=UTC)
    with acting(cast.barkis.pk), connection.cursor() as cursor:
        actions.break_glass(child_id=cast.david.pk, by=cast.barkis, at=opened, reason=REASON)
        for minutes, open_then in ((179, True), (181, False)):
            at = opened + timedelta(minutes=minutes)
            cursor.execute("SELECT children_reach(%s, %s)", [cast.barkis.pk, at])
            assert (cast.david.pk in cursor.fetchone()[0]) == open_then
