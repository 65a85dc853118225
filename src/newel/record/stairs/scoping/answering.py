"""How the pages of this room answer: refused in words on the form, or saved and gone on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access.sign_in import held
from newel.record.children.policies import NotNow
from newel.record.stairs.scoping.policies import ChangedMeanwhile

SAVED = "It is saved."
CHANGED = "Somebody else changed this while you were writing."
READ_AGAIN = (
    f"{CHANGED} It stands below as it reads now. Nothing is saved yet: look, and press again."
)


def person(request: HttpRequest) -> Any:
    """Who is signed in: `child_page` let nobody else through."""
    return request.user


def who(request: HttpRequest) -> dict[str, Any]:
    return {"by": person(request), "at": timezone.now()}


def do(form: Any, act: Any, **words: Any) -> Any:
    """What the state of things forbids is said above the form, with all that was typed in it."""
    try:
        return act(**words)
    except ChangedMeanwhile:
        raise
    except NotNow as reason:
        form.add_error(None, str(reason))
        return None


def found(row: Any) -> Any:
    if row is None:
        raise Http404("Nothing with this address is open to you.")
    return row


def check_same(row: Any, row_id: str) -> None:
    """The form was drawn for this wording, and it is still the one of now."""
    if row is None or row.public_id != row_id:
        raise ChangedMeanwhile(CHANGED)


def another_event(request: HttpRequest, child: Any, saved_id: str) -> HttpResponse:
    held.forget(request)
    messages.success(request, "It is saved. Add the next one.")
    address = reverse("scoping:add_event", args=[child.public_id])
    return redirect(f"{address}?like={saved_id}#id_title")


def back_to(
    request: HttpRequest, child: Any, name: str, fragment: str = "", *, said: str = SAVED
) -> HttpResponse:
    held.forget(request)
    messages.success(request, said)
    address = reverse(f"scoping:{name}", args=[child.public_id])
    return redirect(f"{address}#{fragment}" if fragment else address)
