"""Answering, by whoever holds a slip. Nobody is signed in here, whatever the browser thinks
(`middleware.KnowNobody`), and nothing is kept before the last button.

No token against forged forms is asked for: a cookie gives no right here that a stranger's page
could misuse. The code does, and it is in no cookie.
"""

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from newel.evidence.measures.definition import Measure
from newel.evidence.measures.wording import Wording
from newel.record.access.pages import for_everyone
from newel.record.design_system.render import draw
from newel.record.outcomes.page_words import ENGLISH
from newel.record.outcomes.surveys import actions, codes, guesses, presenters, queries, rules
from newel.record.outcomes.surveys.presenters.answering import DECLINED, SurveyPage
from newel.record.outcomes.wording import in_words, languages_in_words, wording

WHY_NOT = {
    "unknown": "There is no slip with this code. Compare it with the slip, group by group",
    "spent": "This slip has been used. Its answers have arrived, and each slip works once",
    "late": "This survey is over, so the slip does not work any more",
    "early": "This survey has not begun. Keep the slip and come back on its first day",
    "version": "The questions have been changed since this slip was printed. Ask for a new one",
    "language": "The questions are not here in that language any more. Go on, and choose another",
    "too_many": "Too many codes that were not right. Wait ten minutes, then try again",
}
SEND = "send"
STEPS = ("begin", "next", "back", SEND)


@csrf_exempt
@for_everyone
def code(request: HttpRequest) -> HttpResponse:
    return _draw(request, "surveys/code.jinja", presenters.code_page())


@csrf_exempt
@for_everyone
def thank_you(request: HttpRequest) -> HttpResponse:
    return _draw(request, "surveys/thank_you.jinja", presenters.thank_you_page())


@csrf_exempt
@for_everyone
def stopped(request: HttpRequest) -> HttpResponse:
    return _draw(request, "surveys/stopped.jinja", presenters.stopped_page())


@csrf_exempt
@for_everyone
def answer(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("survey:code")
    if request.POST.get("go") == "stop":
        return redirect("survey:stopped")
    typed = request.POST.get("code", "")[:200].replace("\x00", "")
    try:
        opened, read = _opened(request, typed)
    except codes.Mistyped as wrong:
        return _draw(
            request, "surveys/code.jinja", presenters.code_page(code=typed, problem=str(wrong))
        )
    return _step(request, opened, read)


def _opened(request: HttpRequest, typed: str) -> tuple[Any, str]:
    """Whose survey the code opens now. Raises Mistyped, with a sentence for every way to fail."""
    read = codes.read(typed)
    opened = queries.opened_by(code=read, today=timezone.localdate())
    _slow_down(request, is_wrong=opened is None)
    if opened is None:
        raise codes.Mistyped(WHY_NOT["unknown"])
    if opened.state != "good":
        raise codes.Mistyped(WHY_NOT[opened.state])
    if in_words(opened.group.wave.measure).version != opened.group.wave.version:
        raise codes.Mistyped(WHY_NOT["version"])
    return opened.group, read


def _slow_down(request: HttpRequest, *, is_wrong: bool) -> None:
    """Somebody who is answering goes on, whatever others type at the same address."""
    address = get_adapter().get_client_ip(request)
    if guesses.too_many(address) and (is_wrong or request.POST.get("go", "") not in STEPS):
        raise codes.Mistyped(WHY_NOT["too_many"])
    if is_wrong:
        guesses.was_wrong(address)


def _step(request: HttpRequest, group: Any, read: str) -> HttpResponse:
    asked = wording(group.wave.measure, request.POST.get("language", ENGLISH))
    if asked is None:
        shown = presenters.code_page(code=read, problem=WHY_NOT["language"])
        return _draw(request, "surveys/code.jinja", shown)
    found, one_by_one = asked.measure, group.asked != "staff"
    screens = rules.screens(found, one_by_one=one_by_one)
    answers, go = _answers(found, request.POST), request.POST.get("go", "")
    if go == SEND:
        return _send(request, found, read, answers)
    if go not in STEPS:
        languages = languages_in_words(found.id)
        page = presenters.about_page(group=group, found=found, code=read, languages=languages)
        return _draw(request, "surveys/about.jinja", page)
    here = _screen(request.POST, len(screens))
    missing = (
        one_by_one and go == "next" and here < len(screens) and screens[here][0] not in answers
    )
    to = here if missing or go == "begin" else here + (1 if go == "next" else -1)
    return _screen_or_end(
        request, asked, screens, min(max(to, 0), len(screens)), read, answers, one_by_one, missing
    )


def _screen_or_end(
    request: HttpRequest,
    asked: Wording,
    screens: Sequence[tuple[str, ...]],
    to: int,
    read: str,
    answers: dict[str, str],
    one_by_one: bool,
    missing: bool,
) -> HttpResponse:
    if to == len(screens):
        end = presenters.end_page(
            wording=asked, screens=to, code=read, answers=answers, plain=one_by_one
        )
        return _draw(request, "surveys/end.jinja", end)
    shown = presenters.screen_page(
        wording=asked, items=screens[to], screen=to, screens=len(screens), code=read,
        answers=answers, one_by_one=one_by_one, with_problem=missing,
    )  # fmt: skip
    return _draw(request, "surveys/screen.jinja", shown)


def _answers(found: Measure, typed: QueryDict) -> dict[str, str]:
    """Those that the questionnaire has, in its order. Anything else was not sent by our pages."""
    kept = {}
    for one in found.items:
        value = typed.get(one.id, "")
        if value == DECLINED or value in _permitted(found, one.id):
            kept[one.id] = value
    return kept


def _permitted(found: Measure, id: str) -> set[str]:
    return {f"{value:g}" for value in found.responses_of(id).values}


def _screen(typed: QueryDict, screens: int) -> int:
    number = typed.get("screen", "0")[:4]
    return min(int(number), screens) if number.isascii() and number.isdigit() else 0


def _send(request: HttpRequest, found: Measure, read: str, answers: dict[str, str]) -> HttpResponse:
    given = {
        one.id: None if answers.get(one.id, DECLINED) == DECLINED else float(answers[one.id])
        for one in found.items
    }
    became = actions.hand_in(code=read, answers=given, today=timezone.localdate())
    if became == "kept":
        return redirect("survey:thank_you")
    problem = WHY_NOT[became]
    return _draw(request, "surveys/code.jinja", presenters.code_page(code=read, problem=problem))


def _draw(request: HttpRequest, template: str, shown: SurveyPage) -> HttpResponse:
    shown.in_demo = settings.NEWEL_DEMO
    return draw(request, template, shown, status=200)
