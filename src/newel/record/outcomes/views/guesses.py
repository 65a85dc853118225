"""Wrong links from one computer are counted as wrong passwords are: soon none is looked at."""

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest

from newel.record.access import audit

_WHICH = {"app": "allauth.account", "action": "wrong_link"}


def are_too_many(request: HttpRequest) -> bool:
    return consume(request, dry_run=True, limit_get=True, **_WHICH) is None


def note(request: HttpRequest) -> None:
    if consume(request, limit_get=True, **_WHICH) is not None:
        audit.record("wrong_link", thing="sitting")
