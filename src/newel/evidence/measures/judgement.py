"""How a structured professional judgement is read: by topics, each with one rating or two.

START:AV rates each topic for strength and for vulnerability, HCR-20 for presence and for relevance.
Each rating has its own reasons beside it. Nothing here counts ratings or adds them up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from newel.evidence.measures.definition import Item, Measure, Option, Section

_BETWEEN = ": "


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One of the ratings of a topic. `name` is “” where it is the only one."""

    item: str
    name: str
    options: tuple[Option, ...]

    def is_left_out(self, value: float) -> bool:
        return any(one.left_out for one in self.options if one.value == value)


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What is rated. own_words: what it is, whoever rates has to say."""

    id: str
    label: str
    ratings: tuple[Rating, ...]
    own_words: bool

    @property
    def what_it_is(self) -> str:
        """The item at which the words stand that say what a case-specific topic is."""
        return self.ratings[0].item


@dataclass(frozen=True, kw_only=True)
class Group:
    name: str
    topics: tuple[Topic, ...]


def groups(measure: Measure) -> tuple[Group, ...]:
    """The parts of the form in its order; one without a name where the definition has none."""
    found = topics(measure)
    if not measure.sections:
        return (Group(name="", topics=found),)
    return tuple(
        Group(name=one.name, topics=tuple(_within(measure, one, found))) for one in measure.sections
    )


def _within(measure: Measure, section: Section, found: Iterable[Topic]) -> Iterable[Topic]:
    ids = [one.id for one in measure.items]
    held = ids[ids.index(section.first) : ids.index(section.last) + 1]
    return (one for one in found if one.ratings[0].item in held)


def topics(measure: Measure) -> tuple[Topic, ...]:
    """In the order of the form."""
    return tuple(
        _topic(measure, id, tuple(items)) for id, items in groupby(measure.items, topic_id)
    )


def topic_id(item: Item) -> str:
    """`start_av_01` of `start_av_01_strength`: the id without the name of what is rated."""
    return item.id.removesuffix(f"_{item.responses}")


def _topic(measure: Measure, id: str, items: tuple[Item, ...]) -> Topic:
    label, names = _names(items)
    return Topic(
        id=id,
        label=label,
        ratings=tuple(
            Rating(item=one.id, name=name, options=measure.responses_of(one.id).options)
            for one, name in zip(items, names, strict=True)
        ),
        own_words=any(one.own_words for one in items),
    )


def _names(items: tuple[Item, ...]) -> tuple[str, tuple[str, ...]]:
    """What two labels have in common, and what is each one's own. A site's own wording may have
    the same text twice, or two that have nothing in common."""
    if len(items) == 1:
        return items[0].label, ("",)
    own = tuple(one.responses.replace("_", " ") for one in items)
    if len({one.label for one in items}) == 1:
        return items[0].label, own
    parts = [one.label.rpartition(_BETWEEN) for one in items]
    if len({shared for shared, _, _ in parts}) == 1 and parts[0][0]:
        return parts[0][0], tuple(name for _, _, name in parts)
    return " / ".join(one.label for one in items), own
