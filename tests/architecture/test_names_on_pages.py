"""H30: whatever page shows a child's name or address to a person, it stands in that child's chain:
as a look at the record, or apart from those as a name on a list."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from tests.architecture import furnished
from tests.architecture.routes import all_routes
from tests.cast import PEOPLE, Cast

pytestmark = pytest.mark.django_db
TOLD = {"list", "view", "print", "export"}


@dataclass(frozen=True)
class Named:
    id: int
    public_id: str
    name: str
    reached_by: int

    def is_on(self, page: str) -> bool:
        return self.public_id in page or bool(re.search(rf"\b{self.name}\b", page))

    def told(self, by: StaffMember, since: int) -> set[str]:
        """The pages that this child's chain has of this person."""
        with acting(self.reached_by):
            events = AuditEvent.objects.filter(chain=self.id, actor=by.pk, id__gt=since)
            return set(events.filter(act__in=TOLD).values_list("page", flat=True))


@pytest.fixture
def about_david(cast: Cast) -> dict[str, str]:
    """And another child of a name so like it that the banner warns, and an emergency."""
    pages = furnished.furnish(cast)
    with acting(cast.chillip.pk):
        children.refer(
            by=cast.chillip, at=datetime.now(UTC), unit=cast.rookery, preferred_name="Davide"
        )
    with acting(cast.barkis.pk):
        children.break_glass(
            child_id=cast.david.pk, by=cast.barkis, at=datetime.now(UTC), reason="He is hurt"
        )
    return pages


@pytest.fixture
def everybody(about_david: dict[str, str], cast: Cast) -> list[Named]:
    found = []
    for reader in (cast.chillip, cast.fairfax):
        with acting(reader.pk):
            found += [
                Named(one.pk, one.public_id, one.preferred_name, reader.pk)
                for one in Child.objects.all()
            ]
    assert {one.name for one in found} == {"David", "Davide", "Tommy", "Jane"}
    return found


@pytest.fixture
def pages(about_david: dict[str, str], cast: Cast) -> list[tuple[str, str]]:
    """Every address there is, and those with a question that makes them name somebody."""
    plain = [(route.name, reverse(route.name)) for route in all_routes() if not route.parts]
    asked = [
        *(("children:find", reverse("children:find") + f"?q={typed}") for typed in TYPED),
        ("overview:unit_shift", reverse("overview:unit_shift", args=[cast.rookery.public_id])),
    ]
    polled = [("overview:unit_shift", f"{asked[-1][1]}?poll")]
    return [*about_david.items(), *plain, *asked, *polled]


TYPED = ("dav", "tom", "jane")
LEFT_OUT = {"account_logout"}  # or the rest would be seen by nobody


def _since() -> int:
    newest = AuditEvent.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


@pytest.mark.parametrize("username", [person.username for person in PEOPLE])
def test_every_page_that_names_a_child_leaves_an_event_in_that_childs_chain(
    username: str,
    pages: list[tuple[str, str]],
    everybody: list[Named],
    cast: Cast,
    signed_in: type[Client],
) -> None:
    person = getattr(cast, username)
    browser = signed_in(person)
    with acting(cast.chillip.pk):
        since = _since()
    shown: dict[Named, set[str]] = {one: set() for one in everybody}
    for name, url in pages:
        if name in LEFT_OUT:
            continue
        text = browser.get(url).content.decode(errors="replace")
        for one in everybody:
            if one.is_on(text):
                shown[one].add(name)
    untold = {one.name: shown[one] - one.told(person, since) for one in everybody}
    assert not {name: left for name, left in untold.items() if left}


def test_the_walk_does_come_across_names_on_lists(
    pages: list[tuple[str, str]],
    everybody: list[Named],
    cast: Cast,
    signed_in: type[Client],
) -> None:
    """Or the test above would prove nothing."""
    where = {
        "peggotty": {"overview:shift", "overview:unit_shift", "children:find", "children:child"},
        "chillip": {"overview:unit_shift", "children:find", "activators:one_page"},
        "wickfield": {"overview:my_children", "children:find"},
        "strong": {"children:governance"},
    }
    (alike,) = [one for one in everybody if one.name == "Davide"]
    (david,) = [one for one in everybody if one.name == "David"]
    for username, expected in where.items():
        person = getattr(cast, username)
        browser = signed_in(person)
        for name, url in pages:
            if name in expected:
                browser.get(url)
        child = david if username == "wickfield" else alike
        assert expected <= child.told(person, 0), username
