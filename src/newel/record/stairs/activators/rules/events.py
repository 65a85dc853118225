"""A life event in one line, for linking."""

from newel.record.design_system.dates import day
from newel.record.stairs.scoping.models import LifeEvent


def event_in_words(event: LifeEvent) -> str:
    if event.precision == "exact":
        return f"{day(event.earliest_on)}: {event.title}"
    when = event.when_words or (str(event.earliest_on.year) if event.earliest_on else "")
    return f"{when or 'Nobody knows when'}: {event.title}"
