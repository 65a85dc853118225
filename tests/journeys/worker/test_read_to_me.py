"""J5. A child who cannot read well has the questions read out, in their language, by the tablet
itself; or hears a recording of the setting’s own.

The browser of these tests has no voice, so one is put in its place that writes down what it is
given to say. What it is given is what a real voice says."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes import actions
from tests.record.outcomes.worded import drawing, pages, recording, wording

VOICES = """
(voices) => {
  window.said = []; window.waiting = [];
  const speech = new EventTarget();
  Object.assign(speech, {
    getVoices: () => voices,
    speak: (one) => {
      window.said.push([one.text, one.lang, one.voice?.name ?? null]);
      window.waiting.push(one);
    },
    cancel: () => { window.waiting = []; localStorage.stopped = "yes"; },
    finish: () => window.waiting.splice(0).forEach((one) => one.dispatchEvent(new Event("end"))),
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
}
"""
HERE = {"name": "here", "lang": "en-GB", "localService": True}
WELSH = {"name": "here too", "lang": "cy_GB", "localService": True}
AWAY = {"name": "away", "lang": "en-GB", "localService": False}


def with_voices(page: Page, *voices: dict[str, Any]) -> None:
    page.add_init_script(f"({VOICES})({list(voices)!s})".replace("True", "true").replace(
        "False", "false"
    ))  # fmt: skip


def answering(page: Page, address: str, *, measure: str = "yp_core", language: str = "en") -> None:
    """A tablet in the hand of David, on the page about safety."""
    at = datetime.now(UTC)
    lead, cover = (StaffMember.objects.get(name=one) for one in ("Miriam Losberne", "Martin Omer"))
    with acting(lead.pk):
        child = Child.objects.get(preferred_name="David")
        form = actions.open_form(
            child=child, measure=measure, answered_by="self", way="tablet", by=lead, at=at,
            talk_to=lead, cover=cover, language=language,
        )  # fmt: skip
        secret = actions.hand_over(form=form, by=lead, at=at)
    page.context.add_cookies(
        [{"name": "newel_sitting", "value": secret, "url": f"{address}/answer/"}]
    )
    page.goto("/answer/before/safe/")


def begin(page: Page) -> None:
    page.locator(".newel-answering__go").click()
    expect(page.locator("form fieldset")).to_be_visible()


def said(page: Page) -> list[str]:
    return [text for text, _, _ in page.evaluate("said")]


READ, STOP = "Read it to me", "Stop reading"


def test_exactly_what_is_on_the_screen_is_read_and_it_stops(
    page: Page, address: str, check_accessible: Callable[[], None]
) -> None:
    """H9, H31: what is said about safety too."""
    with_voices(page, AWAY, HERE)
    answering(page, address)
    page.get_by_role("button", name=READ).click()
    assert said(page) == [
        "If someone is not safe",
        "If you tell us that you or someone else is not safe, an adult has to do something about "
        "it.",
        "That adult is Miriam Losberne. When Miriam Losberne is not here, it is Martin Omer.",
        "They will come and talk with you.",
    ]
    assert {name for _, _, name in page.evaluate("said")} == {"here"}
    begin(page)
    assert page.evaluate("localStorage.stopped") == "yes"

    button = page.get_by_role("button", name=READ)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    assert said(page) == [
        "Being on edge", "never", "rarely", "at times", "frequently", "nearly always",
        "I don’t want to answer this",
    ]  # fmt: skip
    stop = page.get_by_role("button", name=STOP)
    expect(stop).to_have_attribute("aria-pressed", "true")
    check_accessible()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("waiting.length") == 0
    button.click()
    page.evaluate("speechSynthesis.finish()")
    expect(button).to_be_visible()

    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name=READ).click()
    assert said(page)[0] == "Pick one, or press “I don’t want to answer this”."


def test_a_line_is_read_with_its_two_ends(page: Page, address: str) -> None:
    with_voices(page, HERE)
    answering(page, address, measure="cors")
    page.goto("/answer/before/choice/")
    page.locator(".newel-answering__go").click()
    expect(page.get_by_role("slider")).to_be_visible()
    page.get_by_role("button", name=READ).click()
    assert said(page) == [
        "How I feel inside", "Touch the line where your mark should be.", "low", "high",
        "I don’t want to answer this",
    ]  # fmt: skip


@pytest.mark.parametrize("voices", [[], [AWAY], [WELSH]])
def test_nothing_is_read_where_the_device_has_no_voice_of_its_own(
    page: Page, address: str, voices: list[dict[str, Any]]
) -> None:
    """H5: a voice that is elsewhere would be told what is asked and of what kind of place."""
    with_voices(page, *voices)
    answering(page, address)
    expect(page.get_by_role("heading", name="If someone is not safe")).to_be_visible()
    expect(page.get_by_role("button", name=READ)).to_have_count(0)
    expect(page.locator("[data-read-aloud]")).to_be_hidden()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path, address: str) -> Path:
    settings.NEWEL_WORDING = tmp_path
    wording(
        tmp_path, "yp_core", "cy",
        recordings={"yp_core_02": recording(tmp_path, "two.ogg")},
        pictures={"items": {"yp_core_01": {"file": drawing(tmp_path, "a.svg"), "alt": "A door"}}},
    )  # fmt: skip
    return tmp_path


def test_each_sentence_is_read_in_its_language(page: Page, address: str, folder: Path) -> None:
    pages(folder, "cy", {"words.read_aloud": "CY read", "before.safe.heading": "CY heading"})
    with_voices(page, HERE, WELSH)
    answering(page, address, language="cy")
    page.get_by_role("button", name="CY read").click()
    told = page.evaluate("said")
    assert told[0] == ["CY heading", "cy_GB", "here too"]
    assert told[3] == ["They will come and talk with you.", "en-GB", "here"]


def test_half_of_a_page_is_never_read_in_silence(page: Page, address: str, folder: Path) -> None:
    with_voices(page, WELSH)  # and nobody to read what stays in English
    answering(page, address, language="cy")
    expect(page.get_by_role("heading", name="If someone is not safe")).to_be_visible()
    expect(page.locator("[data-read-aloud]")).to_be_hidden()


def test_a_recording_and_a_picture_are_loaded_from_here(
    page: Page, address: str, folder: Path, check_accessible: Callable[[], None]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answering(page, address, language="cy")
    begin(page)
    picture = page.get_by_role("img", name="A door")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.naturalWidth") > 0
    check_accessible()
    page.get_by_role("radio").first.check()
    page.locator(".newel-answering__go").click()
    expect(page.locator("audio")).to_be_visible()
    expect(page.locator("[data-read-aloud]")).to_have_count(0)
    page.locator("audio").evaluate("one => one.load() || one.play().catch(() => null)")
    check_accessible()
    assert [one for one in asked if "/answer/recording/2/" in one]
    assert all(one.startswith((address, "data:")) for one in asked)
