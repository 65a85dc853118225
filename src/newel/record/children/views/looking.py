"""Who looked from outside a child's care, for governance leads."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from newel.record.access import audit_lists
from newel.record.access.pages import page
from newel.record.access.queries import staff_by_public_id
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, looks_queries
from newel.record.children.forms.review import LookIntoForm
from newel.record.children.pages import person, watched_child_page
from newel.record.children.presenters import looks as pages
from newel.record.children.views.answering import FORM, found, number_typed, save_or_show, show

LAST_PAGE = 10_000


@page(Capability.GOVERN_ACCESS)
def looks(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    watched = looks_queries.children_watched(by=person(request), at=at)
    asked = _asked(request, watched)
    children = [asked.child] if asked.child else watched
    since = asked.since(at)
    every = looks_queries.looks(children=children, since=since, staff=asked.staff)
    rows = looks_queries.with_who_and_why(asked.on_page(every), since=since)
    audit_lists.names(row.child.pk for row in rows)
    shown = pages.looks_page(asked=asked, found=every, rows=rows)
    return show(request, "children/looks.jinja", shown)


def _asked(request: HttpRequest, watched: list[Any]) -> pages.Asked:
    days = number_typed(request.GET.get("days", ""), most=LAST_PAGE)
    child_id, staff_id = request.GET.get("child", ""), request.GET.get("person", "")
    staff = staff_by_public_id(public_id=staff_id.replace("\x00", "")) if staff_id else None
    child = next((one for one in watched if one.public_id == child_id), None)
    if (child_id and child is None) or (staff_id and staff is None):
        found(None)
    return pages.Asked(
        days=days if days in pages.PERIODS else 30,
        every=request.GET.get("every") == "1",
        number=number_typed(request.GET.get("page", ""), most=LAST_PAGE),
        child=child,
        staff=staff,
    )


@watched_child_page
def look_into(request: HttpRequest, child: Any, staff_id: str) -> HttpResponse:
    at = timezone.now()
    staff = found(staff_by_public_id(public_id=staff_id))
    since = pages.Asked(days=365).since(at)
    every = looks_queries.looks(children=[child], since=since, staff=staff)
    row = found(next(iter(looks_queries.with_who_and_why(every.rows, since=since)), None))
    form = LookIntoForm(typed_or_held(request), initial={"up_to": row.last_at.isoformat()})

    def look() -> None:
        shown = parse_datetime(form.cleaned_data["up_to"]) or row.last_at
        actions.look_into(
            child=child,
            staff=staff,
            up_to=min(shown, row.last_at),
            words=form.cleaned_data["words"],
            by=person(request),
            at=at,
        )

    return save_or_show(
        request,
        lambda: pages.look_into_page(child=child, row=row),
        form=form,
        action=look,
        done="Marked as looked into.",
        then=reverse("children:looks"),
        template=FORM,
    )
