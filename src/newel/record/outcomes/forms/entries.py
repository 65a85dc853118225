"""Two entries of one paper form differ: which one stands on the paper, question by question."""

from collections.abc import Sequence
from typing import Any

from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.forms import NewelForm


class CompareForm(NewelForm):
    submit_label = "Save what stands on the paper"

    def __init__(self, *args: Any, different: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in different:
            field = RadiosField(label=item, choices=[("1", "First entry"), ("2", "Second entry")])
            field.error_messages["required"] = "Look at the paper and choose what stands there"
            self.fields[item] = field
