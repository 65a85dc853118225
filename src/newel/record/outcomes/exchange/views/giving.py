"""A file of questionnaires leaves: for whom, why, and what is in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page, person
from newel.record.children.views.answering import found
from newel.record.design_system.render import render_page
from newel.record.outcomes.exchange import actions, queries, writing
from newel.record.outcomes.exchange.forms.giving import GiveOutForm
from newel.record.outcomes.exchange.limits import FETCHED_WITHIN
from newel.record.outcomes.exchange.presenters import files as pages
from newel.record.outcomes.exchange.presenters.words import address_of, counted, name_of
from newel.record.outcomes.views.showing import around, save, who


@child_page(Capability.READ_OUTCOMES)
def files(request: HttpRequest, child: Any) -> HttpResponse:
    judges = person(request).may(Capability.JUDGE)
    page = pages.files_page(
        **around(request, child),
        came_in=list(queries.brought_files(child=child, judgements=judges)),
        left=list(queries.given_out(child=child, judgements=judges)),
        has_forms=bool(queries.measures_with_forms(child=child, judgements=judges)),
    )
    return render_page(request, "exchange/files.jinja", page)


@child_page(Capability.SHARE_OUTCOMES)
def give_out(request: HttpRequest, child: Any) -> HttpResponse:
    judges = person(request).may(Capability.JUDGE)
    offered = queries.measures_with_forms(child=child, judgements=judges)
    form = GiveOutForm(
        typed_or_held(request),
        offered=[(id, _offered(id, *numbers)) for id, *numbers in offered],
        today=timezone.localdate(),
        initial={"kind": "xlsx"},
    )
    form.cancel = address_of("files", child)
    if save(
        request,
        form,
        lambda: actions.give_out(child=child, **who(request), **form.cleaned_data),
        done="The file is made. Fetch it below, within the hour.",
    ):
        return redirect(address_of("files", child))
    page = pages.give_page(**around(request, child), stays=writing.stays_here(child))
    page.form = form
    return render_page(request, "exchange/give_out.jinja", page)


def _offered(id: str, finished: int, others: int) -> str:
    more = f", {others} not finished" if others else ""
    return f"{name_of(id)} ({counted(finished, 'form')} finished{more})"


@child_page(Capability.SHARE_OUTCOMES, act="export")
def given_out(request: HttpRequest, child: Any, made_id: str) -> HttpResponse:
    """For who asked for it and within the hour: whoever comes later says anew for whom and why."""
    made = found(queries.one_given_out(child=child, public_id=made_id, made_by=person(request)))
    if timezone.now() - made.made_at > FETCHED_WITHIN:
        messages.info(request, "This file was made a while ago. Make a new one.")
        return redirect(address_of("give_out", child))
    written = writing.written(child, made)
    if written is None:
        messages.info(
            request, "No form fits what you chose, so there is no file. Choose an earlier day."
        )
        return redirect(address_of("give_out", child))
    named = {"Content-Disposition": f'attachment; filename="questionnaires.{written.ending}"'}
    return HttpResponse(written.content, content_type=written.content_type, headers=named)
