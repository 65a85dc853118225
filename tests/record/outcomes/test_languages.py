"""A form is asked in the language that was chosen when it was begun, to its last question."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form
from newel.record.outcomes.page_words import english
from tests.cast import Cast
from tests.record.outcomes.asking import said
from tests.record.outcomes.worded import pages, wording

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.NEWEL_WORDING = tmp_path
    return tmp_path


def begun(cast: Cast, language: str, *, way: str = "tablet", measure: str = "yp_core") -> Form:
    with acting(cast.chillip.pk):
        return actions.open_form(
            child=cast.david, measure=measure, answered_by="self", way=way, by=cast.chillip,
            at=datetime.now(UTC), talk_to=cast.omer, cover=cast.rosa, language=language,
        )  # fmt: skip


def tablet(form: Form, cast: Cast) -> Client:
    with acting(cast.chillip.pk):
        secret = actions.hand_over(form=form, by=cast.chillip, at=datetime.now(UTC))
    opened = Client()
    opened.cookies["newel_sitting"] = secret
    return opened


def words(client: Client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


def of(form: Form, name: str, cast: Cast, *more: object) -> str:
    return reverse(f"outcomes:{name}", args=[cast.david.public_id, form.public_id, *more])


def planned(cast: Cast) -> str:
    with acting(cast.chillip.pk):
        plan = actions.plan_measure(
            child=cast.david, measure="yp_core", answered_by="self", rhythm="monthly",
            starts_on=datetime.now(UTC).date(), by=cast.chillip, at=datetime.now(UTC),
        )  # fmt: skip
        return reverse("outcomes:begin", args=[cast.david.public_id, plan.public_id])


def test_nobody_is_asked_for_a_language_where_there_is_only_one(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    assert "In which language?" not in words(signed_in(cast.chillip), planned(cast))


def test_a_form_is_begun_in_a_language_that_the_site_has(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    wording(folder, "yp_core", "cy")
    worker, address = signed_in(cast.chillip), planned(cast)
    shown = words(worker, address)
    assert "In which language?" in shown and "Welsh (Cymraeg)" in shown
    sent = {
        "way": "together", "talk_to": cast.omer.public_id, "cover": cast.rosa.public_id,
    }  # fmt: skip
    assert "In which language?" in worker.post(address, sent).content.decode()
    worker.post(address, sent | {"language": "cy"})
    with acting(cast.chillip.pk):
        form = Form.objects.get(child=cast.david)
    assert (form.language, form.has_wording) == ("cy", True)


def test_whoever_begins_is_told_how_much_stays_in_english_and_that_safety_does(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    wording(folder, "yp_core", "cy")
    worker, address = signed_in(cast.chillip), planned(cast)
    count = len(english())
    shown = words(worker, address)
    assert f"{count} of {count} short texts are not translated" in shown
    assert "What is said about safety is among them." in shown
    pages(folder, "cy", {key: text for key, text in english().items() if key != "words.stop"})
    shown = words(worker, address)
    assert f"1 of {count} short texts" in shown
    assert "What is said about safety" not in shown


def test_every_page_of_a_tablet_is_in_the_language_of_the_form(cast: Cast, folder: Path) -> None:
    """H31"""
    wording(folder, "yp_core", "cy")
    pages(folder, "cy", {key: f"CY {text}" for key, text in english().items()})
    form = begun(cast, "cy")
    opened = tablet(form, cast)
    steps = [f"/answer/before/{one}/" for one in ("what", "who", "choice", "safe")]
    shown = [words(opened, one) for one in steps]
    opened.post("/answer/begin/")
    shown += [words(opened, "/answer/question/4/"), words(opened, "/answer/last/")]
    opened.post("/answer/question/4/", {"do": "next", "value": "0"})
    shown += [words(opened, "/answer/said/"), words(opened, "/answer/")]
    opened.post("/answer/stop/")
    shown.append(words(opened, "/answer/"))
    for page in shown:
        assert '<html lang="cy" dir="ltr">' in page
        assert 'lang="en' not in page
        told = re.sub(r"<[^>]+>", "\n", page.partition("<main")[2])
        lines = {one.strip() for one in told.splitlines() if re.search("[a-z]{3}", one)}
        strange = {one for one in lines if not one.startswith(("CY ", "cy ", ": cy "))}
        assert not {one for one in strange if "newel-answering__main" not in one}
    assert "cy words of yp_core_04" in shown[4] and "cy option 0" in shown[4]
    assert "CY You have stopped" in shown[-1]


def test_what_nobody_translated_stands_in_english_and_says_so(cast: Cast, folder: Path) -> None:
    """H9, H31: above all what is said about safety."""
    wording(folder, "yp_core", "cy")
    pages(folder, "cy", {"before.safe.heading": "CY heading"})
    shown = words(tablet(begun(cast, "cy"), cast), "/answer/before/safe/")
    assert '<html lang="cy"' in shown
    assert '<h1 class="newel-answering__heading">CY heading</h1>' in shown
    assert (
        '<p class="newel-answering__words" lang="en-GB" dir="ltr">They will come and talk with you.'
    ) in shown


def test_a_language_from_right_to_left_turns_the_page(cast: Cast, folder: Path) -> None:
    wording(folder, "yp_core", "ar")
    opened = tablet(begun(cast, "ar"), cast)
    opened.post("/answer/begin/")
    assert '<html lang="ar" dir="rtl">' in words(opened, "/answer/question/1/")


def test_a_language_that_nobody_knows_is_called_and_turned_as_its_file_says(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    wording(folder, "yp_core", "qaa", called="Ours", direction="rtl")
    assert "Ours" in words(signed_in(cast.chillip), planned(cast))
    opened = tablet(begun(cast, "qaa"), cast)
    opened.post("/answer/begin/")
    assert '<html lang="qaa" dir="rtl">' in words(opened, "/answer/question/1/")


def test_a_link_and_its_pages_are_in_the_language_of_the_form(cast: Cast, folder: Path) -> None:
    wording(folder, "yp_core", "cy")
    form = begun(cast, "cy")
    with acting(cast.chillip.pk):
        secret = actions.make_link(form=form, by=cast.chillip, at=datetime.now(UTC))
    phone = Client()
    phone.post("/answer/open/", {"link": f"/answer/open/#{secret}"})
    phone.post("/answer/begin/")
    assert "cy words of yp_core_01" in words(phone, "/answer/question/1/")


@pytest.mark.parametrize(("name", "more"), [("answer", ()), ("answer_one", (4,)), ("type_in", ())])
def test_an_adult_sees_the_question_in_that_language_and_the_english_beside_it(
    cast: Cast, signed_in: SignedIn, folder: Path, name: str, more: tuple[int, ...]
) -> None:
    wording(folder, "yp_core", "cy")
    form = begun(cast, "cy", way="together")
    shown = words(signed_in(cast.chillip), of(form, name, cast, *more))
    assert re.search(r'lang="cy" dir="ltr">(4\. )?cy words of yp_core_04<', shown)
    assert '<span class="newel-voice__english">Thoughts of self-harm</span>' in shown
    assert '<span lang="cy" dir="ltr">cy option 1</span>' in shown
    assert '<span class="newel-voice__english">rarely</span>' in shown


def test_an_adult_says_what_is_translated_about_safety_and_has_the_english(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    """H9"""
    wording(folder, "yp_core", "cy")
    pages(folder, "cy", {"before.safe.self.3": "CY they will come."})
    form = begun(cast, "cy", way="together")
    shown = words(signed_in(cast.chillip), of(form, "answer", cast))
    assert '<p lang="cy" dir="ltr">CY they will come.</p>' in shown
    assert "will come and talk with you." in shown


def test_the_paper_is_in_the_language_of_the_form(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    wording(folder, "yp_core", "cy")
    pages(folder, "cy", {"words.decline": "CY decline"})
    form = begun(cast, "cy", way="paper")
    shown = words(signed_in(cast.chillip), of(form, "paper", cast))
    paper = shown[shown.index('class="newel-paper"') :]
    assert '<div lang="cy" dir="ltr">' in paper
    assert "cy words of yp_core_04" in paper and "cy option 4" in paper and "CY decline" in paper
    assert 'lang="en-GB" dir="ltr">They will come and talk with you.' in paper  # H9


def test_two_entries_of_a_paper_are_compared_in_both_languages(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    wording(folder, "yp_core", "cy")
    form = begun(cast, "cy", way="paper")
    with acting(cast.chillip.pk):
        for entry in (1, 2):
            actions.answer(
                form=form, answers=said(_04=entry), by=cast.chillip, at=datetime.now(UTC),
                entry=entry,
            )  # fmt: skip
    shown = words(signed_in(cast.chillip), of(form, "compare_entries", cast))
    assert "cy words of yp_core_04 (Thoughts of self-harm)" in shown
    assert "cy option 1 (rarely)" in shown


def test_those_who_work_here_read_the_answers_in_english(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    wording(folder, "yp_core", "cy")
    form = begun(cast, "cy")
    with acting(cast.chillip.pk):
        now = datetime.now(UTC)
        actions.answer(form=form, answers=said(_02=1), by=None, at=now)
        actions.finish(form=form, answered_on=now.date(), at=now)
    shown = words(signed_in(cast.chillip), of(form, "form", cast))
    assert "No wish for company or talk" in shown and "rarely" in shown
    assert "Welsh (Cymraeg)" in shown and "cy words" not in shown


@pytest.mark.parametrize("broken", ["gone", "another version"])
def test_a_form_is_not_gone_on_with_in_another_language_in_silence(
    cast: Cast, signed_in: SignedIn, folder: Path, broken: str
) -> None:
    path = wording(folder, "yp_core", "cy")
    form = begun(cast, "cy")
    opened, worker = tablet(form, cast), signed_in(cast.chillip)
    opened.post("/answer/begin/")
    opened.post("/answer/question/1/", {"do": "next", "value": "2"})
    if broken == "gone":
        path.unlink()
    else:
        wording(folder, "yp_core", "cy", version=9)
    for address in ("/answer/", "/answer/question/2/"):
        page = words(opened, address)
        assert "These questions cannot be shown now" in page
        assert "No wish for company" not in page
    for name in ("answer", "type_in", "paper", "form", "hand_over"):
        page = words(worker, of(form, name, cast))
        assert "begun in Welsh (Cymraeg), and the site’s wording in that language is not" in page
        assert "No wish for company" not in page
    assert "Begin with the first question" not in words(worker, of(form, "form", cast))
    wording(folder, "yp_core", "cy")
    assert "cy words of yp_core_02" in words(opened, "/answer/question/2/")
    with acting(cast.chillip.pk):
        assert [int(one.value or 0) for one in form.answers.all()] == [2]


def test_a_form_is_not_begun_in_a_language_that_is_not_there(cast: Cast, folder: Path) -> None:
    with pytest.raises(NotNow, match="cannot be asked in that language"):
        begun(cast, "pl")


def test_whoever_begins_what_somebody_has_begun_in_another_language_is_told(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    wording(folder, "yp_core", "cy")
    worker, address = signed_in(cast.chillip), planned(cast)
    begun(cast, "cy")
    sent = {
        "way": "together", "language": "en",
        "talk_to": cast.omer.public_id, "cover": cast.rosa.public_id,
    }  # fmt: skip
    page = worker.post(address, sent, follow=True).content.decode()
    assert "has begun it already, in Welsh (Cymraeg). That stays." in page


FAULTS = [
    ({"version": 2}, "The wording is for version 2 of YP-CORE; the definition is 1."),
    ({"language": "pl"}, "The wording says that it is in “pl”, and “cy” is wanted."),
    ({"items": {"yp_core_99": "x"}}, "yp_core_99, which the definition does not have."),
    ({"measure": "ors"}, "The wording is for “ors”, and this is YP-CORE (yp_core)."),
]


@pytest.mark.parametrize(("wrong", "said_of_it"), FAULTS)
def test_a_file_that_does_not_fit_is_refused_in_the_log_and_on_the_page(
    cast: Cast,
    signed_in: SignedIn,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    wrong: dict[str, object],
    said_of_it: str,
) -> None:
    wording(folder, "yp_core", "cy", **wrong)
    worker, address = signed_in(cast.chillip), planned(cast)
    plan = reverse("outcomes:plan", args=[cast.david.public_id, "yp_core"])
    for page in (words(worker, address), words(worker, plan)):
        assert "yp_core.cy.yaml is not used." in page
        assert said_of_it in page
    assert "In which language?" not in words(worker, address)
    assert said_of_it in caplog.text


@pytest.mark.parametrize(
    ("words_told", "version", "said_of_it"),
    [
        ({"words.stop": "x"}, 9, "for version 9 of the pages"),
        ({"words.nothing": "x"}, 1, "“words.nothing”, which the pages do not have"),
        ({"words.stop": " "}, 1, "The text for words.stop is empty"),
        ({"before.safe.self.2": "An adult"}, 1, "needs the same braces as the English"),
        ({"words.question": "{number.real}"}, 1, "needs the same braces as the English"),
        ({"words.question": "{number!r}"}, 1, "needs the same braces as the English"),
        ({"words.question": "{number"}, 1, "needs the same braces as the English"),
    ],
)
def test_a_translation_of_the_pages_that_does_not_fit_is_refused_whole(
    cast: Cast,
    signed_in: SignedIn,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    words_told: dict[str, str],
    version: int,
    said_of_it: str,
) -> None:
    """H9: a translation may not lose who will come."""
    wording(folder, "yp_core", "cy")
    pages(folder, "cy", {"words.back": "CY back"} | words_told, version=version)
    shown = words(signed_in(cast.chillip), planned(cast))
    assert "pages.cy.yaml is not used." in shown and said_of_it in shown
    assert said_of_it in caplog.text
    opened = tablet(begun(cast, "cy"), cast)
    assert "CY back" not in words(opened, "/answer/before/who/")


def test_the_english_of_the_pages_is_newels_own(
    cast: Cast, signed_in: SignedIn, folder: Path
) -> None:
    """H9"""
    pages(folder, "en", {"before.safe.self.3": "Nobody will come."})
    assert "The English of these pages is Newel’s own." in words(
        signed_in(cast.chillip), planned(cast)
    )
    opened = tablet(begun(cast, "en"), cast)
    shown = words(opened, "/answer/before/safe/")
    assert "Nobody will come" not in shown and "They will come" in shown


def test_a_language_is_never_taken_from_what_a_browser_sends(cast: Cast, folder: Path) -> None:
    opened = Client()
    opened.cookies["newel_sitting"] = "no sitting"
    for sent in ("../../etc", "cy/../x", "<b>", "cy"):
        opened.cookies["newel_sitting_language"] = sent
        assert opened.get("/answer/").status_code == 200


def test_the_language_of_a_form_is_never_changed(cast: Cast, folder: Path) -> None:
    """Two languages in one form would be two questionnaires in one score."""
    wording(folder, "yp_core", "cy")
    form = begun(cast, "cy")
    with acting(cast.chillip.pk), pytest.raises(DatabaseError, match="stay as they were written"):
        Form.objects.filter(pk=form.pk).update(language="en")
