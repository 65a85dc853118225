"""The one page as an accessible PDF (PDF/UA-1): one A4 sheet, or two rather than a word too few.

The words reach Typst as data, never as source: `#image("…")` in a line is printed as it stands.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from newel.record.stairs.activators import one_page_letters as letters
from newel.record.stairs.activators.one_page import Section, Sheet

TEMPLATE = Path(__file__).parent / "templates" / "activators" / "one_page.typ"
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)  # points; smaller is no help to anybody in a hurry
LONGEST_LINE = 2_000
TOO_LONG = " […] This line goes on: read the rest on the screen."
MUCH = 12_000  # characters that no size brings onto one sheet: they are set once, not five times
_ROOM_OF_A_HEADING = 2.2
_LETTERS_IN_A_ROW = 56


class Press:
    """One warm compiler for the process: the first sheet takes 50 ms and later ones a few."""

    def __init__(self, fonts: Path, template: Path = TEMPLATE) -> None:
        if not any(fonts.glob("*.ttf")):
            raise ImproperlyConfigured(f"The fonts for printing are not in {fonts}: make install.")
        faces = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        )
        self.compiler = typst.Compiler(str(template), font_paths=faces, ignore_system_fonts=True)
        self.lock = threading.Lock()  # a compiler keeps the input of its last sheet

    def print(self, words: dict[str, Any], sizes: Sequence[float], at: datetime) -> bytes:
        """At the first size that fits one sheet, else at the last on as many as it takes."""
        with self.lock:
            for size in sizes:
                inputs = {"page": json.dumps({**words, "size": size})}
                made = self.compiler.compile(
                    format="pdf",
                    pdf_standards=["ua-1"],
                    sys_inputs=inputs,
                    timestamp=at.replace(microsecond=0),
                )
                if json.loads(self.compiler.query("<sheets>", field="value", one=True)) == 1:
                    break
        if not isinstance(made, bytes):
            raise TypeError("Typst gave no document.")
        return made


@cache
def _press() -> Press:
    return Press(Path(settings.NEWEL_PRINT_FONTS))


def pdf(sheet: Sheet, *, at: datetime) -> bytes:
    words = _words(sheet)
    sizes = SIZES if _length(words) < MUCH else SIZES[-1:]
    try:
        return _press().print(words, sizes, at)
    except typst.TypstError as refused:
        if "could not be displayed" not in refused.message:
            raise
        return _press().print(each(words, letters.plainest), sizes, at)


def _words(sheet: Sheet) -> dict[str, Any]:
    fonts = Path(settings.NEWEL_PRINT_FONTS)
    told = asdict(sheet)
    told["split"] = _second_column_from(sheet.sections, after=_room_of_who_matters(sheet))
    told["not_confirmed_split"] = _second_column_from(sheet.not_confirmed)
    words = each(told, lambda text: letters.printable(_not_endless(text), fonts))
    return {**words, "mark": letters.NOT_IN_OUR_FONTS if is_marked(words) else ""}


def _not_endless(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[:LONGEST_LINE] + TOO_LONG


def each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: each(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [each(one, change) for one in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _length(words: dict[str, Any]) -> int:
    return sum(len(text) for text in _texts(words))


def is_marked(words: dict[str, Any]) -> bool:
    return any(letters.NOT_IN_OUR_FONTS in text for text in _texts(words))


def _second_column_from(sections: Sequence[Section], *, after: float = 0) -> int:
    """The section that begins the second column, so that both are about as long."""
    rooms = [_room(section) for section in sections]
    ways = range(1, len(rooms) + 1)
    return min(ways, key=lambda i: abs(sum(rooms[:i]) - sum(rooms[i:]) - after), default=0)


def _room(section: Section) -> float:
    texts = [line.text for line in section.lines] or [section.nothing]
    return _ROOM_OF_A_HEADING + sum(_rows(text) + 0.9 for text in texts)


def _room_of_who_matters(sheet: Sheet) -> float:
    return _ROOM_OF_A_HEADING + 1 + len(sheet.home_people)


def _rows(text: str) -> int:
    return 1 + min(len(text), LONGEST_LINE) // _LETTERS_IN_A_ROW
