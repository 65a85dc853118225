"""The demo's places and the people who work there: who came, who moved, who left."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from newel.record.access import actions as accounts
from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.demo import estate
from newel.record.demo.loaded import Estate
from newel.record.establishments import actions as places
from newel.record.establishments.models import Post
from newel.record.establishments.one_shift import actions as one_shift

Told = dict[str, Any]
# The first account of all; it makes the others, as on a real installation.
FIRST_ROLE = "administrator"
HERE_SINCE_DAY = -720


class PeopleStory:
    def __init__(self, loaded: Estate) -> None:
        self.estate = loaded
        self.calendar = loaded.calendar
        self.told = estate.read("staff")
        self.posts: dict[tuple[str, str | None], Post] = {}

    def they_come(self) -> None:
        self._accounts()
        with acting(self._first.pk, page="demo"):
            self._places()
            for one in self.told["staff"]:
                for post in one.get("posts") or []:
                    self._post(one, post)
                self._move(one)

    def they_leave(self) -> None:
        """After the children's files are told: who has left writes nothing any more."""
        with acting(self._first.pk, page="demo"):
            for one in self.told["staff"]:
                if "left_day" in one:
                    self._leave(one, one.get("account_ended", True))
        for one in self.told["for_one_shift"]:
            self._one_shift(one)

    @property
    def _first(self) -> StaffMember:
        return next(one for one in self.estate.staff.values() if one.role == FIRST_ROLE)

    def _accounts(self) -> None:
        by: StaffMember | None = None
        for one in sorted(self.told["staff"], key=lambda each: each["role"] != FIRST_ROLE):
            with acting(by.pk if by else None, page="demo"):
                added = accounts.add_staff(
                    by=by,
                    at=self.calendar.day(one.get("since_day", HERE_SINCE_DAY)),
                    name=one["name"],
                    username=one["username"],
                    role=one["role"],
                )
            self.estate.staff[one["key"]] = added
            by = by or added

    def _places(self) -> None:
        data = estate.read("settings")
        for one in data["agencies"]:
            added = places.add_agency(name=one["name"], kind=one["kind"])
            self.estate.agencies[one["key"]] = added
        for one in data["settings"]:
            setting = places.add_setting(name=one["name"], setting_type=one["setting_type"])
            self.estate.settings[one["key"]] = setting
            for unit in one["units"]:
                self.estate.units[unit["key"]] = places.add_unit(setting=setting, name=unit["name"])

    def _post(self, person: Told, told: Told) -> None:
        unit = told.get("unit")
        since = int(told.get("since_day") or person.get("since_day") or HERE_SINCE_DAY)
        post = places.start_post(
            staff=self.estate.staff[person["key"]],
            setting=self.estate.settings[told["setting"]],
            unit=self.estate.units[unit] if unit else None,
            discipline=person["discipline"],
            agency=self.estate.agencies[person["agency"]],
            at=self.calendar.day(since),
        )
        self.posts[person["key"], unit] = post

    def _move(self, person: Told) -> None:
        for one in person.get("moves", []):
            self.posts[person["key"], one["to"]] = places.move_to_unit(
                post=self.posts.pop((person["key"], one["from"])),
                unit=self.estate.units[one["to"]],
                at=self.calendar.day(one["day"]),
            )

    def _leave(self, person: Told, account_ended: bool) -> None:
        at = self.calendar.day(person["left_day"])
        for (key, _), post in self.posts.items():
            if key == person["key"]:
                places.end_post(post=post, at=at)
        if account_ended:
            staff = self.estate.staff[person["key"]]
            accounts.end_staff(staff=staff, by=self._first, at=at)

    def _one_shift(self, told: Told) -> None:
        by = self.estate.staff[told["by"]]
        at = self.calendar.loaded_at - timedelta(hours=told["hours_ago"])
        with acting(by.pk, page="demo"):
            slip = one_shift.let_in(
                name=told["name"],
                agency=self.estate.agencies[told["agency"]].name,
                unit=self.estate.units[told["unit"]],
                until=at + timedelta(hours=told["hours"]),
                by=by,
                at=at,
            )
        with acting(slip.staff.pk, page="demo"):
            accounts.choose_password(staff=slip.staff, password=token_urlsafe(), at=at)
