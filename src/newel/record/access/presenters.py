"""What the pages about accounts and roles show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import IN_WORDS, ROLES, Capability, Role
from newel.record.access.sign_in.forms import ChoosePasswordForm
from newel.record.access.sign_in.keys import Key
from newel.record.design_system import dates
from newel.record.design_system.forms import NewelForm
from newel.record.design_system.pages import Link, Page, SummaryRow

NEVER = "Not used yet"


@dataclass(frozen=True)
class StaffRow:
    name: str
    href: str
    username: str
    role: str
    since: str


@dataclass(kw_only=True)
class StaffListPage(Page):
    people: list[StaffRow]
    search: str
    ended: bool


@dataclass(kw_only=True)
class StaffPage(Page):
    facts: list[SummaryRow]
    public_id: str
    is_active: bool
    is_self: bool
    has_keys: bool
    for_one_shift: bool
    problem: str = ""


@dataclass(kw_only=True)
class EndAccountPage(Page):
    ends: tuple[str, ...]
    stays: tuple[str, ...]
    public_id: str


@dataclass(kw_only=True)
class HandOverPage(Page):
    username: str
    password: str


@dataclass(frozen=True)
class KeyRow:
    name: str
    mark: str
    added: str
    used: str


@dataclass(kw_only=True)
class AccountPage(Page):
    facts: list[SummaryRow]
    may: tuple[str, ...]
    keys: list[KeyRow]
    codes: str
    only_key: bool


@dataclass(kw_only=True)
class ChoosePasswordPage(Page):
    first_time: bool


@dataclass(kw_only=True)
class RolesPage(Page):
    roles: list[Role]
    # One line a capability: its words, and the names of the roles that have it.
    table: list[tuple[str, str]]


def staff_list(*, people: Iterable[StaffMember], search: str, ended: bool) -> StaffListPage:
    return StaffListPage(
        title="Staff whose account has ended" if ended else "Staff",
        people=[_staff_row(one) for one in people],
        search=search,
        ended=ended,
        back=Link(text="Staff", href=reverse("access:staff")) if ended else None,
    )


def add_staff(*, form: NewelForm) -> Page:
    return Page(
        title="Add a person", form=form, back=Link(text="Staff", href=reverse("access:staff"))
    )


def staff_member(
    *, staff: StaffMember, by: StaffMember, keys: list[Key], problem: str = ""
) -> StaffPage:
    return StaffPage(
        title=staff.name,
        caption="Staff",
        facts=_facts_for_administrator(staff, keys),
        public_id=staff.public_id,
        is_active=staff.is_active,
        is_self=staff.pk == by.pk,
        has_keys=bool(keys),
        for_one_shift=staff.their_role.for_one_shift,
        problem=problem,
        back=Link(text="Staff", href=reverse("access:staff")),
    )


def hand_over(*, staff: StaffMember, password: str) -> HandOverPage:
    return HandOverPage(
        title="Hand this over",
        caption=staff.name,
        username=staff.username,
        password=password,
    )


def end_account(*, staff: StaffMember) -> EndAccountPage:
    return EndAccountPage(
        title=f"End {staff.name}’s account",
        caption=staff.their_role.name,
        back=_back_to(staff),
        ends=(
            "They are signed out, wherever they are signed in now, and cannot sign in again.",
            "Every record that is open to them closes, through whatever it was open: where they "
            "work, a team, or access given by name.",
            "An ended account cannot be opened again. Whoever comes back gets a new one.",
        ),
        stays=(
            "What they wrote, with their name, and that they opened what they opened.",
            "Their name, wherever they are keyworker, in a team or asked to do something. Tell "
            "their manager, so that somebody else takes it on.",
        ),
        public_id=staff.public_id,
    )


def change_role(*, staff: StaffMember, form: NewelForm) -> Page:
    return Page(title="Change role", caption=staff.name, form=form, back=_back_to(staff))


def account(*, staff: StaffMember, keys: list[Key], codes_left: int | None) -> AccountPage:
    role = staff.their_role
    return AccountPage(
        title="Your account",
        facts=[
            SummaryRow(key="Name", value=staff.name),
            SummaryRow(key="Username", value=staff.username),
            SummaryRow(key="Role", lines=(role.name, role.description)),
            SummaryRow(
                key="Password",
                value="Only you know it",
                action=Link(
                    text="Change", href=reverse("access:choose_password"), about="password"
                ),
            ),
        ],
        may=role.may,
        keys=[_key_row(one) for one in keys],
        codes=_codes_in_words(codes_left),
        only_key=len(keys) == 1,
    )


def choose_password(*, form: ChoosePasswordForm, first_time: bool) -> ChoosePasswordPage:
    return ChoosePasswordPage(
        title="Choose your password" if first_time else "Change your password",
        form=form,
        first_time=first_time,
        back=None if first_time else Link(text="Your account", href=reverse("access:your_account")),
    )


def roles() -> RolesPage:
    return RolesPage(
        title="Roles",
        roles=list(ROLES.values()),
        table=[_capability_row(one) for one in Capability],
    )


def _capability_row(capability: Capability) -> tuple[str, str]:
    words = IN_WORDS[capability]
    who = [one.name for one in ROLES.values() if capability in one.capabilities]
    return words[:1].upper() + words[1:], "; ".join(who)


def _staff_row(staff: StaffMember) -> StaffRow:
    return StaffRow(
        name=staff.name,
        href=reverse("access:staff_member", args=[staff.public_id]),
        username=staff.username,
        role=staff.their_role.name,
        since=dates.day(staff.ended_at or staff.started_at),
    )


def _facts_for_administrator(staff: StaffMember, keys: list[Key]) -> list[SummaryRow]:
    ended = [SummaryRow(key="Ended", value=dates.day(staff.ended_at))] if staff.ended_at else []
    can_change = staff.is_active
    change = Link(
        text="Change", href=reverse("access:change_role", args=[staff.public_id]), about="role"
    )
    return [
        SummaryRow(key="Username", value=staff.username),
        SummaryRow(
            key="Role",
            lines=(staff.their_role.name, staff.their_role.description),
            action=change if can_change else None,
        ),
        SummaryRow(key="Started", value=dates.day(staff.started_at)),
        *ended,
        SummaryRow(key="Keys", value=", ".join(one.name for one in keys) or "None yet"),
        SummaryRow(key="Last signed in", value=dates.day_time(staff.last_login) or "Never"),
    ]


def _key_row(key: Key) -> KeyRow:
    return KeyRow(
        name=key.name,
        mark=key.mark,
        added=dates.day(key.added_at),
        used=dates.day_time(key.last_used_at) or NEVER,
    )


def _codes_in_words(left: int | None) -> str:
    if left is None:
        return "You have no recovery codes."
    if left == 0:
        return "All your recovery codes have been used. Make new ones."
    return "1 recovery code is left." if left == 1 else f"{left} recovery codes are left."


def _back_to(staff: StaffMember) -> Link:
    return Link(text=staff.name, href=reverse("access:staff_member", args=[staff.public_id]))
