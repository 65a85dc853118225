"""One event or place that should not have been written down is taken back, with a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in import held
from newel.record.children.pages import child_page
from newel.record.design_system.render import render_page
from newel.record.stairs.scoping import actions, forms, queries
from newel.record.stairs.scoping.answering import back_to, do, found, person, who
from newel.record.stairs.scoping.policies import ChangedMeanwhile
from newel.record.stairs.scoping.presenters import form_pages

WRITES = Capability.WRITE_HISTORY


@child_page(WRITES)
def event(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    return _take_back(request, child, queries.event, row_id)


@child_page(WRITES)
def place(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    return _take_back(request, child, queries.place, row_id)


def _take_back(request: HttpRequest, child: Any, find: Any, row_id: str) -> HttpResponse:
    row = found(find(child=child, public_id=row_id, visible_to=person(request)))
    form = forms.TakeBackForm(held.typed_or_held(request))
    if request.method == "POST" and form.is_valid():
        try:
            do(form, actions.take_back, row=row, reason=form.cleaned_data["reason"], **who(request))
        except ChangedMeanwhile as meanwhile:
            form.add_error(None, str(meanwhile))
        if not form.errors:
            return back_to(request, child, "timeline")
    page = form_pages.form_page(
        child=child, form=form, title="Take it back", back="timeline", row=row,
        visible_to=person(request), at=timezone.now(),
    )  # fmt: skip
    return render_page(request, "scoping/take_back.jinja", page)
