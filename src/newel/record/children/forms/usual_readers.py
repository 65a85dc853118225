"""What a setting has said about who usually reads what is written there, put into a form."""

from typing import Any

from django.forms import BaseForm

from newel.record.establishments.models import SharingChoice

FIELD = "sharing_level"
ASK_EACH_TIME = "ask"


def offer(form: BaseForm, chosen: SharingChoice | None, kind: str, *, new: bool) -> Any:
    """The setting's words for its team always; its usual level only where nothing is written yet.
    What somebody picks on the form stays theirs."""
    if chosen is None:
        return form
    field: Any = form.fields[FIELD]
    if chosen.team_in_words:
        field.hints = {**field.hints, "team": chosen.team_in_words}
    level = chosen.levels.get(kind)
    if new and level == ASK_EACH_TIME:
        form.initial[FIELD] = ""
    elif new and level in dict(field.choices):
        form.initial[FIELD] = level
    return form
