"""When a session ends by itself: nobody used it, or the shift is over. And what is said then."""

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from newel.record.access import audit, transactions

SEEN_AT = "newel_seen_at"
ENDED_BECAUSE = "newel_session_ended"
SHIFT_OVER, SLIP_TOO_OLD = "shift_over", "slip_too_old"
WRITE_EVERY = 120  # seconds: a busy person's session is not written at each click


def is_poll(request: HttpRequest) -> bool:
    """A page that asks by itself is not a person who is there."""
    return request.headers.get("HX-Trigger-Name") == "poll" or "poll" in request.GET


def is_over(request: HttpRequest) -> bool:
    """Never later than promised; at most WRITE_EVERY earlier, and then no word is lost."""
    seen_at = float(request.session.get(SEEN_AT, time.time()))
    return time.time() - seen_at >= settings.NEWEL_IDLE_MINUTES * 60


def seen(request: HttpRequest) -> None:
    last = request.session.get(SEEN_AT)
    if last is None or (not is_poll(request) and time.time() - last >= WRITE_EVERY):
        request.session[SEEN_AT] = time.time()


def why_closed(staff: Any, *, at: datetime) -> str:
    """Nothing, for an account that is open: most accounts have no end that is known before."""
    if staff.open_until is not None and staff.open_until <= at:
        return SHIFT_OVER
    until = staff.first_password_until
    return SLIP_TOO_OLD if staff.must_choose_password and until and until <= at else ""


def end(request: HttpRequest, *, because: str = "idle") -> None:
    audit.record("session_ended", thing="staff_member", thing_id=request.user.pk)
    logout(request)
    request.session[ENDED_BECAUSE] = because
    transactions.continue_as(None)
