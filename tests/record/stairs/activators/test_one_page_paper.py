"""The page as a browser prints it: one A4 sheet, without what paper must not say."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.stairs.activators.page_lines import TODAY, days, line, safe_part

pytestmark = pytest.mark.django_db

KINDS = ("sets_off", "early_sign", "helps", "harder", "strength", "need", "understanding")
USUAL = "He keeps his coat and shoes by the bed when he thinks of going, and says that all is fine."


def print_it(browser: Browser, client: Client, address: str, folder: Path) -> PdfReader:
    html = client.get(address).content.decode()
    styles = Path(settings.STATICFILES_DIRS[0]).as_uri()
    kept = folder / "page.html"
    kept.write_text(html.replace("/static/", f"{styles}/"), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(kept.as_uri())
    paper = tab.pdf(prefer_css_page_size=True, print_background=True)
    tab.close()
    return PdfReader(io.BytesIO(paper))


def test_24_lines_and_keeping_safe_are_one_a4_sheet(
    cast: Cast, signed_in: type[SignedIn], browser: Browser, tmp_path: Path
) -> None:
    for number in range(24):
        since = TODAY if number % 2 else TODAY - days(300)
        text = f"{number}: {USUAL}"
        line(cast.david, cast.chillip, text=text, kind=KINDS[number % 7], confirmed_on=since)
    for part in ("allergies", "restraint", "watch", "language"):
        safe_part(cast.david, cast.rosa, part=part, text=USUAL)
    address = reverse("activators:one_page", args=[cast.david.public_id])
    reader = print_it(browser, signed_in(cast.peggotty), address, tmp_path)
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    text = " ".join(reader.pages[0].extract_text().split())
    assert text.count("Not confirmed since") == 12
    assert "David How to be with me" in text
    assert "Rookery, Blunderstone House" in text
    assert "Hand it back or shred it by the end of" in text
    for kept_off in ("Born", "2011", "Print", "Open as PDF", "I showed"):
        assert kept_off not in text
