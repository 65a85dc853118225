"""A form is saved once, however often its button is pressed.

The answer of a save gets lost on a bad line; the words are still on the page, and the person
presses again, as they are told to. Every form carries an id of its own, made with its page. The
second time it comes with the same words, it gets the answer of the first. With other words it is
saved, because nothing typed is lost, and the person is told to look whether it is there twice.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString

from newel.record.access.models import SavedForm
from newel.record.access.sign_in import held

FIELD = "form_id"
LONGEST_ID = 40
KEPT_FOR = timedelta(hours=24)
ALREADY = "This was saved already. It was not saved a second time."
WITH_OTHER_WORDS = (
    "You had sent this form before with other words, and those were saved too. Look whether it "
    "stands there twice."
)
_NOT_WORDS = ("csrfmiddlewaretoken", FIELD, held.FIELD, held.TITLE)

Handler = Callable[[HttpRequest], HttpResponse]


def form_extras(request: HttpRequest) -> SafeString:
    """What every form that writes carries beside its token (`NEWEL_FORM_EXTRAS`)."""
    if not request.user.is_authenticated:
        return SafeString("")
    return held.held_by(request) + _own_id(request)


def _own_id(request: HttpRequest) -> SafeString:
    """A new one; for a form that was held, the one that it had: it may have been saved before."""
    before = held.typed(request) if held.PARAMETER in request.GET else None
    form_id = (before.get(FIELD) if before else None) or secrets.token_urlsafe(15)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, form_id)


class SaveOnce:
    """After the second factor: whoever is not wholly signed in learns nothing here."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(request, "newel_form") and _is_saved(response):
            _remember(request, response)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        form_id = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not form_id or len(form_id) > LONGEST_ID or "\x00" in form_id:
            return None
        if not request.user.is_authenticated:
            return None
        return _saved_before(request, form_id)


def _saved_before(request: HttpRequest, form_id: str) -> HttpResponse | None:
    _one_after_the_other(request.user.pk, form_id)
    digest = _digest(request)
    before = list(SavedForm.objects.filter(staff_id=request.user.pk, form_id=form_id))
    for saved in before:
        if bytes(saved.words_digest) == digest:
            messages.info(request, ALREADY)
            return redirect(saved.then)
    request.newel_form = (form_id, digest, bool(before))  # type: ignore[attr-defined]
    return None


def _one_after_the_other(staff_id: int | None, form_id: str) -> None:
    """Two presses at once: the second waits until the first is saved, or has failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{staff_id} {form_id}"]
        )


def _is_saved(response: HttpResponse) -> bool:
    where = response.headers.get("Location", "").partition("?")[0]
    return 300 <= response.status_code < 400 and where != resolve_url(settings.LOGIN_URL)


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    form_id, digest, other_words = request.newel_form  # type: ignore[attr-defined]
    if not request.user.is_authenticated:
        return
    SavedForm.objects.create(
        staff_id=request.user.pk,
        form_id=form_id,
        words_digest=digest,
        then=response.headers["Location"],
        saved_at=timezone.now(),
    )
    if other_words:
        messages.warning(request, WITH_OTHER_WORDS)


def _digest(request: HttpRequest) -> bytes:
    """Of where it was sent and of every word in it, with a key from outside the database."""
    sent = [[name, values] for name, values in request.POST.lists() if name not in _NOT_WORDS]
    files = [[name, *map(_of_file, sent)] for name, sent in request.FILES.lists()]
    words = json.dumps([request.path, sorted(sent), sorted(files)], ensure_ascii=False)
    return salted_hmac("newel.saved_form", words, algorithm="sha256").digest()


def _of_file(file: Any) -> str:
    seen = hashlib.sha256(str(file.name).encode())
    for chunk in file.chunks():
        seen.update(chunk)
    file.seek(0)
    return seen.hexdigest()


def clear_expired() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_forget_saved_forms(make_interval(secs => %s))",
            [KEPT_FOR.total_seconds()],
        )
