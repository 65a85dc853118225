"""What is said to a child before the first question and after the last: true, and easy to read."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from newel.definitions import read
from newel.evidence.measures import measure
from newel.record.access.roles import ROLES, Capability
from newel.record.access.transactions import acting
from newel.record.establishments.models import Setting, Unit
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form, Wave, WaveGroup
from newel.record.outcomes.page_words import english
from newel.record.outcomes.presenters import answering
from newel.record.outcomes.sitting_secrets import new_secret
from newel.record.outcomes.surveys import presenters
from tests.cast import Cast
from tests.record.outcomes.asking import form, said

WORDS = read("asking/by_own_hand.yaml")
# As a school book for nine-year-olds: the grade of Flesch and Kincaid, where the fourth is nine.
EASY = 4.5
WHAT_SOMEBODY_IS = {"psychologist"}  # whom a child knows by that word
HARDEST = 8.0  # a single sentence: a name in it counts, and one long word
NAMES = {
    "talk_to": "Ann Bell",
    "cover": "Tom Hill",
    "title": "Question 3 of 10",
    "count": 10,
    "number": 3,
    "lowest": 0,
    "highest": 10,
    "example": 3.3,
    "percent": 50,
    "left": "low",
    "right": "high",
    "end": "low",
}


def test_h5_who_will_see_it_is_who_may_read_it() -> None:
    """A role that may read answers and is not on the page would make the page untrue."""
    may = {code for code, role in ROLES.items() if Capability.READ_OUTCOMES in role.capabilities}
    assert set(WORDS["readers"]) == may


def sentences() -> list[str]:
    """Every word of these pages, as a child with ten questions reads it."""
    return [text.format(**NAMES) for text in english().values()]


def surveyed() -> list[str]:
    """What a young person reads on the pages of a survey that is not about them alone."""
    about = presenters.about_page(
        group=WaveGroup(
            asked="residents",
            wave=Wave(setting=Setting(name="Hill House"), unit=Unit(name="Hill")),
        ),
        found=measure("evaluation_child"),
        code="",
        languages=[],
    )
    return [*about.paragraphs, *about.who_sees, about.need_help]


@pytest.mark.parametrize("words", sentences() + surveyed())
def test_h31_each_sentence_is_short_and_easy(words: str) -> None:
    """One that is hard does not hide among many that are easy."""
    for sentence in re.split(r"(?<=[.:?!]) ", words):
        assert len(sentence.split()) <= 20, sentence
        hard = {one for one in re.findall(r"[A-Za-z’]+", sentence) if syllables(one) > 3}
        assert hard <= WHAT_SOMEBODY_IS, sentence
        if len(sentence.split()) >= 8:  # of fewer words the measure says nothing
            assert grade(sentence) <= HARDEST, (sentence, grade(sentence))


def test_h31_all_of_it_reads_at_the_age_of_nine() -> None:
    for text in (" ".join(one.rstrip(".") + "." for one in sentences()), " ".join(surveyed())):
        assert grade(text) <= EASY
    assert grade("Your participation contributes to outcome evaluation procedures.") > EASY


def test_h31_every_word_of_the_pages_is_measured_and_can_be_translated() -> None:
    """No template of a child’s page holds a word of its own."""
    folder = Path(answering.__file__).parents[1] / "templates" / "answering"
    files = set(folder.glob("*.jinja")) - {folder / "words.jinja"}  # which draws attributes alone
    assert len(files) >= 8
    for file in files:
        text = re.sub(
            r"\{#.*?#\}|<div class=\"newel-demo\".*?</div></div>", "", file.read_text(), flags=re.S
        )
        own = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", text, flags=re.S)
        assert not re.findall(r"[A-Za-z]{2,}", own), (file.name, own.split())


def syllables(word: str) -> int:
    return max(len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.casefold()))), 1)


def grade(text: str) -> float:
    words = re.findall(r"[a-z’']+", text.casefold())
    ends = len(re.findall(r"[.?!]", text))
    count = sum(syllables(one) for one in words)
    return 0.39 * len(words) / max(ends, 1) + 11.8 * count / len(words) - 15.59


def test_a_secret_is_32_random_bytes() -> None:
    secrets = {new_secret() for _ in range(1000)}
    assert len(secrets) == 1000
    assert {len(one) for one in secrets} == {43}


@pytest.fixture
def begun(db: None, cast: Cast) -> Form:
    with acting(cast.chillip.pk):
        return form(cast.david, cast, at=datetime.now(UTC))


def tablet(begun: Form, cast: Cast) -> Client:
    with acting(cast.chillip.pk):
        secret = actions.hand_over(form=begun, by=cast.chillip, at=datetime.now(UTC))
    opened = Client()
    opened.cookies["newel_sitting"] = secret
    opened.post("/answer/begin/")
    return opened


def question(number: int) -> str:
    return reverse("answering:question", args=[number])


def wording(folder: Path, *, version: int = 1) -> None:
    """A text for each item and option, as a site with a licence writes them."""
    found = measure("yp_core")
    items = "\n".join(f"  {one.id}: Printed words of {one.id}" for one in found.items)
    options = "\n".join(f"    {n}: Printed option {n}" for n in range(5))
    (folder / "yp_core.en.yaml").write_text(
        f"measure: yp_core\nversion: {version}\nlanguage: en\nitems:\n{items}\n"
        f"options:\n  how_often:\n{options}\n",
        encoding="utf-8",
    )


def test_a_sites_own_wording_is_asked(
    begun: Form, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    wording(tmp_path)
    settings.NEWEL_WORDING = tmp_path
    shown = tablet(begun, cast).get(question(3)).content.decode()
    assert "Printed words of yp_core_03" in shown
    assert shown.count("Printed option") == 5


def test_a_wording_of_another_version_is_not_asked_and_the_labels_stand_there(
    begun: Form, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    """A child must never be asked a question that belongs to another item."""
    wording(tmp_path, version=2)
    settings.NEWEL_WORDING = tmp_path
    shown = tablet(begun, cast).get(question(3)).content.decode()
    assert "Printed" not in shown
    assert "Managing setbacks" in shown


def test_a_page_asks_the_database_as_often_after_sixty_answers_as_after_three(
    begun: Form, cast: Cast
) -> None:
    opened = tablet(begun, cast)
    asked = []
    for times in (3, 57):
        with acting(cast.chillip.pk):
            for n in range(times):
                actions.answer(
                    form=begun, answers=said(_01=n % 5), by=None, at=datetime.now(UTC)
                )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert opened.get(question(1)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
