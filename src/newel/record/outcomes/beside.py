"""A picture or a recording beside a question, by the place of the question: no address names a
file."""

import re
from pathlib import Path

from newel.evidence.measures.beside import Picture
from newel.evidence.measures.wording import Wording

_PART = re.compile(r"(\d{1,3})(?:-(\d{1,2}))?", re.ASCII)


def part_of(number: int, option: int | None = None) -> str:
    """“3” is question 3, “3-2” its second option."""
    return f"{number}" if option is None else f"{number}-{option}"


def picture(wording: Wording, part: str) -> Picture | None:
    asked = _PART.fullmatch(part)
    if asked is None or not 1 <= int(asked[1]) <= len(wording.measure.items):
        return None
    item = wording.measure.items[int(asked[1]) - 1]
    if asked[2] is None:
        return wording.beside.items.get(item.id)
    options = wording.measure.responses[item.responses].options
    if not 1 <= int(asked[2]) <= len(options):
        return None
    value = options[int(asked[2]) - 1].value
    return wording.beside.options.get((item.responses, value))


def recording(wording: Wording, part: str) -> Path | None:
    """Of a question with its answers: there is none of one answer."""
    asked = _PART.fullmatch(part)
    if asked is None or asked[2] or not 1 <= int(asked[1]) <= len(wording.measure.items):
        return None
    return wording.beside.recordings.get(wording.measure.items[int(asked[1]) - 1].id)
