"""Governance: who reaches a record and who opened it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from newel.record.access import audit_lists
from newel.record.access.pages import page
from newel.record.access.queries import staff_by_public_id
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, governance_queries, queries, sealing_queries
from newel.record.children.forms.access import BlockForm, GrantForm
from newel.record.children.forms.fields import ConfirmForm
from newel.record.children.noticing import watch_notices
from newel.record.children.pages import person, watched_child_page
from newel.record.children.presenters import governance as pages
from newel.record.children.presenters import sealing as sealing_pages
from newel.record.children.presenters import who_looked as who_looked_pages
from newel.record.children.presenters.kept import address_of
from newel.record.children.views.answering import found, number_typed, save_or_show, show

NOTICES = 50
LAST_PAGE = 10_000


@page(Capability.GOVERN_ACCESS)
def governance(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    words = " ".join(request.GET.get("q", "").replace("\x00", "")[:120].split())
    watched = governance_queries.watched_children(by=person(request), at=at, words=words)
    children = list(watched[: pages.SHOWN_CHILDREN + 1])
    notices = list(governance_queries.notices(by=person(request), at=at)[:NOTICES])
    audit_lists.names(one.pk for one in children[: pages.SHOWN_CHILDREN])
    audit_lists.names(notice.child_id for notice in notices)
    urgent = watch_notices(person(request), at)
    audit_lists.names((one.child_id for one in urgent), fields=("preferred_name", "talk"))
    shown = pages.governance_page(
        urgent=urgent,
        notices=notices,
        children=children,
        words=words,
        perhaps_same=sealing_queries.perhaps_same(by=person(request)),
    )
    return show(request, "children/governance.jinja", shown)


@page(Capability.GOVERN_ACCESS)
@require_POST
def see_notice(request: HttpRequest, notice_id: str) -> HttpResponse:
    at = timezone.now()
    notice = found(queries.one_of(governance_queries.notices(by=person(request), at=at), notice_id))
    actions.see_notice(notice=notice, by=person(request), at=at)
    messages.success(request, "Marked as seen.")
    return redirect("children:governance")


@watched_child_page
def governed_child(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    shown = pages.governed_child_page(child=child, at=at)
    shown.sealings = sealing_pages.sealing_entries(
        sealing_queries.sealings(child=child), child=child
    )
    shown.openings = sealing_pages.opening_entries(
        sealing_queries.openings(child=child), child=child, at=at
    )
    return show(request, "children/governed_child.jinja", shown)


@watched_child_page
def who_looked(request: HttpRequest, child: Any) -> HttpResponse:
    asked = _asked_of_looks(request)
    events = governance_queries.looks(
        child=child,
        first=(asked.number - 1) * who_looked_pages.LOOKS_A_PAGE,
        count=who_looked_pages.LOOKS_A_PAGE + 1,
        on_lists=asked.on_lists,
        each=asked.each,
        staff=asked.staff,
        on=asked.on,
    )
    shown = who_looked_pages.who_looked_page(child=child, found=events, asked=asked)
    return show(request, "children/who_looked.jinja", shown)


def _asked_of_looks(request: HttpRequest) -> who_looked_pages.AskedOfLooks:
    given, person_id = request.GET, request.GET.get("person", "").replace("\x00", "")
    return who_looked_pages.AskedOfLooks(
        on_lists="lists" in given,
        each="each" in given,
        staff=found(staff_by_public_id(public_id=person_id)) if person_id else None,
        on=_day(given.get("day", "")),
        number=number_typed(given.get("page", ""), most=LAST_PAGE),
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@watched_child_page
def give_access(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    stay = queries.open_stay(child=child)
    form = GrantForm(typed_or_held(request), stay=stay, at=at)
    return save_or_show(
        request,
        lambda: pages.grant_page(child=child, stay=stay),
        form=form,
        action=lambda: actions.give_access(child=child, by=person(request), at=at, **form.saved),
        done="The access is given.",
        then=address_of("governed_child", child),
    )


@watched_child_page
def end_grant(request: HttpRequest, child: Any, grant_id: str) -> HttpResponse:
    at = timezone.now()
    grant = found(queries.one_of(governance_queries.grants(child=child), grant_id))
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "End this access now"
    return save_or_show(
        request,
        lambda: pages.confirm_page(
            child=child, title=f"End the access of {grant.staff.name}", paragraph=grant.purpose
        ),
        form=form,
        action=lambda: actions.end_grant(grant=grant, at=at),
        done=f"The access of {grant.staff.name} has ended.",
        then=address_of("governed_child", child),
    )


@watched_child_page
def set_block(request: HttpRequest, child: Any) -> HttpResponse:
    at = timezone.now()
    form = BlockForm(typed_or_held(request))
    return save_or_show(
        request,
        lambda: pages.block_page(child=child),
        form=form,
        action=lambda: actions.block(child=child, by=person(request), at=at, **form.cleaned_data),
        done="The block is set.",
        then=address_of("governed_child", child),
    )


@watched_child_page
def lift_block(request: HttpRequest, child: Any, block_id: str) -> HttpResponse:
    at = timezone.now()
    blocks = governance_queries.blocks(child=child).filter(lifted_at__isnull=True)
    block = found(queries.one_of(blocks, block_id))
    form = ConfirmForm(typed_or_held(request))
    form.submit_label = "Lift the block"
    return save_or_show(
        request,
        lambda: pages.confirm_page(
            child=child,
            title=f"Lift the block of {block.staff.name}",
            paragraph="What else opens the record to them opens it again at once.",
        ),
        form=form,
        action=lambda: actions.lift_block(block=block, at=at),
        done=f"The block of {block.staff.name} is lifted.",
        then=address_of("governed_child", child),
    )
