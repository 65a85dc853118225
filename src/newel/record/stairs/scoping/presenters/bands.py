"""Places as bands under the events, on the same axis: solid where it is sure, open where not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from newel.record.stairs.scoping.presenters.axis import NARROWEST, Axis, percent, share_of
from newel.record.stairs.scoping.presenters.places import BANDS, PlaceRow
from newel.record.stairs.scoping.presenters.placing import LETTER, PADDING, ROW, first_free
from newel.record.stairs.scoping.rules import Span

INSIDE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One place. `sure` is the part of it that holds however its ends are read."""

    public_id: str
    start: str
    width: str
    sure_start: str
    sure_width: str
    y: int
    tip: str
    label: str
    label_x: str
    label_dx: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BandLane:
    words: str
    y: int
    height: int
    bands: tuple[Band, ...]


def band_lanes(
    rows: Sequence[PlaceRow], axis: Axis, *, y: int, today: date
) -> tuple[BandLane, ...]:
    lanes: list[BandLane] = []
    for code, words in BANDS:
        here = [row for row in rows if row.band == code and row.stretch.perhaps(today)]
        if here:
            lanes.append(_lane(words, here, axis, y, today))
            y += lanes[-1].height
    return tuple(lanes)


def _lane(words: str, here: Iterable[PlaceRow], axis: Axis, y: int, today: date) -> BandLane:
    ends: list[float] = []
    bands = [_band(row, axis, y, ends, today) for row in here]
    height = max(len(ends) * ROW, 2 * ROW) + 2 * PADDING
    return BandLane(words=words, y=y, height=height, bands=tuple(bands))


def _band(row: PlaceRow, axis: Axis, y: int, ends: list[float], today: date) -> Band:
    first, last = row.stretch.perhaps(today) or (today, today)
    start, width = axis.extent(Span(first, last))
    width = max(width, share_of(6))
    label, before = _label(row.name, start, width)
    inside = share_of(len(label) * LETTER + 2 * INSIDE) <= width
    room = share_of(len(label) * LETTER + 2 * INSIDE)
    left = start - room if before and not inside else start
    line = first_free(ends, max(left, 0), max(start + width, left + room))
    sure = row.stretch.surely(today)
    sure_start, sure_width = axis.extent(Span(*sure)) if sure else (start, 0.0)
    return Band(
        public_id=row.public_id,
        start=percent(start),
        width=percent(width),
        sure_start=percent(sure_start),
        sure_width=percent(sure_width),
        y=y + PADDING + line * ROW + 2,
        tip=f"{row.when}: {row.name}",
        label=label,
        label_x=percent(start + width if before and inside else start),
        label_dx=-INSIDE if before else INSIDE,
    )


def _label(name: str, start: float, width: float) -> tuple[str, bool]:
    """Beginning in the band; or ending in it, where the sheet ends."""
    wanted = share_of(len(name) * LETTER + 2 * INSIDE)
    before = start + wanted > 100 and start + width > 100 - start
    room = start if before and wanted > width else 100 - start
    letters = max(int((room * NARROWEST / 100 - INSIDE) / LETTER), 0)
    label = name if len(name) <= letters else f"{name[: max(letters - 1, 0)].rstrip()}…"
    return label, before
