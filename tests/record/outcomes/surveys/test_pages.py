"""The pages of surveys: who opens them, what they say, and that nothing typed is lost."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newel.evidence.measures import measure as definition
from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.outcomes.surveys import codes, guesses
from newel.record.outcomes.surveys.models import Wave
from tests.cast import Cast
from tests.record.outcomes import worded
from tests.record.outcomes.surveys.surveyed import (
    NOW,
    answered,
    close,
    hand_in,
    open_now,
    said,
    slips,
    through_the_pages,
    wave,
)
from tests.record.outcomes.surveys.test_waves import works_on_rookery

ANSWER = "/survey/answer/"


@pytest.fixture(autouse=True)
def nobody_guessed_before() -> None:
    guesses.forget()


def page(client: Client, name: str, of: Wave, *more: str) -> str:
    address = reverse(f"surveys:{name}", args=[of.public_id, *more])
    return client.get(address, follow=True).content.decode()


def test_a_survey_is_planned_in_one_form(db: None, cast: Cast, signed_in: type[Client]) -> None:
    browser, today = signed_in(cast.trotwood), timezone.localdate()
    last = today + timedelta(days=10)
    sent = {"measure": "essences", "place": cast.rookery.public_id, "asked": ["staff", "residents"]}
    for name, value in (("opens_on", today), ("closes_on", last)):
        sent |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
    done = browser.post(reverse("surveys:plan"), sent, follow=True)
    assert "The survey is planned" in done.content.decode()
    made = Wave.objects.get()
    assert (made.unit, made.opens_on, made.closes_on) == (cast.rookery, today, last)
    assert {one.asked for one in made.groups.all()} == {"staff", "residents"}
    again = browser.post(reverse("surveys:plan"), sent).content.decode()
    assert "is open there. Close it first" in again
    assert "checked" in again  # nothing that was chosen is lost


def test_only_settings_where_one_works_are_offered(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    offered = signed_in(cast.trotwood).get(reverse("surveys:plan")).content.decode()
    assert "Rookery, Blunderstone House" in offered
    assert "Ferndean" not in offered
    assert "Rookery" not in signed_in(cast.heep).get(reverse("surveys:plan")).content.decode()


def test_another_house_is_not_found(db: None, cast: Cast, signed_in: type[Client]) -> None:
    made = wave(cast)
    for person in (cast.fairfax, cast.heep):
        browser = signed_in(person)
        for name, more in (("wave", []), ("close", []), ("results", []), ("make_slips", ["staff"]),
                           ("results_file", ["csv"]),
                           ("together", ["staff"])):  # fmt: skip
            address = reverse(f"surveys:{name}", args=[made.public_id, *more])
            assert browser.get(address).status_code == 404
            assert browser.post(address, {"number": "3"}).status_code == 404


def test_h20_from_inside_the_unit_no_count_no_slip_and_no_button_is_there_before_it_is_closed(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    made = open_now(cast)
    hand_in(slips(cast, made, number=6)[:2], today=made.opens_on)
    outside, inside = signed_in(cast.trotwood), signed_in(cast.chillip)
    assert "6 slips made, 2 answered" in page(outside, "wave", made)
    works_on_rookery(cast)
    told = page(inside, "wave", made)
    assert "for somebody from outside it" in told
    for words in ("slips made", "Make slips", "Close it"):
        assert words not in told
    for name, more in (("make_slips", ["staff"]), ("close", [])):
        address = reverse(f"surveys:{name}", args=[made.public_id, *more])
        assert inside.get(address).status_code == 404
        assert inside.post(address, {"number": "5"}).status_code == 404
    close(cast, made, at=datetime.now(UTC) + timedelta(days=30))
    assert "6 slips made, 2 answered" in page(inside, "wave", made)


def test_the_sheet_has_every_code_once_as_text_and_as_a_square(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    made = open_now(cast)
    address = reverse("surveys:make_slips", args=[made.public_id, "residents"])
    sheet = signed_in(cast.trotwood).post(address, {"number": "4"})
    told = sheet.content.decode()
    assert told.count("QR code of this slip") == 4
    assert "Nobody knows which slip is yours" in told
    assert "Rookery" in told
    assert sheet.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", ["", "0", "201", "six", "-3", "1e2"])
def test_a_number_of_slips_that_cannot_be_is_said(
    db: None, cast: Cast, signed_in: type[Client], number: str
) -> None:
    made = open_now(cast)
    address = reverse("surveys:make_slips", args=[made.public_id, "staff"])
    told = signed_in(cast.trotwood).post(address, {"number": number}).content.decode()
    assert "There is a problem" in told
    assert "QR code" not in told


def test_a_person_answers_from_the_code_to_the_last_button(
    db: None, cast: Cast, client: Client
) -> None:
    made = open_now(cast)
    for asked in ("staff", "residents"):
        code = slips(cast, made, asked, number=1)[0]
        done = through_the_pages(client, code, said(every=3, _05=None), asked=asked)
        assert done.status_code == 302
        told = client.get(done.headers["Location"]).content.decode()
        assert "Nobody can tell which are yours" in told


def test_before_the_first_question_it_is_said_who_sees_what(
    db: None, cast: Cast, client: Client
) -> None:
    made = open_now(cast)
    told = {}
    for asked in ("staff", "residents"):
        code = slips(cast, made, asked, number=1)[0]
        told[asked] = client.post(ANSWER, {"code": code}).content.decode()
        assert "5 or more" in told[asked] or "5 forms or more" in told[asked]
        assert "Who sees what" in told[asked]
    assert "no sign-in, no name, no time" in told["staff"]
    assert "tell an adult you trust" in told["residents"]
    assert "You can stop at any time" in told["residents"].replace("\n", " ")


def test_h9_it_is_said_that_nobody_can_help_because_of_an_answer(
    db: None, cast: Cast, client: Client
) -> None:
    code = slips(cast, open_now(cast), "residents", number=1)[0]
    told = " ".join(client.post(ANSWER, {"code": code}).content.decode().split())
    assert "nobody can help you because of what you say here" in told


def test_residents_get_one_question_a_screen_and_staff_few_pages(
    db: None, cast: Cast, client: Client
) -> None:
    made = open_now(cast)
    seen = {}
    for asked in ("staff", "residents"):
        code = slips(cast, made, asked, number=1)[0]
        first = client.post(ANSWER, {"code": code, "go": "begin", "screen": "0"}).content.decode()
        seen[asked] = first.count("<fieldset")
        assert first.count("I don’t want to answer") == seen[asked]
    assert seen == {"staff": 6, "residents": 1}


def test_an_answer_or_not_wanting_to_is_asked_for_before_the_next_question(
    db: None, cast: Cast, client: Client
) -> None:
    code = slips(cast, open_now(cast), "residents", number=1)[0]
    typed = {"code": code, "essences_01": "4", "screen": "1", "go": "next"}
    told = client.post(ANSWER, typed).content.decode()
    assert "Choose an answer, or “I don’t want to answer”" in told
    assert "Question 2 of 17" in told
    assert 'name="essences_01" value="4"' in told  # carried on, nothing lost
    told = client.post(ANSWER, typed | {"essences_02": "declined"}).content.decode()
    assert "Question 3 of 17" in told


def test_going_back_keeps_every_answer(db: None, cast: Cast, client: Client) -> None:
    code = slips(cast, open_now(cast), "residents", number=1)[0]
    typed = {"code": code, "essences_01": "4", "essences_02": "1", "screen": "1", "go": "back"}
    told = client.post(ANSWER, typed).content.decode()
    assert "Question 1 of 17" in told
    assert 'value="4" checked' in told
    assert 'name="essences_02" value="1"' in told


def test_staff_are_told_what_is_still_empty_before_they_send(
    db: None, cast: Cast, client: Client
) -> None:
    code = slips(cast, open_now(cast), number=1)[0]
    typed = {"code": code, "essences_01": "4", "essences_02": "declined", "screen": "2"}
    told = client.post(ANSWER, typed | {"go": "next"}).content.decode()
    assert "You answered 1 of 17 questions" in told
    assert "15 have no answer yet" in told


@pytest.mark.parametrize(
    "value", ["5", "-1", "2.0", "nan", "inf", "1e0", "<b>", "\x00", "9" * 5000]
)
def test_what_no_page_of_ours_sends_counts_as_no_answer(
    db: None, cast: Cast, client: Client, value: str
) -> None:
    code = slips(cast, open_now(cast), "residents", number=1)[0]
    typed = {"code": code, "essences_01": value, "screen": "0", "go": "next"}
    told = client.post(ANSWER, typed)
    assert told.status_code == 200
    assert "Question 1 of 17" in told.content.decode()


@pytest.mark.parametrize("screen", ["", "x", "-1", "99", "٣", "1" * 4000, "1" * 9000])
def test_a_screen_that_there_is_not_is_another_one(
    db: None, cast: Cast, client: Client, screen: str
) -> None:
    code = slips(cast, open_now(cast), number=1)[0]
    for go in ("next", "back", "begin", "nonsense"):
        assert client.post(ANSWER, {"code": code, "go": go, "screen": screen}).status_code == 200


def told_about(client: Client, code: str, **more: str) -> str:
    return client.post(ANSWER, {"code": code, **more}).content.decode()


def test_a_slip_that_was_used_says_so_and_shows_no_answers(
    db: None, cast: Cast, client: Client
) -> None:
    made = open_now(cast)
    code = slips(cast, made, number=2)[0]
    hand_in([code], said(every=4), today=made.opens_on)
    for more in ({}, {"go": "next", "screen": "1"}, {"go": "send", "essences_01": "2"}):
        told = told_about(client, code, **more)
        assert "This slip has been used" in told
        assert "essences" not in told


def test_late_early_unknown_and_mistyped_each_have_a_sentence(
    db: None, cast: Cast, client: Client
) -> None:
    today = timezone.localdate()
    late = slips(cast, wave(cast, measure="cbi", asked=["staff"]), number=1)[0]
    early_wave = wave(cast, opens_on=today + timedelta(days=3), measure="tci14", asked=["staff"])
    early = slips(cast, early_wave, number=1)[0]
    good = slips(cast, open_now(cast), number=1)[0]
    wrong = good[:-1] + ("2" if good[-1] != "2" else "3")
    assert "This survey is over" in told_about(client, late)
    assert "This survey has not begun" in told_about(client, early)
    assert "There is no slip with this code" in told_about(client, codes.new_code())
    assert "One letter or number is not right" in told_about(client, wrong)
    assert wrong in told_about(client, wrong)  # what was typed is still there
    assert "Who sees what" in told_about(client, good)


def test_a_slip_opens_the_survey_that_it_is_of_and_no_other(
    db: None, cast: Cast, client: Client
) -> None:
    cbi = open_now(cast, measure="cbi", asked=["staff"])
    code = slips(cast, cbi, number=1)[0]
    assert "Copenhagen Burnout Inventory" in told_about(client, code)
    told = told_about(client, code, go="next", screen="0", essences_01="4")
    assert "essences" not in told


def test_wrong_codes_are_slowed_down_and_right_ones_never_count(
    db: None, cast: Cast, client: Client
) -> None:
    good = slips(cast, open_now(cast), number=1)[0]
    for _ in range(40):
        assert "Who sees what" in told_about(client, good)
        assert "not right" in told_about(client, "A" * 28)  # a slip of the finger is no guess
    for _ in range(30):
        told_about(client, codes.new_code())
    told = told_about(client, good)
    assert "Wait ten minutes" in told
    assert good in told
    # Whoever is in the middle of answering goes on, and loses nothing.
    assert "Page 2 of 3" in told_about(client, good, go="next", screen="0", essences_01="3")
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert "Who sees what" in told_about(other, good)


def test_results_say_in_words_what_stands_in_the_table(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    made = wave(cast)
    hand_in(slips(cast, made, "staff", number=6), *[said(every=v) for v in (3, 3, 3, 4, 4, 4)])
    hand_in(slips(cast, made, "residents", number=6), *[said(every=v) for v in (1, 1, 1, 2, 2, 2)])
    close(cast, made)
    told = " ".join(page(signed_in(cast.trotwood), "results", made).split())
    assert "Staff: 17.5 on average, of 6 forms." in told
    assert "Staff put it higher than residents. Staff minus residents: 10.0" in told
    assert "Residents put it higher than staff" in told  # safety, all of whose items are turned
    assert told.count('<svg class="newel-results__picture"') == 3
    assert told.count("<table") == 3


def test_h18_the_figures_leave_as_they_are_shown_and_no_form_with_them(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    made = wave(cast)
    hand_in(slips(cast, made, "staff", number=6), *[said(every=v) for v in (3, 3, 3, 4, 4, 4)])
    hand_in(slips(cast, made, "residents", number=6), *[said(every=v) for v in (1, 1, 1, 2, 2, 2)])
    close(cast, made)
    told = page(signed_in(cast.trotwood), "results_file", made, "csv")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [(one["group"], one["kind"]) for one in rows] == (
        [("staff", "scale")] * 3
        + [("staff", "staff_minus_residents")] * 3
        + [("residents", "scale")] * 3
    )
    assert (rows[0]["n"], rows[0]["mean"], rows[3]["mean"]) == ("6", "17.5", "10.0")
    assert "essences_01" not in told
    with acting(cast.trotwood.pk):
        assert AuditEvent.objects.filter(act="export_survey_results").count() == 1


def test_h18_what_the_page_does_not_show_the_file_does_not_have(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    made = close(cast, answered(cast, forms=4))
    address = reverse("surveys:results_file", args=[made.public_id, "csv"])
    browser = signed_in(cast.trotwood)
    assert browser.get(address).status_code == 404
    made = wave(cast, unit="yarmouth")
    few = {f"essences_{number:02}": None for number in range(1, 18)}
    hand_in(slips(cast, made, "staff", number=6), *[said(every=3)] * 4, *[few] * 2)
    close(cast, made)
    rows = list(csv.DictReader(io.StringIO(page(browser, "results_file", made, "csv"))))
    assert {(one["mean"], one["n"], one["not_shown_because"]) for one in rows} == {
        ("", "", "fewer than 5")
    }
    assert browser.get(address.replace("/csv/", "/json/")).status_code == 404


def test_h18_what_was_put_together_is_said_in_words(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    close(cast, answered(cast, forms=3))
    later = NOW + timedelta(days=180)
    second = close(cast, answered(cast, forms=4, at=later), at=later + timedelta(days=20))
    told = page(signed_in(cast.trotwood), "results", second)
    assert "Each of these alone had too few forms, so they were counted together" in told
    assert "Rookery, 2 November 2026 to 9 November 2026" in told
    assert "Rookery, 1 May 2027 to 8 May 2027" in told


def test_h18_units_are_counted_together_by_a_button_that_says_which(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    made = close(cast, answered(cast, forms=3))
    browser = signed_in(cast.trotwood)
    assert "Count them together" not in page(browser, "wave", made)
    close(cast, answered(cast, forms=3, unit="yarmouth"))
    assert "Count them together" in page(browser, "wave", made)
    asked = page(browser, "together", made, "staff")
    assert "Rookery" in asked and "Yarmouth" in asked
    address = reverse("surveys:together", args=[made.public_id, "staff"])
    told = browser.post(address, follow=True).content.decode()
    assert "Staff: 6 forms" in told


def test_h17_no_page_sets_one_unit_above_another(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    rookery = close(cast, answered(cast, forms=5))
    close(cast, answered(cast, forms=5, unit="yarmouth"))
    browser = signed_in(cast.trotwood)
    assert "Yarmouth" not in page(browser, "results", rookery)
    listed = browser.get(reverse("surveys:waves")).content.decode()
    assert "10.0" not in listed  # no figure stands in the list
    assert "not for setting one unit above another" in page(browser, "results", rookery)


def test_the_list_costs_the_same_for_three_waves_and_for_thirty(
    db: None, cast: Cast, signed_in: type[Client]
) -> None:
    browser, asked = signed_in(cast.trotwood), []
    browser.get(reverse("surveys:waves"))
    for more in (3, 27):
        for number in range(more):
            at = NOW + timedelta(days=10 * number)
            made = wave(cast, at=at, asked=["staff"])
            close(cast, made, at=at + timedelta(days=20))
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("surveys:waves"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_reading_results_is_in_the_audit(db: None, cast: Cast, signed_in: type[Client]) -> None:
    made = close(cast, answered(cast, forms=5))
    page(signed_in(cast.trotwood), "results", made)
    with acting(cast.strong.pk):
        read = AuditEvent.objects.get(act="read_survey_results")
    assert (read.actor, read.thing_id) == (cast.trotwood.pk, made.pk)


def test_the_questions_stand_in_the_words_of_the_sites_own_licence(
    db: None, cast: Cast, client: Client, tmp_path: Path, settings: object
) -> None:
    found = definition("tci14")
    wording = {
        "measure": "tci14", "version": found.version, "language": "en",
        "items": {one.id: f"Licensed words of {one.id}" for one in found.items},
        "options": {
            name: {option.value: option.label for option in one.options}
            for name, one in found.responses.items()
        },
    }  # fmt: skip
    (tmp_path / "tci14.en.yaml").write_text(yaml.safe_dump(wording), encoding="utf-8")
    settings.NEWEL_WORDING = tmp_path  # type: ignore[attr-defined]
    code = slips(cast, open_now(cast, measure="tci14", asked=["staff"]), number=1)[0]
    told = told_about(client, code, go="begin", screen="0")
    assert "Licensed words of tci14_01" in told


@pytest.mark.parametrize("asked", ["staff", "residents"])
def test_a_survey_is_answered_in_a_language_that_nothing_keeps(
    db: None, cast: Cast, client: Client, tmp_path: Path, settings: object, asked: str
) -> None:
    """H19: of six residents one reads Welsh; the language in a row would be a name."""
    settings.NEWEL_WORDING = tmp_path  # type: ignore[attr-defined]
    measure = "essences"
    worded.wording(tmp_path, measure, "cy")
    worded.pages(tmp_path, "cy", {"words.decline": "CY decline"})
    code = slips(cast, open_now(cast, measure=measure, asked=[asked]), asked, number=1)[0]
    about = told_about(client, code)
    assert "In which language?" in about and "Welsh (Cymraeg)" in about
    page = told_about(client, code, go="begin", screen="0", language="cy")
    assert 'lang="cy" dir="ltr"' in page and "cy words of essences_01" in page
    assert 'name="language" value="cy"' in page and "CY decline" in page
    sent = {one.id: "2" for one in definition(measure).items}
    answer = client.post(
        reverse("survey:answer"), {"code": code, "go": "send", "language": "cy", **sent}
    )
    assert answer.headers["Location"] == reverse("survey:thank_you")
    assert not answer.cookies
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || column_name FROM information_schema.columns "
            "WHERE table_name LIKE 'outcomes_survey%' AND column_name LIKE '%lang%'"
        )
        assert not cursor.fetchall()


def test_a_survey_is_not_gone_on_with_in_another_language_in_silence(
    db: None, cast: Cast, client: Client, tmp_path: Path, settings: object
) -> None:
    settings.NEWEL_WORDING = tmp_path  # type: ignore[attr-defined]
    code = slips(cast, open_now(cast, asked=["staff"]), number=1)[0]
    for sent in ("cy", "../x", ""):
        page = told_about(client, code, go="begin", screen="0", language=sent)
        assert "not here in that language any more" in page
    assert "In which language?" not in told_about(client, code)


def test_the_pictures_of_a_survey_stand_in_the_page_and_are_asked_for_by_no_address(
    db: None, cast: Cast, client: Client
) -> None:
    """H19: an address with a time in a log of the way would say who answered when."""
    made = open_now(cast, measure="evaluation_child", asked=["residents"])
    code = slips(cast, made, "residents", number=1)[0]
    page = told_about(client, code, go="begin", screen="0")
    assert page.count("<img") == 1
    assert 'src="data:image/svg+xml;base64,' in page and 'alt=""' in page


def test_whoever_plans_a_survey_is_told_which_wording_is_not_used(
    db: None, cast: Cast, tmp_path: Path, settings: object, signed_in: type[Client]
) -> None:
    settings.NEWEL_WORDING = tmp_path  # type: ignore[attr-defined]
    worded.wording(tmp_path, "essences", "cy", version=7)
    page = signed_in(cast.trotwood).get(reverse("surveys:plan")).content.decode()
    assert "essences.cy.yaml is not used. The wording is for version 7 of EssenCES" in page
