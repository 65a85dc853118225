"""A life event in one line, for linking."""

from newel.record.stairs.scoping.models import LifeEvent
from newel.record.stairs.scoping.rules import Span, when_in_words


def event_in_words(event: LifeEvent) -> str:
    when = when_in_words(event.precision, Span(event.earliest_on, event.latest_on), event.about_age)
    return f"{event.when_words or when}: {event.title}"
