"""The slips, for the one time that they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.urls import reverse

from newel.record.design_system.dates import day
from newel.record.design_system.pages import Page
from newel.record.outcomes.surveys import codes, rules
from newel.record.outcomes.surveys.models import STAFF, Wave
from newel.record.outcomes.surveys.presenters import words


@dataclass(frozen=True, kw_only=True)
class SlipShown:
    groups: list[str]
    squares: str  # the dark squares of the QR code, as a path
    size: int


@dataclass(kw_only=True)
class SlipsPage(Page):
    slips: list[SlipShown]
    address: str
    about: str
    until: str
    fewest: int
    for_staff: bool
    done: str


def slips_page(*, wave: Wave, asked: str, made: Sequence[str], address: str) -> SlipsPage:
    return SlipsPage(
        title=f"{len(made)} slips for {words.group(asked).lower()}",
        caption=words.called(wave),
        slips=[_slip(code, address) for code in made],
        address=address.partition("://")[2],
        about=words.place(wave),
        until=day(wave.closes_on),
        fewest=rules.number("fewest_forms"),
        for_staff=asked == STAFF,
        done=reverse("surveys:wave", args=[wave.public_id]),
    )


def _slip(code: str, address: str) -> SlipShown:
    """After the # a browser sends nothing: no server on the way sees the code in an address."""
    found = segno.make(f"{address}#{code}", error="m", micro=False)
    squares = "".join(
        f"M{column} {row}h1v1h-1z"
        for row, line in enumerate(found.matrix)
        for column, dark in enumerate(line)
        if dark
    )
    return SlipShown(groups=codes.in_groups(code), squares=squares, size=len(found.matrix))
