"""That a statement was moved on the maps, in sentences: one for each map on which it moved."""

from newel.record.stairs.activators.map_models import AREAS, FIVE_PS, LIFE_STAGES
from newel.record.stairs.activators.rules.places import Places

_PS, _AREAS = dict(FIVE_PS), dict(AREAS)
_STAGES = {**dict(LIFE_STAGES), "": "not placed in time"}


def moved_in_words(was: Places, now: Places) -> tuple[str, ...]:
    told = []
    if set(was.five_ps) != set(now.five_ps):
        told.append(f"In the 5 Ps: it was {_ps(was)}, it is {_ps(now)}.")
    if was.area != now.area:
        told.append(
            f"What it is mostly about: it was “{_AREAS[was.area]}”, it is “{_AREAS[now.area]}”."
        )
    if was.life_stage != now.life_stage:
        before, after = _STAGES[was.life_stage].lower(), _STAGES[now.life_stage].lower()
        told.append(f"In time: it was {before}, it is {after}.")
    return tuple(told)


def _ps(places: Places) -> str:
    names = [
        words.partition(":")[0].lower() for code, words in _PS.items() if code in places.five_ps
    ]
    return " and ".join(names) if names else "nowhere"
