"""What every request passes: idle sessions end, forms are held, the second factor is asked for."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from newel.record.access.pages import EVERYONE
from newel.record.access.sign_in import held, idle, second_factor
from newel.record.access.sign_in.pages_of_refusal import somebody_elses_form

Handler = Callable[[HttpRequest], HttpResponse]


class EndIdleSessions:
    """Also says of every answer to somebody signed in that no browser may keep it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if idle.is_over(request):
                idle.end(request)
            else:
                idle.seen(request)
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response


class HoldForms:
    """A form that comes too late, or from somebody else's page, is put by for who wrote it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        writer = held.writer(request) if request.method == "POST" else None
        if writer is None:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self._held_until_sign_in(request, writer)
        if request.user.pk != writer.staff_id:
            return somebody_elses_form(request, writer)
        return self._sent(request)

    def _sent(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if held.PARAMETER in request.GET and 300 <= response.status_code < 400:
            held.forget(request)
        return response

    def _held_until_sign_in(self, request: HttpRequest, writer: held.Writer) -> HttpResponse:
        back = writer.path
        try:
            back = held.keep(request, writer)
        except held.TooLong:
            request.session[idle.ENDED_BECAUSE] = "too_long"
        response = redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
        if back != writer.path:
            response.headers["Newel-Form-Held"] = "1"  # the page need not keep the words as well
        return response


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
            return redirect("choose_password")
        if second_factor.is_passed(request):
            return None
        return _to_the_key(request)


def _is_open(view: Callable[..., Any]) -> bool:
    for_everyone = getattr(view, "who_may", None) == EVERYONE
    return for_everyone or getattr(view, "opens_before_second_factor", False)


def _to_the_key(request: HttpRequest) -> HttpResponse:
    """To add the first one, or to use the one added meanwhile in another window."""
    if second_factor.has_key(request.user):  # type: ignore[arg-type]
        path = request.get_full_path() if request.method == "GET" else "/"
        where = reverse("mfa_reauthenticate_webauthn")
        return redirect(f"{where}?{urlencode({'next': path})}")
    return redirect("mfa_add_webauthn")
