"""Every view says who may open it. A test walks all addresses and fails on one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from newel.record.access.roles import Capability

View = Callable[..., HttpResponse]

SIGNED_IN = "signed_in"
EVERYONE = "everyone"


def _says(view: View, who: str) -> View:
    view.who_may = who  # type: ignore[attr-defined]
    return view


def page(capability: Capability) -> Callable[[View], View]:
    """For people whose role has this capability."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(capability):  # type: ignore[union-attr]
                raise PermissionDenied(capability)
            return view(request, *args, **kwargs)

        return _says(checked, capability.value)

    return decorate


def for_everyone_signed_in(view: View) -> View:
    return _says(view, SIGNED_IN)


def for_everyone(view: View) -> View:
    """For the few pages that a person who is not signed in may open."""
    return _says(login_not_required(view), EVERYONE)
