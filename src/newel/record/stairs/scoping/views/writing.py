"""Scoping and single events: each view shows a page, or does one thing and leads back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in import held
from newel.record.children import queries as children
from newel.record.children.forms import usual_readers
from newel.record.children.pages import child_page
from newel.record.design_system.render import render_page
from newel.record.stairs.scoping import actions, forms, policies, queries
from newel.record.stairs.scoping.answering import (
    READ_AGAIN,
    another_event,
    back_to,
    check_same,
    do,
    found,
    person,
    who,
)
from newel.record.stairs.scoping.policies import ChangedMeanwhile
from newel.record.stairs.scoping.presenters import form_pages
from newel.record.stairs.scoping.presenters.form_pages import Conflict, FormPage
from newel.record.stairs.scoping.presenters.scoping_page import PARTS, scoping_page
from newel.record.stairs.scoping.presenters.timeline_page import timeline_page
from newel.record.stairs.scoping.views.people import held_back, people

READS = Capability.READ_RECORD
WRITES = Capability.WRITE_HISTORY


@child_page(READS)
def scoping(request: HttpRequest, child: Any) -> HttpResponse:
    page = scoping_page(
        child=child,
        entries=queries.entries(child=child, visible_to=person(request)),
        homes=queries.homes(child=child),
        event_count=queries.event_count(child=child, visible_to=person(request)),
        visible_to=person(request),
        at=timezone.now(),
    )
    return render_page(request, "scoping/scoping.jinja", page)


@child_page(READS)
def timeline(request: HttpRequest, child: Any) -> HttpResponse:
    page = timeline_page(
        child=child,
        events=queries.timeline(child=child, visible_to=person(request)),
        places=queries.places(child=child, visible_to=person(request)),
        stays=queries.stays(child=child),
        asked=dict(request.GET.lists()),
        visible_to=person(request),
        at=timezone.now(),
    )
    return render_page(request, "scoping/timeline.jinja", page)


@child_page(WRITES)
def add_entry(request: HttpRequest, child: Any, part: str) -> HttpResponse:
    form = _entry_form(request, child, part)
    if request.method == "POST" and form.is_valid():
        saved = do(
            form, actions.write_entry, child=child, part=part, **who(request), **form.written()
        )
        if saved:
            return back_to(request, child, "scoping", part)
    return _ask_entry(request, child, form, "Add to scoping")


@child_page(WRITES)
def change_entry(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = _row_or_404(request, queries.entry, child, row_id)
    if words_stay(request, row):
        return redirect("scoping:entry_readers", child.public_id, row.public_id)
    form = _entry_form(request, child, row.part if row else PARTS[0]["code"], row)
    if request.method == "POST" and form.is_valid():
        try:
            check_same(row, row_id)
            saved = do(form, actions.change_entry, entry=row, **who(request), **form.written())
        except ChangedMeanwhile:
            return _changed_meanwhile(request, child, form, queries.entry, row_id)
        if saved:
            return back_to(request, child, "scoping", saved.part)
    return _ask_entry(request, child, form, "Change this")


@child_page(WRITES)
def add_event(request: HttpRequest, child: Any) -> HttpResponse:
    form = _event_form(request, child)
    if request.method == "POST" and form.is_valid() and form.shown_before:
        saved = do(form, actions.write_event, child=child, **who(request), **form.event())
        if saved and request.POST.get("then") == "another":
            return another_event(request, child, saved.public_id)
        if saved:
            return back_to(request, child, "timeline", f"event-{saved.public_id}")
    return _ask_event(request, child, form, "Add an event", another=True)


@child_page(WRITES)
def change_event(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = _row_or_404(request, queries.event, child, row_id)
    if words_stay(request, row):
        return redirect("scoping:event_readers", child.public_id, row.public_id)
    form = _event_form(request, child, row)
    if request.method == "POST" and form.is_valid() and form.shown_before:
        try:
            check_same(row, row_id)
            saved = do(form, actions.change_event, event=row, **who(request), **form.event())
        except ChangedMeanwhile:
            return _changed_meanwhile(request, child, form, queries.event, row_id)
        if saved:
            return back_to(request, child, "timeline", f"event-{saved.public_id}")
    return _ask_event(request, child, form, "Change this event", row=row)


@child_page(WRITES)
def entry_readers(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    return change_who_reads(request, child, queries.entry, row_id, "scoping")


@child_page(WRITES)
def event_readers(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    return change_who_reads(request, child, queries.event, row_id, "timeline")


@child_page(READS)
def earlier_entries(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = found(queries.entry(child=child, public_id=row_id, visible_to=person(request)))
    earlier = queries.earlier_entries(entry=row, visible_to=person(request))
    return show_earlier(request, child, row, earlier)


@child_page(READS)
def earlier_events(request: HttpRequest, child: Any, row_id: str) -> HttpResponse:
    row = found(queries.event(child=child, public_id=row_id, visible_to=person(request)))
    earlier = queries.earlier_events(event=row, visible_to=person(request))
    return show_earlier(request, child, row, earlier)


def words_stay(request: HttpRequest, row: Any) -> bool:
    """A child's words have no change form for anybody but their writer."""
    if row is None or request.method == "POST":
        return False
    if not policies.can_decide_on(row, person(request)):
        raise PermissionDenied("Held back by somebody else.")
    return not policies.can_change(row, person(request))


