"""Where the child lived or went to school: written, changed, and who may read it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in import held
from newel.record.children.pages import child_page
from newel.record.design_system.render import render_page
from newel.record.stairs.scoping import actions, forms, queries
from newel.record.stairs.scoping.answering import (
    back_to,
    check_same,
    do,
    found,
    person,
    who,
)
from newel.record.stairs.scoping.policies import ChangedMeanwhile
from newel.record.stairs.scoping.presenters import form_pages
from newel.record.stairs.scoping.presenters.form_pages import Conflict
from newel.record.stairs.scoping.views.people import held_back, people
from newel.record.stairs.scoping.views.writing import (
    change_who_reads,
    show_earlier,
    words_stay,
)

READS = Capability.READ_RECORD
WRITES = Capability.WRITE_HISTORY


@child_page(WRITES)
def add_place(request: HttpRequest, child: Any) -> HttpResponse:
    form = _form(request, child)
    if request.method == "POST" and form.is_valid() and form.shown_before:
        saved = do(form, actions.write_place, child=child, **who(request), **form.place())
        if saved:
            return back_to(request, child, "timeline", f"place-{saved.public_id}")
    return _ask(request, child, form, "Add a place")


@child_page(WRITES)
def change_place(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = queries.place(child=child, public_id=row_id, visible_to=person(request))
    row = row if request.method == "POST" else found(row)
    if row is not None and words_stay(request, row):
        return redirect("scoping:place_readers", child.public_id, row.public_id)
    form = _form(request, child, row)
    if request.method == "POST" and form.is_valid() and form.shown_before:
        try:
            check_same(row, row_id)
            saved = do(form, actions.change_place, place=row, **who(request), **form.place())
        except ChangedMeanwhile:
            return _changed_meanwhile(request, child, form, row_id)
        if saved:
            return back_to(request, child, "timeline", f"place-{saved.public_id}")
    return _ask(request, child, form, "Change this place", row=row)


@child_page(WRITES)
def place_readers(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    return change_who_reads(request, child, queries.place, row_id, "timeline")


@child_page(READS)
def earlier_places(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = found(queries.place(child=child, public_id=row_id, visible_to=person(request)))
    earlier = queries.earlier_places(place=row, visible_to=person(request))
    return show_earlier(request, child, row, earlier)


def _form(request: HttpRequest, child: Any, row: Any = None) -> forms.PlaceForm:
    return forms.PlaceForm(
        held.typed_or_held(request),
        row=row,
        child=child,
        today=timezone.localdate(),
        held_back=held_back(request, child, row),
        **people(request, child),
    )


def _ask(
    request: HttpRequest,
    child: Any,
    form: Any,
    title: str,
    conflict: Conflict | None = None,
    row: Any = None,
) -> HttpResponse:
    page = form_pages.form_page(
        child=child, form=form, title=title, back="timeline", visible_to=person(request),
        at=timezone.now(),
    )  # fmt: skip
    page.conflict = conflict
    page.take_back = form_pages.take_back_address(child, row)
    page.read_as = form_pages.read_as(form, posted=request.method == "POST")
    return render_page(request, "scoping/place_form.jinja", page)


def _changed_meanwhile(request: HttpRequest, child: Any, form: Any, row_id: str) -> HttpResponse:
    """Both texts on one page; saving again replaces theirs, or writes it anew."""
    theirs = queries.place(child=child, public_id=row_id, visible_to=person(request))
    form.action = form_pages.place_address(child, theirs)
    now = form_pages.wording(theirs, child.born_on) if theirs else None
    conflict = Conflict(theirs=now)
    return _ask(request, child, form, "Somebody else changed this", conflict)
