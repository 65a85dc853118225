"""The pages on which a child is expected and arrives."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.children.banner import born_in_words, where_in_words
from newel.record.children.models import Child, Stay
from newel.record.children.presenters.pages import FormPage, about
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link
from newel.record.establishments.readiness import Readiness, overdue
from newel.record.establishments.readiness_pages import NotReady, late_in_words, not_ready

SHOWN_ALIKE = 8


@dataclass(kw_only=True)
class ReferralPage(FormPage):
    not_ready: list[NotReady]
    to_look_at: list[str]
    can_be_entered: bool


def referral_page(*, where: list[tuple[Readiness, list[StaffMember]]], on: date) -> ReferralPage:
    """`where`: each setting of the person's units, and whom to ask where it is not ready."""
    nowhere = "You have no post on a unit now, so there is no unit to write a referral for."
    return ReferralPage(
        title="A child is coming",
        paragraphs=(
            "Write down what you know now. From this moment the unit can prepare. What you do not "
            "know can wait."
            if where
            else nowhere,
        ),
        back=Link(text="Find a child", href=reverse("children:find")),
        not_ready=[not_ready(one, leads) for one, leads in where if not one.is_ready],
        to_look_at=[
            f"{one.setting.name}: {late_in_words(row, on=on)}"
            for one, _ in where
            for row in overdue(one, on=on)
        ],
        can_be_entered=not where or any(one.is_ready for one, _ in where),
    )


def same_child_choices(
    children: list[Child], *, born_on: date | None, at: datetime
) -> list[tuple[str, str]]:
    """The likeliest first: the same NHS number, then the same date of birth."""
    today = timezone.localdate(at)
    likeliest = sorted(children, key=lambda child: _unlikeliness(child, born_on))
    return [
        (child.public_id, f"Yes, {_in_words(child, today)}") for child in likeliest[:SHOWN_ALIKE]
    ]


def _unlikeliness(child: Child, born_on: date | None) -> tuple[bool, bool, str]:
    same_number: bool = child.has_this_number  # type: ignore[attr-defined]
    return (not same_number, born_on is None or child.born_on != born_on, child.name_key)


def _in_words(child: Child, today: date) -> str:
    words = (child.preferred_name, born_in_words(child.born_on, today), where_in_words(child))
    same_number = child.has_this_number  # type: ignore[attr-defined]
    return ". ".join([*words, *(["Has this NHS number"] if same_number else [])])


def arrival_page(*, child: Child, person: StaffMember, at: datetime, stay: Stay | None) -> FormPage:
    expected = day_time(stay.expected_at) if stay else ""
    return FormPage(
        title=f"{child.preferred_name} has arrived",
        paragraphs=(f"Expected on {expected}.",) if expected else (),
        **about(child, person, at),
    )
