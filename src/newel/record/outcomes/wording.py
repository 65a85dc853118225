"""A measure in the words in which this site asks it: its own file over our labels, or these."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from newel.evidence.measures import Measure, measure
from newel.evidence.measures.wording import WordingRefused, worded

logger = logging.getLogger("newel.outcomes")


def in_words(id: str) -> Measure:
    """A file that does not fit is not used, and the log says why: nobody is asked a question of
    another version."""
    folder: Path | None = settings.NEWEL_WORDING
    if folder is None:
        return measure(id)
    path = folder / f"{id}.en.yaml"
    written_at = path.stat().st_mtime_ns if path.is_file() else 0
    return _in_words(id, folder, written_at)


@lru_cache(maxsize=64)
def _in_words(id: str, folder: Path, written_at: int) -> Measure:
    try:
        return worded(measure(id), folder)
    except WordingRefused as refused:
        logger.error("The wording of %s is not used: %s", id, refused)
        return measure(id)


def has_wording(id: str) -> bool:
    return in_words(id) is not measure(id)
