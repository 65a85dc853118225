"""One event or place that should not have been written down is taken back, with a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in import held
from newel.record.children.pages import child_page
from newel.record.design_system.render import render_page
from newel.record.stairs.scoping import actions, forms, queries
from newel.record.stairs.scoping.answering import (
    READ_AGAIN,
    back_to,
    check_same,
    do,
    found,
    person,
    who,
)
from newel.record.stairs.scoping.policies import ChangedMeanwhile
from newel.record.stairs.scoping.presenters import form_pages
from newel.record.stairs.scoping.presenters.taken_back_page import taken_back_page

READS = Capability.READ_RECORD
WRITES = Capability.WRITE_HISTORY
TAKEN = "It is taken back. It stands under “What was taken back”, with your reason."
GONE = (
    "Somebody else has taken this back already, or it is not open to you any more. Nothing was "
    "saved."
)


@child_page(READS)
def taken_back(request: HttpRequest, child: Any) -> HttpResponse:
    rows = queries.taken_back(child=child, visible_to=person(request))
    page = taken_back_page(child=child, rows=rows, visible_to=person(request), at=timezone.now())
    return render_page(request, "scoping/taken_back.jinja", page)


@child_page(WRITES)
def event(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    return _take_back(request, child, queries.event, row_id)


@child_page(WRITES)
def place(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    return _take_back(request, child, queries.place, row_id)


def _take_back(request: HttpRequest, child: Any, find: Any, row_id: str) -> HttpResponse:
    row = find(child=child, public_id=row_id, visible_to=person(request))
    posted = request.method == "POST"
    row = row if posted else found(row)
    form = forms.TakeBackForm(held.typed_or_held(request))
    form.action = form_pages.take_back_address(child, row)
    if posted and form.is_valid() and _taken(request, form, row, row_id):
        return back_to(request, child, "timeline", said=TAKEN)
    page = form_pages.form_page(
        child=child, form=form, title="Take it back", back="timeline", row=row,
        visible_to=person(request), at=timezone.now(),
    )  # fmt: skip
    return render_page(request, "scoping/take_back.jinja", page)


def _taken(request: HttpRequest, form: Any, row: Any, row_id: str) -> bool:
    """Only in the words that its taker has seen."""
    try:
        check_same(row, row_id)
        do(form, actions.take_back, row=row, reason=form.cleaned_data["reason"], **who(request))
    except ChangedMeanwhile:
        form.add_error(None, GONE if row is None else READ_AGAIN)
    return not form.errors
