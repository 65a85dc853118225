"""One form: answering it together with an adult, finishing it, setting it aside."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.outcomes import actions, queries
from newel.record.outcomes.forms.answers import AnswersForm
from newel.record.outcomes.forms.plans import FinishForm, NameAdultsForm, SetAsideForm
from newel.record.outcomes.forms.questions import asked
from newel.record.outcomes.presenters import forms as pages
from newel.record.outcomes.presenters.words import address_of, to_form
from newel.record.outcomes.queries import talks as talk_queries
from newel.record.outcomes.queries import told
from newel.record.outcomes.views.keeping import keep_answers
from newel.record.outcomes.views.showing import (
    around,
    asked_of,
    form_of,
    nobody_comes,
    save_or_show,
    show,
    shut,
    who,
)


@child_page(Capability.GIVE_MEASURES)
def form(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    begun, measure = form_of(child, form_id)
    page = pages.form_page(
        **around(request, child),
        form=begun,
        measure=measure,
        different=queries.different_entries(form=begun),
        twice=begun.way == "paper" and queries.was_typed_twice(form=begun),
        gone=told.gone(form=begun, at=timezone.now()),
    )
    return show(request, "form", page)


@child_page(Capability.GIVE_MEASURES)
def name_adults(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    begun, measure = form_of(child, form_id)
    named = {"talk_to": begun.talk_to, "cover": begun.cover}
    answering = NameAdultsForm(
        typed_or_held(request),
        adults=list(talk_queries.adults_near(child=child, at=timezone.now())),
        initial={name: one.public_id for name, one in named.items() if one},
    )
    answering.cancel = address_of("form", child, form_id)
    return save_or_show(
        request,
        lambda: pages.simple_page(
            **around(request, child),
            title="Who talks with the child?",
            back=to_form(child, begun, measure),
            paragraphs=("Tell them, and tell the child who it is now.",),
        ),
        form=answering,
        action=lambda: actions.name_adults(
            form=begun, talk_to=answering.named["talk_to"], cover=answering.named["cover"]
        ),
        done="They are named.",
        then=address_of("form", child, form_id),
    )


@child_page(Capability.GIVE_MEASURES)
def answer(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    return _answer(request, child, form_id, number=None)


@child_page(Capability.GIVE_MEASURES)
def answer_one(request: HttpRequest, child: Any, form_id: str, number: int) -> HttpResponse:
    return _answer(request, child, form_id, number=number)


def _answer(request: HttpRequest, child: Any, form_id: str, number: int | None) -> HttpResponse:
    begun, wording = asked_of(child, form_id)
    measure = wording.measure
    if number is not None and not 1 <= number <= len(measure.items):
        raise Http404("There is no such question.")
    if closed := shut(request, child, begun):
        return closed
    if request.method != "POST" and (first := nobody_comes(request, child, begun)):
        return first
    answering = AnswersForm(
        typed_or_held(request),
        measure=measure,
        now={one.item: actions.given_of(one) for one in begun.answers_now},
        items=None if number is None else [measure.items[number - 1].id],
    )
    if keep_answers(request, begun, answering, actions.answer_together):
        return _go_on(request, child, begun, number)
    page = pages.answer_page(
        **around(request, child),
        form=begun,
        wording=wording,
        answers=answering,
        questions=asked(answering, begun, child, wording),
        number=number,
    )
    return show(request, "answer", page)


def _go_on(request: HttpRequest, child: Any, begun: Any, number: int | None) -> HttpResponse:
    then = request.POST.get("then")
    if then == "next" and number is not None:
        return redirect(address_of("answer_one", child, begun.public_id, number + 1))
    if then == "finish":
        return redirect(address_of("finish", child, begun.public_id))
    messages.success(request, "The answers are saved. You can go on any time.")
    return redirect(address_of("form", child, begun.public_id))


@child_page(Capability.GIVE_MEASURES)
def finish(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    begun, measure = form_of(child, form_id)
    if closed := shut(request, child, begun):
        return closed
    ending = FinishForm(
        typed_or_held(request),
        today=timezone.localdate(),
        born_on=child.born_on,
        on_paper=begun.way == "paper",
    )
    ending.cancel = address_of("form", child, form_id)
    return save_or_show(
        request,
        lambda: pages.finish_page(**around(request, child), form=begun, measure=measure),
        form=ending,
        action=lambda: actions.finish(form=begun, at=timezone.now(), **ending.cleaned_data),
        done="It is finished. Thank everybody who answered.",
        then=address_of("questionnaires", child),
        template="finish",
    )


@child_page(Capability.GIVE_MEASURES)
def set_aside(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    begun, measure = form_of(child, form_id)
    if closed := shut(request, child, begun):
        return closed
    ending = SetAsideForm(typed_or_held(request))
    ending.cancel = address_of("form", child, form_id)
    return save_or_show(
        request,
        lambda: pages.simple_page(
            **around(request, child),
            title=f"Set {measure.short_name} aside",
            back=to_form(child, begun, measure),
        ),
        form=ending,
        action=lambda: actions.set_aside(form=begun, at=who(request)["at"], **ending.cleaned_data),
        done="It is set aside. A new one can be begun.",
        then=address_of("questionnaires", child),
    )
