"""What every request passes: idle sessions end, forms are held, the second factor is asked for."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from newel.record.access.pages import EVERYONE
from newel.record.access.sign_in import held, idle, refusals, second_factor

Handler = Callable[[HttpRequest], HttpResponse]


class EndIdleSessions:
    """Also says of every answer to somebody signed in that no browser may keep it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            closed = idle.why_closed(request.user, at=timezone.now())
            if closed or idle.is_over(request):
                idle.end(request, because=closed or "idle")
            else:
                idle.seen(request)
        response = _with_the_whole_page(request, self.get_response(request))
        response.headers["Cache-Control"] = "no-store"
        return response


def _with_the_whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A part that htmx asked for cannot be a sign-in page: the page it stands on goes there.

    So a page that polls leaves the screen when its session has ended.
    """
    if request.headers.get("HX-Request") != "true" or not _leads_to_sign_in(response):
        return response
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
    answer = HttpResponse(status=204)
    held_form = "Newel-Form-Held" in response.headers
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    answer.headers["HX-Redirect"] = response.headers["Location"] if held_form else sign_in
    return answer


def _leads_to_sign_in(response: HttpResponse) -> bool:
    where = urlsplit(response.headers.get("Location", "")).path
    return 300 <= response.status_code < 400 and where == resolve_url(settings.LOGIN_URL)


class HoldForms:
    """A form that comes too late, or from somebody else's page, is put by for who wrote it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _saved(request, response):
            held.forget(request)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        writer = held.writer(request) if request.method == "POST" else None
        if writer is None or writer.staff_id == request.user.pk:
            return None
        if request.user.is_authenticated:
            return refusals.somebody_elses_form(request, writer)
        return refusals.until_sign_in(request, writer)


def _saved(request: HttpRequest, response: HttpResponse) -> bool:
    sent = request.method == "POST" and held.PARAMETER in request.GET
    return sent and 300 <= response.status_code < 400


class RequireSecondFactor:
    """Somebody who signed in with a password alone gets a key first, and reaches nothing else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: object
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_open(view):
            return None
        if request.user.must_choose_password:
            return redirect("access:choose_password")
        if second_factor.is_passed(request):
            return None
        return second_factor.ask_for_proof(request)


def _is_open(view: Callable[..., Any]) -> bool:
    for_everyone = getattr(view, "who_may", None) == EVERYONE
    return for_everyone or getattr(view, "opens_before_second_factor", False)
