"""The full formulation: read on the screen, and copied for somebody as Word or PDF."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.design_system.dates import day_time
from newel.record.stairs.activators import (
    actions,
    formulation_pdf,
    formulation_word,
    map_queries,
    queries,
    recommendation_queries,
    rules,
    version_queries,
    words_queries,
)
from newel.record.stairs.activators.forms import CopyForm
from newel.record.stairs.activators.presenters import formulation as sheet
from newel.record.stairs.activators.presenters import versions as presenter
from newel.record.stairs.activators.presenters.formulation_parts import not_agreed
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.presenters.recommendations import told_now
from newel.record.stairs.activators.views.answering import found, person, save, show_about, who

FETCHED_WITHIN = timedelta(hours=1)
_KINDS = {
    "word": (
        formulation_word.word,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "formulation.docx",
    ),
    "pdf": (formulation_pdf.pdf, "application/pdf", "formulation.pdf"),
}


@child_page(Capability.READ_RECORD)
def formulation(request: HttpRequest, child: Any) -> HttpResponse:
    """The version that counts now."""
    every = list(version_queries.versions(child=child))
    return _show(request, child, every, every[0] if every else None)


@child_page(Capability.READ_RECORD)
def version(request: HttpRequest, child: Any, version_id: str) -> HttpResponse:
    """Any version, as it was."""
    every = list(version_queries.versions(child=child))
    return _show(request, child, every, found(_one_of(every, version_id)))


def _one_of(every: Sequence[Any], version_id: str) -> Any:
    return next((one for one in every if one.public_id == version_id), None)


def _show(request: HttpRequest, child: Any, every: Sequence[Any], one: Any) -> HttpResponse:
    now = timezone.now()
    known = _known(request, child, every, one, now) if one else None
    waiting = None if one else _waiting(request, child, now)
    page = presenter.formulation_page(
        child=child,
        version=one,
        newer=known.newer if known else None,
        latest=every[0] if every else None,
        document=sheet.document(child=child, known=known, today=timezone.localdate(now))
        if known
        else None,
        waiting=waiting,
        agreed_now=0 if one else _agreed_now(request, child),
        copies=list(version_queries.copies(version=one)) if one else [],
        person=person(request),
        at=now,
    )
    return show_about(request, child, "formulation", page)


def _agreed_now(request: HttpRequest, child: Any) -> int:
    return len(version_queries.agreed_now(child=child, visible_to=person(request)))


def _waiting(request: HttpRequest, child: Any, at: datetime) -> presenter.Waiting:
    visible = {"child": child, "visible_to": person(request)}
    recommendations = recommendation_queries.recommendations(**visible)
    left = recommendation_queries.have_left(child=child, recommendations=recommendations, at=at)
    views = version_queries.standing_views(**visible)
    return presenter.Waiting(
        recommendations=told_now(
            recommendations,
            child=child,
            today=timezone.localdate(at),
            have_left=left,
            ask=recommendation_queries.who_to_ask(child=child, at=at) if left else "",
        ),
        not_agreed=tuple(not_agreed(one) for one in views),
    )


def _known(
    request: HttpRequest, child: Any, every: Sequence[Any], one: Any, at: datetime
) -> sheet.Known:
    visible = {"child": child, "visible_to": person(request)}
    recommendations = recommendation_queries.recommendations(**visible)
    left = recommendation_queries.have_left(child=child, recommendations=recommendations, at=at)
    came_from = version_queries.came_from(**visible)
    return sheet.Known(
        version=one,
        newer=next((other for other in every if other.number == one.number + 1), None),
        rows=version_queries.as_agreed(versions=[one], visible_to=person(request))[one.pk],
        views=version_queries.views_called(ids=one.differing_views, **visible),
        participants=version_queries.participants(version=one),
        recommendations=recommendations,
        links=map_queries.what_went_with_what(child=child, at=one.agreed_at),
        sayings=words_queries.sayings(**visible),
        reworded=frozenset(came_from.values()),
        agreed_anew=version_queries.agreed_anew(**visible),
        seen=map_queries.what_was_seen(child=child, came_from=came_from, until=one.agreed_at),
        against_since=frozenset(row.pk for row in map_queries.to_look_at_again(**visible)),
        have_left=left,
        ask=recommendation_queries.who_to_ask(child=child, at=at) if left else "",
    )


@child_page(Capability.AGREE_UNDERSTANDING)
def make_copy(request: HttpRequest, child: Any, version_id: str) -> HttpResponse:
    one = found(version_queries.version(child=child, public_id=version_id))
    form = CopyForm(typed_or_held(request), initial={"includes": "child_open", "kind": "pdf"})
    form.cancel = address_of("version", child, one.public_id)

    def make() -> Any:
        return actions.make_copy(version=one, **who(request), **form.cleaned_data)

    copy = save(
        request,
        form,
        make,
        done="The copy is made. It stands in the list of copies below the formulation.",
    )
    if copy is not None:
        return redirect(address_of("copy", child, copy.public_id))
    page = presenter.copy_page(child, one)
    page.form = form
    return show_about(request, child, "make_copy", page)


@child_page(Capability.AGREE_UNDERSTANDING, act="export")
def copy(request: HttpRequest, child: Any, copy_id: str) -> HttpResponse:
    """For who asked for it and within the hour: later, what is in it may not be so any more."""
    made = found(version_queries.copy_made(child=child, public_id=copy_id, made_by=person(request)))
    now = timezone.now()
    if now - made.made_at > FETCHED_WITHIN:
        messages.info(request, "This copy was made a while ago. Make a new one.")
        return redirect(address_of("make_copy", child, made.version.public_id))
    written = _written(request, child, made, now)
    make, content_type, name = _KINDS[made.kind]
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make(written, at=now), content_type=content_type, headers=named)


def _written(request: HttpRequest, child: Any, made: Any, now: datetime) -> sheet.Document:
    every = list(version_queries.versions(child=child))
    others = queries.names_of_other_children(child=child, visible_to=person(request), at=now)

    def may_leave(text: str) -> bool:
        return not rules.why_not_on_page(text, names_of_other_children=others)

    foot = f"For {made.for_whom}. Made by {made.made_by.name}, {day_time(made.made_at)}."
    return sheet.document(
        child=child,
        known=_known(request, child, every, made.version, now),
        today=timezone.localdate(now),
        leaving=sheet.Leaving(includes=made.includes, may_leave=may_leave, foot=foot),
    )
