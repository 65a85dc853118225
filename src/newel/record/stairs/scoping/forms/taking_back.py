"""Asking why something is taken back."""

from newel.record.design_system.fields import LongTextField
from newel.record.design_system.forms import NewelForm


class TakeBackForm(NewelForm):
    submit_label = "Take it back"
    reason = LongTextField(
        label="Why is it taken back?",
        hint="For example, the list was about another child. It stays readable with this reason.",
        max_length=500,
        rows=3,
        called="why it is taken back",
    )
