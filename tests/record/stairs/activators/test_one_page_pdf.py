"""The PDF: one accessible A4 sheet, whatever anybody wrote, and never a word too few."""

import io
import time
from typing import Any

import pytest
from pypdf import PdfReader

from newel.record.stairs.activators.one_page import Sheet
from newel.record.stairs.activators.one_page_pdf import pdf
from tests.record.stairs.activators.page_lines import NOON, TODAY, days, some_sheet

KINDS = ("sets_off", "early_sign", "helps", "harder", "strength", "need", "understanding")
SAFE = (
    {"part": "allergies", "text": "", "none_known": True},
    {"part": "restraint", "text": "Never hold his head or neck. He was held like that and hurt."},
    {"part": "watch", "text": "Looked in on at 10pm and 2am on nights before a hearing."},
    {"part": "language", "text": "", "none_known": True},
)
USUAL = "He keeps his coat and shoes by the bed when he thinks of going, and says that all is fine."


def lines(count: int, text: str = USUAL, **given: Any) -> list[dict[str, Any]]:
    return [
        {"text": f"{number}: {text}", "kind": KINDS[number % len(KINDS)], **given}
        for number in range(count)
    ]


def printed(sheet: Sheet) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(sheet, at=NOON)))


def words(reader: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_24_lines_and_keeping_safe_fit_one_a4_sheet() -> None:
    reader = printed(some_sheet(*lines(24), safe=SAFE))
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert "Page 1 of 1" in words(reader)


def test_24_lines_of_which_half_are_not_confirmed_fit_one_sheet() -> None:
    old = lines(12, confirmed_on=TODAY - days(200))
    assert len(printed(some_sheet(*lines(12), *old, safe=SAFE)).pages) == 1


def test_every_word_of_60_long_lines_is_there_on_as_many_sheets_as_it_takes() -> None:
    reader = printed(some_sheet(*lines(60, USUAL * 5), safe=SAFE))
    assert len(reader.pages) > 1
    text = words(reader)
    assert f"Page 2 of {len(reader.pages)}" in text
    assert text.count("coat") == text.count("fine") == 60 * 5
    assert all(f"{number}: He keeps" in text for number in range(60))


def test_no_letter_is_smaller_than_the_smallest_that_people_can_read() -> None:
    sizes: list[float] = []

    def note(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if "coat" in text:
            sizes.append(abs(size * matrix[3]))

    printed(some_sheet(*lines(60))).pages[0].extract_text(visitor_text=note)
    assert sizes
    assert min(sizes) >= 8.5 - 0.01


def test_it_is_tagged_titled_and_says_its_language() -> None:
    reader = printed(some_sheet(*lines(3)))
    root: Any = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "How to be with me: David"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_its_headings_and_lists_are_real() -> None:
    found = _roles(printed(some_sheet(*lines(3), safe=SAFE)))
    assert found.count("/H1") == 1
    assert found.count("/H2") == 9  # keeping safe, seven kinds, who matters
    assert "/H3" in found
    assert {"/L", "/LI"} <= set(found)


def _roles(reader: PdfReader) -> list[str]:
    root: Any = reader.trailer["/Root"]
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            found.append(str(node.get("/S", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize(
    "text",
    [
        '#image("/etc/passwd")',
        '#read("one_page.typ")',
        "*not bold* _not slanted_ `not code`",
        "$x^2$ @here <there> = Not a heading",
        "// not a comment /* nor this */",
        '"; panic() #{ "',
        "\\u{41} \\n {{ page }} &lt;b&gt; <script>",
        "- not a list + nor this / nor: that",
    ],
)
def test_what_looks_like_typst_is_printed_as_it_stands(text: str) -> None:
    read = words(printed(some_sheet({"text": text}, name=text)))
    assert read.count(text) >= 2


@pytest.mark.parametrize(
    "text", ["مرحبا بك هنا", "שלום לך", "\N{KITE} and \N{SMILING FACE WITH OPEN MOUTH}"]
)
def test_emoji_and_right_to_left_are_printed(text: str) -> None:
    reader = printed(some_sheet({"text": text}))
    assert "[?]" not in words(reader)


def test_letters_that_cannot_be_printed_are_marked_and_explained() -> None:
    text = words(printed(some_sheet({"text": "He answers to 小明 at home."})))
    assert "He answers to [?] at home." in text
    assert "[?] stands for signs that the letters of this sheet do not have." in text
    assert "[?]" not in words(printed(some_sheet({})))


def test_one_word_without_end_stays_on_the_sheet() -> None:
    reader = printed(some_sheet({"text": "x" * 600}))
    edges: list[float] = []

    def note(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if "xxx" in text:
            edges.append(matrix[4] + len(text) * size * 0.45)

    reader.pages[0].extract_text(visitor_text=note)
    assert squeezed(words(reader)).count("x") >= 600
    assert edges
    assert max(edges) < 595


def test_200_kb_does_not_hang_and_says_that_it_goes_on() -> None:
    sheet = some_sheet(*lines(60, "word " * 700), {"text": "word " * 40_000})
    began = time.perf_counter()
    made = pdf(sheet, at=NOON)
    assert time.perf_counter() - began < 10
    reader = PdfReader(io.BytesIO(made))
    assert words(reader).count("[…]") == 61
    assert "[…] This line goes on: read the rest on the screen." in words(reader)


def test_an_expired_page_prints_and_is_marked() -> None:
    text = words(printed(some_sheet({"confirmed_on": TODAY - days(60)})))
    assert text.count("EXPIRED. It was good until 2 October 2026.") >= 2


def test_first_information_prints_with_its_heading_and_what_is_not_known() -> None:
    text = words(printed(some_sheet(formulated=False)))
    assert "First information, not yet a formulation" in text
    assert "Nobody has entered this." in text
    assert "Nobody has told us yet what helps." in text


def test_it_says_until_when_it_may_be_kept_and_which_version_it_is() -> None:
    text = words(printed(some_sheet({})))
    assert "Hand it back or shred it by the end of 1 December 2026." in text
    assert "Version 1." in text
    assert "As it stood on 3 November 2026 at 12:00pm" in text
