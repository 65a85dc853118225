"""A worker lets somebody answer by their own hand: hands over the tablet, or makes a link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in import actions as sign_in
from newel.record.children.pages import child_page, person
from newel.record.children.policies import NotNow
from newel.record.children.views.answering import found
from newel.record.design_system.render import render_page
from newel.record.outcomes import actions, queries
from newel.record.outcomes.middleware import HANDED_OVER
from newel.record.outcomes.presenters import handing as shown
from newel.record.outcomes.sitting_secrets import hash_of
from newel.record.outcomes.views.showing import nobody_comes
from newel.record.outcomes.views.sittings import give_secret


@child_page(Capability.GIVE_MEASURES)
def hand_over(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    form = found(queries.form(child=child, public_id=form_id))
    do = _BUTTONS.get(request.POST.get("do", ""))
    if do is not _take_back and (first := nobody_comes(request, child, form)):
        return first
    if do is None:
        return _show(request, child, form)
    try:
        return do(request, child, form)
    except NotNow:  # the page says why, as it stands now
        return _show(request, child, found(queries.form(child=child, public_id=form_id)))


def _show(request: HttpRequest, child: Any, form: Any) -> HttpResponse:
    page = shown.hand_over_page(
        child=child,
        form=form,
        out=queries.open_sitting(form=form),
        person=person(request),
        at=timezone.now(),
    )
    return render_page(request, "handing/hand_over.jinja", page)


def _tablet(request: HttpRequest, child: Any, form: Any) -> HttpResponse:
    """The worker is signed out of this browser before the child has it. What is left in it is the
    secret, and in the session of nobody the note that somebody will take the tablet back."""
    secret = actions.hand_over(form=form, by=person(request), at=timezone.now())
    sign_in.sign_out(request)
    request.session[HANDED_OVER] = hash_of(secret).hex()
    response = redirect("answering:start")
    sign_in.forget_person(response)
    give_secret(response, secret)
    return response


def _link(request: HttpRequest, child: Any, form: Any) -> HttpResponse:
    """The secret stands behind the “#”, which a browser sends to no server: no log has it."""
    at = timezone.now()
    secret = actions.make_link(form=form, by=person(request), at=at)
    door = request.build_absolute_uri(reverse("answering:open_link"))
    page = shown.link_page(
        child=child, link=f"{door}#{secret}", again=request.path, person=person(request), at=at
    )
    return render_page(request, "handing/link.jinja", page)


def _take_back(request: HttpRequest, child: Any, form: Any) -> HttpResponse:
    out = queries.open_sitting(form=form)
    if out is not None:
        actions.end_sitting(sitting=out, because="taken_back", at=timezone.now())
    return redirect(request.path)


_BUTTONS = {"tablet": _tablet, "link": _link, "take_back": _take_back}
