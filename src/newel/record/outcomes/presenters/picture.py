"""One line over time as a picture: days across, points up, cut-offs dashed, the band of noise
hatched. Black on white, a shape and words for everything: it means the same printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from newel.evidence.measures.definition import Number, Subscale
from newel.record.design_system.dates import short_day
from newel.record.outcomes.presenters.words import number_in_words

WIDTH, HEIGHT = 720, 290
LEFT, RIGHT, TOP, BOTTOM = 46, 30, 24, 240
MOST_LABELS = 12  # as many points have their number beside them; the table has all
ROOM_OF_A_DAY = 92  # across, for one day in words


@dataclass(frozen=True, kw_only=True)
class Mark:
    x: str
    y: str
    words: str = ""
    words_y: str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    y: str
    height: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    id: str
    title: str
    description: str
    line: str
    points: tuple[Mark, ...]
    without: tuple[Mark, ...]  # a form that could not be scored
    cut_offs: tuple[Mark, ...]
    band: Band | None
    days: tuple[Mark, ...]
    steps: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def picture(
    *,
    id: str,
    subscale: Subscale,
    scored: Sequence[tuple[date, float]],
    unscored: Sequence[date],
    title: str,
    description: str,
) -> Picture:
    low, high = _ends(subscale, [score for _, score in scored])
    days = sorted({*(on for on, _ in scored), *unscored})
    places = [(_across(on, days), _up(score, low, high), score) for on, score in scored]
    return Picture(
        id=id,
        title=title,
        description=description,
        line=" ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places),
        points=_points(places),
        without=tuple(_mark(_across(on, days), BOTTOM - 7.0) for on in unscored),
        cut_offs=_cut_offs(subscale, low, high),
        band=_band(subscale, places, low, high),
        days=_days(days),
        steps=_steps(low, high),
    )


def _ends(subscale: Subscale, scores: Sequence[float]) -> tuple[float, float]:
    if subscale.lowest is not None and subscale.highest is not None:
        return float(subscale.lowest), float(subscale.highest)
    return min(scores), max(scores) if max(scores) > min(scores) else min(scores) + 1


def _across(on: date, days: Sequence[date]) -> float:
    span = (days[-1] - days[0]).days
    room = WIDTH - RIGHT - LEFT - 60
    return LEFT + 30 + (room / 2 if not span else room * (on - days[0]).days / span)


def _up(score: Number, low: float, high: float) -> float:
    share = (float(score) - low) / (high - low)
    return BOTTOM - share * (BOTTOM - TOP)


def _mark(x: float, y: float, words: str = "", words_y: float = 0) -> Mark:
    return Mark(x=f"{x:.1f}", y=f"{y:.1f}", words=words, words_y=f"{words_y:.1f}")


def _points(places: Sequence[tuple[float, float, float]]) -> tuple[Mark, ...]:
    """With many points only the first and the last have a number: the table has them all."""
    ends = {0, len(places) - 1}
    shown = set(range(len(places))) if len(places) <= MOST_LABELS else ends
    return tuple(
        _mark(x, y, number_in_words(score) if place in shown else "", max(y - 11, 14))
        for place, (x, y, score) in enumerate(places)
    )


def _cut_offs(subscale: Subscale, low: float, high: float) -> tuple[Mark, ...]:
    """One line for each value, whoever it is for: the words below the picture say for whom."""
    values = dict.fromkeys(one.value for one in subscale.cut_offs)
    return tuple(
        _mark(LEFT + 8, y, f"cut-off {number_in_words(value)}", y - 6)
        for value in values
        if low <= value <= high
        for y in [_up(value, low, high)]
    )


def _band(
    subscale: Subscale, places: Sequence[tuple[float, float, float]], low: float, high: float
) -> Band | None:
    """About the first score: what lies inside is no more than chance could make of it."""
    if subscale.reliable_change is None or not places:
        return None
    first, points = places[0][2], float(subscale.reliable_change.points)
    above, below = min(high, first + points), max(low, first - points)
    top, bottom = _up(above, low, high), _up(below, low, high)
    return Band(y=f"{top:.1f}", height=f"{bottom - top:.1f}")


def _days(days: Sequence[date]) -> tuple[Mark, ...]:
    """As many as there is room for, the last always."""
    kept: list[tuple[float, date]] = []
    for on in reversed(days):
        x = _across(on, days)
        if not kept or kept[-1][0] - x >= ROOM_OF_A_DAY:
            kept.append((x, on))
    return tuple(_mark(x, BOTTOM + 24, short_day(on)) for x, on in reversed(kept))


def _steps(low: float, high: float) -> tuple[Mark, ...]:
    values = (low, (low + high) / 2, high)
    return tuple(_mark(LEFT - 8, _up(one, low, high), number_in_words(one)) for one in values)
