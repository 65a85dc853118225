"""The stay: legal reasons, the unit, the end."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, queries
from newel.record.children.forms.fields import ConfirmForm
from newel.record.children.forms.stay import EndLegalReasonForm, LegalReasonForm, MoveUnitForm
from newel.record.children.pages import child_page, person
from newel.record.children.presenters import stay as pages
from newel.record.children.presenters.kept import address_of
from newel.record.children.views.answering import KEPT, found, save, save_or_show, show


@child_page(Capability.WRITE_HISTORY)
def legal(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    stay = found(queries.open_stay(child=child))
    form = LegalReasonForm(typed_or_held(request))
    return save_or_show(
        request,
        lambda: pages.legal_page(child=child, person=person(request), at=at),
        form=form,
        action=lambda: actions.record_legal_reason(
            stay=stay, by=person(request), at=at, **form.cleaned_data
        ),
        done="The legal reason is written down.",
        then=address_of("legal", child),
        template=KEPT,
    )


@child_page(Capability.WRITE_HISTORY)
def end_reason(request: HttpRequest, child: Any, reason_id: str) -> HttpResponse:
    at = timezone.now()
    reason = found(queries.one_of(queries.legal_reasons(child=child), reason_id))
    form = EndLegalReasonForm(typed_or_held(request), at=at)
    return save_or_show(
        request,
        lambda: pages.end_reason_page(child=child, person=person(request), at=at, reason=reason),
        form=form,
        action=lambda: actions.end_legal_reason(
            reason=reason, on=form.cleaned_data["ends_on"], at=at
        ),
        done="The last day is written down.",
        then=address_of("legal", child),
    )


@child_page(Capability.PLACE_CHILD, also_closed=True)
def move(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    stay = found(queries.open_stay(child=child))
    units = queries.other_units(stay=stay)
    form = MoveUnitForm(typed_or_held(request), units=units)

    def move_now() -> None:
        actions.move_unit(stay=stay, unit=form.cleaned_data["unit"], at=at)

    if save(request, form, move_now, done=f"{child.preferred_name} has moved."):
        return redirect(_where_one_may_be(request, child, at))
    shown = pages.move_page(child=child, person=person(request), at=at, has_units=units.exists())
    shown.form = form
    return show(request, "children/form.jinja", shown)


@child_page(Capability.PLACE_CHILD, also_closed=True)
def end_stay(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    stay = found(queries.open_stay(child=child))
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "End the stay now"
    form.cancel = address_of("child", child)
    done = f"{child.preferred_name}’s stay has ended."
    if save(request, form, lambda: actions.end_stay(stay=stay, at=at), done=done):
        return redirect(_where_one_may_be(request, child, at))
    shown = pages.end_stay_page(child=child, person=person(request), at=at, stay=stay)
    shown.form = form
    return show(request, "children/form.jinja", shown)


def _where_one_may_be(request: HttpRequest, child: Any, at: datetime) -> str:
    """The record, if it is still open to whoever moved the child; else where one finds others."""
    still = queries.child(public_id=child.public_id, visible_to=person(request), at=at)
    return address_of("child", child) if still else reverse("children:find")
