"""Keeping the answers of a page: those that can be read are kept even where one of them cannot."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from newel.record.children.policies import NotNow
from newel.record.outcomes.actions import given_of
from newel.record.outcomes.forms.answers import AnswersForm
from newel.record.outcomes.views.showing import who


def keep_answers(
    request: HttpRequest,
    form: Any,
    answering: AnswersForm,
    keep: Callable[..., Any],
    *,
    entry: int = 1,
) -> bool:
    """Whether everything was kept. What was not is told beside its question."""
    if request.method != "POST":
        return False
    answering.is_valid()
    answers = answering.answers
    try:
        theirs = keep(form=form, answers=answers, seen=answering.seen, entry=entry, **who(request))
    except NotNow as reason:
        answering.add_error(None, str(reason))
        return False
    # The next save of the same page does not take what it kept itself for somebody else's.
    answering.has_seen({item: one for item, one in answers.items() if item not in theirs})
    if theirs:
        answering.show_both(
            {item: given_of(one) for item, one in theirs.items()},
            {item: _whose(one) for item, one in theirs.items()},
        )
    return not answering.errors


def _whose(answer: Any) -> str:
    return answer.written_by.name if answer.written_by else "the person who answers"
