"""A record, or a part of it, that closed while somebody had its form open: their words come back.

Only for whom the form was drawn on this very page: that they had it open is proved by what the
form carries. To everybody else the answer stays what it is for a stranger.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from newel.record.access.sign_in import held
from newel.record.design_system.pages import Link, Page
from newel.record.design_system.render import render_page
from newel.record.establishments.queries import managers_near

# Choices, ids and dates are no words; what nobody may read back is not shown here either.
NOT_SHOWN = (*held.NEVER_HELD, "protected_address")
SHORTEST = 15


@dataclass(kw_only=True)
class ClosedPage(Page):
    paragraphs: tuple[str, ...]
    words: str
    next_step: Link


def with_their_words(request: HttpRequest, *, status: int) -> HttpResponse | None:
    """The answer to a form that came too late; nothing where there was none, or no words in it."""
    if request.method != "POST" or not _was_theirs(request):
        return None
    request.went_wrong = True  # type: ignore[attr-defined]  # nothing of this request is kept
    page = ClosedPage(
        title="This was not saved: it is not open to you any more",
        paragraphs=(
            "It was open to you when you opened this page. Since then somebody took you off the "
            "team, moved the child or you to another unit, or changed who may read it.",
            _whom_to_ask(request),
        ),
        words=typed_words(request),
        next_step=Link(text="Go to the first page", href="/"),
    )
    return render_page(request, "children/closed.jinja", page, status=status)


def it_goes_on_elsewhere(request: HttpRequest, earlier: str) -> HttpResponse:
    """The answer to what was typed on the new record of a child who came back."""
    request.went_wrong = True  # type: ignore[attr-defined]  # nothing of this request is kept
    page = ClosedPage(
        title="This was not saved: the child’s record goes on as the earlier one",
        paragraphs=(
            "A governance lead has said that Newel knew this child already. What is written from "
            "now on stands on the earlier record. This one can still be read until its stay ends.",
            "Write it there." if earlier else "Ask the psychologist where.",
        ),
        words=typed_words(request),
        next_step=(
            Link(text="Go to the earlier record", href=reverse("children:child", args=[earlier]))
            if earlier
            else Link(text="Go to the first page", href="/")
        ),
    )
    return render_page(request, "children/closed.jinja", page, status=409)


def _was_theirs(request: HttpRequest) -> bool:
    writer = held.writer(request)
    if writer is None or writer.staff_id != request.user.pk:
        return False
    return urlsplit(writer.path).path == request.path


def _whom_to_ask(request: HttpRequest) -> str:
    names = managers_near(staff=request.user, at=timezone.now())  # type: ignore[arg-type]
    who = f"the manager ({', '.join(names)})" if names else "the manager of the unit"
    return (
        f"Ask {who} who writes it down now. Give them your words by hand: do not send them by "
        "email or message."
    )


def typed_words(request: HttpRequest) -> str:
    """What was written in sentences, one answer after the other."""
    answers = [
        value.strip()
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_SHOWN and "password" not in name.casefold()
    ]
    return "\n\n".join(one for one in answers if " " in one or len(one) >= SHORTEST)
