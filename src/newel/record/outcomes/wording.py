"""A measure in the words in which this site asks it: its own file over our labels, or these; in
English, and in each other language for which the site has a file that fits."""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from newel.evidence.measures import Measure, measure
from newel.evidence.measures.wording import Wording, WordingRefused, wording_in
from newel.record.outcomes.drawings import own_drawings
from newel.record.outcomes.page_words import ENGLISH, called, page_words

logger = logging.getLogger("newel.outcomes")
Files = frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Found:
    """What the site's folder holds for one measure: by language what fits, and by file what does
    not, with a sentence for each thing that is wrong."""

    fitting: Mapping[str, Wording]
    refused: Mapping[str, tuple[str, ...]]


NOTHING = Found({}, {})


def wording(id: str, language: str = ENGLISH) -> Wording | None:
    """None where it cannot be asked in that language: nobody is asked in another one instead.
    English is always there, in our labels if need be."""
    found = _found(id).fitting.get(language)
    if found is None and language == ENGLISH:
        return Wording(measure(id), beside=own_drawings(measure(id)))
    return found


def in_words(id: str, language: str = ENGLISH) -> Measure:
    """A file that does not fit is not used, and the log says why: nobody is asked a question of
    another version."""
    found = wording(id, language) or wording(id)
    assert found is not None  # noqa: S101 - English is always there
    return found.measure


def in_both(wording: Wording) -> Measure:
    """For an adult who holds a paper in that language: its words, and the English beside them.
    Goals are in the words of whoever has them, and nobody translates those."""
    if wording.language == ENGLISH or wording.measure.kind == "goals":
        return wording.measure
    english, told = in_words(wording.measure.id), wording.measure.model_dump(by_alias=True)
    for one, own in zip(told["items"], english.items, strict=True):
        one["label"] = f"{one['label']} ({own.label})"
    for id, responses in told["responses"].items():
        for option, own_option in zip(
            responses["options"], english.responses[id].options, strict=True
        ):
            option["label"] = f"{option['label']} ({own_option.label})"
    return Measure.model_validate(told)


def has_wording(id: str, language: str = ENGLISH) -> bool:
    return language in _found(id).fitting


def languages(id: str) -> tuple[str, ...]:
    """Those in which it can be asked, English first."""
    return (ENGLISH, *sorted(set(_found(id).fitting) - {ENGLISH}))


def languages_in_words(id: str) -> list[tuple[str, str]]:
    found = _found(id).fitting
    return [
        (code, called(code, found[code].called if code in found else "")) for code in languages(id)
    ]


def refusals(id: str) -> tuple[str, ...]:
    """For whoever plans or begins it: which of the site's files are not used, and why."""
    told = [
        f"{name} is not used. {' '.join(faults)}" for name, faults in _found(id).refused.items()
    ]
    for language in languages(id):
        if faults := page_words(language).refused:
            told.append(f"pages.{language}.yaml is not used. {' '.join(faults)}")
    return tuple(told)


def _found(id: str) -> Found:
    folder: Path | None = settings.NEWEL_WORDING
    if folder is None:
        return NOTHING
    try:
        with os.scandir(folder) as entries:
            files = frozenset((one.name, one.stat().st_mtime_ns) for one in entries)
    except OSError as fault:
        logger.error("The folder of the site's wording cannot be read: %s", fault)
        return NOTHING
    return _read(id, folder, files)


@lru_cache(maxsize=64)
def _read(id: str, folder: Path, files: Files) -> Found:
    """files: read anew when any of them has changed, a picture too."""
    fitting, refused = {}, {}
    for name in sorted(name for name, _ in files if name.startswith(f"{id}.")):
        language = name.removeprefix(f"{id}.").removesuffix(".yaml")
        if not name.endswith((".yaml", ".yml")):
            continue  # a picture or a recording
        try:
            found = wording_in(measure(id), folder, language)
        except WordingRefused as fault:
            refused[name] = tuple(fault.faults)
            logger.error("The wording %s is not used: %s", name, fault)
        else:
            if found is not None:
                fitting[language] = found
    return Found(fitting, refused)
