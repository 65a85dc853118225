"""Which letters the printing fonts have. PDF/UA refuses a sheet with one that none of them has."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NOT_IN_OUR_FONTS = "[?]"
LONGEST_WORD = 24
_BREAK = "\u200b"  # where a word that is too long for a column may go on in the next line
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f" + _BREAK)


def printable(text: str, fonts: Path) -> str:
    """The same words on one line, with a mark in place of every letter that cannot be printed.

    Signs that only steer (direction, control) go: they could turn what is beside them around.
    """
    letters = covered(fonts)
    kept: list[str] = []
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        if sign in _JOINERS or (ord(sign) in letters and not _steers(sign)):
            kept.append(sign)
        elif not _steers(sign) and kept[-1:] != [NOT_IN_OUR_FONTS]:
            kept.append(NOT_IN_OUR_FONTS)
    return " ".join(_breakable(word) for word in "".join(kept).split(" "))


def plainest(text: str) -> str:
    """For the rare sign that a font has and still cannot set where it stands."""
    return "".join(sign if sign.isascii() else NOT_IN_OUR_FONTS for sign in text)


def _steers(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs")


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return _BREAK.join(word[i : i + LONGEST_WORD] for i in range(0, len(word), LONGEST_WORD))


@cache
def covered(fonts: Path) -> frozenset[int]:
    """Every code point that at least one font of the folder has."""
    found: set[int] = set()
    for font in fonts.glob("*.ttf"):
        found.update(_code_points(font.read_bytes()))
    if not found:  # not remembered: the fonts may be being put there just now
        raise FileNotFoundError(f"The fonts for printing are not in {fonts}: run make install.")
    return frozenset(found)


def _code_points(font: bytes) -> Iterator[int]:
    """From the table `cmap`: https://learn.microsoft.com/typography/opentype/spec/cmap"""
    tables = struct.unpack_from(">H", font, 4)[0]
    for entry in range(12, 12 + 16 * tables, 16):
        tag, _, start, _ = struct.unpack_from(">4sLLL", font, entry)
        if tag == b"cmap":
            yield from _in_cmap(font, start)


def _in_cmap(font: bytes, start: int) -> Iterator[int]:
    for entry in range(struct.unpack_from(">H", font, start + 2)[0]):
        offset = start + struct.unpack_from(">HHL", font, start + 4 + 8 * entry)[2]
        table_format = struct.unpack_from(">H", font, offset)[0]
        if table_format == 4:
            yield from _format_4(font, offset)
        elif table_format == 12:
            yield from _format_12(font, offset)


def _format_4(font: bytes, at: int) -> Iterator[int]:
    twice = struct.unpack_from(">H", font, at + 6)[0]
    ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            yield from range(first, last + 1)


def _format_12(font: bytes, at: int) -> Iterator[int]:
    for group in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _ = struct.unpack_from(">LLL", font, at + 16 + 12 * group)
        yield from range(first, last + 1)
