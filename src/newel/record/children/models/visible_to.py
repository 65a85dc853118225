"""Who reaches which child: the third lock, in Python.

The fourth lock says the same in SQL (`children_reach` in the migrations); a test holds the two
together on many made-up situations.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Post


def running(at: datetime, prefix: str = "") -> Q:
    """Rows whose [starts_at, ends_at) holds this moment."""
    started = Q(**{f"{prefix}starts_at__lte": at})
    return started & (Q(**{f"{prefix}ends_at": None}) | Q(**{f"{prefix}ends_at__gt": at}))


def on_the_day(at: datetime, prefix: str = "") -> Q:
    """Rows whose [starts_on, ends_on] holds this day in London."""
    today = timezone.localdate(at)
    started = Q(**{f"{prefix}starts_on__lte": today})
    return started & (Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": today}))


def stay_goes_on(at: datetime, prefix: str = "stay__") -> Q:
    return Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": at})


class ChildQuerySet(QuerySet[Any]):
    def visible_to(self, staff: StaffMember, *, at: datetime) -> "ChildQuerySet":
        """The children whose record this person reaches at this moment."""
        if not (staff.is_open(at=at) and staff.reads_children):
            return self.none()
        blocked = self._rows("blocks").filter(
            child=OuterRef("pk"), staff=staff, lifted_at__isnull=True
        )
        opened = self._by_post(staff, at) | self._by_name(staff, at)
        return self.filter(opened, ~Exists(blocked))

    def _rows(self, name: str) -> QuerySet[Any]:
        """The rows of a related model, whose module is loaded after this one."""
        model: type[models.Model] = self.model._meta.get_field(name).related_model
        return model._default_manager.all()

    def _by_post(self, staff: StaffMember, at: datetime) -> Q:
        posts = Post.objects.filter(running(at), staff=staff)
        on_unit = self._rows("unit_stays").filter(
            running(at),
            stay_goes_on(at),
            child=OuterRef("pk"),
            unit__in=posts.filter(unit__isnull=False).values("unit"),
        )
        in_setting = self._rows("stays").filter(
            stay_goes_on(at, ""),
            child=OuterRef("pk"),
            setting__in=posts.filter(unit__isnull=True).values("setting"),
        )
        return Q(Exists(on_unit)) | Q(Exists(in_setting))

    def _by_name(self, staff: StaffMember, at: datetime) -> Q:
        mine = {"child": OuterRef("pk"), "staff": staff}
        in_team = self._rows("team").filter(
            on_the_day(at), stay_goes_on(at), opens_record=True, **mine
        )
        keyworker = self._rows("keyworkers").filter(on_the_day(at), stay_goes_on(at), **mine)
        granted = self._rows("grants").filter(
            running(at), Q(stay__isnull=True) | stay_goes_on(at), **mine
        )
        emergency = self._rows("broken_glass").filter(running(at), **mine)
        return Q(Exists(in_team)) | Q(Exists(keyworker)) | Q(Exists(granted)) | Q(Exists(emergency))
