"""Each role, each way of standing to a child, and what opens: asked of Newel itself, page by page,
and written down for a Caldicott Guardian in docs/generated/who_opens_what.md.

NEWEL_WRITE_DOCS=1 writes the file anew; without it a stale file fails.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from newel.record.access.models import StaffMember
from newel.record.access.roles import IN_WORDS, ROLES, Capability
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import BreakGlass, Child, Stay
from newel.record.config.place import CHECKOUT
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency, Setting, Unit
from tests.architecture import furnished
from tests.architecture.routes import Route, routes_about_a_child
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
PAGE = CHECKOUT / "docs" / "generated" / "who_opens_what.md"
STATUS = {200: "yes", 403: "·", 404: "no"}
# Opens by name only, whatever the role: who a sealing was opened to.
BY_NAME_ONLY = {"children:sealed"}
NO_PAGE = {"activators:show_to_child"}

Stands = Callable[[Cast, StaffMember], None]


def _works(cast: Cast, staff: StaffMember, setting: Setting, unit: Unit | None) -> None:
    with acting(cast.spenlow.pk):
        places.start_post(
            staff=staff, setting=setting, unit=unit, discipline="residential",
            agency=Agency.objects.all()[0], at=LONG_AGO,
        )  # fmt: skip


def _on_the_unit(cast: Cast, staff: StaffMember) -> None:
    _works(cast, staff, cast.rookery.setting, cast.rookery)


def _on_another_unit(cast: Cast, staff: StaffMember) -> None:
    _works(cast, staff, cast.rookery.setting, cast.yarmouth)


def _in_the_setting(cast: Cast, staff: StaffMember) -> None:
    _works(cast, staff, cast.rookery.setting, None)


def _in_another_setting(cast: Cast, staff: StaffMember) -> None:
    _works(cast, staff, cast.ferndean.setting, None)


def _in_the_team(cast: Cast, staff: StaffMember) -> None:
    with acting(cast.chillip.pk):
        children.add_team_member(
            stay=Stay.objects.get(child=cast.david), staff=staff, name=staff.name, part="Helps",
            agency=Agency.objects.all()[0], discipline="other", starts_on=LONG_AGO.date(),
        )  # fmt: skip


def _keyworker(cast: Cast, staff: StaffMember) -> None:
    with acting(cast.chillip.pk):
        children.assign_keyworker(
            stay=Stay.objects.get(child=cast.david), staff=staff, on=LONG_AGO.date()
        )


def _by_name(cast: Cast, staff: StaffMember) -> None:
    with acting(cast.strong.pk):
        children.give_access(
            child=Child.objects.get(preferred_name="David"), staff=staff, by=cast.strong,
            at=LONG_AGO, purpose="Reports", ends_at=datetime.now(UTC) + timedelta(days=9),
        )  # fmt: skip


def _broke_the_glass(cast: Cast, staff: StaffMember) -> None:
    """Written directly: what follows from broken glass is asked here, not who may break it."""
    now = datetime.now(UTC)
    with acting(staff.pk):
        BreakGlass.objects.create(
            child_id=cast.david.pk, staff=staff, reason="A fire", starts_at=now,
            ends_at=now + timedelta(hours=3),
        )  # fmt: skip


def _blocked(cast: Cast, staff: StaffMember) -> None:
    _on_the_unit(cast, staff)
    with acting(cast.strong.pk):
        children.block(
            child=Child.objects.get(preferred_name="David"), staff=staff, by=cast.strong,
            at=LONG_AGO, reason="A relative",
        )  # fmt: skip


def _stranger(cast: Cast, staff: StaffMember) -> None:
    pass


STANDINGS: dict[str, Stands] = {
    "On the child’s unit": _on_the_unit,
    "With a post for the whole setting": _in_the_setting,
    "On another unit of the setting": _on_another_unit,
    "In another setting": _in_another_setting,
    "In the team around the child": _in_the_team,
    "The child’s keyworker": _keyworker,
    "With named access": _by_name,
    "Opened it in an emergency, for three hours": _broke_the_glass,
    "On the unit and blocked from this child": _blocked,
    "None of these": _stranger,
}


def groups() -> dict[str, list[Route]]:
    """The pages about a child, by what a role has to be allowed to do."""
    found: dict[str, list[Route]] = {}
    for route in routes_about_a_child():
        if route.name not in NO_PAGE | BY_NAME_ONLY:
            found.setdefault(route.who_may or "", []).append(route)
    return {str(one): found[one] for one in Capability if one in found}


def _staff(role: str, number: int) -> StaffMember:
    until = datetime.now(UTC) + timedelta(hours=8) if ROLES[role].for_one_shift else None
    return StaffMember.objects.create(
        username=f"who{number}.{role}", name=f"Who {role}", name_key=f"who {role}", role=role,
        started_at=LONG_AGO, open_until=until,
    )  # fmt: skip


def _asked(
    pages: dict[str, str], cast: Cast, signed_in: type[Client], number: int, stands: Stands
) -> dict[str, list[str]]:
    """For each group of pages what each role gets: the same on every page of the group tried."""
    browsers = []
    for role in ROLES:
        staff = _staff(role, number)
        stands(cast, staff)
        browsers.append(signed_in(staff))
    return {
        group: [_answer(browser, pages[routes[0].name]) for browser in browsers]
        for group, routes in groups().items()
    }


def _answer(browser: Client, page: str) -> str:
    """A page that what is already done makes needless sends on to the record: it has opened."""
    answer = browser.get(page)
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/children/"), (page, answer.headers)
        return STATUS[200]
    return STATUS[answer.status_code]


def _words(tables: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    yield from (
        "# Who opens what",
        "",
        "Generated by `tests/architecture/test_who_opens_what.py`, which asks Newel page by page.",
        "For somebody who has to approve who may see what.",
        "",
        "- **yes**: the page opens.",
        "- **no**: for this person there is no such child. They are not told that there is one.",
        "- **·**: the role never opens this page, for no child. The attempt is in the audit.",
        "",
        "What is held back from some who open a page (held back, named people, protected",
        "addresses, sealed identities) is not shown to them on it. Governance leads with a post in",
        "the setting see who reaches a record, never the record.",
    )
    names = [role.name for role in ROLES.values()]
    for standing, table in tables.items():
        yield from ("", f"## {standing}", "", "| may the role … | " + " | ".join(names) + " |")
        yield "|---|" + "---|" * len(names)
        for group, answers in table.items():
            yield f"| {IN_WORDS[Capability(group)]} | " + " | ".join(answers) + " |"
    yield from ("", "## The pages behind each line", "")
    for group, routes in groups().items():
        pages = ", ".join(f"`{route.name}`" for route in sorted(routes, key=lambda r: r.name))
        yield f"- **{IN_WORDS[Capability(group)]}**: {pages}"
    yield "- **what is sealed**: `children:sealed`, for who was named in an opening of the sealing"
    yield ""


def test_the_table_says_what_newel_answers(cast: Cast, signed_in: type[Client]) -> None:
    pages = furnished.furnish(cast)
    tables = {
        standing: _asked(pages, cast, signed_in, number, stands)
        for number, (standing, stands) in enumerate(STANDINGS.items())
    }
    _check_the_sense_of_it(tables)
    words = "\n".join(_words(tables))
    if os.environ.get("NEWEL_WRITE_DOCS"):
        PAGE.write_text(words, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == words, (
        "Run this test with NEWEL_WRITE_DOCS=1, and read what has changed"
    )


def _check_the_sense_of_it(tables: dict[str, dict[str, list[str]]]) -> None:
    """H5, H30: whatever the file says, this has to be so."""
    governed = str(Capability.GOVERN_ACCESS)
    for standing in ("None of these", "In another setting", "On another unit of the setting",
                     "On the unit and blocked from this child"):  # fmt: skip
        for group, answers in tables[standing].items():
            assert group == governed or "yes" not in answers, (standing, group)
    for table in tables.values():
        for role, answer in zip(ROLES, table[str(Capability.READ_RECORD)], strict=True):
            assert ROLES[role].reads_children or answer == "·", role
