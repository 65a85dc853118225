"""The one way in for somebody who answers by their own hand: the secret that their browser holds.

The cookie goes to these addresses alone, so no other page of Newel ever has it. It outlives the
sitting, so that the page can say why nothing opens any more: a secret that has ended opens nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.evidence.measures.wording import LANGUAGE, Wording
from newel.record.access.pages import View, for_everyone
from newel.record.children.policies import NotNow
from newel.record.design_system.pages import Chrome, ErrorPage, Link
from newel.record.design_system.render import draw, render_page
from newel.record.outcomes import queries
from newel.record.outcomes.page_words import ENGLISH, PageWords, page_words
from newel.record.outcomes.presenters import answering as shown
from newel.record.outcomes.queries import told
from newel.record.outcomes.views import guesses

COOKIE = "newel_sitting"
PATH = "/answer/"
# In which language the last page was, for the page that says why nothing opens any more.
LANGUAGE_COOKIE = "newel_sitting_language"
KEPT_FOR = 12 * 60 * 60
LONGEST_SECRET = 100
GONE = 410


@dataclass(frozen=True)
class Asking:
    """What is asked, and in which words."""

    wording: Wording
    words: PageWords

    @property
    def measure(self) -> Any:
        return self.wording.measure


def by_own_hand(view: Callable[..., HttpResponse]) -> View:
    """For whoever holds the secret of a sitting that goes on. Everybody else is told in words that
    nothing opens, and never whose questions these were."""

    @for_everyone
    @not_while_signed_in
    @wraps(view)
    def with_sitting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        secret = _held(request)
        sitting = queries.begin_sitting(secret=secret) if secret else None
        if sitting is None or sitting.is_unopened_link:
            return _nothing_opens(request, secret)
        if sitting.begun_at is None and _nobody_would_come(sitting):
            return over(request, "nobody_near", _words_of(sitting.form.language))
        request.newel_ends_at = sitting.ends_at  # type: ignore[attr-defined]
        asking = _asking(sitting)
        if asking is None:
            return over(request, "no_words", _words_of(sitting.form.language))
        try:
            return view(request, sitting, asking, *args, **kwargs)
        except NotNow:  # an adult closed the form while this was on its way
            return over(request, queries.why_closed(secret=secret) or "finished", asking.words)

    return with_sitting


def _asking(sitting: Any) -> Asking | None:
    """None: what they began in is not there any more, and nobody goes on in another unasked."""
    wording = queries.asked_in_words(form=sitting.form)
    if wording is None:
        return None
    return Asking(wording, page_words(wording.language, direction=wording.direction))


def _words_of(language: str) -> PageWords:
    return page_words(language) if LANGUAGE.fullmatch(language) else PageWords()


def _nobody_would_come(sitting: Any) -> bool:
    """Then the promise made before the first question would not be true (H9). Whoever has begun
    goes on: what they say now is told to others at once."""
    return told.nobody_would_come(form=sitting.form, at=timezone.now())


def not_while_signed_in(view: View) -> View:
    """What a worker's browser sends would be written down as the child's own."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        page = ErrorPage(
            title="You are signed in here",
            paragraphs=(
                "These questions are answered by the person’s own hand. Nothing was opened.",
                "To let them answer on this device, press “Hand over” on their questionnaire. A "
                "link is opened on a device where nobody is signed in.",
            ),
            next_step=Link(text="Go to the start page", href="/"),
        )
        return render_page(request, "design_system/error.jinja", page, status=403)

    return answered


def give_secret(response: HttpResponse, secret: str) -> None:
    set_cookie(response, COOKIE, secret)
    response.delete_cookie(LANGUAGE_COOKIE, path=PATH, samesite="Strict")


def set_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=KEPT_FOR,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def show(
    request: HttpRequest, template: str, page: shown.AnsweringPage, *, status: int = 200
) -> HttpResponse:
    """Without the chrome of the house: nothing on these pages leads out of them."""
    page.chrome = Chrome(demo=settings.NEWEL_DEMO)
    page.closes_in = 0 if status == GONE else _seconds_left(request)
    response = draw(request, f"answering/{template}.jinja", page, status=status)
    if status != GONE:
        _note_language(request, response, page.words.language)
    return response


def _note_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """The language alone, and only where it is another: a sitting that has ended tells nothing."""
    if language != ENGLISH:
        set_cookie(response, LANGUAGE_COOKIE, language)
    elif LANGUAGE_COOKIE in request.COOKIES:
        response.delete_cookie(LANGUAGE_COOKIE, path=PATH, samesite="Strict")


def _seconds_left(request: HttpRequest) -> int:
    ends_at = getattr(request, "newel_ends_at", None)
    return max(int((ends_at - timezone.now()).total_seconds()), 0) if ends_at else 0


def over(request: HttpRequest, why: str, words: PageWords | None = None) -> HttpResponse:
    """Said of a POST alone: that the answer in it was not kept."""
    sent = bool(request.POST.get("value")) or request.POST.get("do") == "decline"
    words = words or _words_of(request.COOKIES.get(LANGUAGE_COOKIE, ENGLISH))
    page = shown.over_page(why=why, sent_just_now=sent, words=words)
    return show(request, "over", page, status=GONE)


def _held(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")[:LONGEST_SECRET]


def _nothing_opens(request: HttpRequest, secret: str) -> HttpResponse:
    why = queries.why_closed(secret=secret) if secret else None
    if why:
        return over(request, why)
    if secret:
        guesses.note(request)
    if request.path == PATH:
        return show(request, "door", shown.door_page())
    response = redirect("answering:start")
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response
