"""Words for the next shift: about one child, and about the unit."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.pages import View, page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import closed
from newel.record.children.pages import child_page, person
from newel.record.children.policies import NotNow
from newel.record.children.views.answering import found
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.overview import actions, presenters, queries
from newel.record.overview.forms import NoteForm, UnitNoteForm
from newel.record.overview.policies import ChangedMeanwhile
from newel.record.stairs.activators.queries import held_back_texts

SHOWN = 60
TOLD = "The next shift will read it."


def _gives_words_back(view: View) -> View:
    """Somebody who no longer works on the unit loses nothing of what they had typed (H25)."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if kept := closed.with_their_words(request, status=404):
                return kept
            raise

    return answered


@child_page(Capability.WRITE_UNDERSTANDING)
def write_note(request: HttpRequest, child: Any) -> HttpResponse:
    at, unit = timezone.now(), _unit_of(child)
    form = _note_form(request, child)
    return _answer(
        request,
        form,
        lambda: actions.write_note(
            child=child, unit=unit, by=person(request), at=at, **form.words()
        ),
        lambda: presenters.note_page(child=child, unit=unit, person=person(request), at=at),
        then=lambda: _after(request, child, unit),
    )


@child_page(Capability.WRITE_UNDERSTANDING)
def change_note(request: HttpRequest, child: Any, note_id: str) -> HttpResponse:
    at = timezone.now()
    old = found(queries.note(child=child, public_id=note_id))
    words = {"text": old.text, "what_helped": old.what_helped}
    form = _note_form(request, child, initial=words)
    newest = queries.newest_note(note=old)
    return _answer(
        request,
        form,
        lambda: actions.change_note(note=old, by=person(request), at=at, **form.words()),
        lambda: presenters.note_page(
            child=child,
            unit=old.unit,
            person=person(request),
            at=at,
            newer=newest if newest.pk != old.pk else None,
        ),
        then=lambda: _after(request, child, old.unit),
        goes_on_with=("overview:change_note", child.public_id, newest.public_id),
    )


@child_page(Capability.READ_RECORD)
def notes(request: HttpRequest, child: Any) -> HttpResponse:
    shown = presenters.notes_page(
        child=child,
        notes=list(queries.notes_ever(child=child)[: SHOWN + 1]),
        shown=SHOWN,
        person=person(request),
        at=timezone.now(),
    )
    return render_page(request, "overview/notes.jinja", shown)


@page(Capability.WRITE_UNDERSTANDING)
@_gives_words_back
def write_unit_note(request: HttpRequest, unit_id: str) -> HttpResponse:
    at, unit = timezone.now(), _unit(request, unit_id)
    form = UnitNoteForm(typed_or_held(request))
    return _answer(
        request,
        form,
        lambda: actions.write_unit_note(
            unit=unit, by=person(request), at=at, text=form.cleaned_data["text"]
        ),
        lambda: presenters.unit_note_page(unit=unit),
        then=lambda: redirect("overview:unit_handover", unit.public_id),
    )


@page(Capability.WRITE_UNDERSTANDING)
@_gives_words_back
def change_unit_note(request: HttpRequest, unit_id: str, note_id: str) -> HttpResponse:
    at, unit = timezone.now(), _unit(request, unit_id)
    old = found(queries.unit_note(unit=unit, public_id=note_id))
    form = UnitNoteForm(typed_or_held(request), initial={"text": old.text})
    newest = queries.newest_unit_note(note=old)
    return _answer(
        request,
        form,
        lambda: actions.change_unit_note(
            note=old, by=person(request), at=at, text=form.cleaned_data["text"]
        ),
        lambda: presenters.unit_note_page(unit=unit, newer=newest if newest.pk != old.pk else None),
        then=lambda: redirect("overview:unit_handover", unit.public_id),
        goes_on_with=("overview:change_unit_note", unit.public_id, newest.public_id),
    )


def _answer(
    request: HttpRequest,
    form: Any,
    action: Callable[[], Any],
    shown: Callable[[], Page],
    *,
    then: Callable[[], HttpResponse],
    goes_on_with: tuple[str, ...] = (),
) -> HttpResponse:
    """Saved and back to the handover; or the same page with every word that was typed. Where the
    words were changed in another tab, both texts stand there and the next save goes on from the
    newer ones."""
    if request.method == "POST" and form.is_valid():
        try:
            action()
            messages.success(request, TOLD)
            return then()
        except ChangedMeanwhile as reason:
            form.add_error(None, str(reason))
            form.action = presenters.address_of(*goes_on_with)
        except NotNow as reason:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
    page_shown = shown()
    page_shown.form = form
    return render_page(request, "overview/note_form.jinja", page_shown)


def _note_form(request: HttpRequest, child: Any, **initial: Any) -> NoteForm:
    texts = held_back_texts(child=child, visible_to=person(request))
    return NoteForm(typed_or_held(request), held_back=texts, **initial)


def _unit_of(child: Any) -> Any:
    """Where the child stays now: the next shift there is told."""
    if not child.open_unit_stays:
        raise Http404("A child who stays on no unit has no next shift.")
    return child.open_unit_stays[0].unit


def _unit(request: HttpRequest, unit_id: str) -> Any:
    unit = queries.unit_open_to(staff=person(request), at=timezone.now(), public_id=unit_id)
    return found(unit)


def _after(request: HttpRequest, child: Any, unit: Any) -> HttpResponse:
    """Back to the handover, for those whose unit it is; else to what was told about the child."""
    mine = queries.unit_open_to(staff=person(request), at=timezone.now(), public_id=unit.public_id)
    if mine is None:
        return redirect("overview:notes", child.public_id)
    return redirect("overview:unit_handover", unit.public_id)
