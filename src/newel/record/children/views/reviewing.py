"""The quarterly review of access, for the governance leads of a setting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children import actions, queries, review_queries
from newel.record.children.forms.review import BeginReviewForm, decisions_in
from newel.record.children.pages import person
from newel.record.children.policies import NotNow
from newel.record.children.presenters import review as pages
from newel.record.children.presenters.pages import FormPage
from newel.record.children.views.answering import FORM, found, save, show
from newel.record.design_system.pages import Link
from newel.record.establishments import readiness_queries


@page(Capability.GOVERN_ACCESS)
def reviews(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    standings = review_queries.standings(by=person(request), at=at)
    shown = pages.reviews_page(standings, today=timezone.localdate(at))
    return show(request, "children/reviews.jinja", shown)


@page(Capability.GOVERN_ACCESS)
def begin_review(request: HttpRequest, setting_id: str) -> HttpResponse:
    at = timezone.now()
    mine = readiness_queries.settings_of(staff=person(request), at=at)
    setting = found(mine.filter(public_id=setting_id).first())
    form = BeginReviewForm(typed_or_held(request))
    begun: list[Any] = []

    def begin() -> None:
        begun.append(
            actions.begin_review(setting=setting, by=person(request), at=at, **form.cleaned_data)
        )

    if save(request, form, begin, done="The review has begun."):
        return redirect("children:review", begun[0].public_id)
    shown = FormPage(
        title=f"Begin the review of access: {setting.name}",
        paragraphs=(
            "You go through everybody who has access here, one by one: still needs it, ends now, "
            "or ends on a day. You can stop and go on later.",
        ),
        back=Link(text="Who still needs access", href=pages.reverse("children:reviews")),
    )
    shown.form = form
    return show(request, FORM, shown)


@page(Capability.GOVERN_ACCESS)
def review(request: HttpRequest, review_id: str) -> HttpResponse:
    at = timezone.now()
    one = _review(request, review_id)
    holders = review_queries.holders(review=one, at=at)
    typed, errors = _typed(request), {}
    if request.method == "POST":
        errors = _decide(request, one, holders, typed)
        if not errors:
            return redirect("children:review", one.public_id)
        holders = review_queries.holders(review=one, at=at)
    shown = pages.review_page(
        review=one,
        holders=holders,
        posts=review_queries.places_held(holders=holders),
        names=review_queries.names_of_children(holders=holders),
        typed=typed,
        errors=errors,
        person_id=person(request).pk,
        at=at,
    )
    return show(request, "children/review.jinja", shown)


def _typed(request: HttpRequest) -> dict[str, str]:
    data = typed_or_held(request)
    return {name: str(value) for name, value in data.items()} if data else {}


def _decide(
    request: HttpRequest, one: Any, holders: list[Any], typed: dict[str, str]
) -> dict[str, str]:
    """What is wrong, by person: then nothing of the page is saved and all of it comes back."""
    at = timezone.now()
    people = [holder.staff for holder in holders]
    decided, errors = decisions_in(typed, people=people, today=timezone.localdate(at))
    if errors or not decided:
        return errors or {"": "Choose something for at least one person"}
    try:
        actions.decide(review=one, decided=decided, by=person(request), at=at)
    except NotNow as reason:
        return {reason.field or "": str(reason)}
    messages.success(request, f"Saved: {len(decided)} decided.")
    return {}


@page(Capability.GOVERN_ACCESS)
@require_POST
def finish_review(request: HttpRequest, review_id: str) -> HttpResponse:
    one = _review(request, review_id)
    try:
        actions.finish_review(review=one, by=person(request), at=timezone.now())
    except NotNow as reason:
        messages.info(request, str(reason))
        return redirect("children:review", one.public_id)
    messages.success(request, "The review is finished.")
    return redirect("children:reviews")


def _review(request: HttpRequest, public_id: str) -> Any:
    mine = review_queries.reviews(by=person(request), at=timezone.now())
    return found(queries.one_of(mine, public_id))
