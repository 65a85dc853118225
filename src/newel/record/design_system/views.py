"""The pages for when something could not be done: what happened, and what to do."""

import logging
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from newel.record.design_system.pages import Chrome, ErrorPage, Link
from newel.record.design_system.render import chrome_for, draw

log = logging.getLogger(__name__)
HOME = Link(text="Go to the first page", href="/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    page = ErrorPage(
        title="Newel could not read what was sent",
        paragraphs=(
            "Nothing was saved.",
            "Go back to the page before, check what is there and send it again. "
            "If it is very long, send it in two parts.",
        ),
    )
    return _answer(request, page, status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    page = ErrorPage(
        title="Your role does not open this page",
        paragraphs=(
            "Nothing was changed.",
            "If your work needs it, ask your manager or whoever gives access where you work.",
        ),
        next_step=HOME,
    )
    return _answer(request, page, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same words whether it does not exist or is not for this person: nothing is given away."""
    page = ErrorPage(
        title="There is nothing here for you",
        paragraphs=(
            "Either the address is wrong, or it is about a child you do not work with now.",
            "If you should be able to see it, ask the manager of the unit.",
        ),
        next_step=HOME,
    )
    return _answer(request, page, status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return unreachable(request)
    page = ErrorPage(
        title="Something went wrong in Newel",
        paragraphs=(
            "It was not your mistake. What you sent was not saved.",
            "Try again in a minute. If you need something about a child now, use the printed page "
            "or ask the person in charge of the shift.",
        ),
        next_step=HOME,
    )
    return _answer(request, page, status=500)


def unreachable(request: HttpRequest) -> HttpResponse:
    """Drawn without asking the database anything, because it is the database that is away."""
    page = ErrorPage(
        title="Newel cannot reach its records just now",
        paragraphs=(
            "It is not your mistake. What you just sent may not be saved: look, when the records "
            "are back, before you send it again.",
            "Try again in a minute. If you need something about a child now, use the printed page "
            "or ask the person in charge of the shift.",
        ),
        next_step=HOME,
    )
    page.chrome = Chrome(demo=getattr(settings, "NEWEL_DEMO", False))
    response = draw(request, "design_system/error.jinja", page, status=503)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = "10"
    return response


def _answer(request: HttpRequest, page: ErrorPage, *, status: int) -> HttpResponse:
    page.chrome = _chrome_if_it_can_be_had(request)
    return draw(request, "design_system/error.jinja", page, status=status)


def _chrome_if_it_can_be_had(request: HttpRequest) -> Chrome:
    """The database may be what went wrong. The page has to come out all the same."""
    try:
        return chrome_for(request)
    except Exception:
        log.warning("An error page was drawn without its navigation", exc_info=True)
        return Chrome()
