"""The pages on which a setting is set up in one sitting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import LASTING_ROLES, ROLES
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page, Task
from newel.record.establishments.models import (
    DISCIPLINES,
    ConfirmDays,
    Setting,
    SharingChoice,
)
from newel.record.establishments.readiness import Readiness, missing_in_words
from newel.record.establishments.set_up_actions import Slip
from newel.record.establishments.set_up_forms import KINDS, LEVELS, WRITING
from newel.record.establishments.staff_list import IN_WORDS
from newel.record.establishments.staff_plan import ANOTHER, Person, Plan

DISCIPLINE_WORDS = dict(DISCIPLINES)


@dataclass(kw_only=True)
class SetUpPage(Page):
    tasks: list[Task]
    next_step: Link | None
    next_why: str
    done: str
    shift_times: Link


@dataclass(kw_only=True)
class SetUpFormPage(Page):
    paragraphs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LineShown:
    number: int
    mark: str
    name: str
    username: str
    role: str
    where: str
    problems: tuple[str, ...]
    question: str
    answers: tuple[tuple[str, str], ...]
    answer: str
    left_out: bool


@dataclass(kw_only=True)
class StaffListPage(Page):
    setting: str
    columns: tuple[str, ...]
    roles: tuple[str, ...]
    units: tuple[str, ...]
    agencies: tuple[str, ...]
    disciplines: tuple[str, ...]
    problem: str
    to_put_right: list[LineShown]
    clear: list[LineShown]
    is_clear: bool
    says: str


@dataclass(frozen=True, kw_only=True)
class WaitingShown:
    public_id: str
    name: str
    username: str
    role: str


@dataclass(kw_only=True)
class SlipsPage(Page):
    waiting: list[WaitingShown]
    most: int
    problem: str


@dataclass(kw_only=True)
class SlipSheet(Page):
    slips: list[Slip]
    setting: str
    address: str


def set_up_page(
    *,
    setting: Setting,
    readiness: Readiness,
    staff: int,
    waiting: int,
    agencies: int,
    chosen_days: bool,
    sharing: SharingChoice | None,
    leads: list[StaffMember],
) -> SetUpPage:
    tasks = [
        _agencies(agencies),
        _units(setting),
        _staff(setting, staff),
        _slips(setting, staff, waiting),
        _sharing(setting, sharing),
        _days(setting, chosen=chosen_days),
    ]
    first = next((one for one in tasks if not one.done), None)
    return SetUpPage(
        title=f"Set up {setting.name}",
        caption=setting.type_in_words,
        back=Link(text="Places", href=reverse("establishments:places")),
        tasks=[*tasks, _governance(readiness, leads)],
        next_step=Link(text=first.text, href=first.href) if first else None,
        next_why=f"{sum(not one.done for one in tasks)} of {len(tasks)} steps are left."
        if first
        else "",
        done="" if first else _done(readiness),
        shift_times=Link(
            text="when its shifts begin",
            href=reverse("overview:set_shift_times", args=[setting.public_id]),
        ),
    )


def _done(readiness: Readiness) -> str:
    if readiness.is_ready:
        return "Everything is set up. Children can be entered here."
    return (
        "Your part is done. Children can be entered once the governance lead’s part is on record."
    )


def _agencies(count: int) -> Task:
    return Task(
        text="Add the agencies that employ people",
        href=reverse("establishments:add_agency"),
        hint="The care provider, an NHS trust, a council. Needed before staff are brought in.",
        status=f"{count} added" if count else "Not yet",
        done=bool(count),
    )


def _units(setting: Setting) -> Task:
    names = sorted((unit.name for unit in setting.units.all()), key=str.casefold)
    return Task(
        text="Add the units",
        href=_at("set_up_units", setting),
        hint=", ".join(names),
        status=f"{len(names)} added" if names else "Not yet",
        done=bool(names),
    )


def _staff(setting: Setting, count: int) -> Task:
    return Task(
        text="Bring in the staff",
        href=_at("staff_list", setting),
        hint="From a list, as it is kept in a spreadsheet.",
        status=f"{count} work here" if count else "Not yet",
        done=count > 0,
    )


def _slips(setting: Setting, staff: int, waiting: int) -> Task:
    return Task(
        text="Print the slips for the first sign-in",
        href=_at("slips", setting),
        hint="Each person gets a first password on paper, by hand.",
        status=f"{waiting} have not signed in" if waiting else "Nobody waits",
        done=staff > 0 and not waiting,
    )


def _sharing(setting: Setting, chosen: SharingChoice | None) -> Task:
    return Task(
        text="Say who usually reads what",
        href=_at("sharing_choice", setting),
        hint=f"The team: {chosen.team_in_words}" if chosen else "",
        status=f"Chosen {day(chosen.set_at)}" if chosen else "Not yet",
        done=chosen is not None,
    )


def _days(setting: Setting, *, chosen: bool) -> Task:
    return Task(
        text="Say after how many days a statement has to be confirmed",
        href=_at("confirm_days", setting),
        hint="Newel has proposals. Somebody of the setting has to look at them.",
        status="Chosen" if chosen else "Not yet",
        done=chosen,
    )


def _governance(readiness: Readiness, leads: list[StaffMember]) -> Task:
    names = " or ".join(one.name for one in leads)
    who = f"Done by {names}" if names else "Nobody with this role has a post here yet"
    missing = f". Missing: {missing_in_words(readiness.missing)}" if readiness.missing else ""
    return Task(
        text="The governance lead puts on record that children may be entered",
        hint=f"{who}{missing}",
        status="On record" if readiness.is_ready else "Not yet",
        done=readiness.is_ready,
    )


def _at(name: str, setting: Setting) -> str:
    return reverse(f"establishments:{name}", args=[setting.public_id])


def back_to(setting: Setting) -> Link:
    return Link(text=f"Set up {setting.name}", href=_at("set_up", setting))


def form_page(
    *, setting: Setting, title: str, paragraphs: tuple[str, ...] = (), before: tuple[str, ...] = ()
) -> SetUpFormPage:
    return SetUpFormPage(
        title=title,
        caption=setting.name,
        paragraphs=paragraphs,
        before=before,
        back=back_to(setting),
    )


def days_before(rows: Iterable[ConfirmDays]) -> tuple[str, ...]:
    words = dict(KINDS)
    return tuple(
        f"{words.get(one.kind, one.kind)}: {one.days} days, since {day(one.set_at)}. "
        f"{one.source}. Entered by {one.set_by.name}."
        for one in rows
    )


def sharing_before(chosen: SharingChoice | None) -> tuple[str, ...]:
    if chosen is None:
        return ()
    kinds, levels = dict(WRITING), dict(LEVELS)
    return (
        f"Chosen by {chosen.set_by.name} on {day(chosen.set_at)}.",
        *(f"{kinds[k]}: {levels[level]}" for k, level in chosen.levels.items() if k in kinds),
    )


def staff_list_page(
    *,
    setting: Setting,
    agencies: Iterable[str],
    plan: Plan | None,
    problem: str,
    answers: dict[str, str],
) -> StaffListPage:
    people = plan.people if plan else []
    unclear = [one for one in people if one.line.problems or one.asked or one.left_out]
    return StaffListPage(
        title="Bring in the staff",
        caption=setting.name,
        back=back_to(setting),
        setting=setting.name,
        columns=tuple(IN_WORDS.values()),
        roles=tuple(role.name for role in LASTING_ROLES),
        units=(*sorted(unit.name for unit in setting.units.all()), "whole setting", "no post"),
        agencies=tuple(agencies),
        disciplines=tuple(DISCIPLINE_WORDS.values()),
        problem=problem,
        to_put_right=[_line(one, answers) for one in unclear],
        clear=[_line(one, answers) for one in people if one not in unclear],
        is_clear=bool(plan and plan.is_clear),
        says=_says(plan) if plan else "",
    )


def _says(plan: Plan) -> str:
    open_lines = sum(not one.is_clear for one in plan.people)
    if open_lines:
        lines = "1 line needs" if open_lines == 1 else f"{open_lines} lines need"
        return f"{lines} an answer. Nothing is saved before every line is clear or left out."
    saved, out = len(plan.to_save), len(plan.people) - len(plan.to_save)
    if not saved:
        return "Every line is left out, so there is nobody to save."
    return f"Every line is clear. {saved} will be saved{f', {out} left out' if out else ''}."


def _line(one: Person, answers: dict[str, str]) -> LineShown:
    return LineShown(
        number=one.line.number,
        mark=one.line.mark,
        name=one.name or one.line.says("name"),
        username=one.username,
        role=ROLES[one.role].name if one.role else one.line.says("role"),
        where=_where(one),
        problems=tuple(one.line.problems),
        question=_question(one),
        answers=_answers(one),
        answer=answers.get(one.line.mark, ""),
        left_out=one.left_out,
    )


def _where(one: Person) -> str:
    if not one.works_here:
        return "No post"
    said = one.line.says("unit")
    where = one.unit.name if one.unit else f"{said[:1].upper()}{said[1:]}"
    starts = f"from {day(one.starts_on)}" if _is_ahead(one.starts_on) else "from now"
    facts = [where, DISCIPLINE_WORDS.get(one.discipline, ""), one.agency.name if one.agency else ""]
    return ", ".join([*(fact for fact in facts if fact), starts])


def _is_ahead(starts_on: date | None) -> bool:
    return starts_on is not None


def _question(one: Person) -> str:
    if one.left_out or not (one.alike or one.asked):
        return ""
    return f"Is {one.name} somebody whom Newel knows?"


def _answers(one: Person) -> tuple[tuple[str, str], ...]:
    known = tuple(
        (staff.public_id, f"Yes: {staff.name}, who signs in as {staff.username}, "
         f"{staff.their_role.name.lower()}. No second account")
        for staff in one.alike
    )  # fmt: skip
    return (*known, (ANOTHER, "No, another person of the same name"))


def slips_page(
    *, setting: Setting, waiting: Iterable[StaffMember], most: int, problem: str
) -> SlipsPage:
    return SlipsPage(
        title="Slips for the first sign-in",
        caption=setting.name,
        back=back_to(setting),
        most=most,
        problem=problem,
        waiting=[
            WaitingShown(
                public_id=one.public_id,
                name=one.name,
                username=one.username,
                role=one.their_role.name,
            )
            for one in waiting
        ],
    )


def slip_sheet(*, setting: Setting, slips: list[Slip], address: str) -> SlipSheet:
    return SlipSheet(
        title="Slips to hand over",
        caption=setting.name,
        back=back_to(setting),
        slips=slips,
        setting=setting.name,
        address=address,
    )
