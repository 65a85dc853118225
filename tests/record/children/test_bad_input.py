"""Whatever is typed into whatever box of this room: an answer in words, never a fault."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.record.children import addresses

pytestmark = pytest.mark.django_db

BAD = {
    "100 kB in every box": "word " * 20_000,
    "NUL": "a\x00b",
    "only NUL": "\x00",
    "emoji": "🦊👩‍👩‍👧",
    "right to left": "\u202eداوود",
    "half a surrogate": "\udc80",
    "markup": "<script>alert(1)</script>{{ 7*7 }}",
    "sql": "'; DROP TABLE children_child; --",
    "number": "99999999999999999999",
    "nothing": "",
}


def boxes(page: str) -> list[str]:
    form = page[page.index("<main") :]
    return sorted(set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', form)))


def choices(page: str) -> dict[str, str]:
    """A valid answer to each radio and select, so that what is typed gets as far as it can."""
    radios = re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="radio"[^>]*value="([^"]+)"', page)
    return {name: unescape(value) for name, value in radios}


def _not_sealing() -> list[str]:
    return [name for name in addresses.ABOUT_DAVID if name not in addresses.SEALING]


@pytest.mark.parametrize("kind", BAD)
def test_no_box_of_any_form_can_be_made_to_fail(
    kind: str, cast: Cast, signed_in: type[Client]
) -> None:
    pages = addresses.furnish(cast)
    typed = BAD[kind].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    sent = 0
    for person, names in (
        ("chillip", addresses.SEALING),
        ("trotwood", ("find", "refer", "break_glass", *_not_sealing())),
        ("strong", ("governance", "looks", "reviews", *addresses.GOVERNED)),
    ):
        browser = signed_in(getattr(cast, person))
        for name in names:
            if name in {"end_stay", "move"}:
                continue  # would close every other page to this person
            page = browser.get(pages[name]).content.decode()
            answers = dict.fromkeys(boxes(page), typed)
            answers.pop("csrfmiddlewaretoken", None)
            answers.pop("held_by", None)
            for given in (answers, answers | choices(page)):
                assert browser.post(pages[name], given).status_code in {200, 302, 404}, name
                assert browser.get(pages[name], given).status_code in {200, 404}, name
                sent += len(given)
    assert sent > 60


def test_what_is_typed_is_text_and_nothing_else(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.chillip)
    pages = addresses.furnish(cast)
    sent = {"name": "<b>Trot</b>{{ 7*7 }}", "kind": "also_known_as"}
    browser.post(pages["names"], sent)
    page = browser.get(pages["child"]).content.decode()
    assert "&lt;b&gt;Trot&lt;/b&gt;{{ 7*7 }}" in page
    assert "<b>Trot</b>" not in page


def test_200_kb_in_one_box_come_back_as_typed_with_the_limit_said(
    cast: Cast, signed_in: type[Client]
) -> None:
    told = "what happened " * 15_000
    sent = {"name": "David", "unit": cast.rookery.public_id, "reason": told}
    page = signed_in(cast.barkis).post(reverse("children:break_glass"), sent).content.decode()
    assert "Use 1,000 characters or fewer; you have 209,999" in page
    assert told.strip() in page
