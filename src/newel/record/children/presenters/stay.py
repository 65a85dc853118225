"""The pages on which a stay changes."""

from datetime import datetime

from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children import governance_queries, queries
from newel.record.children.models import Child, Grant, LegalReason, Stay
from newel.record.children.noticing import notices
from newel.record.children.presenters import kept
from newel.record.children.presenters.kept import address_of
from newel.record.children.presenters.pages import FormPage, KeptPage, about
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link


def legal_page(*, child: Child, person: StaffMember, at: datetime) -> KeptPage:
    reasons = queries.legal_reasons(child=child)
    today = timezone.localdate(at)
    return KeptPage(
        title=f"Legal reasons for {child.preferred_name}’s stay",
        entries=kept.reason_entries(reasons, child=child, today=today, change=True),
        nothing="Nobody has entered a legal reason.",
        form_heading="Add a legal reason",
        **about(child, person, at),
    )


def end_reason_page(
    *, child: Child, person: StaffMember, at: datetime, reason: LegalReason
) -> FormPage:
    return FormPage(
        title="The last day of this legal reason",
        paragraphs=(f"{reason.get_kind_display()}, from {day(reason.starts_on)}.",),
        **about(child, person, at, back=Link(text="Back", href=address_of("legal", child))),
    )


def move_page(*, child: Child, person: StaffMember, at: datetime, has_units: bool) -> FormPage:
    name = child.preferred_name
    return FormPage(
        title=f"Move {name} to another unit",
        paragraphs=(
            f"The record closes for the unit that {name} leaves and opens for the new one, at "
            "once. Keyworkers and the team around the child stay as they are."
            if has_units
            else "There is no other unit in this setting. A move to another setting is the end of "
            "this stay and a new referral there.",
        ),
        **about(child, person, at),
    )


def end_stay_page(*, child: Child, person: StaffMember, at: datetime, stay: Stay) -> FormPage:
    name = child.preferred_name
    return FormPage(
        title=f"End {name}’s stay",
        paragraphs=(
            *(f"{one.about} See to it before the stay ends." for one in notices(child, person)),
            f"{name}’s stay at {stay.setting.name} ends now. The record closes to:",
        ),
        points=_closes_to(child, at),
        after_points=_stays_open_to(child, at),
        **about(child, person, at),
    )


def _closes_to(child: Child, at: datetime) -> tuple[str, ...]:
    team = [m.name for m in queries.team_now(child=child, at=at) if m.staff_id and m.opens_record]
    keyworkers = [one.staff.name for one in queries.keyworkers_now(child=child, at=at)]
    lines = ["everyone who works on the unit and in the setting, you among them"]
    if keyworkers:
        lines.append(f"the keyworker: {', '.join(keyworkers)}")
    if team:
        lines.append(f"the team around the child: {', '.join(team)}")
    return tuple(lines)


def _stays_open_to(child: Child, at: datetime) -> tuple[str, ...]:
    grants = [grant for grant in governance_queries.grants(child=child) if _outlives(grant, at)]
    if not grants:
        return (
            "Nobody has named access that goes on after the stay. If somebody has to check in "
            "after the move, ask your governance lead for it first.",
        )
    return tuple(
        f"It stays open to {grant.staff.name} until {day(grant.ends_at)}: {grant.purpose}."
        for grant in grants
    )


def _outlives(grant: Grant, at: datetime) -> bool:
    return grant.stay_id is None and grant.ends_at is not None and grant.ends_at > at
