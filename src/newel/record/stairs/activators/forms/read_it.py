"""Somebody has read the words for paper: the tick is for the words that stood on the page (H12)."""

from newel.record.design_system.choice_fields import TickField
from newel.record.stairs.activators.forms.helped import HelpedForm


class ReadItForm(HelpedForm):
    for_these_words = ("read_it",)

    read_it = TickField(
        label=(
            "I have read it as this child would read it, and as somebody would who finds the paper"
        )
    )
