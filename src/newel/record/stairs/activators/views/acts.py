"""What is done with one statement: agreed, confirmed, retired, opened to the child, backed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.design_system.forms import NewelForm
from newel.record.design_system.pages import Link
from newel.record.stairs.activators import actions, policies, queries, rules
from newel.record.stairs.activators.forms import (
    AgreeForm,
    ConfirmForm,
    EvidenceForm,
    OpenForm,
    RetireForm,
)
from newel.record.stairs.activators.presenters import form_pages
from newel.record.stairs.activators.presenters.lines import address_of, line
from newel.record.stairs.activators.views.answering import (
    answer,
    found,
    not_now,
    person,
    statement_of,
    who,
)
from newel.record.stairs.scoping import queries as scoping


@child_page(Capability.AGREE_UNDERSTANDING)
def agree_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = AgreeForm(typed_or_held(request), **_until(one), initial={"confirm_by": one.confirm_by})
    return not_now(request, child, one, policies.check_can_agree) or answer(
        request,
        child,
        form=form,
        action=lambda: actions.agree_statement(
            statement=one, **who(request), **form.cleaned_data
        ),
        page=lambda: _page(request, child, one, form, "agree_statement", "Mark as agreed",
                           form_pages.ON_AGREEING),
        template="act",
        done="It is agreed.",
    )  # fmt: skip


@child_page(Capability.CONFIRM_UNDERSTANDING)
def confirm_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = ConfirmForm(typed_or_held(request), **_until(one))

    def confirm() -> Any:
        actions.confirm_statement(statement=one, **who(request), **form.cleaned_data)
        return one

    def page() -> form_pages.ActPage:
        shown = _page(request, child, one, form, "confirm_statement", "Is it still so?",
                      form_pages.ON_CONFIRMING, form_pages.NOT_SO)  # fmt: skip
        if person(request).may(Capability.WRITE_UNDERSTANDING):
            write = address_of("write_statement", child)
            shown.links = (Link(text="Write what you saw as a new statement", href=write),)
        return shown

    return not_now(request, child, one, policies.check_can_confirm) or answer(
        request,
        child,
        form=form,
        action=confirm,
        page=page,
        template="act",
        done="It is confirmed, with what you saw.",
    )


@child_page(Capability.WRITE_UNDERSTANDING)
def retire_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    """The action asks for more than this page where the statement is not one's own draft."""
    one = statement_of(request, child, statement_id)
    form = RetireForm(typed_or_held(request))
    return not_now(request, child, one, policies.check_can_retire) or answer(
        request,
        child,
        form=form,
        action=lambda: actions.retire_statement(
            statement=one, **who(request), **form.cleaned_data
        ),
        page=lambda: _page(request, child, one, form, "retire_statement", "Stop using this statement",
                           form_pages.ON_RETIRING),
        template="act",
        done="It is no longer used.",
    )  # fmt: skip


@child_page(Capability.OPEN_TO_CHILD)
def open_to_child(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = OpenForm(typed_or_held(request))
    return not_now(request, child, one, policies.check_can_open_to_child) or answer(
        request,
        child,
        form=form,
        action=lambda: actions.open_to_child(statement=one, **who(request)),
        page=lambda: _page(request, child, one, form, "open_to_child", "Let the child read it",
                           form_pages.ON_OPENING),
        template="act",
        done="The child may read it.",
    )  # fmt: skip


@child_page(Capability.WRITE_UNDERSTANDING)
def add_evidence(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = EvidenceForm(
        typed_or_held(request), events=list(scoping.events(child=child, visible_to=person(request)))
    )

    def link() -> Any:
        data = form.cleaned_data
        event = found(
            scoping.event(child=child, public_id=data["event"], visible_to=person(request))
        )
        said = {"shows": data["shows"], "note": data["note"]}
        actions.add_evidence(statement=one, event=event, **who(request), **said)
        return one

    return not_now(request, child, one, policies.check_can_add_evidence) or answer(
        request,
        child,
        form=form,
        action=link,
        page=lambda: _page(request, child, one, form, "add_evidence", "Link an event",
                           form_pages.ON_EVIDENCE),
        template="act",
        done="The event is linked.",
    )  # fmt: skip


def _until(statement: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "today": today,
        "longest": rules.longest_confirm_by(kind=statement.kind, on=today),
    }


def _page(
    request: HttpRequest,
    child: Any,
    one: Any,
    form: NewelForm,
    name: str,
    title: str,
    *paragraphs: str,
) -> form_pages.ActPage:
    """When the words changed meanwhile, both are shown and the form goes to the newer ones."""
    today = timezone.localdate()
    newest = queries.newest_wording(statement=one, visible_to=person(request))
    form.cancel = address_of("statement", child, newest.public_id)
    if newest.pk != one.pk:
        form.action = address_of(name, child, newest.public_id)
    return form_pages.ActPage(
        title=title,
        back=form_pages.back_to(child, newest),
        line=line(one, child=child, today=today),
        newer=form_pages.newer(child, one, newest, today),
        paragraphs=paragraphs,
    )
