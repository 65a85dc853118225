"""What a list of staff would do if it were saved: whom it would add, to which posts, and what has
to be asked first. Nothing here saves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.access.roles import ROLES
from newel.record.establishments import queries
from newel.record.establishments.models import Agency, Setting, Unit
from newel.record.establishments.staff_list import (
    Line,
    day_said,
    discipline_said,
    name_said,
    not_known,
    role_said,
    username_said,
)

WHOLE = {"whole setting", "the whole setting", "all units", "all", "whole"}
NOWHERE = {"no post", "none", "no unit", "nowhere"}
ANOTHER = "another"
LATEST = timedelta(days=366)


@dataclass
class Person:
    """One line as it would be saved."""

    line: Line
    name: str = ""
    username: str = ""
    role: str = ""
    unit: Unit | None = None
    works_here: bool = False
    discipline: str = ""
    agency: Agency | None = None
    starts_on: date | None = None
    # Somebody who has an account already: they get the post and no second account.
    known: StaffMember | None = None
    # A line before this one tells of the same person: a second post.
    same_as: "Person | None" = None
    # People of this name who have an account: asked whether it is one of them.
    alike: list[StaffMember] = field(default_factory=list)
    asked: bool = False
    left_out: bool = False

    @property
    def is_clear(self) -> bool:
        return self.left_out or not (self.line.problems or self.asked)


@dataclass
class Plan:
    people: list[Person]

    @property
    def to_save(self) -> list[Person]:
        return [one for one in self.people if not one.left_out]

    @property
    def is_clear(self) -> bool:
        return bool(self.to_save) and all(one.is_clear for one in self.people)


@dataclass(frozen=True)
class _Known:
    """What the database knows, read once for the whole list."""

    setting: Setting
    units: dict[str, Unit]
    agencies: dict[str, Agency]
    by_username: dict[str, StaffMember]
    usernames: set[str]
    by_name: dict[str, list[StaffMember]]
    working: set[tuple[int, int | None]]


def plan(
    *,
    setting: Setting,
    lines: list[Line],
    at: datetime,
    today: date,
    left_out: set[str],
    answers: Mapping[str, str],
) -> Plan:
    """`answers`: for a line's mark, the public id of the person whom it means, or "another"."""
    known = _known(setting, lines, at)
    people = [_person(line, known, today, line.mark in left_out) for line in lines]
    taken: dict[str, Person] = {}
    for one in people:
        if not one.left_out:
            _who(one, known, taken, answers.get(one.line.mark, ""))
            _check_post_is_new(one, known)
    return Plan(people)


def _known(setting: Setting, lines: list[Line], at: datetime) -> _Known:
    keys = {sort_key(line.says("name")) for line in lines}
    usernames = {username_said(Line(0, line.said)) for line in lines}
    staff = queries.staff_who_may_be_meant(name_keys=keys, usernames=usernames)
    by_name: dict[str, list[StaffMember]] = {}
    for one in staff:
        if one.is_active:
            by_name.setdefault(one.name_key, []).append(one)
    return _Known(
        setting=setting,
        units={unit.name_key: unit for unit in setting.units.all()},
        agencies={agency.name_key: agency for agency in queries.agencies()},
        by_username={one.username: one for one in staff},
        usernames=queries.every_username(),
        by_name=by_name,
        working=queries.places_of(staff=staff, setting=setting, at=at),
    )


def _person(line: Line, known: _Known, today: date, left_out: bool) -> Person:
    one = Person(line, name=name_said(line), role=role_said(line), left_out=left_out)
    _where(one, known)
    if one.works_here:
        one.discipline = discipline_said(line)
        one.agency = _agency(line, known)
    one.starts_on = day_said(line, today=today, latest=today + LATEST)
    return one


def _where(one: Person, known: _Known) -> None:
    """Never guessed: a whole setting is opened to nobody by an empty cell."""
    said = one.line.says("unit")
    key = sort_key(said)
    if key in NOWHERE:
        return
    one.works_here = True
    if key in WHOLE or key == known.setting.name_key:
        return
    one.unit = known.units.get(key)
    if not said:
        one.line.problems.append("Say the unit, or “whole setting”, or “no post”")
    elif one.unit is None:
        sentence = not_known("unit", said, list(known.units))
        one.line.problems.append(_with_name(sentence, known.units))


def _agency(line: Line, known: _Known) -> Agency | None:
    said = line.says("agency")
    agency = known.agencies.get(sort_key(said))
    if not said:
        line.problems.append("Say the agency that employs them")
    elif agency is None:
        sentence = not_known("agency", said, list(known.agencies))
        line.problems.append(_with_name(sentence, known.agencies))
    return agency


def _with_name(sentence: str, known: Mapping[str, Unit | Agency]) -> str:
    """The likeliest is found by its key, and shown by its name."""
    before, meant, key = sentence.partition("Did you mean “")
    name = known.get(key.removesuffix("”?"))
    return f"{before}{meant}{name.name}”?" if name is not None else sentence


def _who(one: Person, known: _Known, taken: dict[str, Person], answer: str) -> None:
    """Whether the account is new, somebody's whom Newel knows, or that of a line before."""
    problems_before = len(one.line.problems)
    one.username = username_said(one.line)
    if len(one.line.problems) > problems_before:
        return
    if one.line.says("username"):
        _by_username(one, known, taken)
    else:
        _by_name(one, known, taken, answer)
    taken.setdefault(one.username, one)


def _by_username(one: Person, known: _Known, taken: dict[str, Person]) -> None:
    holder, before = known.by_username.get(one.username), taken.get(one.username)
    if holder is not None:
        _take_known(one, holder)
    elif before is not None and sort_key(before.name) != sort_key(one.name):
        one.line.problems.append(f"Line {before.line.number} has this login name for another name")
    elif before is not None:
        one.same_as = before
        if before.role != one.role:
            one.line.problems.append(f"Line {before.line.number} gives this person another role")


def _take_known(one: Person, holder: StaffMember) -> None:
    one.known, one.username = holder, holder.username
    if holder.name_key != sort_key(one.name):
        one.line.problems.append(f"The login name “{holder.username}” is {holder.name}’s")
    elif not holder.is_active:
        one.line.problems.append("This account has ended. Write another login name")
    elif one.role and holder.role != one.role:
        one.line.problems.append(
            f"{holder.name} is {ROLES[holder.role].name.lower()} in Newel. Change the role on "
            "their page, or here"
        )


def _by_name(one: Person, known: _Known, taken: dict[str, Person], answer: str) -> None:
    one.alike = known.by_name.get(sort_key(one.name), [])
    before = [other for other in taken.values() if sort_key(other.name) == sort_key(one.name)]
    meant = next((staff for staff in one.alike if staff.public_id == answer), None)
    if meant is not None:
        _take_known(one, meant)
        return
    if (one.alike or before) and answer != ANOTHER:
        one.asked = True
        if before:
            one.line.problems.append(
                f"Line {before[0].line.number} has the same name. For a second post of the same "
                "person give both lines the same login name"
            )
    one.username = _free(one.username, known, taken)


def _free(username: str, known: _Known, taken: dict[str, Person]) -> str:
    number, tried = 1, username
    while tried in known.usernames or tried in taken:
        number += 1
        tried = f"{username}{number}"
    return tried


def _check_post_is_new(one: Person, known: _Known) -> None:
    if not one.works_here or one.known is None:
        return
    if (one.known.pk, one.unit and one.unit.pk) in known.working:
        where = one.unit.name if one.unit else "the whole setting"
        one.line.problems.append(f"{one.known.name} works on {where} already: leave this line out")
