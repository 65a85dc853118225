"""Accounts, for administrators; one's own account and the roles, for everyone signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from newel.record.access import actions, policies, presenters, queries
from newel.record.access.forms import AddStaffForm, ChangeRoleForm
from newel.record.access.pages import View, for_everyone_signed_in, page
from newel.record.access.policies import NotPossible
from newel.record.access.roles import Capability
from newel.record.access.sign_in import keys, second_factor
from newel.record.access.sign_in.forms import ChoosePasswordForm
from newel.record.access.sign_in.held import forget, typed_or_held
from newel.record.access.sign_in.second_factor import opens_before_second_factor
from newel.record.design_system.render import render_page


def _me(request: HttpRequest) -> Any:
    """The staff member: every view here is for somebody who is signed in."""
    return request.user


def about_staff(view: Callable[..., HttpResponse]) -> View:
    """Gives the view the person whom the address names."""

    @wraps(view)
    def with_staff(request: HttpRequest, staff_id: str, *args: Any) -> HttpResponse:
        staff = queries.staff_by_public_id(public_id=staff_id)
        if staff is None:
            raise Http404
        return view(request, staff, *args)

    return page(Capability.MANAGE_STAFF)(with_staff)


@page(Capability.MANAGE_STAFF)
def staff_list(request: HttpRequest) -> HttpResponse:
    search, ended = request.GET.get("search", "").replace("\x00", ""), "ended" in request.GET
    people = queries.staff_list(search=search, ended=ended)
    shown = presenters.staff_list(people=people, search=search, ended=ended)
    return render_page(request, "access/staff.jinja", shown)


@page(Capability.MANAGE_STAFF)
def add_staff(request: HttpRequest) -> HttpResponse:
    form = AddStaffForm(typed_or_held(request))
    if request.method != "POST" or not form.is_valid():
        return render_page(request, "access/form.jinja", presenters.add_staff(form=form))
    password = actions.one_time_password()
    staff = actions.add_staff(
        **form.cleaned_data, password=password, by=_me(request), at=timezone.now()
    )
    return _hand_over(request, staff, password)


@about_staff
def staff_member(request: HttpRequest, staff: Any) -> HttpResponse:
    return _staff_page(request, staff)


@about_staff
def change_role(request: HttpRequest, staff: Any) -> HttpResponse:
    form = ChangeRoleForm(typed_or_held(request), role_now=staff.role)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(
                staff=staff, role=form.cleaned_data["role"], by=_me(request), at=timezone.now()
            )
        except NotPossible as reason:
            form.add_error("role", str(reason))
        else:
            return redirect("access:staff_member", staff.public_id)
    return render_page(request, "access/form.jinja", presenters.change_role(staff=staff, form=form))


@about_staff
def end_staff(request: HttpRequest, staff: Any) -> HttpResponse:
    """Asked on a page of its own, because it cannot be undone."""
    try:
        if request.method == "POST":
            actions.end_staff(staff=staff, by=_me(request), at=timezone.now())
            messages.success(request, f"{staff.name}’s account has ended.")
            return redirect("access:staff_member", staff.public_id)
        policies.check_may_end(staff=staff, by=_me(request))
    except NotPossible as reason:
        return _staff_page(request, staff, problem=str(reason))
    return render_page(request, "access/end_account.jinja", presenters.end_account(staff=staff))


@require_POST
@about_staff
def replace_lost_keys(request: HttpRequest, staff: Any) -> HttpResponse:
    return _give_password(request, staff, actions.replace_lost_keys)


@require_POST
@about_staff
def give_password(request: HttpRequest, staff: Any) -> HttpResponse:
    return _give_password(request, staff, actions.give_one_time_password)


@for_everyone_signed_in
def your_account(request: HttpRequest) -> HttpResponse:
    staff = _me(request)
    shown = presenters.account(staff=staff, keys=keys.of(staff), codes_left=keys.codes_left(staff))
    return render_page(request, "access/account.jinja", shown)


@for_everyone_signed_in
@opens_before_second_factor
def choose_password(request: HttpRequest) -> HttpResponse:
    staff = _me(request)
    first_time = staff.must_choose_password
    if not first_time and second_factor.needs_proof(request):
        return second_factor.ask_for_proof(request)
    form = ChoosePasswordForm(request.POST or None, staff=staff)
    if request.method == "POST" and form.is_valid():
        actions.choose_password(
            staff=staff, password=form.cleaned_data["password"], at=timezone.now()
        )
        update_session_auth_hash(request, staff)
        return redirect(settings.LOGIN_REDIRECT_URL if first_time else "access:your_account")
    shown = presenters.choose_password(form=form, first_time=first_time)
    return render_page(request, "sign_in/choose_password.jinja", shown)


@for_everyone_signed_in
def roles(request: HttpRequest) -> HttpResponse:
    return render_page(request, "access/roles.jinja", presenters.roles())


def _give_password(request: HttpRequest, staff: Any, action: Callable[..., str]) -> HttpResponse:
    try:
        password = action(staff=staff, by=_me(request), at=timezone.now())
    except NotPossible as reason:
        return _staff_page(request, staff, problem=str(reason))
    return _hand_over(request, staff, password)


def _staff_page(request: HttpRequest, staff: Any, problem: str = "") -> HttpResponse:
    shown = presenters.staff_member(
        staff=staff,
        by=_me(request),
        keys=keys.of(staff),
        problem=problem,
    )
    return render_page(request, "access/staff_member.jinja", shown, status=409 if problem else 200)


def _hand_over(request: HttpRequest, staff: Any, password: str) -> HttpResponse:
    """The one page that ever shows it: not kept, not sent, not shown again."""
    forget(request)
    shown = presenters.hand_over(staff=staff, password=password)
    return render_page(request, "access/hand_over.jinja", shown)
