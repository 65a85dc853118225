"""Draw a page. The chrome comes from the callable named in `settings.NEWEL_CHROME`, so that rooms
above can fill the navigation without the design system knowing them."""

from collections.abc import Callable
from functools import cache
from typing import cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from newel.record.design_system.pages import Chrome, Page


def render_page(
    request: HttpRequest, template: str, page: Page, *, status: int = 200
) -> HttpResponse:
    page.chrome = chrome_for(request)
    page.notice = [*page.notice, *(str(one) for one in get_messages(request))]
    return draw(request, template, page, status=status)


def render_part(
    request: HttpRequest, template: str, page: object, *, status: int = 200
) -> HttpResponse:
    """The same partial that the full page includes, alone: what htmx puts in place."""
    return draw(request, template, page, status=status)


def draw(request: HttpRequest, template: str, page: object, *, status: int) -> HttpResponse:
    """Drawn at once, inside the request's transaction, while the database still knows who asks."""
    html = render_to_string(template, {"page": page}, request=request)
    return HttpResponse(html, status=status)


def chrome_for(request: HttpRequest) -> Chrome:
    path = getattr(settings, "NEWEL_CHROME", None)
    return _builder(path)(request) if path else Chrome()


@cache
def _builder(path: str) -> Callable[[HttpRequest], Chrome]:
    return cast(Callable[[HttpRequest], Chrome], import_string(path))
