"""What is done with one statement: agreed, confirmed, retired, opened to the child, backed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.stairs.activators import actions, policies, queries, rules
from newel.record.stairs.activators.forms import (
    AgreeForm,
    ConfirmForm,
    EvidenceForm,
    OpenForm,
    RetireForm,
)
from newel.record.stairs.activators.forms.helped import HelpedForm
from newel.record.stairs.activators.presenters import form_pages
from newel.record.stairs.activators.presenters.lines import address_of
from newel.record.stairs.activators.views.answering import (
    answer,
    found,
    not_now,
    person,
    same_way_back,
    statement_of,
    way_back,
    who,
)
from newel.record.stairs.scoping import queries as scoping


@child_page(Capability.AGREE_UNDERSTANDING)
def agree_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = AgreeForm(typed_or_held(request), **_until(one), initial={"confirm_by": one.confirm_by})

    def agree() -> Any:
        return actions.agree_statement(statement=one, **who(request), **form.cleaned_data)

    return answer_about(
        request, child, one, form, form_pages.AGREE, agree, policies.check_can_agree
    )


@child_page(Capability.CONFIRM_UNDERSTANDING)
def confirm_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = ConfirmForm(typed_or_held(request), **_until(one))

    def confirm() -> Any:
        actions.confirm_statement(statement=one, **who(request), **form.cleaned_data)
        return one

    return answer_about(
        request, child, one, form, form_pages.CONFIRM, confirm, policies.check_can_confirm
    )


@child_page(Capability.WRITE_UNDERSTANDING)
def retire_statement(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    """The action asks for more than this page where the statement is not one's own draft."""
    one = statement_of(request, child, statement_id)
    form = RetireForm(typed_or_held(request))

    def retire() -> Any:
        return actions.retire_statement(statement=one, **who(request), **form.cleaned_data)

    return answer_about(
        request, child, one, form, form_pages.RETIRE, retire, policies.check_can_retire
    )


@child_page(Capability.OPEN_TO_CHILD)
def open_to_child(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = OpenForm(typed_or_held(request))

    def opened() -> Any:
        return actions.open_to_child(statement=one, **who(request))

    check = policies.check_can_open_to_child
    return answer_about(request, child, one, form, form_pages.OPEN, opened, check)


@child_page(Capability.WRITE_UNDERSTANDING)
def add_evidence(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    open_to_me = {"child": child, "visible_to": person(request)}
    form = EvidenceForm(typed_or_held(request), events=list(scoping.events(**open_to_me)))

    def link() -> Any:
        said = dict(form.cleaned_data)
        event = found(scoping.event(public_id=said.pop("event"), **open_to_me))
        actions.add_evidence(statement=one, event=event, **who(request), **said)
        return one

    check = policies.check_can_add_evidence
    return answer_about(request, child, one, form, form_pages.LINK, link, check)


def _until(statement: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "today": today,
        "longest": rules.longest_confirm_by(
            kind=statement.kind,
            on=today,
            days=queries.days_to_confirm(child=statement.child, kind=statement.kind),
        ),
    }


def answer_about(
    request: HttpRequest,
    child: Any,
    one: Any,
    form: HelpedForm,
    act: form_pages.Act,
    action: Callable[[], Any],
    check: Callable[[Any], None],
) -> HttpResponse:
    def page() -> form_pages.ActPage:
        """When the words changed meanwhile, the form goes on to the newer ones."""
        newest = queries.newest_wording(statement=one, visible_to=person(request))
        back = form_pages.back_to(child, newest)
        back = way_back(request, child, back, row=newest.public_id)
        form.cancel = back.href
        if newest.pk != one.pk:
            there = address_of(act.name, child, newest.public_id)
            form.action = same_way_back(request, there)
            form.words_are_others_now()
        return form_pages.act_page(
            act, child=child, statement=one, newest=newest, back=back, today=timezone.localdate()
        )

    return not_now(request, child, one, check) or answer(
        request, child, form=form, action=action, page=page, template="act", done=act.done
    )
