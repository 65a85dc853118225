"""Where answering by one's own hand begins: the first page, and opening a personal link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.pages import for_everyone
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions, queries
from newel.record.outcomes.presenters import answering as shown
from newel.record.outcomes.queries import told
from newel.record.outcomes.views import guesses
from newel.record.outcomes.views.sittings import (
    LONGEST_SECRET,
    Asking,
    by_own_hand,
    give_secret,
    not_while_signed_in,
    over,
    show,
)

WRONG = 400


@by_own_hand
def start(request: HttpRequest, sitting: Any, asking: Asking) -> HttpResponse:
    """What is said before the first question; in fewer words to somebody who comes back."""
    if queries.answers_now(form=sitting.form):
        page = shown.again_page(form=sitting.form, measure=asking.measure, words=asking.words)
        return show(request, "told", page)
    return redirect("answering:before", shown.first_step())


@for_everyone
@not_while_signed_in
def open_link(request: HttpRequest) -> HttpResponse:
    """The link's secret is exchanged for another that only this browser has. The script sends it
    from the part of the address that no server is ever told; without script it is pasted. The page
    is the same whatever this browser held before: a new link opens where an old one has ended."""
    if request.method != "POST":
        return show(request, "door", shown.door_page())
    if guesses.are_too_many(request):
        return show(request, "door", shown.door_page(why="too_many"), status=429)
    secret = request.POST.get("link", "").strip().rpartition("#")[2][:LONGEST_SECRET]
    why = queries.why_closed(secret=secret)
    if why is None:
        guesses.note(request)
        return show(request, "door", shown.door_page(why="unknown"), status=WRONG)
    return over(request, "late" if why == "time" else why) if why else _opened(request, secret)


def _opened(request: HttpRequest, secret: str) -> HttpResponse:
    link = queries.begin_sitting(secret=secret)
    if link and told.nobody_would_come(form=link.form, at=timezone.now()):
        return over(request, "nobody_near")  # the link stays good until others are named
    try:
        mine = actions.open_link(link=link, at=timezone.now()) if link else None
    except NotNow:
        mine = None  # the form was finished in the meantime
    if mine is None:
        return over(request, queries.why_closed(secret=secret) or "used")
    response = redirect("answering:start")
    give_secret(response, mine)
    return response


@for_everyone
def elsewhere(request: HttpRequest, mistyped: str) -> HttpResponse:
    return redirect("answering:start")
