"""Words that somebody had typed when the PC went over to the next: put by, and given back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from newel.record.access.pages import for_everyone_signed_in
from newel.record.access.sign_in import held, presenters, refusals
from newel.record.design_system.render import render_page


@for_everyone_signed_in
@require_POST
def put_by(request: HttpRequest) -> HttpResponse:
    """What `change-person.js` sends before it signs this person out. Nothing of it is saved."""
    writer = held.writer(request)
    if writer is None or refusals.put_by(request, writer) is None:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@for_everyone_signed_in
def unsaved(request: HttpRequest) -> HttpResponse:
    waiting = held.waiting(request.user)  # type: ignore[arg-type]
    if not waiting:
        return redirect("overview:home")
    shown = presenters.unsaved(waiting=waiting)
    return render_page(request, "sign_in/unsaved.jinja", shown)


@for_everyone_signed_in
@require_POST
def throw_away(request: HttpRequest, form_id: str) -> HttpResponse:
    held.throw_away(staff=request.user, public_id=form_id)  # type: ignore[arg-type]
    return redirect("unsaved")
