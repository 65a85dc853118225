"""How waves are called."""

from newel.evidence.measures import measure
from newel.record.design_system.dates import day
from newel.record.outcomes.surveys.models import STAFF, Wave


def place(wave: Wave) -> str:
    return wave.unit.name if wave.unit else wave.setting.name


def called(wave: Wave) -> str:
    return f"{measure(wave.measure).short_name}, {place(wave)}"


def days(wave: Wave) -> str:
    if wave.opens_on == wave.closes_on:
        return day(wave.opens_on)
    return f"{day(wave.opens_on)} to {day(wave.closes_on)}"


def group(asked: str) -> str:
    return "Staff" if asked == STAFF else "Residents"


def forms(number: int) -> str:
    return "1 form" if number == 1 else f"{number} forms"
