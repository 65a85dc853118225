"""The language helper: asked with a button on any form, or while somebody types."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from newel.record.access.pages import page
from newel.record.access.roles import Capability
from newel.record.design_system.render import render_part
from newel.record.stairs.activators import rules
from newel.record.stairs.activators.forms.helped import LOOK, HelpedForm

LONGEST = 10_000


def helped(request: HttpRequest, form: Any) -> bool:
    """Whether somebody asked for a look at the words, and not to save them."""
    asked = request.method == "POST" and LOOK in request.POST
    if not (asked and isinstance(form, HelpedForm) and form.helped_field):
        return False
    form.look_at_words()
    return True


@dataclass(frozen=True)
class Thoughts:
    thoughts: list[rules.Suggestion]
    looked: bool


@require_POST
@page(Capability.WRITE_UNDERSTANDING)
def thoughts(request: HttpRequest) -> HttpResponse:
    """For htmx: what the helper thinks of the one text that was sent. Nothing of it is kept, and
    no child is looked at: the address names none."""
    sent = {name: str(value) for name, value in request.POST.items()}
    whose = sent.pop("whose_words", "adult")
    found = [
        one
        for text in sent.values()
        for one in rules.suggestions(text[:LONGEST], whose_words=whose)
    ]
    return render_part(request, "activators/thoughts.jinja", Thoughts(found, looked=False))
