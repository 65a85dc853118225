"""Places, and the posts of those who work there. Nothing here is about a child."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.pages import View, page
from newel.record.access.queries import staff_by_public_id
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.establishments import actions, presenters, queries
from newel.record.establishments.forms import (
    AgencyForm,
    ConfirmForm,
    MovePostForm,
    PostForm,
    SettingForm,
    UnitForm,
)
from newel.record.establishments.policies import AlreadyThere

FORM = "establishments/form.jinja"


@page(Capability.MANAGE_PLACES)
def places(request: HttpRequest) -> HttpResponse:
    shown = presenters.places_page(settings=queries.settings(), agencies=queries.agencies())
    return _show(request, "establishments/places.jinja", shown)


@page(Capability.MANAGE_PLACES)
def add_setting(request: HttpRequest) -> HttpResponse:
    form = SettingForm(typed_or_held(request))
    added: list[Any] = []

    def add() -> None:
        added.append(actions.add_setting(**form.cleaned_data))

    if _saved(request, form, add, "Added. Go on with the next step."):
        return redirect("establishments:set_up", added[0].public_id)
    shown = presenters.place_form_page(title="Add a setting")
    return _show_form(request, shown, form)


@page(Capability.MANAGE_PLACES)
def add_unit(request: HttpRequest, setting_id: str) -> HttpResponse:
    setting = queries.setting(public_id=setting_id)
    if setting is None:
        raise Http404
    form = UnitForm(typed_or_held(request))

    def add() -> None:
        actions.add_unit(setting=setting, **form.cleaned_data)

    if _saved(request, form, add, "The unit is added."):
        return redirect("establishments:places")
    shown = presenters.place_form_page(title=f"Add a unit to {setting.name}")
    return _show_form(request, shown, form)


@page(Capability.MANAGE_PLACES)
def add_agency(request: HttpRequest) -> HttpResponse:
    form = AgencyForm(typed_or_held(request))
    if _saved(request, form, lambda: actions.add_agency(**form.cleaned_data), "Added."):
        return redirect("establishments:places")
    paragraph = "An employer of those who work with the children: a care provider, an NHS trust."
    shown = presenters.place_form_page(title="Add an agency", paragraphs=(paragraph,))
    return _show_form(request, shown, form)


def about_staff(view: View) -> View:
    """For those who manage staff, about one staff member."""

    @wraps(view)
    def with_staff(request: HttpRequest, staff_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        staff = staff_by_public_id(public_id=staff_id)
        if staff is None:
            raise Http404
        return view(request, staff, *args, **kwargs)

    return page(Capability.MANAGE_STAFF)(with_staff)


@about_staff
def posts(request: HttpRequest, staff: Any) -> HttpResponse:
    at = timezone.now()
    form = PostForm(
        typed_or_held(request), settings=list(queries.settings()), agencies=queries.agencies()
    )

    def start() -> None:
        actions.start_post(staff=staff, at=at, **form.saved)

    if _saved(request, form, start, "The post has started. What it opens is open now."):
        return redirect("establishments:posts", staff.public_id)
    shown = presenters.posts_page(staff=staff, posts=queries.posts_ever(staff=staff), at=at)
    shown.form = form
    return _show(request, "establishments/posts.jinja", shown)


@about_staff
def move_post(request: HttpRequest, staff: Any, post_id: str) -> HttpResponse:
    post = _post(staff, post_id)
    at = timezone.now()
    form = MovePostForm(typed_or_held(request), units=queries.all_units())

    def move() -> None:
        actions.move_to_unit(post=post, unit=form.cleaned_data["place"], at=at)

    if _saved(request, form, move, "Moved. The old unit is closed to them and the new one open."):
        return redirect("establishments:posts", staff.public_id)
    shown = presenters.post_form_page(
        post=post,
        title=f"Move {staff.name} to another unit",
        paragraph="The records of the old unit close to them and those of the new one open, now.",
    )
    return _show_form(request, shown, form)


@about_staff
def end_post(request: HttpRequest, staff: Any, post_id: str) -> HttpResponse:
    post = _post(staff, post_id)
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "End this post now"

    def end() -> None:
        actions.end_post(post=post, at=timezone.now())

    if _saved(request, form, end, "The post has ended. What it opened is closed."):
        return redirect("establishments:posts", staff.public_id)
    shown = presenters.post_form_page(
        post=post,
        title=f"End {staff.name}’s post",
        paragraph="What it opens closes at once, also where they are signed in now.",
    )
    return _show_form(request, shown, form)


def _post(staff: Any, public_id: str) -> Any:
    post = queries.post_of(staff=staff, public_id=public_id)
    if post is None:
        raise Http404
    return post


def _saved(request: HttpRequest, form: BaseForm, action: Callable[[], object], done: str) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action()
    except AlreadyThere as reason:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return False
    messages.success(request, done)
    return True


def _show_form(request: HttpRequest, shown: Page, form: BaseForm) -> HttpResponse:
    shown.form = form
    return _show(request, FORM, shown)


def _show(request: HttpRequest, template: str, shown: Page) -> HttpResponse:
    return render_page(request, template, shown)
