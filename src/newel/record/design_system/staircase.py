"""The six steps of STAIRS as the way through a child's record.

A room that exists gives its address; a step without one is absent, never a dead end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STEPS = {
    "scoping": ("Scoping", "why here, and the way so far"),
    "targets": ("Targets", "what we agreed to aim for"),
    "activators": ("Activators", "what sets things off, and what helps"),
    "interventions": ("Interventions", "what we do about it"),
    "reviews": ("Review", "what changed, and what we now think"),
    "sustain": ("Sustain", "how it lasts after leaving"),
}


@dataclass(frozen=True, kw_only=True)
class Stair:
    letter: str
    name: str
    meaning: str
    href: str
    # 1 is the lowest of those shown.
    height: int
    current: bool


def stairs(*, rooms: Mapping[str, str], current: str = "") -> tuple[Stair, ...]:
    """`rooms`: name of the room -> its address for this child. Always in the order of STAIRS."""
    there = [room for room in STEPS if room in rooms]
    return tuple(
        Stair(
            letter=STEPS[room][0][0],
            name=STEPS[room][0],
            meaning=STEPS[room][1],
            href=rooms[room],
            height=height,
            current=room == current,
        )
        for height, room in enumerate(there, start=1)
    )
