"""Made-up children in bulk, for load: the same seed makes the same children.

Written in bulk and not through the actions, one row of audit a child: a year of typing would take
an afternoon. Their words are drawn from a short list and mean nothing.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from newel.definitions import read
from newel.record.access import actions as accounts
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.access.transactions import acting
from newel.record.children.models import Child, Stay, UnitStay
from newel.record.demo import queries
from newel.record.demo.on_record import put_on_record
from newel.record.demo.only_here import refuse_outside_demo
from newel.record.demo.words import EVENTS, FIRST_NAMES, LINES
from newel.record.establishments import actions as places
from newel.record.establishments.models import Agency, Setting, Unit
from newel.record.stairs.activators.models import AGREED, DRAFT, OnePage, Statement
from newel.record.stairs.scoping.models import LifeEvent

CHILDREN_A_UNIT = 10
UNITS_A_SETTING = 4
CHILDREN_A_HOUSE = CHILDREN_A_UNIT * UNITS_A_SETTING
EVENTS_A_CHILD = 150
STATEMENTS_A_CHILD = 60
_KINDS = {kind["code"]: kind for kind in read("understanding/statements.yaml")["kinds"]}


@dataclass(frozen=True)
class MadeUpHouse:
    setting: Setting
    units: list[Unit]
    psychologist: StaffMember


def generate(*, children: int, seed: int, say: Callable[[str], object]) -> None:
    """Until there are so many: those who are there already stay, and only the rest is made."""
    refuse_outside_demo()
    now = datetime.now(UTC)
    there = queries.generated_children()
    for number in range(there // CHILDREN_A_HOUSE, -(-children // CHILDREN_A_HOUSE)):
        _fill_house(number, there, children, seed, now)
        say(f"{min(children, (number + 1) * CHILDREN_A_HOUSE)} of {children} made-up children\n")


def _fill_house(house_number: int, there: int, children: int, seed: int, now: datetime) -> None:
    house = _existing_house(house_number + 1) or _house(house_number + 1, now)
    first = house_number * CHILDREN_A_HOUSE
    with acting(house.psychologist.pk, page="demo"):
        for number in range(max(first, there), min(first + CHILDREN_A_HOUSE, children)):
            # Of its own for each child, so that a child is the same whenever it is made.
            chance = random.Random(f"{seed}-{number}")  # noqa: S311  made-up children, not secrets
            _child(house, house.units[(number - first) // CHILDREN_A_UNIT], chance, now)


def _existing_house(number: int) -> MadeUpHouse | None:
    found = queries.generated_setting(number=number)
    if found is None:
        return None
    psychologist = queries.generated_psychologist(number=number)
    return MadeUpHouse(found, queries.units(setting=found), psychologist)


def _house(number: int, now: datetime) -> MadeUpHouse:
    with acting(queries.first_administrator().pk, page="demo"):
        setting = places.add_setting(
            name=f"Made-up House {number}", setting_type="secure_childrens_home"
        )
        units = [
            places.add_unit(setting=setting, name=f"Unit {number}.{one + 1}")
            for one in range(UNITS_A_SETTING)
        ]
        agency = Agency.objects.order_by("pk")[0]
        psychologist = _worker(f"{queries.MADE_UP_PSYCHOLOGIST}.{number}", "psychologist", now)
        _post(psychologist, setting, None, agency, now)
        for one, unit in enumerate(units, start=1):
            worker = _worker(f"made-up.worker.{number}.{one}", "residential_worker", now)
            _post(worker, setting, unit, agency, now)
        put_on_record(
            setting,
            by=queries.first_administrator(),
            at=now - timedelta(days=250),
            agencies=[agency],
        )
    return MadeUpHouse(setting, units, psychologist)


def _worker(username: str, role: str, now: datetime) -> StaffMember:
    name = username.replace(".", " ").capitalize()
    return accounts.add_staff(by=None, at=now, name=name, username=username, role=role)


def _post(
    staff: StaffMember, setting: Setting, unit: Unit | None, agency: Agency, now: datetime
) -> None:
    places.start_post(
        staff=staff,
        setting=setting,
        unit=unit,
        discipline="residential" if unit else "psychology",
        agency=agency,
        at=now - timedelta(days=100),
    )


def _child(house: MadeUpHouse, unit: Unit, chance: random.Random, now: datetime) -> None:
    by = house.psychologist
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_new_child()")
        child_id = cursor.fetchone()[0]
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(FIRST_NAMES)}son"
    born_on = now.date() - timedelta(days=chance.randint(12 * 365, 17 * 365))
    child = Child.objects.create(
        id=child_id,
        preferred_name=name,
        name_key=sort_key(name),
        born_on=born_on,
        entered_at=now,
        entered_by=by,
    )
    came_at = now - timedelta(days=chance.randint(10, 200))
    stay = Stay.objects.create(
        child=child, setting=house.setting, referred_at=came_at, arrived_at=came_at, entered_by=by
    )
    UnitStay.objects.create(child=child, stay=stay, unit=unit, starts_at=came_at)
    LifeEvent.objects.bulk_create(_events(child, by, chance, now))
    Statement.objects.bulk_create(_statements(child, by, chance, now))
    OnePage.objects.create(child=child, version=STATEMENTS_A_CHILD, changed_at=now)
    audit.record("generate_child", thing="child", thing_id=child.pk, child_id=child.pk)


def _events(
    child: Child, by: StaffMember, chance: random.Random, now: datetime
) -> Iterator[LifeEvent]:
    born_on = child.born_on or now.date()
    alive = (now.date() - born_on).days
    for _ in range(EVENTS_A_CHILD):
        kind, title = chance.choice(EVENTS)
        first = born_on + timedelta(days=chance.randint(0, alive - 400))
        exact = chance.random() < 0.5
        yield LifeEvent(
            child=child,
            written_by=by,
            written_at=now,
            source="made up",
            title=title,
            text=f"{title}. {chance.choice(LINES)[1]}",
            kind=kind,
            precision="exact" if exact else "year",
            earliest_on=first if exact else date(first.year, 1, 1),
            latest_on=first if exact else date(first.year, 12, 31),
        )


def _statements(
    child: Child, by: StaffMember, chance: random.Random, now: datetime
) -> Iterator[Statement]:
    for number in range(STATEMENTS_A_CHILD):
        kind, text = LINES[number % len(LINES)]
        agreed = number < 40
        confirmed = now - timedelta(days=chance.randint(0, 120))
        within = timedelta(days=_KINDS[kind]["confirm_within_days"])
        yield Statement(
            child=child,
            written_by=by,
            written_at=confirmed,
            source="made up",
            sharing_level="child_open" if number < 24 else "team",
            text=text,
            kind=kind,
            area="psychological",
            five_ps=["perpetuating"],
            time="present",
            said_by_role="Residential worker",
            said_on=confirmed.date(),
            confidence="fairly_sure",
            state=AGREED if agreed else DRAFT,
            agreed_by=by if agreed else None,
            agreed_at=confirmed if agreed else None,
            confirmed_on=confirmed.date() if agreed else None,
            confirm_by=(confirmed + within).date() if agreed else None,
        )