def change_who_reads(
    request: HttpRequest, child: Any, find: Any, row_id: str, back: str
) -> HttpResponse:
    row = found(find(child=child, public_id=row_id, visible_to=person(request)))
    form = forms.ReadersForm(held.typed_or_held(request), row=row, **people(request, child))
    form.action = form_pages.readers_address(child, row)
    if request.method == "POST" and form.is_valid():
        try:
            check_same(row, row_id)
            do(form, actions.change_readers, row=row, by=person(request), **form.shared())
        except ChangedMeanwhile:
            form.add_error(None, READ_AGAIN)  # words nobody has seen are opened to nobody
        if not form.errors:
            return back_to(request, child, back)
    page = _form_page(request, child, form, "Who may read it", back=back, row=row)
    return render_page(request, "scoping/readers_form.jinja", page)


def show_earlier(request: HttpRequest, child: Any, row: Any, earlier: Any) -> HttpResponse:
    page = form_pages.earlier_page(
        child=child, now=row, earlier=earlier, visible_to=person(request), at=timezone.now()
    )
    return render_page(request, "scoping/earlier.jinja", page)


def _entry_form(request: HttpRequest, child: Any, part: str, row: Any = None) -> forms.EntryForm:
    about = next((one for one in PARTS if one["code"] == part), None)
    if about is None:
        raise Http404("Scoping has no such part.")
    form = forms.EntryForm(
        held.typed_or_held(request),
        row=row,
        part_words=about["words"],
        part_hint=about["hint"],
        held_back=held_back(request, child, row),
        **people(request, child),
    )
    return _with_usual_readers(form, child, "scoping", row)


def _event_form(request: HttpRequest, child: Any, row: Any = None) -> forms.EventForm:
    data = held.typed_or_held(request)
    before = None
    if data is None and row is None and "like" in request.GET:
        like = request.GET["like"].replace("\x00", "")
        before = queries.event(child=child, public_id=like, visible_to=person(request))
    form = forms.EventForm(
        data,
        row=row,
        child=child,
        today=timezone.localdate(),
        initial=forms.like(before),
        held_back=held_back(request, child, row),
        **people(request, child),
    )
    return _with_usual_readers(form, child, "life_event", row)


def _with_usual_readers(form: Any, child: Any, kind: str, row: Any) -> Any:
    chosen = children.sharing_choice(child=child)
    return usual_readers.offer(form, chosen, kind, new=row is None)


def _changed_meanwhile(
    request: HttpRequest, child: Any, form: Any, find: Any, row_id: str
) -> HttpResponse:
    """Both texts on one page, and nothing lost; saving again replaces theirs."""
    theirs = find(child=child, public_id=row_id, visible_to=person(request))
    is_event = find is queries.event
    if theirs is None:
        form.action = _add_address(child, form, is_event)
    else:
        name = "scoping:change_event" if is_event else "scoping:change_entry"
        form.action = reverse(name, args=[child.public_id, theirs.public_id])
    page = _form_page(
        request,
        child,
        form,
        "Somebody else changed this",
        back="timeline" if is_event else "scoping",
    )
    now = form_pages.wording(theirs, child.born_on) if theirs else None
    page.conflict = Conflict(theirs=now)
    template = "scoping/event_form.jinja" if is_event else "scoping/entry_form.jinja"
    return render_page(request, template, page)


def _add_address(child: Any, form: Any, is_event: bool) -> str:
    if is_event:
        return reverse("scoping:add_event", args=[child.public_id])
    return reverse("scoping:add_entry", args=[child.public_id, PARTS[0]["code"]])


def _ask_entry(request: HttpRequest, child: Any, form: Any, title: str) -> HttpResponse:
    page = _form_page(request, child, form, title)
    return render_page(request, "scoping/entry_form.jinja", page)


def _ask_event(
    request: HttpRequest, child: Any, form: Any, title: str, another: bool = False, row: Any = None
) -> HttpResponse:
    page = _form_page(request, child, form, title, back="timeline", another=another)
    page.read_as = form_pages.read_as(form, posted=request.method == "POST")
    page.take_back = form_pages.take_back_address(child, row)
    return render_page(request, "scoping/event_form.jinja", page)


def _form_page(request: HttpRequest, child: Any, form: Any, title: str, **rest: Any) -> FormPage:
    return form_pages.form_page(
        child=child,
        form=form,
        title=title,
        visible_to=person(request),
        at=timezone.now(),
        **rest,
    )


def _row_or_404(request: HttpRequest, find: Any, child: Any, row_id: str) -> Any:
    """What was sent is answered even if the row was held back meanwhile: the words are kept."""
    row = find(child=child, public_id=row_id, visible_to=person(request))
    return row if request.method == "POST" else found(row)
