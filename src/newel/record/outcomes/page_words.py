"""The words around the questions on the pages of whoever answers by their own hand: Newel's own in
English, and in another language where the site keeps a translation of them.

A site writes `pages.<language>.yaml` beside its wording files:

    language: cy
    version: 1              # of definitions/asking/by_own_hand.yaml, from which it was translated
    words:
      before.safe.heading: the words, in that language
      words.stop: …

Newel translates nothing itself. A sentence without a translation stays in English and says that it
is English, so that a screen reader and the read-aloud button say it right; whoever begins the form
is told how many there are.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info

from newel.definitions import read
from newel.evidence.measures.wording import LANGUAGE, WordingRefused, read_once

logger = logging.getLogger("newel.outcomes")
ENGLISH = "en"
_TRANSLATED = ("before", "again", "over", "readers", "words")
_ALONE = ("not_kept", "help_now")
# What is said so that a child is safe. Where one of these is missing, the adult is told so by name.
SAFETY = ("before.safe.", "help_now")


class Words(str):
    """Words on a page. `lang` and `dir` are empty where they are those of the page."""

    __slots__ = ("dir", "lang")
    lang: str
    dir: str

    def __new__(cls, text: str, *, lang: str = "", dir: str = "") -> "Words":
        made = super().__new__(cls, text)
        made.lang, made.dir = lang, dir
        return made


@cache
def english() -> Mapping[str, str]:
    """Every sentence that a translation may hold, by its key."""
    told = read("asking/by_own_hand.yaml")
    found = {name: told[name] for name in _ALONE}
    for name in _TRANSLATED:
        found |= dict(_flat(name, told[name]))
    return found


def _flat(key: str, told: Any) -> Iterator[tuple[str, str]]:
    if isinstance(told, str):
        yield key, told
    elif isinstance(told, dict):
        for name, inner in told.items():
            if name != "code":
                yield from _flat(f"{key}.{name}", inner)
    elif isinstance(told, list):
        for number, inner in enumerate(told, 1):
            step = inner["code"] if isinstance(inner, dict) else number
            yield from _flat(f"{key}.{step}", inner)


@dataclass(frozen=True)
class PageWords:
    """`direction` of the page; `translated`: by key, as far as there is a translation."""

    language: str = ENGLISH
    direction: str = "ltr"
    translated: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    @property
    def html_lang(self) -> str:
        return "en-GB" if self.language == ENGLISH else self.language

    def say(self, key: str, **put_in: object) -> Words:
        if self.language == ENGLISH or key in self.translated:
            return Words(self.template(key).format(**put_in))
        return Words(english()[key].format(**put_in), lang="en-GB", dir="ltr")

    def template(self, key: str) -> str:
        """As it is written: the script puts in what its braces name."""
        return self.translated.get(key, english()[key])

    @property
    def missing(self) -> tuple[str, ...]:
        if self.language == ENGLISH:
            return ()
        return tuple(key for key in english() if key not in self.translated)


def page_words(language: str, *, direction: str = "") -> PageWords:
    """direction: what the wording file says of it, if it does."""
    direction = direction or direction_of(language)
    folder: Path | None = settings.NEWEL_WORDING
    path = folder / f"pages.{language}.yaml" if folder and LANGUAGE.fullmatch(language) else None
    if path is None or not path.is_file():
        return PageWords(language=language, direction=direction)
    if language == ENGLISH:  # what is said about safety is worded and tested by Newel
        return PageWords(refused=("The English of these pages is Newel’s own.",))
    translated, refused = _read(path, language, path.stat().st_mtime_ns)
    return PageWords(language, direction, translated, refused)


def direction_of(language: str) -> str:
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def called(language: str, own_name: str = "") -> str:
    """“Welsh (Cymraeg)”, for the adult. A language that nobody named is called by its code."""
    try:
        known = get_language_info(language)
    except KeyError:
        return own_name or language
    names = (str(known["name"]), own_name or str(known["name_local"]))
    return names[0] if names[0] == names[1] else f"{names[0]} ({names[1]})"


@lru_cache(maxsize=32)
def _read(path: Path, language: str, written_at: int) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """A file with a fault is not used at all: half of it could be of another version."""
    try:
        told = read_once(path.read_text(encoding="utf-8-sig"))
        faults = list(_faults(told, language))
    except WordingRefused as refused:
        faults = refused.faults
    except (OSError, UnicodeDecodeError) as fault:
        faults = [f"It cannot be read: {fault}."]
    if faults:
        logger.error("The translation %s is not used: %s", path.name, " ".join(faults))
        return {}, tuple(faults)
    return {key: text.strip() for key, text in told["words"].items()}, ()


def _faults(told: Mapping[str, Any], language: str) -> Iterator[str]:
    version = read("asking/by_own_hand.yaml")["version"]
    if told.get("language") != language:
        yield f"It says that it is in “{told.get('language')}”, and “{language}” is wanted."
    if told.get("version") != version:
        yield f"It is for version {told.get('version')} of the pages, and they are {version}."
    words = told.get("words")
    if not isinstance(words, dict) or not words:
        yield "It has no “words:”."
        return
    for key, text in words.items():
        if key not in english():
            yield f"It has “{key}”, which the pages do not have."
        elif not isinstance(text, str) or not text.strip():
            yield f"The text for {key} is empty or is no text."
        elif _gaps(text) != _gaps(english()[key]):
            yield f"The text for {key} needs the same braces as the English: {english()[key]}"


def _gaps(text: str) -> set[str] | None:
    """What is put in, such as {talk_to}; None where the braces make no sense."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    if any(spec or conversion for _, _, spec, conversion in parts):
        return None
    return {name for _, name, _, _ in parts if name is not None}
