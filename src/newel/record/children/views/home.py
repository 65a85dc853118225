"""Who and where home is, and whether it is safe."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, queries
from newel.record.children.forms.fields import ConfirmForm
from newel.record.children.forms.people import HomeForm, SafetyCheckForm
from newel.record.children.pages import child_page, person
from newel.record.children.presenters import people as pages
from newel.record.children.presenters.kept import address_of
from newel.record.children.views.answering import FORM, KEPT, found, save_or_show, show


@child_page(Capability.MANAGE_TEAM)
def homes(request: HttpRequest, child: Any) -> HttpResponse:
    shown = pages.homes_page(child=child, person=person(request), at=timezone.now())
    return show(request, KEPT, shown)


@child_page(Capability.MANAGE_TEAM)
def add_home(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    form = HomeForm(typed_or_held(request))
    title = f"Add to home for {child.preferred_name}"
    return save_or_show(
        request,
        lambda: pages.home_form_page(child=child, person=person(request), at=at, title=title),
        form=form,
        action=lambda: actions.add_home(child=child, by=person(request), at=at, **form.saved),
        done="It is written down. The safety check comes next.",
        then=address_of("homes", child),
    )


@child_page(Capability.MANAGE_TEAM)
def check_home(request: HttpRequest, child: Any, home_id: str) -> HttpResponse:
    at = timezone.now()
    home = found(queries.one_of(queries.homes(child=child), home_id))
    form = SafetyCheckForm(typed_or_held(request))
    return save_or_show(
        request,
        lambda: pages.check_home_page(child=child, person=person(request), at=at, home=home),
        form=form,
        action=lambda: actions.check_home_is_safe(
            home=home, by=person(request), at=at, **form.cleaned_data
        ),
        done="The check is written down.",
        then=address_of("homes", child),
    )


@child_page(Capability.MANAGE_TEAM)
def end_home(request: HttpRequest, child: Any, home_id: str) -> HttpResponse:
    at = timezone.now()
    home = found(queries.one_of(queries.homes(child=child), home_id))
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "This is no longer home"
    title = f"Is {home.name} no longer home?"
    return save_or_show(
        request,
        lambda: pages.home_form_page(child=child, person=person(request), at=at, title=title),
        form=form,
        action=lambda: actions.end_home(home=home, at=at),
        done=f"It is written down that {home.name} is no longer home.",
        then=address_of("homes", child),
    )


@child_page(Capability.MANAGE_TEAM)
def home_address(request: HttpRequest, child: Any, home_id: str) -> HttpResponse:
    """An address that may be shown, to somebody who asked for it. A protected one is not found."""
    at = timezone.now()
    home = found(queries.one_of(queries.homes(child=child), home_id))
    address = found(queries.open_address(home=home) or None)
    shown = pages.home_address_page(
        child=child, person=person(request), at=at, home=home, address=address
    )
    return show(request, FORM, shown)
