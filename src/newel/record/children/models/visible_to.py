"""Who reaches which child: the third lock, in Python.

The fourth lock says the same in SQL (`children_reach` in the migrations); a test holds the two
together on many made-up situations.
"""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from newel.record.access.compiled import Compiled
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
        asked = _IN_REACH.ask(staff=staff.pk, at=at, today=timezone.localdate(at))
        return self.filter(pk__in=RawSQL(*asked))  # noqa: S611 - made by `_in_reach`, with places


def _in_reach() -> QuerySet[Any]:
    staff, at = _STAND_INS["staff"], _STAND_INS["at"]
    blocked = _rows("Block").filter(child=OuterRef("pk"), staff=staff, lifted_at__isnull=True)
    opened = _by_post(staff, at) | _by_name(staff, at)
    return _rows("Child").filter(opened, ~Exists(blocked)).values("pk")


_AT = datetime(1901, 2, 3, 12, tzinfo=UTC)
_STAND_INS: dict[str, Any] = {"staff": -7150, "at": _AT, "today": timezone.localdate(_AT)}
_IN_REACH = Compiled(_in_reach, _STAND_INS)


def _rows(name: str) -> QuerySet[Any]:
    """The rows of a model whose module is loaded after this one."""
    return apps.get_model("children", name)._default_manager.all()


def _by_post(staff: int, at: datetime) -> Q:
    posts = Post.objects.filter(running(at), staff=staff)
    on_unit = _rows("UnitStay").filter(
        running(at),
        stay_goes_on(at),
        child=OuterRef("pk"),
        unit__in=posts.filter(unit__isnull=False).values("unit"),
    )
    in_setting = _rows("Stay").filter(
        stay_goes_on(at, ""),
        child=OuterRef("pk"),
        setting__in=posts.filter(unit__isnull=True).values("setting"),
    )
    return Q(Exists(on_unit)) | Q(Exists(in_setting))


def _by_name(staff: int, at: datetime) -> Q:
    mine = {"child": OuterRef("pk"), "staff": staff}
    in_team = _rows("TeamMember").filter(
        on_the_day(at), stay_goes_on(at), opens_record=True, **mine
    )
    keyworker = _rows("KeyworkerAssignment").filter(on_the_day(at), stay_goes_on(at), **mine)
    granted = _rows("Grant").filter(running(at), Q(stay__isnull=True) | stay_goes_on(at), **mine)
    emergency = _rows("BreakGlass").filter(running(at), **mine)
    return Q(Exists(in_team)) | Q(Exists(keyworker)) | Q(Exists(granted)) | Q(Exists(emergency))
