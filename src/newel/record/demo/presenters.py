"""The demo's people, by role, as its sign-in page lists them."""

from dataclasses import dataclass

from newel.record.access.roles import ROLES
from newel.record.demo import estate
from newel.record.design_system.pages import Page


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    username: str
    name: str
    one_line: str


@dataclass(frozen=True, kw_only=True)
class DemoRole:
    name: str
    description: str
    people: tuple[DemoPerson, ...]


@dataclass(kw_only=True)
class PeoplePage(Page):
    roles: tuple[DemoRole, ...]
    then: str


def people_page(*, then: str) -> PeoplePage:
    """`then`: the address that was asked for before signing in."""
    return PeoplePage(
        then=then,
        title="Who would you like to be?",
        roles=tuple(
            DemoRole(name=role.name, description=role.description, people=_people(role.code))
            for role in ROLES.values()
            if _people(role.code)
        ),
    )


def _people(role: str) -> tuple[DemoPerson, ...]:
    return tuple(
        DemoPerson(username=one["username"], name=one["name"], one_line=one["one_line"])
        for one in estate.read("staff")["staff"]
        if one["role"] == role
    )
