"""The one way a page gets hold of a child: role, reach and the audit of looking in one place."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.access.pages import View, page
from newel.record.access.roles import Capability
from newel.record.children import closed, governance_queries, queries

LONGEST_ID = 60


def person(request: HttpRequest) -> StaffMember:
    """Who is signed in. Every page that asks has let nobody else in."""
    return request.user  # type: ignore[return-value]


def child_page(
    capability: Capability, *, act: str = "view", also_closed: bool = False
) -> Callable[[View], View]:
    """For people whose role has this capability and who reach this child; a stranger gets 404.

    The address names the child, so that what is saved is bound to the page it was typed on and
    not to the session: two tabs on two children cannot cross (H1). `act` is what the audit says
    of a GET: "view", "print" or "export". `also_closed`: can still be saved on a record that goes
    on as an earlier one of the same child.
    """

    def decorate(view: View) -> View:
        @page(capability)
        @wraps(view)
        def with_child(
            request: HttpRequest, child_id: str, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            child = queries.child(
                public_id=child_id,
                visible_to=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
            if child is None:
                _refuse(request, child_id)
            if _was_printed(request, child):
                return HttpResponse(status=204)
            earlier = queries.goes_on_at(child)
            if request.method == "POST" and earlier is not None and not also_closed:
                return closed.it_goes_on_elsewhere(request, earlier)
            audit.looks_at(request, child_id=child.pk, act=act)
            return view(request, child, *args, **kwargs)

        return _about_a_child(with_child)

    return decorate


def watched_child_page(view: View) -> View:
    """For governance leads, about a child of their settings: who reaches the record and who opened
    it, never the record. Looking is audited like any other look."""

    @page(Capability.GOVERN_ACCESS)
    @wraps(view)
    def with_child(request: HttpRequest, child_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        watched = governance_queries.watched_children(
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
        child = watched.filter(public_id=child_id).first()
        if child is None:
            _refuse(request, child_id)
        if _was_printed(request, child):
            return HttpResponse(status=204)
        audit.looks_at(request, child_id=child.pk)
        return view(request, child, *args, **kwargs)

    return _about_a_child(with_child)


def _was_printed(request: HttpRequest, child: Any) -> bool:
    """The browser says that it prints the page it has: the audit has it as a print of that page.

    It says so again until it knows that it was heard, so each print has a random id of its own.
    """
    if request.method != "GET" or "printed" not in request.GET:
        return False
    given = request.GET["printed"]
    once = f"print|{child.pk}|{given}" if 0 < len(given) <= LONGEST_ID else None
    audit.looks_at(request, child_id=child.pk, act="print", once=once)
    return True


def _about_a_child(view: View) -> View:
    """What a role is refused stands in the chain of the child it was tried on (H30). Whoever had
    the page open and is refused now gets back what they typed (H25)."""

    @wraps(view)
    def watched(request: HttpRequest, child_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, child_id, *args, **kwargs)
        except PermissionDenied:
            _tell_of_refusal(request, child_id)
            if kept := closed.with_their_words(request, status=403):
                return kept
            raise
        except Http404:
            if kept := closed.with_their_words(request, status=404):
                return kept
            raise

    watched.about_a_child = True  # type: ignore[attr-defined]
    return watched


def _refuse(request: HttpRequest, public_id: str) -> NoReturn:
    _tell_of_refusal(request, public_id)
    raise Http404("No child with this address is open to you.")


def _tell_of_refusal(request: HttpRequest, public_id: str) -> None:
    hidden = queries.hidden_id(public_id=public_id)
    if hidden is not None:
        audit.refuses(request, child_id=hidden)
