"""What may be set up, given what is there already."""

from datetime import datetime

from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.design_system.dates import day
from newel.record.establishments.models import Agency, Post, Setting, Unit


class AlreadyThere(Exception):
    """What was asked for does not fit what is there. The message is for the person.

    `field` is the answer on the form that it is about, if it is about one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


def check_setting_is_new(name: str) -> None:
    if Setting.objects.filter(name_key=sort_key(name)).exists():
        raise AlreadyThere("There is a setting of this name already.", field="name")


def check_agency_is_new(name: str) -> None:
    if Agency.objects.filter(name_key=sort_key(name)).exists():
        raise AlreadyThere("There is an agency of this name already.", field="name")


def check_unit_is_new(setting: Setting, name: str) -> None:
    if Unit.objects.filter(setting=setting, name_key=sort_key(name)).exists():
        raise AlreadyThere(f"{setting.name} has a unit of this name already.", field="name")


def check_not_working_here_already(
    staff: StaffMember, setting: Setting, unit: Unit | None, at: datetime
) -> None:
    """Now, or from a day to come: a post that begins now would go on into it."""
    goes_on = Post.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at))
    found = goes_on.filter(staff=staff, setting=setting, unit=unit).order_by("starts_at").first()
    if found is None:
        return
    place = unit.name if unit else f"the whole of {setting.name}"
    if found.starts_at <= at:
        raise AlreadyThere(f"{staff.name} works on {place} already.", field="place")
    raise AlreadyThere(
        f"{staff.name} has a post on {place} from {day(found.starts_at)}. End that one first.",
        field="place",
    )


def check_post_goes_on(post: Post, at: datetime) -> None:
    if post.ends_at is not None and post.ends_at <= at:
        raise AlreadyThere("This post has already ended.")
