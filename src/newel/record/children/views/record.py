"""The front page of a record, and who the child is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, queries
from newel.record.children.forms.facts import (
    CommunicationNeedForm,
    FactsForm,
    NumberForm,
    OtherNameForm,
    TakeAwayForm,
)
from newel.record.children.forms.fields import ConfirmForm
from newel.record.children.pages import child_page, person
from newel.record.children.presenters import facts as pages
from newel.record.children.presenters import front
from newel.record.children.presenters.kept import address_of
from newel.record.children.views.answering import KEPT, found, save_or_show, show


@child_page(Capability.READ_ONE_PAGE)
def child(request: HttpRequest, child: Any) -> HttpResponse:
    """Every child's name leads here; whoever reads the one page alone is led on to it."""
    if not person(request).may(Capability.READ_RECORD):
        return redirect("activators:one_page", child_id=child.public_id)
    shown = front.child_page(child=child, person=person(request), at=timezone.now())
    return show(request, "children/child.jinja", shown)


@child_page(Capability.RECEIVE_CHILD)
def facts(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    form = FactsForm(typed_or_held(request), child=child, at=at)
    return save_or_show(
        request,
        lambda: pages.facts_page(child=child, person=person(request), at=at),
        form=form,
        action=lambda: actions.change_child(child=child, by=person(request), at=at, **form.changes),
        done="Saved.",
        then=address_of("child", child),
    )


@child_page(Capability.RECEIVE_CHILD)
def names(request: HttpRequest, child: Any) -> HttpResponse:
    form = OtherNameForm(typed_or_held(request))
    return save_or_show(
        request,
        lambda: pages.names_page(child=child, person=person(request), at=timezone.now()),
        form=form,
        action=lambda: actions.add_name(child=child, **form.cleaned_data),
        done="The name is written down.",
        then=address_of("names", child),
        template=KEPT,
    )


@child_page(Capability.RECEIVE_CHILD)
def take_name_away(request: HttpRequest, child: Any) -> HttpResponse:
    names = {
        pages.code_of_name(one): one
        for one in queries.other_names(child=child, visible_to=person(request))
    }
    form = TakeAwayForm(typed_or_held(request), choices=pages.name_choices(names.values()))
    return save_or_show(
        request,
        lambda: pages.take_away_page(
            child=child, person=person(request), at=timezone.now(), what="name", back_to="names"
        ),
        form=form,
        action=lambda: actions.take_name_away(name=names[form.cleaned_data["which"]]),
        done="The name was taken away.",
        then=address_of("names", child),
    )


@child_page(Capability.RECEIVE_CHILD)
def numbers(request: HttpRequest, child: Any) -> HttpResponse:
    form = NumberForm(typed_or_held(request))
    return save_or_show(
        request,
        lambda: pages.numbers_page(child=child, person=person(request), at=timezone.now()),
        form=form,
        action=lambda: actions.add_identifier(
            child=child, system=form.saved_system, value=form.cleaned_data["value"]
        ),
        done="The number is written down.",
        then=address_of("numbers", child),
        template=KEPT,
    )


@child_page(Capability.RECEIVE_CHILD)
def take_number_away(request: HttpRequest, child: Any) -> HttpResponse:
    numbers = {pages.code_of_number(one): one for one in queries.identifiers(child=child)}
    form = TakeAwayForm(typed_or_held(request), choices=pages.number_choices(numbers.values()))
    return save_or_show(
        request,
        lambda: pages.take_away_page(
            child=child, person=person(request), at=timezone.now(), what="number", back_to="numbers"
        ),
        form=form,
        action=lambda: actions.take_identifier_away(identifier=numbers[form.cleaned_data["which"]]),
        done="The number was taken away.",
        then=address_of("numbers", child),
    )


@child_page(Capability.KEEP_SAFE)
def communication(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    form = CommunicationNeedForm(typed_or_held(request), at=at)
    return save_or_show(
        request,
        lambda: pages.communication_page(child=child, person=person(request), at=at),
        form=form,
        action=lambda: actions.record_communication_need(
            child=child, by=person(request), at=at, **form.cleaned_data
        ),
        done="The need is written down. It is at the top of every page.",
        then=address_of("communication", child),
        template=KEPT,
    )


@child_page(Capability.KEEP_SAFE)
def end_need(request: HttpRequest, child: Any, need_id: str) -> HttpResponse:
    at = timezone.now()
    need = found(queries.one_of(queries.communication_needs(child=child), need_id))
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "It is no longer needed"
    return save_or_show(
        request,
        lambda: pages.end_need_page(child=child, person=person(request), at=at, need=need),
        form=form,
        action=lambda: actions.end_communication_need(need=need, at=at),
        done="It is written down that this is no longer needed.",
        then=address_of("communication", child),
    )
