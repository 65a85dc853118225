"""Writing down what was seen for or against a statement, and looking at the statement again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.stairs.activators import actions, policies
from newel.record.stairs.activators.forms.maps import LookAgainForm, SeenForm
from newel.record.stairs.activators.presenters import form_pages
from newel.record.stairs.activators.views.acts import answer_about
from newel.record.stairs.activators.views.answering import statement_of, who


@child_page(Capability.CONFIRM_UNDERSTANDING)
def note_what_was_seen(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    today = timezone.localdate()
    form = SeenForm(typed_or_held(request), today=today, initial={"seen_on": today})

    def note() -> Any:
        actions.note_what_was_seen(statement=one, **who(request), **form.cleaned_data)
        return one

    check = policies.check_can_add_evidence
    return answer_about(request, child, one, form, form_pages.SEEN, note, check)


@child_page(Capability.AGREE_UNDERSTANDING)
def look_again(request: HttpRequest, child: Any, statement_id: str) -> HttpResponse:
    one = statement_of(request, child, statement_id)
    form = LookAgainForm(typed_or_held(request), initial={"confidence": one.confidence})

    def look() -> Any:
        return actions.look_again(statement=one, **who(request), **form.cleaned_data)

    check = policies.check_can_look_again
    return answer_about(request, child, one, form, form_pages.LOOK_AGAIN, look, check)
