"""Whether this session has been opened with a key, and how long ago somebody proved it last."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from newel.record.access.models import StaffMember

SESSION_KEY = "newel_second_factor"
SESSION_PROVED_AT = "newel_second_factor_at"
WITH_KEY = "key"
IN_DEMO = "demo"
FRESH_SECONDS = 10 * 60


def mark(session: SessionBase, how: str = WITH_KEY) -> None:
    session[SESSION_KEY] = how
    session[SESSION_PROVED_AT] = time.time()


def is_passed(request: HttpRequest) -> bool:
    """A session marked by the demo counts only while this is a demo."""
    how = request.session.get(SESSION_KEY)
    return how == WITH_KEY or (how == IN_DEMO and settings.NEWEL_DEMO)


def is_fresh(request: HttpRequest) -> bool:
    """Proved so lately that adding a key needs no second proof."""
    proved_at = float(request.session.get(SESSION_PROVED_AT, 0))
    return is_passed(request) and time.time() - proved_at < FRESH_SECONDS


def has_key(staff: StaffMember) -> bool:
    return Authenticator.objects.filter(user=staff, type=Authenticator.Type.WEBAUTHN).exists()


def needs_proof(request: HttpRequest) -> bool:
    """Before keys and passwords are changed. In a demo there is no key to prove anything with."""
    if is_fresh(request):
        return False
    return not is_passed(request) or has_key(request.user)  # type: ignore[arg-type]


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """To use the key, or to add the first one."""
    if not has_key(request.user):  # type: ignore[arg-type]
        return redirect("mfa_add_webauthn")
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('mfa_reauthenticate_webauthn')}?{urlencode({'next': back})}")


def opens_before_second_factor(view: Callable[..., Any]) -> Callable[..., Any]:
    """For the few pages that somebody needs to get their first key."""
    view.opens_before_second_factor = True  # type: ignore[attr-defined]
    return view
