"""Mind, body and people along a life: time runs down the page, so that it can be read on a tablet
and on paper; body, mind and people stand side by side."""

from collections.abc import Sequence

from newel.record.stairs.activators import map_queries as queries
from newel.record.stairs.activators.map_models import AREAS, LIFE_STAGES
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.maps.cards import (
    LEADING,
    WIDE,
    Mapped,
    lines_for,
)
from newel.record.stairs.activators.presenters.maps.five_ps import what_the_child_says
from newel.record.stairs.activators.presenters.maps.strips import (
    GAP,
    INSIDE,
    Column,
    Panel,
    Strip,
    Words,
    side_by_side,
    space,
)
from newel.record.stairs.activators.rules.places import Places
from newel.record.stairs.activators.rules.wrapping import wrapped

STAGES = (*LIFE_STAGES, ("", "Not placed in time"))
_IN_WORDS = dict(AREAS)
_ALWAYS = ("biological", "psychological", "social")
# "Growing up" was an area before time had a place of its own: what is still there keeps a column.
_AREAS = (*_ALWAYS, "developmental")
LABEL = 110
Groups = list[tuple[str, str, list[tuple[str, str, list[Mapped]]]]]


def groups(numbered: Sequence[tuple[Statement, Mapped]]) -> Groups:
    """(stage, its words, [(area, its words, what stands there)])."""
    placed = [(queries.places_now(one), mapped) for one, mapped in numbered]
    areas = _areas_in_use(places for places, _ in placed)
    return [(stage, words, _of_stage(stage, areas, placed)) for stage, words in STAGES]


def _areas_in_use(places: object) -> list[str]:
    used = {one.area for one in places}  # type: ignore[attr-defined]
    return [area for area in _AREAS if area in _ALWAYS or area in used]


def _of_stage(
    stage: str, areas: list[str], placed: list[tuple[Places, Mapped]]
) -> list[tuple[str, str, list[Mapped]]]:
    return [
        (
            area,
            _IN_WORDS[area],
            [m for places, m in placed if (places.life_stage, places.area) == (stage, area)],
        )
        for area in areas
    ]


def strips(found: Groups, *, said: list[Mapped], count: int, name: str) -> list[Strip]:
    most = lines_for(count)
    drawn: list[Strip] = []
    for stage, words, areas in found:
        drawn += [*_stage(stage, words, areas, most), space()]
    return [*drawn[:-1], *what_the_child_says(said, name, most)]


def _stage(
    stage: str, words: str, areas: list[tuple[str, str, list[Mapped]]], most: int
) -> list[Strip]:
    if not any(items for _, _, items in areas):
        return [_nothing(stage, words)]
    width = (WIDE - LABEL - (len(areas) - 1) * GAP) // len(areas)
    columns = [
        Column(
            code=area if stage else "not-placed",
            heading=heading,
            x=LABEL + index * (width + GAP),
            width=width,
            items=items,
            nothing="Nothing here.",
        )
        for index, (area, heading, items) in enumerate(areas)
    ]
    strips = side_by_side(columns, most=most)
    label = _label(words)
    strips[0].words = (label, *strips[0].words)
    strips[0].height = max(strips[0].height, 14 + LEADING * len(label.lines))
    return strips


def _label(words: str) -> Words:
    lines = wrapped(words, width=LABEL - 14, size=17, most=4)
    return Words(x=0, y=26, lines=lines, kind="stage")


def _nothing(stage: str, words: str) -> Strip:
    """A stage of which nobody has said anything stays on the map, and takes little room."""
    text = "Nothing is placed here." if stage else "Everything is placed in time."
    label = _label(words)
    return Strip(
        height=16 + LEADING * len(label.lines),
        panels=(Panel(x=LABEL, width=WIDE - LABEL, code="empty"),),
        words=(label, Words(x=LABEL + INSIDE, y=26, lines=(text,), kind="nothing")),
        begins=True,
    )
