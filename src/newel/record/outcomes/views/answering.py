"""The questions, one a page, for somebody who answers by their own hand."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.outcomes import actions, beside, queries
from newel.record.outcomes.forms.answering import Sent, nothing_sent, sent
from newel.record.outcomes.presenters import answering as shown
from newel.record.outcomes.presenters import said as shown_back
from newel.record.outcomes.views import site_files
from newel.record.outcomes.views.sittings import Asking, by_own_hand, show

AGAIN = "again"


@by_own_hand
def before(request: HttpRequest, sitting: Any, asking: Asking, step: str) -> HttpResponse:
    page = shown.before_page(
        form=sitting.form, measure=asking.measure, code=step, words=asking.words
    )
    return show(request, "told", page) if page else redirect("answering:start")


@by_own_hand
def begin(request: HttpRequest, sitting: Any, asking: Asking) -> HttpResponse:
    if request.method != "POST":
        return redirect("answering:start")
    actions.begin_answering(sitting=sitting, at=timezone.now())
    return _to_first_open(sitting, asking.measure)


@by_own_hand
def question(request: HttpRequest, sitting: Any, asking: Asking, number: str) -> HttpResponse:
    """Only after what is said before the first question (H9), whatever address was typed."""
    if sitting.begun_at is None or not _is_of(number, asking.measure):
        return redirect("answering:start")
    if request.method == "POST":
        return _answered(request, sitting, asking, int(number))
    return _show_question(request, sitting, asking, int(number))


def _is_of(number: str, measure: Any) -> bool:
    return number in {str(n) for n in range(1, len(measure.items) + 1)}


def _answered(request: HttpRequest, sitting: Any, asking: Asking, place: int) -> HttpResponse:
    """What was picked is kept whichever button was pressed. Stopping and going back never fail."""
    measure = asking.measure
    item = measure.items[place - 1].id
    told = sent(request.POST, measure.responses_of(item))
    at = timezone.now()
    if told.given is not None:
        actions.answer(form=sitting.form, answers={item: told.given}, by=None, at=at)
    if told.button == "stop":
        actions.end_sitting(sitting=sitting, because="stopped", at=at)
        return redirect("answering:start")
    if told.button == "back":
        return _to(place - 1, measure)
    if told.typed and told.wrong:
        return _show_question(request, sitting, asking, place, told)
    if told.wrong:  # by a redirect, so that Back never asks whether to send a form again
        return redirect(f"{request.path}?{AGAIN}")
    return _to(place + 1, measure)


def _show_question(
    request: HttpRequest, sitting: Any, asking: Asking, place: int, told: Sent | None = None
) -> HttpResponse:
    item = asking.measure.items[place - 1].id
    answer = queries.answers_now(form=sitting.form).get(item)
    missing = nothing_sent(asking.measure.responses_of(item)) if AGAIN in request.GET else None
    wrong = told.wrong if told else missing
    page = shown.question_page(
        wording=asking.wording,
        words=asking.words,
        number=place,
        answer=answer,
        typed=told.typed if told else "",
        wrong=asking.words.say(wrong.key, **wrong.put_in) if wrong else None,
    )
    return show(request, "question", page)


@by_own_hand
def picture(request: HttpRequest, sitting: Any, asking: Asking, part: str) -> HttpResponse:
    """Only of the questions that this sitting opens, and only once they are open."""
    found = beside.picture(asking.wording, part) if sitting.begun_at else None
    return site_files.send(request, found.file if found else None)


@by_own_hand
def recording(request: HttpRequest, sitting: Any, asking: Asking, part: str) -> HttpResponse:
    found = beside.recording(asking.wording, part) if sitting.begun_at else None
    return site_files.send(request, found)


def _to(place: int, measure: Any) -> HttpResponse:
    if place > len(measure.items):
        return redirect("answering:last")
    return redirect("answering:question", max(place, 1))


def _to_first_open(sitting: Any, measure: Any) -> HttpResponse:
    """Where they stopped, or the first question."""
    answered: Mapping[str, Any] = queries.answers_now(form=sitting.form)
    places = range(1, len(measure.items) + 1)
    place = next((n for n in places if measure.items[n - 1].id not in answered), len(places) + 1)
    return _to(place, measure)


@by_own_hand
def last(request: HttpRequest, sitting: Any, asking: Asking) -> HttpResponse:
    if sitting.begun_at is None:
        return redirect("answering:start")
    answers = queries.answers_now(form=sitting.form)
    page = shown_back.last_page(measure=asking.measure, answers=answers, words=asking.words)
    return show(request, "last", page)


@by_own_hand
def said(request: HttpRequest, sitting: Any, asking: Asking) -> HttpResponse:
    if sitting.begun_at is None:
        return redirect("answering:start")
    answers = queries.answers_now(form=sitting.form)
    page = shown_back.said_page(measure=asking.measure, answers=answers, words=asking.words)
    return show(request, "said", page)


@by_own_hand
def finish(request: HttpRequest, sitting: Any, asking: Asking) -> HttpResponse:
    """They say so themselves. An empty form cannot be finished: it would look like an answer."""
    answers = queries.answers_now(form=sitting.form)
    if request.method == "POST" and answers and sitting.begun_at is not None:
        now = timezone.now()
        actions.end_sitting(sitting=sitting, because="finished", at=now)
        actions.finish(form=sitting.form, answered_on=timezone.localdate(now), at=now)
    return redirect("answering:start")


@by_own_hand
def stop(request: HttpRequest, sitting: Any, asking: Asking) -> HttpResponse:
    if request.method == "POST":
        actions.end_sitting(sitting=sitting, because="stopped", at=timezone.now())
    return redirect("answering:start")
