"""Pictures and recordings beside questions, for those who give questionnaires. They are the site's
and about no child."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from newel.evidence.measures import UnknownMeasure
from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.outcomes import beside
from newel.record.outcomes.views import site_files
from newel.record.outcomes.wording import wording


@page(Capability.GIVE_MEASURES)
def picture(request: HttpRequest, measure_id: str, language: str, part: str) -> HttpResponse:
    found = beside.picture(_wording(measure_id, language), part)
    return site_files.send(request, found.file if found else None)


@page(Capability.GIVE_MEASURES)
def recording(request: HttpRequest, measure_id: str, language: str, part: str) -> HttpResponse:
    return site_files.send(request, beside.recording(_wording(measure_id, language), part))


def _wording(measure_id: str, language: str) -> Any:
    try:
        found = wording(measure_id, language)
    except UnknownMeasure as unknown:
        raise Http404(str(unknown)) from unknown
    if found is None:
        raise Http404("There is no such wording.")
    return found
