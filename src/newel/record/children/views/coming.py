"""A child is coming, and has arrived."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access import audit_lists
from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, queries
from newel.record.children.forms.coming import ANOTHER_CHILD, ArrivalForm, ReferralForm
from newel.record.children.pages import child_page, person
from newel.record.children.policies import NotNow
from newel.record.children.presenters import coming
from newel.record.children.views.answering import found, save_or_show, show
from newel.record.establishments import readiness_queries
from newel.record.establishments.queries import units_open_to

FIELDS = {"value": "nhs_number", "unit": "unit"}


@page(Capability.RECEIVE_CHILD)
def refer(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    units = units_open_to(staff=person(request), at=at)
    form = ReferralForm(typed_or_held(request), units=units, at=at)
    if request.method == "POST" and form.is_valid():
        child = _referred(request, form, at)
        if child is not None:
            return redirect("children:child", child.public_id)
    shown = coming.referral_page(where=_where(list(units), at), on=timezone.localdate(at))
    shown.form = form if shown.can_be_entered or request.method == "POST" else None
    return show(request, "children/refer.jinja", shown)


def _where(units: list[Any], at: datetime) -> list[tuple[Any, list[Any]]]:
    """The settings where this person may write a referral: how each stands, and whom to ask."""
    settings = {unit.setting.pk: unit.setting for unit in units}
    return [
        (
            one,
            [] if one.is_ready else readiness_queries.governance_leads(setting=one.setting, at=at),
        )
        for one in readiness_queries.readiness_of(settings=settings.values())
    ]


def _referred(request: HttpRequest, form: ReferralForm, at: datetime) -> Any:
    """The child whose record goes on from here, or nothing while a question is open."""
    known = _known_children(request, form, at)
    born_on = form.cleaned_data["born_on"]
    choices = coming.same_child_choices(list(known.values()), born_on=born_on, at=at)
    audit_lists.names((known[one].pk for one, _ in choices), fields=queries.FOUND_SHOWS)
    answer = form.whether_same(choices) if choices else ANOTHER_CHILD
    if answer is None:
        return None
    try:
        if answer == ANOTHER_CHILD:
            return _a_new_child(request, form, at)
        return _a_child_we_know(request, form, known[answer], at)
    except NotNow as reason:
        field = FIELDS.get(reason.field or "")
        form.add_error(field, str(reason))
        return None


def _known_children(request: HttpRequest, form: ReferralForm, at: datetime) -> dict[str, Any]:
    given = form.cleaned_data
    children = queries.perhaps_the_same(
        name=given["preferred_name"],
        nhs_number=given["nhs_number"],
        visible_to=person(request),
        at=at,
    )
    return {child.public_id: child for child in children}


def _a_new_child(request: HttpRequest, form: ReferralForm, at: datetime) -> Any:
    child = actions.refer(
        by=person(request),
        at=at,
        unit=form.cleaned_data["unit"],
        expected_at=form.expected_at,
        **form.who,
    )
    messages.success(
        request, f"{child.preferred_name} is written down as coming. The unit can see it now."
    )
    return child


def _a_child_we_know(request: HttpRequest, form: ReferralForm, child: Any, at: datetime) -> Any:
    """The record goes on, and nothing that it says is overwritten by the referral."""
    actions.refer_again(
        child=child,
        by=person(request),
        at=at,
        unit=form.cleaned_data["unit"],
        expected_at=form.expected_at,
    )
    messages.success(
        request,
        f"{child.preferred_name}’s record goes on with a new stay. The facts on it were not "
        "changed: check them.",
    )
    return child


@child_page(Capability.RECEIVE_CHILD)
def arrive(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    stay = found(queries.open_stay(child=child))
    form = ArrivalForm(typed_or_held(request), at=at)
    return save_or_show(
        request,
        lambda: coming.arrival_page(child=child, person=person(request), at=at, stay=stay),
        form=form,
        action=lambda: actions.arrive(stay=stay, at=form.arrived_at, written_at=at),
        done=f"{child.preferred_name}’s arrival is written down.",
        then=reverse("children:child", args=[child.public_id]),
    )
