"""Questionnaires come in from a file: chosen, looked at form by form, brought in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in import held
from newel.record.children.pages import child_page, person
from newel.record.children.policies import NotNow
from newel.record.children.views.answering import found
from newel.record.design_system.render import render_page
from newel.record.outcomes.exchange import actions, queries, reading
from newel.record.outcomes.exchange.forms.checking import CheckForm
from newel.record.outcomes.exchange.forms.choosing import ChooseFileForm, sha256_of, unpacked
from newel.record.outcomes.exchange.presenters import checking
from newel.record.outcomes.exchange.presenters import files as pages
from newel.record.outcomes.exchange.presenters.words import address_of, counted
from newel.record.outcomes.queries import talks as talk_queries
from newel.record.outcomes.views.showing import around, who

TOO_LARGE = "This file is too large to be looked at in one piece. Bring it in parts"
AGAIN = "Choose the file again: it is kept for a day only while you look at it."


@child_page(Capability.PLAN_MEASURES)
def choose_file(request: HttpRequest, child: Any) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    form = ChooseFileForm(held.typed_or_held(request), files)
    form.cancel = address_of("files", child)
    if request.method == "POST" and form.is_valid():
        answer = _kept(request, child, form)
        if answer is not None:
            return answer
    page = pages.choose_page(**around(request, child))
    page.form = form
    return render_page(request, "exchange/choose_file.jinja", page)


def _kept(request: HttpRequest, child: Any, form: ChooseFileForm) -> HttpResponse | None:
    """Kept, sealed, for who chose it alone, so that loading the next page again shows it again."""
    to_keep = QueryDict(mutable=True)
    to_keep.update(form.to_check())
    writer = held.Writer(person(request).pk, address_of("check_file", child))
    try:
        return redirect(held.keep_words(to_keep, writer))
    except held.TooLong:
        form.add_error("file", TOO_LARGE)
        return None


@dataclass
class _Looked:
    """What the file holds, and what of it stands against the record."""

    read: Any = None
    incoming: list[Any] = field(default_factory=list)
    why_not: str = ""


@child_page(Capability.PLAN_MEASURES)
def check_file(request: HttpRequest, child: Any) -> HttpResponse:
    posted = request.method == "POST"
    data = request.POST if posted else held.typed(request)
    content = unpacked(data.get("content", "")) if data is not None else None
    if data is None or content is None:
        messages.info(request, AGAIN)
        return redirect(address_of("choose_file", child))
    looked = _look(child, data, content)
    form = CheckForm(
        data,
        incoming=looked.incoming,
        asks_order=bool(looked.read and looked.read.asks_order),
        first_look="digest" not in data or data.get("then") == "read",
        adults=list(talk_queries.adults_near(child=child, at=timezone.now())),
    )
    if posted and not looked.why_not and not form.first_look and form.is_valid():
        answer = _brought(request, child, form, looked, content)
        if answer is not None:
            return answer
    page = checking.check_page(
        **around(request, child), read=looked.read, why_not=looked.why_not, form=form
    )
    return render_page(request, "exchange/check_file.jinja", page)


def _look(child: Any, data: QueryDict, content: bytes) -> _Looked:
    looked = _Looked()
    try:
        looked.read = reading.read(content, name=data.get("name", ""), order=data.get("order", ""))
        looked.incoming = reading.beside_what_is_here(
            child, looked.read, reference=_reference(child, data), today=timezone.localdate()
        )
    except NotNow as reason:
        looked.why_not = str(reason)
    return looked


def _reference(child: Any, data: Mapping[str, Any]) -> str:
    return str(data.get("reference", "")).strip() or str(child.public_id)


def _brought(
    request: HttpRequest, child: Any, form: CheckForm, looked: _Looked, content: bytes
) -> HttpResponse | None:
    facts = actions.FileFacts(
        name=form.cleaned_data["name"],
        kind=looked.read.kind,
        sha256=sha256_of(content),
        source=form.cleaned_data["source"],
        reference=_reference(child, form.data),
    )
    try:
        brought = actions.bring_in(
            child=child,
            file=facts,
            chosen=form.chosen,
            every=looked.read.forms,
            adults=form.adults_named,
            today=timezone.localdate(),
            **who(request),
        )
    except NotNow as reason:
        form.add_error(None, str(reason))
        return None
    held.forget(request)
    messages.success(request, f"{counted(len(form.chosen), 'questionnaire')} came in.")
    return redirect(address_of("brought", child, brought.public_id))


@child_page(Capability.READ_OUTCOMES)
def brought(request: HttpRequest, child: Any, file_id: str) -> HttpResponse:
    judges = person(request).may(Capability.JUDGE)
    file = found(queries.brought_file(child=child, public_id=file_id, judgements=judges))
    forms = list(queries.forms_of_file(file=file, judgements=judges))
    page = pages.brought_page(**around(request, child), file=file, forms=forms)
    return render_page(request, "exchange/brought.jinja", page)
