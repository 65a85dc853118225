"""Letting agency workers in for one shift, and out."""

from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.one_shift_actions import Slip
from newel.record.access.pages import View, page
from newel.record.access.policies import NotPossible
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.establishments.one_shift import actions, presenters, queries, slips
from newel.record.establishments.one_shift.forms import (
    SOMEBODY_ELSE,
    LetInAgainForm,
    LetInForm,
    LetOutForm,
)

FORM = "establishments/form.jinja"


def _me(request: HttpRequest) -> Any:
    return request.user


@page(Capability.LET_IN_FOR_A_SHIFT)
def one_shift(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    posts = queries.last_shifts(by=_me(request), at=at)
    shown = presenters.one_shift_page(posts=posts, at=at)
    return render_page(request, "establishments/one_shift.jinja", shown)


@page(Capability.LET_IN_FOR_A_SHIFT)
def let_in(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    units = queries.units_to_let_into(by=_me(request), at=at)
    form = LetInForm(typed_or_held(request), units=units, at=at)
    if request.method == "POST" and form.is_valid():
        slip = _let_in(request, form, at)
        if slip is not None:
            return _to_print(request, slip)
    return _form(request, presenters.let_in_page(has_units=units.exists()), form)


def _let_in(request: HttpRequest, form: LetInForm, at: datetime) -> Slip | None:
    """Nothing while it is not said whether it is somebody who has been here before."""
    given = {name: form.cleaned_data[name] for name in ("unit", "until")}
    known = queries.perhaps_the_same(name=form.cleaned_data["name"], by=_me(request), at=at)
    choices = presenters.same_person_choices(known)
    answer = form.whether_same(choices) if choices else SOMEBODY_ELSE
    if answer is None:
        return None
    for post in known:
        if post.staff.public_id == answer:
            return actions.let_in_again(
                staff=post.staff, agency=post.agency, new_password=False, by=_me(request), at=at,
                **given,
            )  # fmt: skip
    return actions.let_in(
        name=form.cleaned_data["name"],
        agency=form.cleaned_data["agency"],
        by=_me(request),
        at=at,
        **given,
    )


def about_agency_worker(view: View) -> View:
    """Gives the view the last post of somebody who came for a shift to these settings."""

    @wraps(view)
    def with_post(request: HttpRequest, staff_id: str) -> HttpResponse:
        post = queries.last_shift_of(public_id=staff_id, by=_me(request), at=timezone.now())
        if post is None:
            raise Http404
        return view(request, post)

    return page(Capability.LET_IN_FOR_A_SHIFT)(with_post)


@about_agency_worker
def let_in_again(request: HttpRequest, post: Any) -> HttpResponse:
    at = timezone.now()
    units = queries.units_to_let_into(by=_me(request), at=at)
    form = LetInAgainForm(typed_or_held(request), units=units, at=at, last=post.unit)
    if request.method == "POST" and form.is_valid():
        try:
            slip = actions.let_in_again(
                staff=post.staff, agency=post.agency, by=_me(request), at=at, **form.cleaned_data
            )
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            return _to_print(request, slip)
    return _form(request, presenters.let_in_again_page(post=post), form)


@about_agency_worker
def let_out(request: HttpRequest, post: Any) -> HttpResponse:
    form = LetOutForm(typed_or_held(request))
    if request.method == "POST":
        actions.let_out(staff=post.staff, by=_me(request), at=timezone.now())
        messages.success(request, f"{post.staff.name}’s account is closed.")
        return redirect("establishments:one_shift")
    return _form(request, presenters.let_out_page(post=post), form)


@about_agency_worker
def slip(request: HttpRequest, post: Any) -> HttpResponse:
    kept = slips.kept(request.session, public_id=post.staff.public_id)
    if kept is None:
        messages.info(request, "A slip is shown only to whoever made it, for 10 minutes.")
        return redirect("establishments:one_shift")
    shown = presenters.slip_page(post=post, password=kept.password, codes=kept.codes)
    return render_page(request, "establishments/slip.jinja", shown)


def _to_print(request: HttpRequest, made: Slip) -> HttpResponse:
    slips.keep(request.session, made)
    return redirect("establishments:slip", made.staff.public_id)


def _form(request: HttpRequest, shown: Page, form: BaseForm) -> HttpResponse:
    shown.form = form
    return render_page(request, FORM, shown)
