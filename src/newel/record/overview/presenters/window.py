"""Which shift, since when it is told, and who took it over, in words."""

from datetime import datetime

from newel.record.design_system.dates import day, time_of_day
from newel.record.overview.presenters.moments import moment
from newel.record.overview.rules import Shift, Taken, Window

TIMES_PROPOSED = (
    "Nobody at this setting has said yet when its shifts begin. These hours are a proposal of "
    "Newel’s: an administrator can put them right."
)


def when_in_words(shift: Shift) -> str:
    begins, ends = time_of_day(shift.starts_at), time_of_day(shift.ends_at)
    return f"{shift.name}, {day(shift.starts_at)}, {begins} to {ends}"


def since_in_words(window: Window, now: datetime) -> str:
    if window.first:
        since = f"What changed since {moment(window.since, now=now).removeprefix('on ')}"
        nobody = "Nobody took over an earlier shift here in Newel. "
        return f"{since}." if window.in_part else f"{nobody}{since}:"
    first = window.before[0]
    names = names_in_words([row.name for row in window.before])
    read = moment(first.read_until, now=now)
    return f"What changed since {names} took over the {first.shift_name.lower()}, {read}."


def missed_in_words(window: Window) -> str:
    said = ""
    if window.in_part:
        names = names_in_words(sorted({row.name for row in window.in_part}))
        said = (
            f"The records are closed to {names}, who took over in between: what could not be told "
            "then is here too. "
        )
    if window.missed == 1:
        said += "Nobody took over the shift in between, so its changes are here too."
    elif window.missed:
        said += (
            f"Nobody took over the {window.missed} shifts in between: their changes are here too."
        )
    if window.cut:
        said += " Older changes than a month are not: look in each record."
    return said.strip()


def names_in_words(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def taken_in_words(row: Taken, now: datetime) -> str:
    return f"{row.name} took this shift over {moment(row.taken_at, now=now)}."
