"""Whether a picture or a recording of a site may be shown to a child: what it claims to be, no
larger than a tablet bears, and with nothing in it that could run or load something."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.[a-z0-9]{3}", re.ASCII)
TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
}
LARGEST = {".svg": 60_000, ".png": 300_000, ".mp3": 3_000_000, ".ogg": 3_000_000}
WIDEST_PNG = 2_000  # pixels: a small file can unfold to more than a tablet can hold

_SVG = "{http://www.w3.org/2000/svg}"
# Only what draws. Not among them: script, style, image, use, foreignObject, a, animations, filters.
_DRAWS = frozenset(
    (
        *("svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"),
        *("text", "tspan", "title", "desc"),
        *("defs", "linearGradient", "radialGradient", "stop", "clipPath"),
    )
)
_REFERS = re.compile(r"url\((?!\s*[\"']?#)|javascript:|@import|expression\(", re.IGNORECASE)


def what_is_wrong(file: Path) -> str:
    """A sentence, or “” where the file may be shown."""
    largest = LARGEST.get(file.suffix)
    if largest is None:
        return f"It ends in none of {', '.join(LARGEST)}."
    try:
        if file.stat().st_size > largest:
            return f"It is larger than {largest // 1000} kilobytes."
        content = file.read_bytes()
    except OSError as fault:
        return f"It cannot be read: {fault.strerror}."
    return _CHECKS[file.suffix](content)


def _svg(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
        # Declarations are refused unread: an entity of an entity fills any memory.
        if "<!" in text.replace("<!--", "") or "<?xml-stylesheet" in text:
            return "It has a declaration (<!…>) in it; save it as plain SVG."
        root = ElementTree.fromstring(text)  # noqa: S314 - without declarations
    except (ElementTree.ParseError, ValueError):
        return "It is no SVG that can be read."
    if root.tag != f"{_SVG}svg":
        return "It is no SVG."
    for element in root.iter():
        name = str(element.tag).removeprefix(_SVG)
        if name not in _DRAWS:
            return f"It has <{name.rpartition('}')[2]}> in it, which does more than draw."
        for attribute, value in element.attrib.items():
            if wrong := _attribute(attribute.rpartition("}")[2].casefold(), value):
                return wrong
    return ""


def _attribute(name: str, value: str) -> str:
    if name.startswith("on"):
        return f"It has “{name}” in it, which could run something."
    if name in ("href", "src", "base") or _REFERS.search(value) or "\\" in value:
        return f"Its “{name}” points to something else, which could be elsewhere."
    return ""


def _png(content: bytes) -> str:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return "It is no PNG."
    sides = (int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
    if not all(0 < one <= WIDEST_PNG for one in sides):
        return f"It is wider or higher than {WIDEST_PNG} pixels."
    return ""


def _mp3(content: bytes) -> str:
    is_frame = len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0
    return "" if content.startswith(b"ID3") or is_frame else "It is no MP3."


def _ogg(content: bytes) -> str:
    return "" if content.startswith(b"OggS") else "It is no Ogg."


_CHECKS: dict[str, Callable[[bytes], str]] = {
    ".svg": _svg,
    ".png": _png,
    ".mp3": _mp3,
    ".ogg": _ogg,
}
