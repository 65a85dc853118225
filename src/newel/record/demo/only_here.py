"""The demo's own lock: nothing of it works where real children could be."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from newel.record.access.pages import View


class NotADemo(RuntimeError):
    """Something of the demo was asked for outside demo mode."""


def refuse_outside_demo() -> None:
    if not settings.NEWEL_DEMO:
        raise NotADemo("This is not a demo: demo people and children are refused here.")


def in_demo_only(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.NEWEL_DEMO:
            raise Http404("There is no demo here.")
        return view(request, *args, **kwargs)

    return checked
