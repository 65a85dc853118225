"""Who on a unit has a questionnaire due."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access import audit_lists
from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.children.pages import person
from newel.record.outcomes.presenters.due import due_page
from newel.record.outcomes.queries import due as queries
from newel.record.outcomes.views.showing import show


@page(Capability.GIVE_MEASURES)
def due(request: HttpRequest, unit_id: str | None = None) -> HttpResponse:
    staff, now = person(request), timezone.now()
    units = queries.units(staff=staff, at=now)
    if not units and unit_id is None:
        return redirect("overview:home")
    unit = next((one for one in units if unit_id in (None, one.public_id)), None)
    if unit is None:
        raise Http404("This unit is not one of yours.")
    rows = queries.due_on_unit(unit=unit, visible_to=staff, at=now)
    audit_lists.names((child.pk for child, _ in rows), fields=queries.DUE_SHOWS)
    drawn = due_page(unit=unit, units=units, rows=rows, person=staff, today=timezone.localdate(now))
    return show(request, "due", drawn)
