"""A day of a file, as pages say days."""

from datetime import date

from newel.record.design_system.dates import day


def said_day(iso: str) -> str:
    try:
        return day(date.fromisoformat(iso))
    except ValueError:
        return iso
