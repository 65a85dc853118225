"""Recommendations, and views that are not agreed: written, changed, closed, settled."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators import (
    actions,
    policies,
    queries,
    recommendation_queries,
    version_queries,
)
from newel.record.stairs.activators.forms import (
    WHOLE,
    OutcomeForm,
    RecommendationForm,
    SettleForm,
    ViewForm,
)
from newel.record.stairs.activators.presenters import agreeing
from newel.record.stairs.activators.presenters import recommendations as presenter
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.views.answering import (
    found,
    may_not_begin,
    person,
    save,
    show_about,
    way_back,
    who,
)


@child_page(Capability.AGREE_UNDERSTANDING)
def write_recommendation(request: HttpRequest, child: Any) -> HttpResponse:
    form = RecommendationForm(typed_or_held(request), **_asking(request, child))

    def write() -> Any:
        return actions.write_recommendation(child=child, **who(request), **form.recommendation())

    saved = save(request, form, write, done="The recommendation is written.")
    return _answer(request, child, form, presenter.write_page(child), saved)


@child_page(Capability.AGREE_UNDERSTANDING)
def change_recommendation(request: HttpRequest, child: Any, recommendation_id: str) -> HttpResponse:
    old = _recommendation(request, child, recommendation_id)
    asking = _asking(request, child)
    form = RecommendationForm(
        typed_or_held(request), initial=_said(old, asking["people"]), **asking
    )

    def change() -> Any:
        return actions.change_recommendation(
            recommendation=old, **who(request), **form.recommendation()
        )

    saved = save(request, form, change, done="The recommendation is changed.")
    page = presenter.change_page(child)
    return _not_now(request, child, old) or _answer_about(
        request, child, "change_recommendation", form, page, old, saved
    )


@child_page(Capability.CONFIRM_UNDERSTANDING)
def close_recommendation(request: HttpRequest, child: Any, recommendation_id: str) -> HttpResponse:
    one = _recommendation(request, child, recommendation_id)
    today = timezone.localdate()
    form = OutcomeForm(
        typed_or_held(request),
        today=today,
        earliest=timezone.localdate(one.written_at),
        initial={"outcome_on": today},
    )

    def close() -> Any:
        return actions.close_recommendation(recommendation=one, **who(request), **form.cleaned_data)

    saved = save(request, form, close, done="It is written down.")
    page = presenter.close_page(child, one)
    return _not_now(request, child, one) or _answer_about(
        request, child, "close_recommendation", form, page, one, saved
    )


def _not_now(request: HttpRequest, child: Any, one: Any) -> HttpResponse | None:
    check = partial(policies.check_can_close, one)
    return may_not_begin(request, address_of("formulation", child), check)


def _recommendation(request: HttpRequest, child: Any, public_id: str) -> Any:
    visible_to = person(request)
    return found(
        recommendation_queries.recommendation(
            child=child, public_id=public_id, visible_to=visible_to
        )
    )


def _asking(request: HttpRequest, child: Any) -> dict[str, Any]:
    people = version_queries.people_around(child=child, at=timezone.now())
    return {
        "child_called": child.preferred_name,
        "today": timezone.localdate(),
        "people": people,
        "gone": version_queries.names_of_the_gone(child=child, around=people),
        "name_behind": lambda code: version_queries.name_behind(code=code, child=child),
        "may_open": person(request).may(Capability.OPEN_TO_CHILD),
    }


def _said(old: Any, people: list[Any]) -> dict[str, Any]:
    """Somebody who has left is not picked again: the field asks who does it now."""
    now = next((one.code for one in people if one.staff and one.staff.pk == old.person_id), "")
    by_name = {"who": "somebody_else", "name": old.name, "part": old.part}
    said = {"text": old.text, "by_when": old.by_when, "sharing_level": old.sharing_level}
    return said | ({"who": now} if old.person_id else by_name)


def _answer_about(
    request: HttpRequest, child: Any, act: str, form: Any, page: Any, one: Any, saved: Any
) -> HttpResponse:
    """When somebody else was quicker, both texts are shown and the next save goes on theirs."""
    if saved is None:
        visible = {"child": child, "visible_to": person(request)}
        newest = recommendation_queries.newest_recommendation(of=one, **visible)
        page.newer = presenter.newer(one, newest)
        if page.newer is not None and page.newer.is_open:
            form.action = address_of(act, child, newest.public_id)
    return _answer(request, child, form, page, saved)


def _answer(request: HttpRequest, child: Any, form: Any, page: Page, saved: Any) -> HttpResponse:
    if saved is not None:
        return redirect(address_of("formulation", child))
    form.cancel = address_of("formulation", child)
    page.form = form
    return show_about(request, child, "recommendation", page)


@child_page(Capability.WRITE_UNDERSTANDING)
def write_view(request: HttpRequest, child: Any) -> HttpResponse:
    visible = {"child": child, "visible_to": person(request)}
    statements = version_queries.agreed_now(**visible)
    form = ViewForm(
        typed_or_held(request),
        statements=statements,
        initial={"about": request.GET.get("about", ""), "sharing_level": "team"},
    )
    back = _back_from_view(request, child)
    form.cancel = back.href
    saved = save(
        request, form, partial(_write_view, request, child, form), done="The view is written down."
    )
    if saved is not None:
        return redirect(f"{back.href}#not-agreed")
    page = agreeing.write_view_page(back)
    page.form = form
    return show_about(request, child, "differing_view", page)


def _back_from_view(request: HttpRequest, child: Any) -> Link:
    """Views that stand are listed there."""
    versions = Link(text="Versions of the formulation", href=address_of("versions", child))
    return way_back(request, child, versions)


def _write_view(request: HttpRequest, child: Any, form: ViewForm) -> Any:
    said = dict(form.cleaned_data)
    about = said.pop("about")
    statement = None
    if about != WHOLE:
        visible_to = person(request)
        statement = found(queries.statement(child=child, public_id=about, visible_to=visible_to))
    return actions.write_view(child=child, statement=statement, **who(request), **said)


@child_page(Capability.AGREE_UNDERSTANDING)
def settle_view(request: HttpRequest, child: Any, view_id: str) -> HttpResponse:
    visible_to = person(request)
    view = found(version_queries.view(child=child, public_id=view_id, visible_to=visible_to))
    form = SettleForm(typed_or_held(request))
    back = _back_from_view(request, child)
    form.cancel = back.href
    if refused := may_not_begin(request, back.href, partial(policies.check_can_settle, view)):
        return refused

    def settle() -> Any:
        return actions.settle_view(view=view, **who(request), **form.cleaned_data)

    saved = save(request, form, settle, done="It is settled. Both stay readable.")
    if saved is not None:
        return redirect(f"{back.href}#not-agreed")
    page = agreeing.settle_page(view, back)
    page.form = form
    return show_about(request, child, "differing_view", page)
