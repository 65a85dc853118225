"""A form on paper: printed, typed in, typed in a second time, compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.children.policies import NotNow
from newel.record.outcomes import actions, queries
from newel.record.outcomes.forms.answers import AnswersForm
from newel.record.outcomes.forms.entries import CompareForm
from newel.record.outcomes.forms.questions import asked
from newel.record.outcomes.presenters import entries as pages
from newel.record.outcomes.presenters.paper import paper_page
from newel.record.outcomes.presenters.words import address_of
from newel.record.outcomes.views.keeping import keep_answers
from newel.record.outcomes.views.showing import (
    around,
    asked_of,
    nobody_comes,
    show,
    shut,
    who,
)
from newel.record.outcomes.wording import in_both


@child_page(Capability.GIVE_MEASURES)
def paper(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    begun, wording = asked_of(child, form_id)
    if closed := shut(request, child, begun):
        return closed
    if wording.measure.kind == "entered_scores":
        messages.info(request, "Its paper form comes from its publisher.")
        return redirect(address_of("form", child, form_id))
    if first := nobody_comes(request, child, begun):
        return first
    page = paper_page(**around(request, child), form=begun, wording=wording)
    return show(request, "paper", page)


@child_page(Capability.GIVE_MEASURES)
def type_in(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    return _type_in(request, child, form_id, entry=1)


@child_page(Capability.GIVE_MEASURES)
def type_in_again(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    return _type_in(request, child, form_id, entry=2)


def _type_in(request: HttpRequest, child: Any, form_id: str, *, entry: int) -> HttpResponse:
    begun, wording = asked_of(child, form_id)
    if closed := shut(request, child, begun):
        return closed
    there = queries.answers_of_entry(form=begun, entry=entry)
    answering = AnswersForm(
        typed_or_held(request),
        measure=wording.measure,
        now={item: actions.given_of(one) for item, one in there.items()},
    )
    if keep_answers(request, begun, answering, actions.type_in, entry=entry):
        return _then(request, child, begun)
    page = pages.type_in_page(
        **around(request, child),
        form=begun,
        wording=wording,
        answers=answering,
        questions=asked(answering, begun, child, wording),
        again=entry == 2,
    )
    return show(request, "answer", page)


def _then(request: HttpRequest, child: Any, begun: Any) -> HttpResponse:
    names = {"finish": "finish", "again": "type_in_again", "compare": "compare_entries"}
    name = names.get(request.POST.get("then", ""), "form")
    if name == "form":
        messages.success(request, "The answers are saved. You can go on any time.")
    return redirect(address_of(name, child, begun.public_id))


@child_page(Capability.GIVE_MEASURES)
def compare_entries(request: HttpRequest, child: Any, form_id: str) -> HttpResponse:
    begun, wording = asked_of(child, form_id)
    if closed := shut(request, child, begun):
        return closed
    different = queries.different_entries(form=begun)
    first, second = (queries.answers_of_entry(form=begun, entry=one) for one in (1, 2))
    deciding = CompareForm(typed_or_held(request), different=different)
    if (
        request.method == "POST"
        and deciding.is_valid()
        and _decided(request, begun, deciding, (first, second))
    ):
        messages.success(request, "Both entries are the same now.")
        return redirect(address_of("finish", child, form_id))
    page = pages.compare_page(
        **around(request, child),
        form=begun,
        measure=in_both(wording),
        different=different,
        entries=(first, second),
        missing=frozenset(deciding.errors if deciding.is_bound else ()),
    )
    page.form = deciding
    return show(request, "compare", page)


def _decided(request: HttpRequest, begun: Any, deciding: CompareForm, entries: Any) -> bool:
    decided = {
        item: actions.given_of(entries[int(entry) - 1].get(item))
        for item, entry in deciding.cleaned_data.items()
    }
    try:
        actions.decide_entry(form=begun, decided=decided, **who(request))
    except NotNow as reason:
        deciding.add_error(None, str(reason))
        return False
    return True
