"""Making a professional judgement and reading it: by those who plan, and by nobody's own hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.evidence.measures import measure as definition
from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.children.policies import NotNow
from newel.record.design_system.pages import Page
from newel.record.design_system.render import render_page
from newel.record.outcomes import actions, rules
from newel.record.outcomes.forms import judging as forms
from newel.record.outcomes.forms.plans import SetAsideForm
from newel.record.outcomes.forms.topics import asked_topics
from newel.record.outcomes.presenters.forms import simple_page
from newel.record.outcomes.presenters.judgement import comparing, making, reading
from newel.record.outcomes.presenters.judgement.words import look_again_in_words, to_judgement
from newel.record.outcomes.presenters.words import address_of
from newel.record.outcomes.queries import due as due_queries
from newel.record.outcomes.queries import judged as queries
from newel.record.outcomes.views.showing import (
    around,
    found,
    person,
    save,
    save_or_show,
    shut,
    who,
)
from newel.record.outcomes.wording import in_words


def _show(request: HttpRequest, template: str, page: Page) -> HttpResponse:
    return render_page(request, f"judgement/{template}.jinja", page)


def _judged(child: Any, form_id: str) -> tuple[Any, Any]:
    """A judgement as it stands, and its measure in the words of this site."""
    form = found(queries.judged_form(child=child, public_id=form_id))
    return queries.judged(form), in_words(form.measure)


@child_page(Capability.JUDGE)
def begin(request: HttpRequest, child: Any, plan_id: str) -> HttpResponse:
    rows = due_queries.due(child=child, judgements=True)
    planned = found(next((one for one in rows if one.plan.public_id == plan_id), None))
    asked = definition(planned.plan.measure)
    if not asked.is_judgement:
        raise Http404("It is a questionnaire.")
    if planned.begun and request.method != "POST":
        messages.info(request, "It is begun already. Go on with it here.")
        return redirect(address_of("judgement", child, planned.begun.public_id))
    form, begun = forms.BeginJudgementForm(typed_or_held(request)), []
    form.cancel = address_of("questionnaires", child)
    if save(
        request, form, lambda: begun.append(_open(request, child, planned)), done="It is begun."
    ):
        return redirect(address_of("judge_part", child, begun[0].public_id, 1))
    page = making.begin_page(
        **around(request, child), measure=asked, planned=planned, today=timezone.localdate()
    )
    page.form = form
    return _show(request, "begin", page)


def _open(request: HttpRequest, child: Any, planned: Any) -> Any:
    return actions.open_form(
        child=child,
        measure=planned.plan.measure,
        answered_by=planned.plan.answered_by,
        way="judged",
        plan=planned.plan,
        due_on=planned.due_on,
        **who(request),
    )


@child_page(Capability.JUDGE)
def judgement(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    now, measure = _judged(child, form_id)
    page = reading.judgement_page(
        **around(request, child),
        now=now,
        measure=measure,
        lacks=queries.lacks_of(now),
        earlier=list(queries.earlier_words(form=now.form)),
        has_before=queries.before(now.form) is not None,
        later=queries.later(now.form),
        today=timezone.localdate(),
    )
    return _show(request, "judgement", page)


@child_page(Capability.JUDGE)
def part(request: HttpRequest, child: Any, form_id: str, number: int) -> HttpResponse:
    now, measure = _judged(child, form_id)
    parts = making.parts_of(measure)
    if not 1 <= number <= len(parts):
        raise Http404("There is no such part.")
    if closed := _shut(request, child, now):
        return closed
    form = forms.PartForm(
        typed_or_held(request), topics=parts[number - 1].topics, measure=measure, now=now
    )
    if _keep_part(request, now, form):
        return _after_part(request, child, now.form, number, len(parts))
    page = making.part_page(
        **around(request, child),
        now=now,
        measure=measure,
        number=number,
        form=form,
        topics=asked_topics(form),
        today=timezone.localdate(),
    )
    return _show(request, "part", page)


def _shut(request: HttpRequest, child: Any, now: Any) -> HttpResponse | None:
    if shut(request, child, now.form) is None:
        return None
    return redirect(address_of("judgement", child, now.form.public_id))


def _keep_part(request: HttpRequest, now: Any, form: Any) -> bool:
    """Whether all of it was kept. What can be read is kept also where something else cannot."""
    if request.method != "POST":
        return False
    form.is_valid()
    try:
        theirs = actions.judge(
            form=now.form,
            ratings=form.ratings,
            words=form.words,
            seen=form.seen,
            seen_words=form.seen_words,
            **who(request),
        )
    except NotNow as reason:
        form.add_error(None, str(reason))
        return False
    form.show_both(theirs)
    return not form.errors


def _after_part(request: HttpRequest, child: Any, form: Any, number: int, of: int) -> HttpResponse:
    if request.POST.get("then") == "stop":
        messages.success(request, "It is saved. You and others can go on any time.")
        return redirect(address_of("judgement", child, form.public_id))
    if number < of:
        return redirect(address_of("judge_part", child, form.public_id, number + 1))
    return redirect(address_of("judge_about", child, form.public_id))


@child_page(Capability.JUDGE)
def about(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    now, measure = _judged(child, form_id)
    if closed := _shut(request, child, now):
        return closed
    today = timezone.localdate()
    form = forms.AboutForm(
        typed_or_held(request),
        proposal=look_again_in_words(measure, on=today),
        today=today,
        initial=_about_before(request, now, measure, today),
    )
    page = making.about_page(**around(request, child), now=now, measure=measure, today=today)
    page.form = form
    page.seen = request.POST.get("seen", page.seen)
    if request.method == "POST" and form.is_valid() and _keep_about(request, now, form, page):
        messages.success(request, "It is saved.")
        return redirect(address_of("judgement", child, form_id))
    return _show(request, "about", page)


def _about_before(request: HttpRequest, now: Any, measure: Any, today: Any) -> Any:
    proposed = rules.look_again_proposed(measure, on=today)
    if now.about:
        there = forms.as_initial(actions.about_of(now.about))
        return {**there, "look_again_on": there["look_again_on"] or proposed}
    me = person(request)
    return {
        "assessors": f"{me.name}, {me.their_role.name.lower()}",
        "look_again_on": proposed,
    }


def _keep_about(request: HttpRequest, now: Any, form: Any, page: Any) -> bool:
    try:
        theirs = actions.write_about_judgement(
            form=now.form, about=form.about, seen=page.seen, **who(request)
        )
    except NotNow as reason:
        form.add_error(None, str(reason))
        return False
    if theirs is None:
        return True
    page.theirs, page.whose, page.seen = (
        making.in_words(theirs),
        making.whose(theirs),
        theirs.public_id,
    )
    form.add_error(
        None,
        f"Meanwhile {theirs.written_by.name} saved this page too. Both are here: put together what "
        "is to stand and save again",
    )
    return False


@child_page(Capability.JUDGE)
def finish(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    now, measure = _judged(child, form_id)
    if closed := _shut(request, child, now):
        return closed
    form = forms.FinishJudgementForm(
        typed_or_held(request), today=timezone.localdate(), born_on=child.born_on
    )
    form.cancel = address_of("judgement", child, form_id)
    if save(
        request,
        form,
        lambda: actions.finish(form=now.form, at=timezone.now(), **form.cleaned_data),
        done="It is finished. What officers must know of it goes onto “How to be with me”.",
    ):
        return redirect(address_of("judgement", child, form_id))
    page = making.finish_page(
        **around(request, child),
        now=now,
        measure=measure,
        lacks=queries.lacks_of(now),
        today=timezone.localdate(),
    )
    page.form = form
    return _show(request, "finish", page)


@child_page(Capability.JUDGE)
def set_aside(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    now, measure = _judged(child, form_id)
    if closed := _shut(request, child, now):
        return closed
    form = SetAsideForm(typed_or_held(request))
    form.cancel = address_of("judgement", child, form_id)
    return save_or_show(
        request,
        lambda: simple_page(
            **around(request, child),
            title=f"Set {measure.short_name} aside",
            back=to_judgement(child, now.form, measure),
        ),
        form=form,
        action=lambda: actions.set_aside(form=now.form, at=who(request)["at"], **form.cleaned_data),
        done="It is set aside. What was written stays.",
        then=address_of("questionnaires", child),
    )


@child_page(Capability.JUDGE)
def compare(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    now, measure = _judged(child, form_id)
    earlier = queries.before(now.form)
    page = comparing.compare_page(
        **around(request, child),
        before=queries.judged(earlier) if earlier else None,
        now=now,
        measure=measure,
        today=timezone.localdate(),
    )
    return _show(request, "compare", page)
