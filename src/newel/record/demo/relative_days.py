"""The estate's calendar: facts of a stay are told in days from the day of loading, so that the
demo is as fresh tomorrow as it is today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WHEN_IN_THE_DAY = time(10, 30)


@dataclass(frozen=True)
class Calendar:
    loaded_at: datetime

    def on(self, days: int) -> date:
        return self.loaded_at.astimezone(LONDON).date() + timedelta(days=days)

    def day(self, days: int) -> datetime:
        """Mid-morning of that day; what happens on the day of loading happened an hour ago."""
        if days == 0:
            return self.loaded_at - timedelta(hours=1)
        return datetime.combine(self.on(days), WHEN_IN_THE_DAY, LONDON)

    def moment(self, told: dict[str, Any] | None) -> datetime | None:
        """`{day: -3}` or `{day: 0, in_minutes: 75}`."""
        if told is None:
            return None
        if "in_minutes" in told:
            return self.loaded_at + timedelta(days=told["day"], minutes=told["in_minutes"])
        return self.day(told["day"])

    def date_of(self, told: dict[str, Any] | None) -> date | None:
        return None if told is None else self.on(told["day"])
