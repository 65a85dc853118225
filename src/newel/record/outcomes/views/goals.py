"""The goals of a child: read, written down, said in other words, ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.outcomes import actions, queries
from newel.record.outcomes.forms.goals import EndGoalForm, GoalForm
from newel.record.outcomes.policies import ReplacedMeanwhile
from newel.record.outcomes.presenters import goal_form as pages
from newel.record.outcomes.presenters.goals import goals_page
from newel.record.outcomes.presenters.words import address_of
from newel.record.outcomes.queries import due as due_queries
from newel.record.outcomes.rules import GOALS, who_can_answer
from newel.record.outcomes.views.showing import around, found, save, show, who

MEANWHILE = (
    "{name} wrote this goal in other words while you were writing. It stands below as it reads "
    "now, and yours is still in the box. Nothing is saved yet: look, and press again."
)


@child_page(Capability.GIVE_MEASURES)
def goals(request: HttpRequest, child: Any) -> HttpResponse:
    page = goals_page(
        **around(request, child),
        goals=list(queries.goals(child=child)),
        due=due_queries.due(child=child),
        today=timezone.localdate(),
    )
    return show(request, "goals", page)


@child_page(Capability.WRITE_GOALS)
def write_goal(request: HttpRequest, child: Any, whose: str) -> HttpResponse:
    if whose not in who_can_answer(GOALS):
        raise Http404("Nobody answers by this name.")
    form = _goal_form(request, child, whose)
    if save(
        request,
        form,
        lambda: actions.write_goal(child=child, whose=whose, **form.goal, **who(request)),
        done="The goal is written down.",
    ):
        return redirect(address_of("goals", child))
    return _show(request, child, form, "Write down a goal", whose=whose)


@child_page(Capability.WRITE_GOALS)
def replace_goal(request: HttpRequest, child: Any, goal_id: str) -> HttpResponse:
    there = _there(child, goal_id)
    if there.ended_at and request.method != "POST":
        return _ended(request, child)
    form = _goal_form(request, child, there.whose, seen=there.public_id)
    return _about_one(
        request,
        child,
        form,
        there,
        title="The goal in other words",
        remark=pages.IN_OTHER_WORDS,
        action=lambda seen: actions.replace_goal(goal=seen, **form.goal, **who(request)),
        done="The goal is written down in its new words. The words before are kept.",
    )


@child_page(Capability.WRITE_GOALS)
def end_goal(request: HttpRequest, child: Any, goal_id: str) -> HttpResponse:
    there = _there(child, goal_id)
    if there.ended_at and request.method != "POST":
        return _ended(request, child)
    form = EndGoalForm(
        typed_or_held(request),
        label=pages.why_it_ends(there.whose, child),
        today=timezone.localdate(),
        earliest=there.since,
        initial={"seen": there.public_id},
    )
    return _about_one(
        request,
        child,
        form,
        there,
        title="This goal ends",
        remark=pages.AT_ITS_END,
        action=lambda seen: actions.end_goal(goal=seen, **form.ending, **who(request)),
        done="The goal has ended. It is kept, with what was said of it.",
    )


def _there(child: Any, goal_id: str) -> Any:
    """Whatever wording an address names, the page is about the one that stands there now."""
    return queries.goal_now(goal=found(queries.goal(child=child, public_id=goal_id)))


def _ended(request: HttpRequest, child: Any) -> HttpResponse:
    messages.info(request, "This goal has ended. Nothing of it is changed any more.")
    return redirect(address_of("goals", child))


def _goal_form(request: HttpRequest, child: Any, whose: str, seen: str = "") -> GoalForm:
    form = GoalForm(
        typed_or_held(request),
        **pages.wording(whose, child),
        today=timezone.localdate(),
        earliest=child.born_on,
        initial={"seen": seen},
    )
    form.cancel = address_of("goals", child)
    return form


def _about_one(
    request: HttpRequest,
    child: Any,
    form: Any,
    there: Any,
    *,
    title: str,
    remark: str,
    action: Any,
    done: str,
) -> HttpResponse:
    """`seen` is the wording that the page showed. If it is not the one of now, the page shows both
    and asks again."""
    form.cancel = address_of("goals", child)
    seen = _seen(child, form, there)
    now, meanwhile = there, ""
    try:
        if save(request, form, lambda: action(seen), done=done):
            return redirect(address_of("goals", child))
    except ReplacedMeanwhile as replaced:
        now, meanwhile = replaced.now, MEANWHILE.format(name=replaced.now.written_by.name)
        form.data = {**dict(form.data.items()), "seen": now.public_id}
    return _show(
        request, child, form, title, whose=there.whose, goal=now, meanwhile=meanwhile, remark=remark
    )


def _seen(child: Any, form: Any, there: Any) -> Any:
    """An earlier wording of this goal and of no other."""
    seen = queries.goal(child=child, public_id=str(form.data.get("seen", "")))
    return seen if seen and queries.goal_now(goal=seen) == there else there


def _show(request: HttpRequest, child: Any, form: Any, title: str, **about: Any) -> HttpResponse:
    begun = next(
        (
            one
            for one in queries.open_forms(child=child)
            if (one.measure, one.answered_by) == (GOALS.id, about["whose"])
        ),
        None,
    )
    page = pages.goal_page(title=title, **around(request, child), begun=begun, **about)
    page.form = form
    return show(request, "goal", page)
