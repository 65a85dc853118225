"""Which questionnaires a child is asked: planned, begun, ended."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.evidence.measures import UnknownMeasure, measure, measures
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions, queries, rules
from newel.record.outcomes.forms.plans import BeginForm, EndPlanForm, PlanForm
from newel.record.outcomes.page_words import ENGLISH, called
from newel.record.outcomes.presenters import planning, plans
from newel.record.outcomes.presenters.forms import simple_page
from newel.record.outcomes.presenters.judgement.words import age_caution
from newel.record.outcomes.presenters.words import WAYS_IN_WORDS, address_of, who_in_words
from newel.record.outcomes.queries import due as due_queries
from newel.record.outcomes.queries import talks as talk_queries
from newel.record.outcomes.views.showing import around, found, person, save_or_show, show, who
from newel.record.outcomes.wording import languages, languages_in_words, refusals


@child_page(Capability.GIVE_MEASURES)
def questionnaires(request: HttpRequest, child: Any) -> HttpResponse:
    judges = person(request).may(Capability.JUDGE)
    page = plans.questionnaires_page(
        **around(request, child),
        due=due_queries.due(child=child, judgements=judges),
        forms=list(queries.forms_now_and_before(child=child, judgements=judges)),
        ended=list(queries.ended_plans(child=child, judgements=judges)),
        talks=list(queries.waiting_talks(child=child)),
        seen_to=list(talk_queries.talks_ever(child=child)),
        today=timezone.localdate(),
    )
    return show(request, "questionnaires", page)


@child_page(Capability.PLAN_MEASURES)
def choose_measure(request: HttpRequest, child: Any) -> HttpResponse:
    return show(request, "choose", planning.choose_page(**around(request, child), known=measures()))


@child_page(Capability.PLAN_MEASURES)
def plan(request: HttpRequest, child: Any, measure_id: str) -> HttpResponse:
    asked, today = _plannable(measure_id), timezone.localdate()
    form = PlanForm(
        typed_or_held(request),
        who=[(code, who_in_words(code, child)) for code in rules.who_can_answer(asked)],
        proposed=asked.schedule,
        source=planning.proposal(asked),
        today=today,
        earliest=_earliest(child, today),
        rhythms=planning.rhythms(asked),
        asks_why=asked.is_judgement and bool(_warning(asked, child, today)),
    )
    if asked.is_judgement:
        form.fields["answered_by"].label = "Who judges?"
    form.cancel = address_of("questionnaires", child)
    return save_or_show(
        request,
        lambda: planning.plan_page(
            **around(request, child),
            measure=asked,
            refused=refusals(asked.id),
            warning=_warning(asked, child, today),
        ),
        form=form,
        action=lambda: actions.plan_measure(
            child=child, measure=asked.id, **who(request), **form.cleaned_data
        ),
        done=f"{asked.short_name} is planned.",
        then=address_of("questionnaires", child),
        template="plan",
    )


def _warning(asked: Any, child: Any, today: date) -> str:
    if asked.is_judgement:
        return age_caution(asked, child, on=today)
    return rules.age_warning(asked, born_on=child.born_on, on=today)


def _plannable(measure_id: str) -> Any:
    try:
        asked = measure(measure_id)
    except UnknownMeasure as unknown:
        raise Http404(str(unknown)) from unknown
    if reason := rules.why_not_here(asked):
        raise Http404(reason)
    return asked


def _earliest(child: Any, today: date) -> date:
    """A plan may begin a while ago, where it was given on paper before Newel came."""
    return max(today.replace(year=today.year - 1, day=1), child.born_on or date.min)


@child_page(Capability.PLAN_MEASURES)
def end_plan(request: HttpRequest, child: Any, plan_id: str) -> HttpResponse:
    ending = found(queries.plan(child=child, public_id=plan_id))
    form = EndPlanForm(typed_or_held(request))
    form.cancel = address_of("questionnaires", child)
    name = measure(ending.measure).name
    return save_or_show(
        request,
        lambda: simple_page(
            **around(request, child),
            title=f"End the plan for {name}",
            paragraphs=("No further form is due. What was answered stays.",),
        ),
        form=form,
        action=lambda: actions.end_plan(plan=ending, **who(request), **form.cleaned_data),
        done="The plan is ended.",
        then=address_of("questionnaires", child),
    )


@child_page(Capability.GIVE_MEASURES)
def begin(request: HttpRequest, child: Any, plan_id: str) -> HttpResponse:
    planned = next(
        (one for one in due_queries.due(child=child) if one.plan.public_id == plan_id), None
    )
    planned = found(planned)
    if planned.begun and request.method != "POST":
        messages.info(request, "It is begun already. Go on with it here.")
        return redirect(address_of("form", child, planned.begun.public_id))
    if planned.needs_goal and request.method != "POST":
        messages.info(request, "There is no goal to ask about yet.")
        return redirect(address_of("goals", child))
    return _begin(request, child, planned)


def _begin(request: HttpRequest, child: Any, planned: Any) -> HttpResponse:
    asked = measure(planned.plan.measure)
    form = BeginForm(
        typed_or_held(request),
        adults=list(talk_queries.adults_near(child=child, at=timezone.now())),
        ways=[
            (code, _way(code, planned.plan.answered_by))
            for code in rules.ways(asked, answered_by=planned.plan.answered_by)
        ],
        languages=languages_in_words(asked.id),
        hints={code: planning.in_english_still(code) for code in languages(asked.id)},
        asks_for_a_talk=rules.asks_for_a_talk(asked),
    )
    form.cancel = address_of("questionnaires", child)
    begun: list[Any] = []

    def open_form() -> None:
        begun.append(
            actions.open_form(
                child=child,
                measure=asked.id,
                answered_by=planned.plan.answered_by,
                way=form.cleaned_data["way"],
                plan=planned.plan,
                due_on=planned.due_on,
                language=form.cleaned_data.get("language") or ENGLISH,
                talk_to=form.named["talk_to"],
                cover=form.named["cover"],
                **who(request),
            )
        )

    if request.method == "POST" and form.is_valid() and _opened(form, open_form):
        name = _GOES_ON_AT.get(form.cleaned_data["way"], "form")
        _say_if_in_another(request, form, begun[0])
        return redirect(address_of(name, child, begun[0].public_id))
    page = planning.begin_page(
        **around(request, child),
        measure=asked,
        planned=planned,
        refused=refusals(asked.id),
        goals=_goals_asked(child, planned, asked),
    )
    page.form = form
    return show(request, "begin", page)


def _goals_asked(child: Any, planned: Any, asked: Any) -> list[Any]:
    if asked.kind != "goals":
        return []
    return list(queries.goals_going_on(child=child, whose=planned.plan.answered_by))


def _say_if_in_another(request: HttpRequest, form: Any, begun: Any) -> None:
    """Somebody else was quicker and began it in another language."""
    if begun.language != (form.cleaned_data.get("language") or ENGLISH):
        messages.info(
            request,
            f"{begun.opened_by.name} has begun it already, in {called(begun.language)}. That "
            "stays.",
        )


# After each way of answering, the page to go on with.
_GOES_ON_AT = {"together": "answer", "tablet": "hand_over"}


def _opened(form: Any, open_form: Any) -> bool:
    try:
        open_form()
    except NotNow as reason:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return False
    return True


def _way(code: str, answered_by: str) -> str:
    if code == "together" and answered_by == "worker":
        return "Here on the screen"
    if code == "tablet":
        return "By their own hand, on this tablet or by a link"
    return WAYS_IN_WORDS[code]
