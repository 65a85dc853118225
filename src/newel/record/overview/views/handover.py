"""The handover: read, and taken over with one acknowledgement for the whole shift."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access import audit, audit_lists
from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.children.pages import person
from newel.record.design_system.render import render_page
from newel.record.overview import actions, presenters, queries
from newel.record.overview.forms import TakeOverForm
from newel.record.overview.views import seen as seen_pages
from newel.record.overview.views.seen import Seen

CHANGED = (
    "Something has changed since you opened this page. It is marked “New since you opened this "
    "page”. Read it, then take over."
)
GONE = "Something on this page is no longer so. Look at it again, then take over."
OTHER_SHIFT = "The next shift can be taken over now. This is its handover: read it, then take over."
AGAIN = "This page had been open for too long. This is how things are now: read it, then take over."


@page(Capability.SEE_SHIFT)
def handover(request: HttpRequest, unit_id: str | None = None) -> HttpResponse:
    now = timezone.now()
    units = queries.units(staff=person(request), at=now)
    if not units and unit_id is None:
        return redirect("overview:my_children")
    unit = next((u for u in units if unit_id in (None, u.public_id)), None)
    if unit is None:
        raise Http404("This unit is not one of yours.")
    told = queries.handover(unit=unit, visible_to=person(request), at=now)
    if request.method == "POST":
        return _take_over(request, told, units)
    return _show(request, told, units, new_since=_since_i_took_over(request, told))


def _take_over(request: HttpRequest, told: Any, units: list[Any]) -> HttpResponse:
    """Only what was on the screen is taken over. What came after it is shown first."""
    seen = seen_pages.read(request.POST.get("seen", ""))
    if seen is None or (seen.staff_id, seen.unit_id) != (person(request).pk, told.unit.pk):
        return _show(request, told, units, why=AGAIN)
    if seen.shift_starts_at != told.shift.starts_at:
        return _show(request, told, units, why=OTHER_SHIFT)
    if seen.fingerprint != told.fingerprint:
        new = told.anything_since(seen.at)
        return _show(request, told, units, why=CHANGED if new else GONE, new_since=seen.at)
    actions.take_over(
        unit=told.unit, shift=told.shift, by=person(request), at=told.at, read_until=seen.at
    )
    messages.success(request, f"You have taken over the {told.shift.name.lower()}.")
    return redirect("overview:unit_shift", told.unit.public_id)


def _since_i_took_over(request: HttpRequest, told: Any) -> datetime | None:
    mine = (row for row in told.window.taken if row.staff_id == person(request).pk)
    return next((row.read_until for row in mine), None)


def _show(
    request: HttpRequest,
    told: Any,
    units: list[Any],
    *,
    why: str = "",
    new_since: datetime | None = None,
) -> HttpResponse:
    shown = presenters.handover_page(
        told=told, person=person(request), units=units, new_since=new_since, why=why
    )
    token = Seen(
        staff_id=person(request).pk,
        unit_id=told.unit.pk,
        shift_starts_at=told.shift.starts_at,
        at=told.at,
        fingerprint=told.fingerprint,
    )
    shown.form = TakeOverForm(initial={"seen": token.sign()})
    is_told_only = "printed" in request.GET  # by the script of a page that is open already
    act = "print" if is_told_only or "paper" in request.GET else "view"
    audit.looks_at_each(request, child_ids=told.shown_of, act=act)
    audit_lists.names(told.named_only)
    if is_told_only:
        return HttpResponse(status=204)
    return render_page(request, "overview/handover.jinja", shown)
