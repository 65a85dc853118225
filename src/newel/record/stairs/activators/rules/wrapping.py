"""Breaking words into lines for a picture, where no browser does it. Widths are those of the
letters on the screen, in thousandths of their size; what is not listed counts as wide, so that
nothing runs out of its card."""

import unicodedata
from functools import lru_cache

_WIDTHS = {
    **dict.fromkeys("'", 160),
    **dict.fromkeys(",.:;", 210),
    **dict.fromkeys("‘’", 236),
    **dict.fromkeys("|·", 240),
    **dict.fromkeys("`j", 245),
    **dict.fromkeys("i", 252),
    **dict.fromkeys("l", 262),
    **dict.fromkeys(" ", 280),
    **dict.fromkeys('!()"', 300),
    **dict.fromkeys("f", 314),
    **dict.fromkeys("[t", 326),
    **dict.fromkeys("r]{}", 349),
    **dict.fromkeys("-°_", 372),
    **dict.fromkeys("/\\I", 392),
    **dict.fromkeys("“”1", 407),
    **dict.fromkeys("yzv", 461),
    **dict.fromkeys("s?x", 483),
    **dict.fromkeys("*cçk–", 492),
    **dict.fromkeys("7J", 512),
    **dict.fromkeys("aä", 525),
    **dict.fromkeys("eéèuüL", 541),
    **dict.fromkeys("o2öhnñF^<>~", 555),
    **dict.fromkeys("Tgdbpq", 574),
    **dict.fromkeys("EY3ß5", 588),
    **dict.fromkeys("$PSV9", 600),
    **dict.fromkeys("6+Z£B", 613),
    **dict.fromkeys("4R8X", 625),
    **dict.fromkeys("A=KC0#", 650),
    **dict.fromkeys("Dw…U", 690),
    **dict.fromkeys("NGHO", 714),
    **dict.fromkeys("Q&", 731),
    **dict.fromkeys("@", 778),
    **dict.fromkeys("M—mW", 856),
    **dict.fromkeys("%œ", 924),
}
_UNLISTED = 700
_FULL = 1050  # letters as wide as they are high, and signs


@lru_cache(maxsize=8192)
def width_of(words: str) -> int:
    """In thousandths of the size of the letters."""
    return sum(_WIDTHS.get(one) or _width_of_other(one) for one in words)


def _width_of_other(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return _FULL if unicodedata.east_asian_width(letter) in "WF" or letter > "\uffff" else _UNLISTED


def wrapped(text: str, *, width: float, size: float, most: int) -> tuple[str, ...]:
    """At most so many lines, each no wider than `width`. What does not fit ends in three dots."""
    room = int(width / size * 1000)
    lines = _lines(text.split(), room)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _with_dots(lines[most - 1], room))


def _lines(words: list[str], room: int) -> list[str]:
    lines: list[str] = []
    here, used = "", 0
    for word in (part for whole in words for part in _parts(whole, room)):
        wide = width_of(word)
        if here and used + width_of(" ") + wide > room:
            lines.append(here)
            here, used = word, wide
        else:
            used += wide + (width_of(" ") if here else 0)
            here = f"{here} {word}" if here else word
    return [*lines, here] if here else lines


def _parts(word: str, room: int) -> list[str]:
    """A word that is wider than a line by itself is cut."""
    if width_of(word) <= room:
        return [word]
    parts, here = [], ""
    for letter in word:
        if here and width_of(here + letter) > room:
            parts.append(here)
            here = ""
        here += letter
    return [*parts, here]


def _with_dots(line: str, room: int) -> str:
    while line and width_of(line + "…") > room:
        line = line[:-1].rstrip()
    return f"{line}…"


def runs_right_to_left(text: str) -> bool:
    """As its first letter does."""
    first = next((k for k in map(unicodedata.bidirectional, text) if k in ("L", "R", "AL")), "L")
    return first != "L"
