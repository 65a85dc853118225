"""“How to be with me”: on the screen, as PDF, and the note that the child was shown it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.children.banner import banner
from newel.record.children.pages import child_page
from newel.record.design_system.render import render_page
from newel.record.stairs.activators import one_page as presenter
from newel.record.stairs.activators import one_page_actions, one_page_queries, words_queries
from newel.record.stairs.activators import one_page_pdf as printing


@child_page(Capability.READ_ONE_PAGE)
def one_page(request: HttpRequest, child: Any) -> HttpResponse:
    now = timezone.now()
    person: Any = request.user
    page = presenter.one_page(child=child, sheet=_opened(request, child, now), by=person)
    page.banner = banner(child=child, visible_to=person, at=now)
    return render_page(request, "activators/one_page.jinja", page)


@child_page(Capability.READ_ONE_PAGE, act="export")
def one_page_pdf(request: HttpRequest, child: Any) -> HttpResponse:
    now = timezone.now()
    made = printing.pdf(_opened(request, child, now), at=now)
    # The file's name says nothing about whose it is: it may be left on a shared computer.
    named = {"Content-Disposition": 'inline; filename="how-to-be-with-me.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=named)


@child_page(Capability.CONFIRM_UNDERSTANDING)
def shown_to_child(request: HttpRequest, child: Any) -> HttpResponse:
    here = redirect("activators:one_page", child_id=child.public_id)
    if request.method != "POST":
        return here
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        messages.info(request, "Newel could not tell which version was shown. Say it once more.")
        return here
    one_page_actions.show_to_child(
        child=child,
        version=int(version),
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    messages.success(
        request, f"It is written down that {child.preferred_name} was shown this page."
    )
    return here


def _opened(request: HttpRequest, child: Any, at: datetime) -> presenter.Sheet:
    by: Any = request.user
    known = presenter.Known(
        state=one_page_actions.open_page(child=child, by=by, at=at),
        lines=list(one_page_queries.lines(child=child)),
        safe=list(one_page_queries.safe_parts(child=child)),
        around=one_page_queries.around(child=child, at=at),
        says=list(words_queries.on_the_page(child=child)),
    )
    return presenter.sheet(child=child, known=known, at=at)
