"""The pages on which it is said who is around the child and who and where home is."""

from datetime import datetime

from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children import queries
from newel.record.children.models import Child, Home, KeyworkerAssignment, TeamMember
from newel.record.children.presenters import kept
from newel.record.children.presenters.kept import address_of
from newel.record.children.presenters.pages import FormPage, KeptPage, about
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link


def team_page(*, child: Child, person: StaffMember, at: datetime) -> KeptPage:
    team = queries.team_now(child=child, at=at)
    return KeptPage(
        title=f"The team around {child.preferred_name}",
        entries=kept.team_entries(team, child=child, change=True),
        nothing="Nobody has been entered.",
        form_heading="Add somebody to the team",
        **about(child, person, at),
    )


def contact_page(
    *, child: Child, person: StaffMember, at: datetime, member: TeamMember
) -> FormPage:
    back = Link(text="People around the child", href=address_of("around", child))
    return FormPage(
        title=f"How to reach {member.name}",
        paragraphs=(f"{member.part}. {member.get_discipline_display()}, {member.agency.name}.",),
        **about(child, person, at, back=back),
    )


def end_team_page(
    *, child: Child, person: StaffMember, at: datetime, member: TeamMember
) -> FormPage:
    opens = member.staff_id is not None and member.opens_record
    closing = "The record closes to them at once, unless they work on the unit."
    return FormPage(
        title=f"{member.name} leaves the team",
        paragraphs=(closing,) if opens else (),
        **about(child, person, at, back=Link(text="Back", href=address_of("team", child))),
    )


def keyworkers_page(*, child: Child, person: StaffMember, at: datetime) -> KeptPage:
    ever = queries.keyworkers_ever(child=child)
    today = timezone.localdate(at)
    return KeptPage(
        title=f"{child.preferred_name}’s keyworkers, now and before",
        entries=kept.keyworker_entries(ever, child=child, today=today, change=True),
        nothing="Nobody has been keyworker.",
        form_heading="Add a keyworker",
        remark="A keyworker stands up for the child and the child’s goals. When one goes, plan "
        "the goodbye and the hand-over with the child.",
        **about(child, person, at),
    )


def end_keyworker_page(
    *, child: Child, person: StaffMember, at: datetime, assignment: KeyworkerAssignment
) -> FormPage:
    name = assignment.staff.name
    return FormPage(
        title=f"{name}’s last day as keyworker",
        paragraphs=(f"{name} has been keyworker since {day(assignment.starts_on)}.",),
        **about(child, person, at, back=Link(text="Back", href=address_of("keyworkers", child))),
    )


def homes_page(*, child: Child, person: StaffMember, at: datetime) -> KeptPage:
    homes = queries.with_earlier_checks(queries.homes(child=child))
    return KeptPage(
        title=f"Who and where home is for {child.preferred_name}",
        entries=kept.home_entries(homes, child=child, change=True),
        nothing="Nobody has entered who or where home is. It may be several people and places, "
        "and it may change.",
        form_heading="",
        links=(Link(text="Add a person or a place", href=address_of("add_home", child)),),
        **about(child, person, at),
    )


def home_form_page(
    *, child: Child, person: StaffMember, at: datetime, title: str, paragraphs: tuple[str, ...] = ()
) -> FormPage:
    back = Link(text="Home", href=address_of("homes", child))
    return FormPage(title=title, paragraphs=paragraphs, **about(child, person, at, back=back))


def check_home_page(*, child: Child, person: StaffMember, at: datetime, home: Home) -> FormPage:
    return home_form_page(
        child=child,
        person=person,
        at=at,
        title=f"Safety check: {home.name}",
        paragraphs=(f"Now: {home.get_safety_check_display()}.",),
    )


def home_address_page(
    *, child: Child, person: StaffMember, at: datetime, home: Home, address: str
) -> FormPage:
    lines = tuple(line for line in address.splitlines() if line.strip())
    return home_form_page(
        child=child, person=person, at=at, title=f"Address of {home.name}", paragraphs=lines
    )
