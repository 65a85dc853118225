"""What is said to a child before the first question and after the last: true, and easy to read."""

import re
from collections.abc import Iterator
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
from newel.record.outcomes import actions
from newel.record.outcomes.models import Form
from newel.record.outcomes.sitting_secrets import new_secret
from tests.cast import Cast
from tests.record.outcomes.asking import form, said

WORDS = read("asking/by_own_hand.yaml")
# As a school book for nine-year-olds: the grade of Flesch and Kincaid, where the fourth is nine.
EASY = 4.5
NAMES = {"talk_to": "Ann Bell", "cover": "Tom Hill"}


def test_h5_who_will_see_it_is_who_may_read_it() -> None:
    """A role that may read answers and is not on the page would make the page untrue."""
    may = {code for code, role in ROLES.items() if Capability.READ_OUTCOMES in role.capabilities}
    assert set(WORDS["readers"]) == may


def sentences() -> Iterator[str]:
    for step in WORDS["before"]:
        yield from step["self"]
        yield from step.get("after", ())
    yield from WORDS["again"]["says"]
    for told in WORDS["over"].values():
        yield from told["says"]
    yield from (WORDS["not_kept"], WORDS["help_now"])


@pytest.mark.parametrize("words", list(sentences()))
def test_h31_each_sentence_is_short(words: str) -> None:
    for sentence in re.split(r"[.:?] ?", words):
        assert len(sentence.split()) <= 20, sentence


def test_h31_all_of_it_reads_at_the_age_of_nine() -> None:
    text = " ".join(sentences()).format(**NAMES)
    assert grade(text) <= EASY
    assert grade("Your participation contributes to outcome evaluation procedures.") > EASY


def grade(text: str) -> float:
    words = re.findall(r"[a-z’']+", text.casefold())
    ends = len(re.findall(r"[.?!]", text))
    syllables = sum(max(len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", w))), 1) for w in words)
    return 0.39 * len(words) / ends + 11.8 * syllables / len(words) - 15.59


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
