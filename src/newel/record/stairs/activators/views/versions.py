"""Versions of the formulation: the list, agreeing one, going through it anew, and what changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, rules, version_queries
from newel.record.stairs.activators.forms import AgreeFormulationForm
from newel.record.stairs.activators.presenters import agreeing, comparison
from newel.record.stairs.activators.presenters import versions as presenter
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.views.answering import person, show_about, who


@child_page(Capability.READ_RECORD)
def versions(request: HttpRequest, child: Any) -> HttpResponse:
    visible = {"child": child, "visible_to": person(request)}
    every = list(version_queries.versions(child=child))
    page = presenter.versions_page(
        child=child,
        versions=every,
        views=version_queries.standing_views(**visible),
        agreed_now=0 if every else len(version_queries.agreed_now(**visible)),
        person=person(request),
    )
    return show_about(request, child, "versions", page)


@child_page(Capability.READ_RECORD)
def compare(request: HttpRequest, child: Any) -> HttpResponse:
    """Any two versions, or one and how things are now; without a choice, since the last one."""
    every = list(version_queries.versions(child=child))
    if not every:
        messages.info(request, "No version has been agreed yet, so there is nothing to compare.")
        return redirect(address_of("versions", child))
    earlier, later = _two_of(request, every)
    page = comparison.comparison_page(
        child=child,
        read=_read(request, child, every, earlier, later),
        may_agree=person(request).may(Capability.AGREE_UNDERSTANDING),
    )
    return show_about(request, child, "comparison", page)


def _two_of(request: HttpRequest, every: list[Any]) -> tuple[Any, Any]:
    """The earlier one first, whichever way round they were picked. None is now."""
    by_id: dict[Any, Any] = {one.public_id: one for one in every}
    first, second = request.GET.get("earlier", every[0].public_id), request.GET.get("later")
    asked = [one for one in (first, second) if one not in (None, comparison.NOW)]
    if any(one not in by_id for one in asked):
        raise Http404("There is no such version.")
    picked = sorted((by_id[one] for one in asked), key=lambda one: one.number)
    if not picked:
        return every[0], None
    return picked[0], picked[1] if len(picked) > 1 else None


def _read(
    request: HttpRequest, child: Any, every: list[Any], earlier: Any, later: Any
) -> comparison.Compares:
    visible = {"child": child, "visible_to": person(request)}
    before, after = _sides(earlier, later, visible)
    views_before, views_after = _views_of(earlier, later, visible)
    return comparison.Compares(
        versions=every,
        earlier=earlier,
        later=later,
        before=before,
        after=after,
        came_from=version_queries.came_from(**visible),
        confirmations=list(
            version_queries.confirmations_since(child=child, since=earlier.agreed_at)
        ),
        views_before=views_before,
        views_after=views_after,
    )


def _sides(earlier: Any, later: Any, visible: Any) -> tuple[rules.Side, rules.Side]:
    if later is None:
        then, now = version_queries.as_agreed_and_now(version=earlier, **visible)
        after = rules.side_of_statements(now, on=timezone.localdate(), at=timezone.now())
        return rules.side_of_version(earlier, then), after
    rows = version_queries.as_agreed(versions=[earlier, later], visible_to=visible["visible_to"])
    return (
        rules.side_of_version(earlier, rows[earlier.pk]),
        rules.side_of_version(later, rows[later.pk]),
    )


def _views_of(earlier: Any, later: Any, visible: Any) -> tuple[list[Any], list[Any]]:
    if later is None:
        return version_queries.views_then_and_now(ids=earlier.differing_views, **visible)
    return (
        version_queries.views_called(ids=earlier.differing_views, **visible),
        version_queries.views_called(ids=later.differing_views, **visible),
    )


@child_page(Capability.AGREE_UNDERSTANDING)
def reformulate(request: HttpRequest, child: Any) -> HttpResponse:
    visible = {"child": child, "visible_to": person(request)}
    statements = version_queries.agreed_now(**visible)
    last = version_queries.latest(child=child)
    page = agreeing.reformulate_page(
        child=child,
        statements=statements,
        drafts=version_queries.drafts_now(**visible),
        views=version_queries.standing_views(**visible),
        last=last,
        found=_since(request, child, statements, last),
        today=timezone.localdate(),
    )
    return show_about(request, child, "reformulate", page)


def _since(request: HttpRequest, child: Any, statements: Any, last: Any) -> rules.Compared | None:
    if last is None:
        return None
    rows = version_queries.as_agreed(versions=[last], visible_to=person(request))
    return rules.compare(
        rules.side_of_version(last, rows[last.pk]),
        rules.side_of_statements(statements, on=timezone.localdate(), at=timezone.now()),
        came_from=version_queries.came_from(child=child, visible_to=person(request)),
    )


@child_page(Capability.AGREE_UNDERSTANDING)
def agree_formulation(request: HttpRequest, child: Any) -> HttpResponse:
    visible = {"child": child, "visible_to": person(request)}
    statements = version_queries.agreed_now(**visible)
    if not statements and request.method != "POST" and "held" not in request.GET:
        messages.info(
            request, "A formulation is made of agreed statements, and none is agreed yet."
        )
        return redirect(address_of("understanding", child))
    last = version_queries.latest(child=child)
    views = version_queries.standing_views(**visible)
    form = _agree_form(request, child, statements, views, last)
    page = agreeing.agree_page(
        child=child,
        statements=statements,
        drafts=version_queries.drafts_now(**visible),
        views=views,
        last=last,
        today=timezone.localdate(),
    )
    page.form = form
    if request.method == "POST" and form.is_valid():
        version = _agree(request, child, form, page, statements, views)
        if version is not None:
            messages.success(request, f"Version {version.number} is agreed, and stays as it is.")
            return redirect(address_of("formulation", child))
    return show_about(request, child, "agree_formulation", page)


def _agree_form(
    request: HttpRequest, child: Any, statements: list[Any], views: list[Any], last: Any
) -> AgreeFormulationForm:
    today = timezone.localdate()
    form = AgreeFormulationForm(
        typed_or_held(request),
        today=today,
        earliest=last.agreed_on if last else None,
        people=version_queries.people_around(child=child, at=timezone.now()),
        summary_before=last.summary if last else "",
        may_open=person(request).may(Capability.OPEN_TO_CHILD),
        initial={"agreed_on": today, **_stands(statements, views, last)},
    )
    form.cancel = address_of("versions", child)
    return form


def _stands(statements: list[Any], views: list[Any], last: Any) -> dict[str, str]:
    """For the hidden fields: what this page holds when it is drawn."""
    return {
        "last": last.public_id if last else "",
        "statements": " ".join(one.public_id for one in statements),
        "views": " ".join(one.public_id for one in views),
    }


def _agree(
    request: HttpRequest,
    child: Any,
    form: AgreeFormulationForm,
    page: agreeing.AgreeFormulationPage,
    statements: list[Any],
    views: list[Any],
) -> Any:
    """The new version, or None: then the page says what stands in the way, and shows both."""
    try:
        return actions.agree_formulation(
            child=child,
            agreement=actions.Agreement(**form.agreement()),
            seen=actions.Seen(**form.seen()),
            **who(request),
        )
    except actions.MeanwhileAgreed as reason:
        form.add_error(None, str(reason))
        if reason.now_there is not None:
            page.newer = agreeing.newer_version(
                child,
                reason.now_there,
                version_queries.participants(version=reason.now_there),
            )
            page.number = reason.now_there.number + 1
            form.draw_anew(last=reason.now_there.public_id)
        _show_changes(request, child, form, page, statements, views)
    except actions.ChangedMeanwhile as reason:
        form.add_error("seen_changes", str(reason))
        _show_changes(request, child, form, page, statements, views)
    except NotNow as reason:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
    return None


def _show_changes(
    request: HttpRequest,
    child: Any,
    form: AgreeFormulationForm,
    page: agreeing.AgreeFormulationPage,
    statements: list[Any],
    views: list[Any],
) -> None:
    """Both wordings of what is different from what this person had read."""
    stands = _stands(statements, views, None)
    had_statements, had_views = form.opened_with("statements"), form.opened_with("views")
    standing = frozenset(stands["views"].split())
    if (had_statements, had_views) == (frozenset(stands["statements"].split()), standing):
        return
    visible = {"child": child, "visible_to": person(request)}
    now: dict[str, Any] = {"on": timezone.localdate(), "at": timezone.now()}
    had_read = version_queries.statements_called(public_ids=had_statements, **visible)
    page.changed = agreeing.meanwhile(
        child,
        rules.compare(
            rules.side_of_statements(had_read, **now),
            rules.side_of_statements(statements, **now),
            came_from=version_queries.came_from(**visible),
        ),
        views=[one for one in views if one.public_id not in had_views],
        settled=version_queries.views_named(public_ids=had_views - standing, **visible),
    )
    form.ask_to_read_changes(new_statements=stands["statements"], new_views=stands["views"])
