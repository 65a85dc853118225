"""A file before anything of it comes in: each form, and what a person decides about it."""

import hashlib
from collections.abc import Sequence
from typing import Any

from newel.evidence.measures.exchange.days import DAY_FIRST, MONTH_FIRST
from newel.record.access.models import StaffMember
from newel.record.design_system.choice_fields import RadiosField, TickField
from newel.record.design_system.fields import HiddenField
from newel.record.outcomes.exchange.actions import TwoAdults
from newel.record.outcomes.exchange.matching import IN, OUT, Incoming
from newel.record.outcomes.forms.plans import NameAdultsForm

ORDERS = [
    (DAY_FIRST, "Day first, as is usual in Britain: 3/4/2026 is 3 April"),
    (MONTH_FIRST, "Month first: 3/4/2026 is 4 March"),
]
CHANGED = "Meanwhile somebody changed what is here. Look at each form again."


class CheckForm(NameAdultsForm):
    """`take-<number>` says what becomes of a form. What is new and whole is chosen at first."""

    submit_label = "Bring them in"

    content = HiddenField()
    name = HiddenField(required=False)
    source = HiddenField(required=False)
    reference = HiddenField(required=False)
    order = RadiosField(
        label="How are the dates in this file written?",
        called="how the dates are written",
        choices=ORDERS,
        required=False,
    )
    looked = TickField(label="I have looked at each of them")

    field_order = ["order", "talk_to", "cover", "looked"]

    def __init__(
        self,
        *args: Any,
        incoming: Sequence[Incoming],
        asks_order: bool,
        first_look: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.incoming, self.first_look = incoming, first_look
        self.asks_for_a_talk = any(one.asks_for_a_talk for one in incoming)
        self.fields["order"].required = asks_order
        if not asks_order:
            del self.fields["order"]
        for name in ("talk_to", "cover"):
            if self.asks_for_a_talk:
                self.fields[name].required = self._chooses_a_talk()
            else:
                del self.fields[name]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.first_look:
            self.errors.clear()  # nobody has been asked yet

    def _chooses_a_talk(self) -> bool:
        return any(one.asks_for_a_talk and self.choice(one) == IN for one in self.incoming)

    def choice(self, one: Incoming) -> str:
        """What was chosen for this form, or what is chosen at first; "" where nothing is yet."""
        told = self.data.get(f"take-{one.number}")
        if told in (IN, OUT):
            return str(told)
        if one.needs_a_choice or not one.can_come_in:
            return ""
        return IN if self.first_look or f"shown-{one.number}" not in self.data else OUT

    @property
    def chosen(self) -> list[Incoming]:
        return [one for one in self.incoming if one.can_come_in and self.choice(one) == IN]

    @property
    def digest(self) -> str:
        """What the page shows of each form: sent back, so that nobody confirms what they did not
        see."""
        said = "|".join(f"{one.number} {one.status}" for one in self.incoming)
        return hashlib.sha256(said.encode()).hexdigest()[:20]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self.incoming:
            if one.needs_a_choice and not self.choice(one):
                self.add_error(None, f"{one.read.where}: say whether it comes in")
        if self.data.get("digest") not in (None, self.digest):
            self.add_error(None, CHANGED)
        return cleaned

    def error_links(self) -> list[dict[str, str]]:
        """What is wrong with a form of the file leads to it."""
        places = {
            f"{one.read.where}: say whether it comes in": f"#form-{one.number}"
            for one in self.incoming
        }
        return [
            link | ({"href": places[link["text"]]} if link["text"] in places else {})
            for link in super().error_links()
        ]

    @property
    def adults_named(self) -> TwoAdults:
        if not self.asks_for_a_talk:
            return TwoAdults()
        named: dict[str, StaffMember | None] = self.named
        return TwoAdults(**named)
