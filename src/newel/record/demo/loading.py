"""Loading the demo estate: every fact through the rooms' own actions, in its author's name."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from newel.record.access import actions as accounts
from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.demo import estate, queries
from newel.record.demo.child_story import ChildStory
from newel.record.demo.loaded import Estate
from newel.record.demo.maps_story import MapsStory
from newel.record.demo.on_record import put_fiction_on_record
from newel.record.demo.only_here import refuse_outside_demo
from newel.record.demo.relative_days import Calendar
from newel.record.demo.understanding_story import UnderstandingStory
from newel.record.establishments import actions as places

# The first account of all; it makes the others, as on a real installation.
FIRST_ROLE = "administrator"
POSTS_SINCE_DAY = -720


def is_loaded() -> bool:
    return queries.has_people()


@transaction.atomic
def load() -> None:
    """All of it or nothing: a demo whose loading was stopped is loaded at the next start."""
    refuse_outside_demo()
    loaded = Estate(Calendar(datetime.now(UTC)))
    _load_people(loaded)
    with acting(_first(loaded).pk, page="demo"):
        _load_places(loaded)
        _load_posts(loaded)
    put_fiction_on_record(loaded)
    for name in estate.CHILDREN:
        story = ChildStory(estate.read(name), loaded)
        story.tell()
        understood = UnderstandingStory(story)
        understood.tell()
        MapsStory(story, estate.read("maps").get(name, {}), understood.statements).tell()


def _first(loaded: Estate) -> StaffMember:
    return next(one for one in loaded.staff.values() if one.role == FIRST_ROLE)


def _load_people(loaded: Estate) -> None:
    people = sorted(estate.read("staff")["staff"], key=lambda one: one["role"] != FIRST_ROLE)
    by: StaffMember | None = None
    for one in people:
        with acting(by.pk if by else None, page="demo"):
            added = accounts.add_staff(
                by=by,
                at=loaded.calendar.day(POSTS_SINCE_DAY),
                name=one["name"],
                username=one["username"],
                role=one["role"],
            )
        loaded.staff[one["key"]] = added
        by = by or added


def _load_places(loaded: Estate) -> None:
    data = estate.read("settings")
    for agency in data["agencies"]:
        loaded.agencies[agency["key"]] = places.add_agency(name=agency["name"], kind=agency["kind"])
    for setting in data["settings"]:
        added = places.add_setting(name=setting["name"], setting_type=setting["setting_type"])
        loaded.settings[setting["key"]] = added
        for unit in setting["units"]:
            loaded.units[unit["key"]] = places.add_unit(setting=added, name=unit["name"])


def _load_posts(loaded: Estate) -> None:
    for one in estate.read("staff")["staff"]:
        for post in one.get("posts") or []:
            _load_post(loaded, one, post)


def _load_post(loaded: Estate, person: dict[str, Any], post: dict[str, Any]) -> None:
    unit = post.get("unit")
    places.start_post(
        staff=loaded.staff[person["key"]],
        setting=loaded.settings[post["setting"]],
        unit=loaded.units[unit] if unit else None,
        discipline=person["discipline"],
        agency=loaded.agencies[person["agency"]],
        at=loaded.calendar.day(POSTS_SINCE_DAY),
    )
