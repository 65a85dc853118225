"""What the printing fonts cannot print is marked, not dropped and not refused."""

from pathlib import Path

import pytest
from django.conf import settings

from newel.record.stairs.activators.one_page_letters import covered, printable


@pytest.fixture(scope="module")
def fonts() -> Path:
    return Path(settings.NEWEL_PRINT_FONTS)


@pytest.mark.parametrize(
    "text",
    ["Zoë Ó Súilleabháin", "“Wait” – it’s fine…", "مرحبا", "שלום", "\N{KITE}", "\u2764\ufe0f"],
)
def test_letters_that_the_fonts_have_stay(text: str, fonts: Path) -> None:
    assert printable(text, fonts) == text


def test_letters_that_they_lack_become_one_mark(fonts: Path) -> None:
    assert printable("He is called 小明 here \ue000", fonts) == "He is called [?] here [?]"


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\u200f"])
def test_signs_that_turn_the_text_around_go(sign: str, fonts: Path) -> None:
    assert printable(f"Do {sign}not hold", fonts) == "Do not hold"


def test_lines_and_tabs_become_spaces(fonts: Path) -> None:
    assert printable("one\n\ttwo\u2028three", fonts) == "one two three"


def test_a_word_without_end_may_be_broken(fonts: Path) -> None:
    pieces = printable("x" * 100, fonts).split("\u200b")
    assert max(map(len, pieces)) <= 24
    assert "".join(pieces) == "x" * 100


def test_the_fonts_are_read_and_not_guessed(fonts: Path) -> None:
    letters = covered(fonts)
    assert ord("A") in letters
    assert 0x5C0F not in letters
    assert 1_000 < len(letters) < 20_000
