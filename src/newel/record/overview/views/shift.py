"""The shift, and where each role begins."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access import audit_lists
from newel.record.access.pages import for_everyone_signed_in, page
from newel.record.access.roles import Capability
from newel.record.design_system.render import render_page, render_part
from newel.record.outcomes.queries.talks import TALK_SHOWS, wanted_on_shift
from newel.record.overview import actions, presenters, queries, rules

# Where each role begins, by the first of these that it may do.
BEGINS = (
    (Capability.SEE_SHIFT, "overview:shift"),
    (Capability.READ_ONE_PAGE, "overview:my_children"),
    (Capability.GOVERN_ACCESS, "children:governance"),
    (Capability.MANAGE_STAFF, "access:staff"),
    (Capability.RUN_SURVEYS, "surveys:waves"),
)


@for_everyone_signed_in
def home(request: HttpRequest) -> HttpResponse:
    for capability, name in BEGINS:
        if request.user.may(capability):  # type: ignore[union-attr]
            return redirect(name)
    return redirect("access:your_account")


@page(Capability.SEE_SHIFT)
def shift(request: HttpRequest, unit_id: str | None = None) -> HttpResponse:
    now = timezone.now()
    units = queries.units(staff=request.user, at=now)  # type: ignore[arg-type]
    if not units:
        return redirect("overview:my_children")
    unit = next((u for u in units if unit_id in (None, u.public_id)), None)
    if unit is None:
        raise Http404("This unit is not one of yours.")
    since = rules.since_when(
        here_at=unit.here_at,  # type: ignore[attr-defined]
        before_at=unit.before_at,  # type: ignore[attr-defined]
        now=now,
    )
    rows = queries.shift(unit=unit, visible_to=request.user, at=now, since=since)  # type: ignore[arg-type]
    talks = list(wanted_on_shift(staff=request.user, unit=unit, at=now))  # type: ignore[arg-type]
    audit_lists.names((row.child.pk for row in rows), fields=queries.SHIFT_SHOWS)
    shown = tuple(sorted({*queries.SHIFT_SHOWS, *TALK_SHOWS}))
    audit_lists.names((talk.child_id for talk in talks), fields=shown)
    polls = "poll" in request.GET
    if not polls:
        actions.come_to_shift(staff=request.user, unit=unit, at=now, since=since)  # type: ignore[arg-type]
    drawn = presenters.shift_page(
        unit=unit,
        units=units,
        rows=rows,
        since=since,
        staff=request.user,  # type: ignore[arg-type]
        talks=talks,
        taking_over=queries.taking_over(unit=unit, at=now),
        now=now,
    )
    if polls:
        return render_part(request, "overview/shift_board.jinja", drawn)
    return render_page(request, "overview/shift.jinja", drawn)


@page(Capability.READ_ONE_PAGE)
def my_children(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = queries.my_children(staff=request.user, at=now)  # type: ignore[arg-type]
    talks = list(wanted_on_shift(staff=request.user, unit=None, at=now))  # type: ignore[arg-type]
    audit_lists.names((child.pk for child in found), fields=queries.MY_CHILDREN_SHOWS)
    shown = tuple(sorted({*queries.MY_CHILDREN_SHOWS, *TALK_SHOWS}))
    audit_lists.names((talk.child_id for talk in talks), fields=shown)
    drawn = presenters.my_children_page(children=found, talks=talks, staff=request.user)  # type: ignore[arg-type]
    return render_page(request, "overview/my_children.jinja", drawn)
