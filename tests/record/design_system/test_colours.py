"""Every pair of colours that the style sheets put together can be read (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

SETTINGS = Path(__file__).resolve().parents[3] / "assets" / "scss" / "_settings.scss"
COLOURS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", SETTINGS.read_text(), re.MULTILINE))
COLOURS["white"] = "#ffffff"
BACKGROUNDS = ("paper", "card", "green-wash", "oak-wash", "red-wash")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    COLOURS["black"] = "#000000"
    assert contrast("black", "white") == pytest.approx(21)


@pytest.mark.parametrize("ground", BACKGROUNDS)
@pytest.mark.parametrize(
    "text", ["ink", "soft-ink", "link", "link-hover", "link-visited", "button", "oak-ink", "red"]
)
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("text", "ground"),
    [("white", "green"), ("white", "button"), ("white", "red"), ("ink", "focus"), ("ink", "oak")],
)
def test_text_can_be_read_on_the_strong_colours(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "card"])
def test_boxes_to_write_in_stand_out(ground: str) -> None:
    assert contrast("soft-ink", ground) >= 3
    assert contrast("strong-line", ground) >= 3
