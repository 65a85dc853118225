"""Answers for `keep-words.js`, which sends a form while its page stays open.

A browser that follows a redirect by itself would throw the page, and the words on it, away before
anyone knows whether they were saved. So a redirect is handed to the script to follow.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url

Handler = Callable[[HttpRequest], HttpResponseBase]


def keep_words_redirect(get_response: Handler) -> Handler:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.headers.get("Newel-Keep-Words") == "1" and _is_redirect(response):
            return _told_to_the_script(response)
        return response

    return answer


def _is_redirect(response: HttpResponseBase) -> bool:
    return 300 <= response.status_code < 400 and response.has_header("Location")


def _told_to_the_script(response: HttpResponseBase) -> HttpResponse:
    location = response.headers["Location"]
    told = HttpResponse(status=401 if _words_must_wait(response) else 204)
    told.cookies = response.cookies
    for name, value in response.headers.items():
        if name.lower() not in {"location", "content-type", "content-length"}:
            told.headers[name] = value
    told.headers["Newel-Location"] = location
    return told


def _words_must_wait(response: HttpResponseBase) -> bool:
    """The session ended in the middle of the form. Unless whoever sent it to sign in has put the
    form by (and says so), its words stay on the page until the person is back."""
    to_sign_in = urlsplit(resolve_url(settings.LOGIN_URL)).path
    held = response.headers.get("Newel-Form-Held") == "1"
    return urlsplit(response.headers["Location"]).path == to_sign_in and not held
