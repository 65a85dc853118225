"""The team around the child, the keyworker, and home."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children.forms.fields import (
    AgencyField,
    AnswerForm,
    NameField,
    StaffField,
    reads_children,
)
from newel.record.children.models.home import HOME_KINDS, SAFETY_CHECKS
from newel.record.design_system.choice_fields import RadiosField, SelectField
from newel.record.design_system.date_fields import DateField
from newel.record.design_system.fields import LongTextField, TextField
from newel.record.establishments.models import DISCIPLINES, Agency

PROTECTED = "protected"
LONGEST_NOTICE = timedelta(days=366)
ADDRESS_CHOICES = [
    ("none", "No address"),
    ("open", "An address that may be shown to somebody who asks for it"),
    (PROTECTED, "A protected address: Newel must never show it"),
]


class TeamMemberForm(AnswerForm):
    submit_label = "Add to the team"

    name = NameField(label="Name", max_length=160)
    part = TextField(
        label="What they do for the child",
        hint="For example, social worker since she was seven",
        max_length=160,
    )
    discipline = SelectField(label="Discipline", choices=DISCIPLINES)
    agency = AgencyField(label="Who they work for", called="who they work for")
    contact = TextField(
        label="How to reach them",
        hint="A work phone number or email",
        max_length=200,
        required=False,
    )
    starts_on = DateField(label="In the team since", called="the day they joined the team")
    staff = StaffField(
        label="If they sign in to Newel: the name they sign in with",
        called="the name they sign in with",
        hint="The record opens to them for this stay. Leave empty for everybody else.",
        required=False,
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": timezone.localdate(at)}
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies

    def clean_staff(self) -> StaffMember | None:
        staff: StaffMember | None = self.cleaned_data["staff"]
        return reads_children(staff) if staff else None


class ContactForm(AnswerForm):
    submit_label = "Save how to reach them"

    contact = TextField(
        label="How to reach them",
        called="how to reach them",
        hint="A work phone number or email, and when. Never a private one, and no address.",
        max_length=200,
        required=False,
    )


class KeyworkerForm(AnswerForm):
    submit_label = "Save the keyworker"

    staff = StaffField(
        label="Who is keyworker?",
        called="the keyworker’s name",
        hint="Their name, or the name they sign in with",
    )
    starts_on = DateField(label="Since when?", called="the first day")

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": timezone.localdate(at)}
        super().__init__(*args, **kwargs)

    def clean_staff(self) -> StaffMember:
        return reads_children(self.cleaned_data["staff"])


class LastDayForm(AnswerForm):
    """Also a day to come: a goodbye that is known of can be planned with the child."""

    submit_label = "Save the last day"
    ends_on = DateField(
        label="Last day",
        called="the last day",
        hint="It may be a day to come. The record stays open to them until midnight of it.",
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"ends_on": timezone.localdate(at)}
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].latest = timezone.localdate(at) + LONGEST_NOTICE


class HomeForm(AnswerForm):
    submit_label = "Add to home"

    kind = RadiosField(label="Is it a person or a place?", choices=HOME_KINDS, inline=True)
    name = NameField(
        label="Who or what place is it?", called="who or what place it is", max_length=160
    )
    relationship = TextField(
        label="What they are to the child",
        hint="For example, great-aunt, or the house where she grew up",
        max_length=160,
        required=False,
    )
    why_home = LongTextField(
        label="Why is this home, and who says so?", max_length=2000, rows=3, required=False
    )
    address_kept = RadiosField(
        label="Is there an address to keep?",
        choices=ADDRESS_CHOICES,
        hints={
            PROTECTED: "It is stored where Newel cannot read it back. No page, print or export "
            "shows it. Keep it where you keep it now as well.",
        },
        shows={"open": "open_address", PROTECTED: "protected_address"},
    )
    open_address = LongTextField(label="Address", max_length=500, rows=3)
    protected_address = LongTextField(
        label="Protected address", called="the protected address", max_length=500, rows=3
    )

    @property
    def saved(self) -> dict[str, Any]:
        given = self.cleaned_data
        kept = ("kind", "name", "relationship", "why_home")
        return {name: given[name] for name in kept} | {
            "address": given["protected_address"] or given["open_address"] or "",
            "address_is_protected": given["address_kept"] == PROTECTED,
        }


class SafetyCheckForm(AnswerForm):
    submit_label = "Save the check"

    safety_check = RadiosField(
        label="Is it safe for the child?",
        choices=[choice for choice in SAFETY_CHECKS if choice[0] != "not_done"],
    )
    safety_note = LongTextField(
        label="What was checked, with whom, and any conditions",
        max_length=2000,
        rows=4,
        called="what was checked",
    )
