"""The team around the child and the keyworkers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access import audit
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, queries
from newel.record.children.forms.fields import ConfirmForm
from newel.record.children.forms.people import (
    ContactForm,
    KeyworkerForm,
    LastDayForm,
    TeamMemberForm,
)
from newel.record.children.pages import child_page, person
from newel.record.children.presenters import people as pages
from newel.record.children.presenters.around import around_page
from newel.record.children.presenters.kept import address_of
from newel.record.children.views.answering import FORM, KEPT, found, save, save_or_show, show
from newel.record.establishments.queries import agencies


@child_page(Capability.MANAGE_TEAM)
def team(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    stay = found(queries.open_stay(child=child))
    form = TeamMemberForm(typed_or_held(request), agencies=agencies(), at=at)
    return save_or_show(
        request,
        lambda: pages.team_page(child=child, person=person(request), at=at),
        form=form,
        action=lambda: actions.add_team_member(stay=stay, at=at, **form.cleaned_data),
        done="The team has grown by one.",
        then=address_of("team", child),
        template=KEPT,
    )


@child_page(Capability.READ_RECORD)
def around(request: HttpRequest, child: Any) -> HttpResponse:
    """Who is around the child, on one page that prints."""
    if "paper" in request.GET:
        audit.looks_at(request, child_id=child.pk, act="print")
    shown = around_page(child=child, person=person(request), at=timezone.now())
    return show(request, "children/around.jinja", shown)


@child_page(Capability.MANAGE_TEAM)
def contact(request: HttpRequest, child: Any, member_id: str) -> HttpResponse:
    at = timezone.now()
    member = found(queries.one_of(queries.team_now(child=child, at=at), member_id))
    form = ContactForm(typed_or_held(request), initial={"contact": member.contact})
    return save_or_show(
        request,
        lambda: pages.contact_page(child=child, person=person(request), at=at, member=member),
        form=form,
        action=lambda: actions.change_contact(member=member, contact=form.cleaned_data["contact"]),
        done=f"How to reach {member.name} is written down.",
        then=address_of("around", child),
    )


@child_page(Capability.MANAGE_TEAM)
def end_team(request: HttpRequest, child: Any, member_id: str) -> HttpResponse:
    at = timezone.now()
    member = found(queries.one_of(queries.team_now(child=child, at=at), member_id))
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "They leave the team today"
    today = timezone.localdate(at)

    def leave() -> None:
        actions.end_team_member(member=member, on=today, at=at)

    if save(request, form, leave, done=f"{member.name} is no longer in the team."):
        # Whoever took themselves out may have closed the record to themselves.
        still = queries.child(public_id=child.public_id, visible_to=person(request), at=at)
        return redirect(address_of("team", child) if still else reverse("children:find"))
    shown = pages.end_team_page(child=child, person=person(request), at=at, member=member)
    shown.form = form
    return show(request, FORM, shown)


@child_page(Capability.MANAGE_TEAM)
def keyworkers(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    stay = found(queries.open_stay(child=child))
    form = KeyworkerForm(typed_or_held(request), at=at)
    return save_or_show(
        request,
        lambda: pages.keyworkers_page(child=child, person=person(request), at=at),
        form=form,
        action=lambda: actions.assign_keyworker(
            stay=stay, staff=form.cleaned_data["staff"], on=form.cleaned_data["starts_on"], at=at
        ),
        done="The keyworker is written down.",
        then=address_of("keyworkers", child),
        template=KEPT,
    )


@child_page(Capability.MANAGE_TEAM)
def end_keyworker(request: HttpRequest, child: Any, assignment_id: str) -> HttpResponse:
    at = timezone.now()
    assignment = found(queries.one_of(queries.keyworkers_ever(child=child), assignment_id))
    form = LastDayForm(typed_or_held(request), at=at)
    return save_or_show(
        request,
        lambda: pages.end_keyworker_page(
            child=child, person=person(request), at=at, assignment=assignment
        ),
        form=form,
        action=lambda: actions.end_keyworker(
            assignment=assignment, on=form.cleaned_data["ends_on"], at=at
        ),
        done="The last day is written down.",
        then=address_of("keyworkers", child),
    )
