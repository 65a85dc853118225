"""A setting is set up in one sitting: units, staff from a list, slips, and its own choices."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.establishments import queries, set_up_actions
from newel.record.establishments.models import ConfirmDays, Post, SharingChoice, Unit
from newel.record.stairs.activators import actions as activators
from tests.architecture.furnished import WORDING
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
HEAD = "name,login name,role,unit,discipline,agency,start"
BESSIE = "Bessie Lee,,Residential worker or officer,Rookery,Residential care,Suffolk Care,"
PROPOSED = {"sets_off": 90, "early_sign": 90, "helps": 90, "harder": 90, "strength": 180,
            "need": 180, "understanding": 180}  # fmt: skip


def at(name: str, cast: Cast) -> str:
    return reverse(f"establishments:{name}", args=[cast.rookery.setting.public_id])


def test_the_page_says_what_is_done_and_the_one_next_thing(
    cast: Cast, signed_in: type[Client]
) -> None:
    page = signed_in(cast.spenlow).get(at("set_up", cast)).content.decode()
    assert "Rookery, Yarmouth" in page
    assert page.count("newel-next__label") == 1
    assert "Print the slips for the first sign-in" in page
    assert "On record" in page


def test_several_units_are_added_at_once_or_none(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.spenlow)
    sent = {"names": "Attic\n\n  Red   Room \nRookery"}
    page = browser.post(at("set_up_units", cast), sent).content.decode()
    assert "has a unit of this name already" in page
    assert "Red   Room" in page
    assert not Unit.objects.filter(name="Attic").exists()
    sent = {"names": "Attic\nRed Room"}
    assert browser.post(at("set_up_units", cast), sent).status_code == 302
    assert Unit.objects.filter(name__in=("Attic", "Red Room")).count() == 2


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("", "Enter at least one unit"),
        ("Attic\nattic", "“Attic” is written twice"),
        ("...", "cannot be a unit’s name"),
        ("\n".join(f"Room {n}" for n in range(41)), "at most 40"),
    ],
)
def test_units_that_cannot_be_are_refused(
    names: str, said: str, cast: Cast, signed_in: type[Client]
) -> None:
    page = signed_in(cast.spenlow).post(at("set_up_units", cast), {"names": names})
    assert said in page.content.decode()


def test_a_file_is_read_shown_and_saved_in_two_presses(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.spenlow)
    file = SimpleUploadedFile("staff.csv", f"{HEAD}\n{BESSIE}\n".encode())
    shown = browser.post(at("staff_list", cast), {"file": file, "act": "read"}).content.decode()
    assert "Every line is clear. 1 will be saved." in shown
    assert "bessie.lee" in shown
    assert not StaffMember.objects.filter(username="bessie.lee").exists()
    sent = {"list": f"{HEAD}\n{BESSIE}\n", "act": "save"}
    answer = browser.post(at("staff_list", cast), sent)
    assert (answer.status_code, answer["Location"]) == (302, at("slips", cast))
    bessie = StaffMember.objects.get(username="bessie.lee")
    assert Post.objects.filter(staff=bessie, unit=cast.rookery).exists()


def test_a_line_with_a_problem_keeps_everything_from_being_saved(
    cast: Cast, signed_in: type[Client]
) -> None:
    wrong = BESSIE.replace("Bessie", "Bertha").replace("Rookery", "Rokery")
    sent = {"list": f"{HEAD}\n{BESSIE}\n{wrong}", "act": "save"}
    page = signed_in(cast.spenlow).post(at("staff_list", cast), sent).content.decode()
    assert "1 line needs an answer. Nothing is saved" in page
    assert "Did you mean “Rookery”?" in page
    assert "Save these people" not in page
    assert BESSIE in page.replace("&#39;", "'")
    assert not StaffMember.objects.filter(username="bessie.lee").exists()


def test_what_cannot_be_read_is_said_and_what_was_pasted_stays(
    cast: Cast, signed_in: type[Client]
) -> None:
    file = SimpleUploadedFile("staff.xlsx", b"PK\x03\x04rest")
    sent = {"file": file, "list": "half a list", "act": "read"}
    page = signed_in(cast.spenlow).post(at("staff_list", cast), sent).content.decode()
    assert "This is a spreadsheet file" in page
    assert "half a list" in page


def test_slips_are_shown_once_and_only_for_those_who_were_chosen(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.spenlow)
    answer = browser.post(at("slips", cast), {"for": [cast.peggotty.public_id]})
    page = answer.content.decode()
    assert page.count("newel-slip") == 1
    assert "Clara Peggotty" in page
    assert "no-store" in answer["Cache-Control"]
    peggotty = cast.peggotty
    assert peggotty.must_choose_password
    assert not cast.barkis.must_choose_password


def test_who_has_signed_in_gets_no_slip(cast: Cast, signed_in: type[Client]) -> None:
    StaffMember.objects.filter(username="peggotty").update(last_login=NOW)
    page = signed_in(cast.spenlow).post(at("slips", cast), {"for": [cast.peggotty.public_id]})
    assert "Choose who gets a slip" in page.content.decode()
    assert not cast.peggotty.must_choose_password


def test_nobody_gets_a_slip_for_a_setting_where_they_do_not_work(
    cast: Cast, signed_in: type[Client]
) -> None:
    signed_in(cast.spenlow).post(at("slips", cast), {"for": [cast.leah.public_id]})
    assert not cast.leah.must_choose_password


def choose_days(cast: Cast, **days: int) -> None:
    with acting(cast.spenlow.pk):
        set_up_actions.choose_confirm_days(
            setting=cast.rookery.setting, days=PROPOSED | days, source="Meeting of 3 March",
            by=cast.spenlow, at=NOW,
        )  # fmt: skip


def test_a_settings_own_number_counts_there_and_nowhere_else(cast: Cast) -> None:
    choose_days(cast, helps=30)
    assert queries.confirm_by_days(setting=cast.rookery.setting, kind="helps") == 30
    assert queries.confirm_by_days(setting=cast.rookery.setting, kind="need") == 180
    assert queries.confirm_by_days(setting=cast.ferndean.setting, kind="helps") == 90
    assert queries.confirm_by_days(setting=None, kind="helps") == 90


@pytest.mark.parametrize(("kind", "days"), [("helps", 30), ("need", 180)])
def test_what_is_agreed_and_confirmed_there_follows_it(kind: str, days: int, cast: Cast) -> None:
    """H2"""
    choose_days(cast, helps=30)
    today = timezone.localdate(NOW)
    with acting(cast.chillip.pk):
        draft = activators.write_statement(
            child=cast.david, by=cast.chillip, at=NOW,
            **{**WORDING, "kind": kind, "said_on": today},
        )  # fmt: skip
        agreed = activators.agree_statement(statement=draft, by=cast.chillip, at=NOW)
        assert agreed.confirm_by == today + timedelta(days=days)
        activators.confirm_statement(
            statement=agreed, by=cast.chillip, at=NOW, what_was_seen="He walked."
        )
        agreed.refresh_from_db()
        assert agreed.confirm_by == today + timedelta(days=days)


def test_a_new_number_does_not_move_a_date_that_is_there(cast: Cast) -> None:
    today = timezone.localdate(NOW)
    with acting(cast.chillip.pk):
        draft = activators.write_statement(
            child=cast.david, by=cast.chillip, at=NOW, **{**WORDING, "said_on": today}
        )
        agreed = activators.agree_statement(statement=draft, by=cast.chillip, at=NOW)
    choose_days(cast, sets_off=30)
    with acting(cast.chillip.pk):
        agreed.refresh_from_db()
    assert agreed.confirm_by == today + timedelta(days=90)


def test_the_form_keeps_who_decided_and_the_numbers_before(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.spenlow)
    sent = {kind: str(days) for kind, days in PROPOSED.items()} | {"helps": "45"}
    page = browser.post(at("confirm_days", cast), sent).content.decode()
    assert "Enter who decided this" in page
    assert 'value="45"' in page
    assert browser.post(at("confirm_days", cast), sent | {"source": "Meeting"}).status_code == 302
    choose_days(cast, helps=30)
    page = browser.get(at("confirm_days", cast)).content.decode()
    assert "What helps: 45 days" in page
    assert "What helps: 30 days" in page
    assert "Entered by Dora Spenlow" in page


@pytest.mark.parametrize(("days", "said"), [("6", "7 or more"), ("366", "365 or less"), ("x", "")])
def test_a_number_beyond_the_bounds_is_refused(
    days: str, said: str, cast: Cast, signed_in: type[Client]
) -> None:
    sent = {kind: str(days) for kind, days in PROPOSED.items()} | {"helps": days, "source": "Us"}
    page = signed_in(cast.spenlow).post(at("confirm_days", cast), sent)
    assert said in page.content.decode()
    assert not ConfirmDays.objects.exists()


def test_a_choice_is_never_altered(cast: Cast) -> None:
    choose_days(cast)
    with pytest.raises(IntegrityError, match="stays as it was"), acting(cast.spenlow.pk):
        ConfirmDays.objects.update(days=8)


def choose_sharing(cast: Cast, **levels: str) -> None:
    with acting(cast.spenlow.pk):
        set_up_actions.choose_sharing(
            setting=cast.rookery.setting, team_in_words="Unit, school and nurse", levels=levels,
            by=cast.spenlow, at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("life_event", "scoping:add_event"),
        ("statement", "activators:write_statement"),
    ],
)
def test_the_usual_readers_are_chosen_before_and_can_be_changed(
    kind: str, page: str, cast: Cast, signed_in: type[Client]
) -> None:
    address = reverse(page, args=[cast.david.public_id])
    browser = signed_in(cast.chillip)
    choose_sharing(cast, **{kind: "ask"})
    assert not _is_picked(browser.get(address).content.decode(), "team")
    choose_sharing(cast, **{kind: "team"})
    shown = browser.get(address).content.decode()
    assert "Unit, school and nurse" in shown
    assert _is_picked(shown, "team")


def _is_picked(page: str, level: str) -> bool:
    start = page.index(f'value="{level}"')
    return "checked" in page[start : page.index(">", start)]


def test_nothing_is_ever_opened_to_the_child_by_default(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H12"""
    sent = {"team_in_words": "Us", "scoping": "child_open", "life_event": "team",
            "statement": "team"}  # fmt: skip
    page = signed_in(cast.spenlow).post(at("sharing_choice", cast), sent).content.decode()
    assert "from the list" in page
    assert not SharingChoice.objects.exists()


@pytest.mark.parametrize("name", ["set_up", "set_up_units", "staff_list", "slips",
                                  "sharing_choice", "confirm_days"])  # fmt: skip
@pytest.mark.parametrize("person", ["trotwood", "strong", "chillip", "peggotty"])
def test_only_an_administrator_sets_up(
    name: str, person: str, cast: Cast, signed_in: type[Client]
) -> None:
    assert signed_in(getattr(cast, person)).get(at(name, cast)).status_code == 403
    assert signed_in(cast.spenlow).get(at(name, cast)).status_code == 200
