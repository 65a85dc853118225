"""A talk that an answer asked for: read, and answered with what was done (H9)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from newel.record.access.roles import Capability
from newel.record.access.sign_in.held import typed_or_held
from newel.record.children.pages import child_page
from newel.record.outcomes import actions
from newel.record.outcomes.forms.talks import TalkForm
from newel.record.outcomes.presenters.talks import talk_page
from newel.record.outcomes.presenters.words import address_of
from newel.record.outcomes.queries import talks as queries
from newel.record.outcomes.queries import waiting_talks
from newel.record.outcomes.views.showing import around, found, save_or_show, who
from newel.record.outcomes.wording import in_words


@child_page(Capability.GIVE_MEASURES)
def talk(request: HttpRequest, child: Any, talk_id: str) -> HttpResponse:
    wanted = found(queries.talk(child=child, public_id=talk_id))
    form = TalkForm(typed_or_held(request))
    return save_or_show(
        request,
        lambda: talk_page(
            **around(request, child),
            talk=found(queries.talk(child=child, public_id=talk_id)),
            measure=in_words(wanted.form.measure),
            typed=str(form["more"].value() or ""),
        ),
        form=form,
        action=lambda: actions.see_to_talk(
            talk=wanted, what_was_done=form.cleaned_data["what_was_done"], **who(request)
        ),
        done="It is written down, and the notice is gone for everybody.",
        then=_then(child, wanted),
        template="talk",
    )


def _then(child: Any, wanted: Any) -> str:
    """Another talk that waits with the same child comes first: nobody should think it was done."""
    waiting = [one for one in waiting_talks(child=child) if one.pk != wanted.pk]
    if waiting:
        return address_of("talk", child, waiting[0].public_id)
    return address_of("questionnaires", child)
