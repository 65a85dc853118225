"""The front page of a child's record: who, where, who is around, and the way on."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import queries, sealing_queries
from newel.record.children.banner import banner
from newel.record.children.models import Child, ChildName, Stay
from newel.record.children.noticing import notices
from newel.record.children.presenters import kept
from newel.record.children.presenters.kept import address_of
from newel.record.children.presenters.next_step import Known, NextStep, next_step
from newel.record.children.presenters.pages import Entry, Links
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page, SummaryRow
from newel.record.design_system.staircase import Stair, stairs


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the front page: rows of facts, or entries, and where they are changed."""

    heading: str
    id: str
    rows: tuple[SummaryRow, ...] = ()
    entries: tuple[Entry, ...] = ()
    nothing: str = ""
    links: tuple[Link, ...] = ()


@dataclass(kw_only=True)
class ChildPage(Page):
    stairs: tuple[Stair, ...]
    next: NextStep
    one_page: str
    keeping_safe: str
    also: tuple[Link, ...]
    questionnaires: str
    left: list[Part]
    right: list[Part]


def child_page(*, child: Child, person: StaffMember, at: datetime) -> ChildPage:
    known = _known(child, at)
    told = notices(child, person)
    return ChildPage(
        title=f"{child.preferred_name}: the record",
        heading=f"{child.preferred_name}’s record",
        banner=banner(child=child, visible_to=person, at=at),
        stairs=_stairs(child),
        next=NextStep(text=told[0].text, href=told[0].href, why=told[0].about)
        if told
        else next_step(child=child, known=known, person=person, today=timezone.localdate(at)),
        also=told[1:],
        one_page=_address("activators:one_page", child),
        keeping_safe=_address("activators:keeping_safe", child),
        questionnaires=_address("outcomes:questionnaires", child)
        if person.may(Capability.GIVE_MEASURES)
        else "",
        left=[_who(child, person, at), _stay(child, known, person, at)],
        right=[*_around(child, known, person, at)],
    )


def _known(child: Child, at: datetime) -> Known:
    return Known(
        stay=queries.open_stay(child=child),
        reasons=list(queries.legal_reasons(child=child)),
        team=list(queries.team_now(child=child, at=at)),
        keyworkers=list(queries.keyworkers_now(child=child, at=at)),
        homes=list(queries.homes(child=child)),
        needs=list(queries.communication_needs(child=child)),
    )


def _address(name: str, child: Child) -> str:
    return reverse(name, kwargs={"child_id": child.public_id})


def _stairs(child: Child) -> tuple[Stair, ...]:
    return stairs(
        rooms={
            "scoping": _address("scoping:scoping", child),
            "activators": _address("activators:understanding", child),
        }
    )


def _who(child: Child, person: StaffMember, at: datetime) -> Part:
    names = queries.other_names(child=child, visible_to=person)
    rows = (
        SummaryRow(key="Name they like", value=child.preferred_name),
        SummaryRow(key="Pronouns", value=child.pronouns),
        *_name_rows(list(names)),
        SummaryRow(key="Born", value=day(child.born_on) or "Not known"),
        SummaryRow(key="First language", value=child.first_language),
        SummaryRow(key="Interpreter", value=kept.INTERPRETER[child.interpreter_needed]),
        *_number_rows(child),
    )
    links = Links(person=person)
    receive = Capability.RECEIVE_CHILD
    links.add(receive, "Change the facts", address_of("facts", child))
    links.add(receive, "Names", address_of("names", child))
    links.add(receive, "Numbers", address_of("numbers", child))
    if sealing_queries.open_to(child=child, staff=person, at=at).exists():
        links.add(Capability.READ_RECORD, "What is sealed", address_of("sealed", child))
    return Part(heading="Who", id="who", rows=rows, links=links.all)


def _name_rows(names: list[ChildName]) -> list[SummaryRow]:
    kinds = dict.fromkeys(name.get_kind_display() for name in names)
    return [
        SummaryRow(key=kind, lines=tuple(n.name for n in names if n.get_kind_display() == kind))
        for kind in kinds
    ]


def _number_rows(child: Child) -> list[SummaryRow]:
    return [
        SummaryRow(
            key=kept.system_in_words(one),
            lines=(kept.number_in_words(one), *kept.checked_in_words(one)),
        )
        for one in queries.identifiers(child=child)
    ]


def _stay(child: Child, known: Known, person: StaffMember, at: datetime) -> Part:
    today = timezone.localdate(at)
    reasons = kept.reason_entries(known.reasons, child=child, today=today, change=False)
    links = Links(person=person)
    if known.stay:
        links.add(Capability.WRITE_HISTORY, "Legal reasons", address_of("legal", child))
        links.add(Capability.PLACE_CHILD, "Move to another unit", address_of("move", child))
        links.add(Capability.PLACE_CHILD, "End the stay", address_of("end_stay", child))
    return Part(
        heading="Stay and legal reasons",
        id="stay",
        rows=_stay_rows(child, known.stay),
        entries=tuple(reasons),
        nothing="Nobody has entered a legal reason.",
        links=links.all,
    )


def _stay_rows(child: Child, stay: Stay | None) -> tuple[SummaryRow, ...]:
    if stay is None:
        return (SummaryRow(key="Stay", value="No stay is open."),)
    arrived = day_time(stay.arrived_at)
    units = [s.unit.name for s in child.open_unit_stays if s.stay_id == stay.pk]  # type: ignore[attr-defined]
    return (
        SummaryRow(key="Setting", lines=(stay.setting.name, *units)),
        SummaryRow(key="Arrived", value=arrived)
        if arrived
        else SummaryRow(key="Expected", value=day_time(stay.expected_at) or "Nobody has said when"),
    )


def _around(child: Child, known: Known, person: StaffMember, at: datetime) -> list[Part]:
    today = timezone.localdate(at)
    manage = Capability.MANAGE_TEAM

    def link(capability: Capability, text: str, name: str) -> tuple[Link, ...]:
        return Links(person=person).add(capability, text, address_of(name, child)).all

    return [
        Part(
            heading="To understand and be understood",
            id="communication",
            entries=tuple(kept.need_entries(known.needs, child=child, today=today, change=False)),
            nothing="Nobody has entered what this child needs to understand and be understood.",
            links=link(Capability.KEEP_SAFE, "Communication needs", "communication"),
        ),
        Part(
            heading="Keyworker",
            id="keyworker",
            entries=tuple(
                Entry(heading=one.staff.name, lines=(kept.keyworker_in_words(one, today),))
                for one in known.keyworkers
            ),
            nothing="Nobody is keyworker.",
            links=link(manage, "Keyworkers, now and before", "keyworkers"),
        ),
        Part(
            heading="Team around the child",
            id="team",
            entries=tuple(kept.team_entries(known.team, child=child, change=False)),
            nothing="Nobody has been entered.",
            links=(
                *link(Capability.READ_RECORD, "People around the child", "around"),
                *link(manage, "Change the team", "team"),
            ),
        ),
        Part(
            heading="Home",
            id="home",
            entries=tuple(
                Entry(heading=home.name, lines=_short_home(home)) for home in known.homes
            ),
            nothing="Nobody has entered who or where home is.",
            links=link(manage, "Home and safety checks", "homes"),
        ),
    ]


def _short_home(home: kept.Home) -> tuple[str, ...]:
    lines = (home.relationship, kept.safety_in_words(home))
    return tuple(line for line in lines if line)
