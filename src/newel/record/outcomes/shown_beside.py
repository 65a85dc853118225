"""What stands beside a question: a picture, a picture of each answer, a recording."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from newel.evidence.measures.wording import Wording
from newel.record.outcomes.beside import part_of, picture, recording


@dataclass(frozen=True, kw_only=True)
class ShownPicture:
    """alt: "" where the words beside it say it all."""

    src: str
    alt: str


def picture_of(
    wording: Wording, number: int, *, address: Callable[[str], str], option: int | None = None
) -> ShownPicture | None:
    """number of the question and of the option: from 1. address: of a part of the wording."""
    part = part_of(number, option)
    found = picture(wording, part)
    return ShownPicture(src=address(part), alt=found.alt) if found else None


def recording_of(wording: Wording, number: int, *, address: Callable[[str], str]) -> str:
    part = part_of(number)
    return address(part) if recording(wording, part) else ""


def address_of_picture(wording: Wording, part: str) -> str:
    """For those who give questionnaires. It names no child: wording is the site's."""
    return reverse("outcomes:wording_picture", args=[wording.measure.id, wording.language, part])


def address_of_recording(wording: Wording, part: str) -> str:
    return reverse("outcomes:wording_recording", args=[wording.measure.id, wording.language, part])
