"""Whether this session has been opened with a key, and how long ago somebody proved it last."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

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


def opens_before_second_factor(view: Callable[..., Any]) -> Callable[..., Any]:
    """For the few pages that somebody needs to get their first key."""
    view.opens_before_second_factor = True  # type: ignore[attr-defined]
    return view
