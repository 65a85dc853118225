"""The maps, and moving a statement on them: one place for all of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, map_queries, policies, words_queries
from newel.record.stairs.activators.forms.maps import EndGoesWithForm, GoesWithForm, PlaceForm
from newel.record.stairs.activators.presenters.lines import KINDS_IN_WORDS, address_of
from newel.record.stairs.activators.presenters.maps import page as presenter
from newel.record.stairs.activators.presenters.maps import placing as placing_pages
from newel.record.stairs.activators.rules.places import may_go_with
from newel.record.stairs.activators.views.answering import (
    found,
    not_now,
    person,
    show_about,
    statement_of,
    who,
)


@child_page(Capability.READ_RECORD)
def five_ps(request: HttpRequest, child: Any) -> HttpResponse:
    return _map(request, child, presenter.FIVE_PS)


@child_page(Capability.READ_RECORD)
def life(request: HttpRequest, child: Any) -> HttpResponse:
    return _map(request, child, presenter.LIFE)


@child_page(Capability.READ_RECORD)
def what_helps(request: HttpRequest, child: Any) -> HttpResponse:
    return _map(request, child, presenter.WHAT_HELPS)


def _map(request: HttpRequest, child: Any, which: str) -> HttpResponse:
    to_me = {"child": child, "visible_to": person(request)}
    linked = which == presenter.WHAT_HELPS
    links = map_queries.what_goes_with_what(child=child) if linked else []
    known = presenter.Known(
        statements=map_queries.on_maps(**to_me),
        said=list(words_queries.childs_words(**to_me)),
        taken_back=len(words_queries.taken_back(child=child)),
        held_back=map_queries.held_back_count(child=child),
        links=links,
    )
    page = presenter.map_page(
        which, child=child, known=known, at=timezone.now(), person=person(request)
    )
    return show_about(request, child, "map", page)


@child_page(Capability.WRITE_UNDERSTANDING)
def place_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = map_queries.with_place(statement_of(request, child, statement_id))
    which = placing_pages.map_in_address(request.GET.get("map", ""))
    placing = map_queries.placing_now(one)
    form = PlaceForm(
        typed_or_held(request),
        initial=PlaceForm.as_it_stands(
            map_queries.places_now(one), placing.public_id if placing else ""
        ),
    )
    form.cancel = address_of(which, child)
    page = placing_pages.place_page(
        child=child, statement=one, which=which, today=timezone.localdate()
    )
    page.form = form
    refused = not_now(request, child, one, policies.check_can_place)
    if refused is None and _placed(request, one, form, page):
        messages.success(request, "It has its place, on every map.")
        return redirect(f"{address_of(which, child)}#row-{one.public_id}")
    return refused or show_about(request, child, "place", page)


def _placed(request: HttpRequest, one: Any, form: PlaceForm, page: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        actions.place_statement(statement=one, **who(request), **form.places())
    except actions.PlacedMeanwhile as reason:
        _show_both(form, page, reason, one)
    except NotNow as reason:
        form.add_error(None, str(reason))
    else:
        return True
    return False


def _show_both(form: PlaceForm, page: Any, reason: actions.PlacedMeanwhile, one: Any) -> None:
    """What this person chose stays chosen; the next save knows what it moves away from."""
    form.add_error(None, str(reason))
    placing_pages.show_theirs(page, reason.now_there, one)
    seen = reason.now_there.public_id if reason.now_there else ""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["seen"] = seen
    form.data = data


@child_page(Capability.WRITE_UNDERSTANDING)
def goes_with(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    links = map_queries.links_of(statement=one)
    others = _could_go_with(request, child, one, links)
    form = GoesWithForm(
        typed_or_held(request),
        others=[(KINDS_IN_WORDS[other.kind], other) for other in others],
    )
    form.cancel = address_of(presenter.WHAT_HELPS, child)
    page = placing_pages.goes_with_page(
        child=child,
        statement=one,
        links=links,
        others=bool(others),
        today=timezone.localdate(),
    )
    page.form = form
    refused = not_now(request, child, one, policies.check_can_place)
    if refused is None and _linked(request, one, others, form):
        messages.success(request, "They go together now, on the map.")
        return redirect(address_of("goes_with", child, one.public_id))
    return refused or show_about(request, child, "goes_with", page)


def _could_go_with(request: HttpRequest, child: Any, one: Any, links: list[Any]) -> list[Any]:
    there = {row.first_id for row in links} | {row.then_id for row in links} | {one.pk}
    rows = map_queries.in_sequence(child=child, visible_to=person(request))
    return [
        other
        for other in rows
        if other.pk not in there
        and (
            may_go_with(first=one.kind, then=other.kind)
            or may_go_with(first=other.kind, then=one.kind)
        )
    ]


def _linked(request: HttpRequest, one: Any, others: list[Any], form: GoesWithForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    other = next(row for row in others if row.public_id == form.cleaned_data["other"])
    pair = (one, other) if may_go_with(first=one.kind, then=other.kind) else (other, one)
    try:
        actions.say_goes_with(first=pair[0], then=pair[1], **who(request))
    except NotNow as reason:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return False
    return True


@child_page(Capability.WRITE_UNDERSTANDING)
def end_goes_with(
    request: HttpRequest, child: Any, statement_id: str, link_id: str
) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    link = found(map_queries.link(child=child, public_id=link_id))
    if one.pk not in (link.first_id, link.then_id):
        raise Http404("This statement has no such link.")
    here = address_of("goes_with", child, one.public_id)
    if request.method == "POST" and EndGoesWithForm(request.POST).is_valid():
        try:
            actions.end_goes_with(link=link, **who(request))
            messages.success(request, "They do not go together any more. Who said so, stays.")
        except NotNow as reason:
            messages.info(request, str(reason))
    return redirect(here)
