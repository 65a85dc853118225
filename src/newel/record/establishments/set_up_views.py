"""Setting up a setting in one sitting: for administrators. Nothing here is about a child."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.pages import View, page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import forget, typed_or_held
from newel.record.design_system.render import render_page
from newel.record.establishments import (
    queries,
    readiness_queries,
    set_up_actions,
    set_up_pages,
    staff_list,
    staff_plan,
)
from newel.record.establishments.policies import AlreadyThere
from newel.record.establishments.set_up_forms import (
    ConfirmDaysForm,
    SharingChoiceForm,
    StaffListForm,
    UnitsForm,
)

FORM = "establishments/set_up_form.jinja"
SLIPS_AT_A_TIME = 40  # each password takes a moment to seal


def _about_setting(capability: Capability) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def with_setting(request: HttpRequest, setting_id: str) -> HttpResponse:
            setting = queries.setting(public_id=setting_id)
            if setting is None:
                raise Http404
            return view(request, setting)

        return page(capability)(with_setting)

    return decorate


@_about_setting(Capability.MANAGE_PLACES)
def set_up(request: HttpRequest, setting: Any) -> HttpResponse:
    at = timezone.now()
    days = queries.confirm_days_in_force(setting=setting)
    shown = set_up_pages.set_up_page(
        setting=setting,
        readiness=readiness_queries.readiness(setting=setting),
        staff=queries.staff_of(setting=setting, at=at).count(),
        waiting=queries.never_signed_in(setting=setting, at=at).count(),
        agencies=queries.agencies().count(),
        chosen_days=all(one.pk is not None for one in days.values()),
        sharing=queries.sharing_choice(setting=setting),
        leads=readiness_queries.governance_leads(setting=setting, at=at),
    )
    return render_page(request, "establishments/set_up.jinja", shown)


@_about_setting(Capability.MANAGE_PLACES)
def units(request: HttpRequest, setting: Any) -> HttpResponse:
    form = UnitsForm(typed_or_held(request))

    def add() -> None:
        set_up_actions.add_units(setting=setting, names=form.cleaned_data["names"])

    if _saved(request, form, add, "The units are added."):
        return redirect("establishments:set_up", setting.public_id)
    return _show_form(request, form, set_up_pages.form_page(setting=setting, title="Add the units"))


@_about_setting(Capability.MANAGE_PLACES)
def confirm_days(request: HttpRequest, setting: Any) -> HttpResponse:
    in_force = queries.confirm_days_in_force(setting=setting)
    form = ConfirmDaysForm(typed_or_held(request), in_force=in_force)

    def choose() -> None:
        set_up_actions.choose_confirm_days(
            setting=setting,
            days=form.days,
            source=form.cleaned_data["source"],
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )

    if _saved(request, form, choose, "Chosen. It counts for what is agreed from now on."):
        return redirect("establishments:set_up", setting.public_id)
    shown = set_up_pages.form_page(
        setting=setting,
        title="After how many days has a statement to be confirmed?",
        paragraphs=(
            "Dates that statements have already stay as they are. A writer may always ask for an "
            "earlier day.",
        ),
        before=set_up_pages.days_before(queries.confirm_days_ever(setting=setting)),
    )
    return _show_form(request, form, shown)


@_about_setting(Capability.MANAGE_PLACES)
def sharing_choice(request: HttpRequest, setting: Any) -> HttpResponse:
    chosen = queries.sharing_choice(setting=setting)
    form = SharingChoiceForm(typed_or_held(request), chosen=chosen)

    def choose() -> None:
        set_up_actions.choose_sharing(
            setting=setting,
            team_in_words=form.cleaned_data["team_in_words"],
            levels=form.levels,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )

    if _saved(request, form, choose, "Chosen."):
        return redirect("establishments:set_up", setting.public_id)
    shown = set_up_pages.form_page(
        setting=setting,
        title="Who usually reads what",
        paragraphs=(
            "This is what is chosen before somebody writes. They can always choose another level. "
            "Letting the child read something is decided line by line, never here.",
        ),
        before=set_up_pages.sharing_before(chosen),
    )
    return _show_form(request, form, shown)


@_about_setting(Capability.MANAGE_STAFF)
def bring_in_staff(request: HttpRequest, setting: Any) -> HttpResponse:
    text, problem = _list_given(request)
    plan, answers = None, _answers(request)
    if request.method == "POST" and not problem:
        plan, problem = _plan(setting, text, request, answers)
    if plan is not None and plan.is_clear and request.POST.get("act") == "save":
        new = set_up_actions.bring_in(
            plan=plan,
            setting=setting,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
        messages.success(request, f"Saved. {len(new)} new accounts: print their slips next.")
        return redirect("establishments:slips", setting.public_id)
    shown = set_up_pages.staff_list_page(
        setting=setting,
        agencies=[agency.name for agency in queries.agencies()],
        plan=plan,
        problem=problem,
        answers=answers,
    )
    shown.form = StaffListForm(initial={"list": text})
    return render_page(request, "establishments/staff_list.jinja", shown)


def _list_given(request: HttpRequest) -> tuple[str, str]:
    """The text of a chosen file, or else what was pasted; and what is wrong with the file."""
    chosen = request.FILES.get("file")
    pasted = request.POST.get("list", "")
    if chosen is None:
        return pasted, ""
    try:
        return staff_list.text_of(chosen.read(staff_list.MOST_BYTES + 1)), ""
    except staff_list.NotAList as reason:
        return pasted, str(reason)


def _answers(request: HttpRequest) -> dict[str, str]:
    asked = {name: value for name, value in request.POST.items() if name.startswith("same_")}
    return {name.removeprefix("same_"): str(value) for name, value in asked.items()}


def _plan(
    setting: Any, text: str, request: HttpRequest, answers: dict[str, str]
) -> tuple[Any, str]:
    at = timezone.now()
    try:
        lines = staff_list.read(text)
    except staff_list.NotAList as reason:
        return None, str(reason)
    made = staff_plan.plan(
        setting=setting,
        lines=lines,
        at=at,
        today=timezone.localdate(at),
        left_out=set(request.POST.getlist("leave_out")),
        answers=answers,
    )
    return made, ""


@_about_setting(Capability.MANAGE_STAFF)
def slips(request: HttpRequest, setting: Any) -> HttpResponse:
    at = timezone.now()
    waiting = list(queries.never_signed_in(setting=setting, at=at))
    chosen = set(request.POST.getlist("for"))
    given = [one for one in waiting if one.public_id in chosen]
    problem = _wrong_with(len(given)) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        made = set_up_actions.make_slips(staff=given, by=request.user, at=at)  # type: ignore[arg-type]
        forget(request)
        address = request.build_absolute_uri("/")
        sheet = set_up_pages.slip_sheet(setting=setting, slips=made, address=address)
        return render_page(request, "establishments/slip_sheet.jinja", sheet)
    shown = set_up_pages.slips_page(
        setting=setting, waiting=waiting, most=SLIPS_AT_A_TIME, problem=problem
    )
    return render_page(request, "establishments/slips.jinja", shown)


def _wrong_with(count: int) -> str:
    if not count:
        return "Choose who gets a slip"
    if count > SLIPS_AT_A_TIME:
        return f"Choose at most {SLIPS_AT_A_TIME} people at a time"
    return ""


def _saved(request: HttpRequest, form: BaseForm, action: Callable[[], object], done: str) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action()
    except AlreadyThere as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, done)
    return True


def _show_form(request: HttpRequest, form: BaseForm, shown: Any) -> HttpResponse:
    shown.form = form
    return render_page(request, FORM, shown)
