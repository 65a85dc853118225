"""The demo's people, as its sign-in page lists them: where they work, and what they are there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.demo import estate
from newel.record.design_system.pages import Page

ON_A_UNIT = ("residential_worker", "keyworker")
LEADS = ("psychologist", "manager", "health_lead", "education_lead")
AROUND_ONE_CHILD = ("social_worker", "youth_justice_worker")
NO_CHILDS_RECORD = (
    *("governance_lead", "administrator", "training_lead"),
    *("evaluator", "commissioner"),
)


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    username: str
    name: str
    one_line: str


@dataclass(frozen=True, kw_only=True)
class DemoGroup:
    code: str
    name: str
    what: str
    people: tuple[DemoPerson, ...]


@dataclass(kw_only=True)
class PeoplePage(Page):
    groups: tuple[DemoGroup, ...]
    then: str


def people_page(*, then: str, for_one_shift: Iterable[StaffMember]) -> PeoplePage:
    """`then`: the address that was asked for before signing in."""
    groups = (*_units(), _of_one_shift(for_one_shift), *_others())
    return PeoplePage(
        then=then,
        title="Who would you like to be?",
        groups=tuple(group for group in groups if group.people),
    )


def _units() -> Iterable[DemoGroup]:
    for setting in estate.read("settings")["settings"]:
        for unit in setting["units"]:
            yield DemoGroup(
                code=unit["key"],
                name=unit["name"],
                what=f"Works on this unit of {setting['name']}",
                people=_listed(one for one in _of_roles(ON_A_UNIT) if _unit_of(one) == unit["key"]),
            )


def _unit_of(person: dict[str, Any]) -> str | None:
    """Where somebody works now; of two units the first."""
    unit: str | None = person["posts"][0]["unit"]
    return person["moves"][-1]["to"] if person.get("moves") else unit


def _of_one_shift(staff: Iterable[StaffMember]) -> DemoGroup:
    return DemoGroup(
        code="one_shift",
        name="Here for one shift",
        what="Agency workers whose account closes by itself",
        people=tuple(
            DemoPerson(
                username=one.username, name=one.name, one_line="Agency worker, for this shift"
            )
            for one in staff
        ),
    )


def _others() -> Iterable[DemoGroup]:
    yield DemoGroup(
        code="leads",
        name="Leads and managers",
        what="Answer for the children of a whole setting",
        people=_listed(_of_roles(LEADS)),
    )
    yield DemoGroup(
        code="around_one_child",
        name="Around one child",
        what="Sees only the children they work with",
        people=_listed(_of_roles(AROUND_ONE_CHILD)),
    )
    yield DemoGroup(
        code="no_record",
        name="Governance, accounts and figures",
        what="Sees no child’s record",
        people=_listed(_of_roles(NO_CHILDS_RECORD)),
    )


def _of_roles(roles: tuple[str, ...]) -> list[dict[str, Any]]:
    """Who works there now, role by role."""
    here = [one for one in estate.read("staff")["staff"] if "left_day" not in one]
    return [one for role in roles for one in here if one["role"] == role]


def _listed(people: Iterable[dict[str, Any]]) -> tuple[DemoPerson, ...]:
    return tuple(
        DemoPerson(username=one["username"], name=one["name"], one_line=one["one_line"])
        for one in people
    )
