"""What one child answered over time: for those who work with it, and for the child."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from newel.record.access.roles import Capability
from newel.record.children.pages import child_page
from newel.record.outcomes import queries
from newel.record.outcomes.presenters.childs_view import childs_view as childs_page
from newel.record.outcomes.presenters.results import results_page
from newel.record.outcomes.views.showing import around, show


@child_page(Capability.READ_OUTCOMES)
def results(request: HttpRequest, child: Any) -> HttpResponse:
    forms = list(queries.finished_forms(child=child))
    return show(request, "results", results_page(**around(request, child), forms=forms))


@child_page(Capability.READ_OUTCOMES)
def childs_view(request: HttpRequest, child: Any) -> HttpResponse:
    forms = list(queries.finished_forms(child=child))
    return show(request, "childs_view", childs_page(**around(request, child), forms=forms))
