"""The 5 Ps as a picture: what is seen now at the top, what led there and keeps it going below it,
and under all of it what keeps the child well."""

from collections.abc import Sequence

from newel.record.stairs.activators import map_queries as queries
from newel.record.stairs.activators.map_models import FIVE_PS
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.maps.cards import WIDE, Mapped, lines_for
from newel.record.stairs.activators.presenters.maps.strips import (
    GAP,
    Column,
    Strip,
    side_by_side,
    space,
    whole_width,
)

NOT_PLACED = "Not on the 5 Ps yet"
_WORDS = dict(FIVE_PS)
_LED_THERE = ("predisposing", "precipitating", "perpetuating")
Groups = list[tuple[str, str, list[Mapped]]]


def groups(numbered: Sequence[tuple[Statement, Mapped]]) -> Groups:
    """(code, heading, what stands there). A statement may stand under several."""
    placed = [(queries.places_now(one).five_ps, mapped) for one, mapped in numbered]
    found = [
        (code, words, [mapped for five_ps, mapped in placed if code in five_ps])
        for code, words in FIVE_PS
    ]
    nowhere = [mapped for five_ps, mapped in placed if not five_ps]
    return [*found, ("not_placed", NOT_PLACED, nowhere)]


def strips(found: Groups, *, said: list[Mapped], count: int, name: str) -> list[Strip]:
    of = {code: items for code, _, items in found}
    most = lines_for(count)
    third = (WIDE - 2 * GAP) // 3
    led_there = [
        Column(
            code=code,
            heading=_WORDS[code],
            x=index * (third + GAP),
            width=third,
            items=of[code],
        )
        for index, code in enumerate(_LED_THERE)
    ]
    drawn = [
        *whole_width("presenting", _WORDS["presenting"], of["presenting"], most=most),
        space(),
        *side_by_side(led_there, most=most),
        space(),
        *whole_width("protective", _WORDS["protective"], of["protective"], most=most),
        *what_the_child_says(said, name, most),
    ]
    if of["not_placed"]:
        drawn += [space(), *whole_width("not-placed", NOT_PLACED, of["not_placed"], most=most)]
    return drawn


def what_the_child_says(said: list[Mapped], name: str, most: int) -> list[Strip]:
    """A place of its own on every map: nobody sorts the child's words into somebody's scheme."""
    if not said:
        return []
    return [space(), *whole_width("says", f"What {name} says", said, most=most)]
