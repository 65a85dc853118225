"""Who has access in a setting, and the reviews of it. Nothing of what is in a record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from newel.definitions import read
from newel.record.access.models import StaffMember
from newel.record.children.models import AccessDecision, AccessReview, Child
from newel.record.establishments import readiness_queries
from newel.record.establishments.models import Post, Setting

_NUMBERS = read("places/set_up.yaml")["access_review"]
EVERY = timedelta(days=int(_NUMBERS["every_days"]))
DUE_WITHIN = timedelta(days=int(_NUMBERS["due_within_days"]))
NOT_SEEN = timedelta(days=int(_NUMBERS["not_seen_days"]))
KINDS = ("post", "team", "keyworker", "grant", "glass")


@dataclass(frozen=True)
class Held:
    """One thing that opens records to somebody."""

    kind: str
    row_id: int
    child_id: int | None
    starts: datetime
    ends: datetime | None


@dataclass
class Holder:
    """Somebody with access in a setting, and everything that gives it."""

    staff: StaffMember
    held: list[Held] = field(default_factory=list)
    decision: AccessDecision | None = None

    def needs_a_look_first(self, at: datetime) -> bool:
        """Left, or has not signed in for long: most likely access that nobody needs."""
        seen = self.staff.last_login or self.staff.started_at
        return bool(self.held) and (not self.staff.is_active or seen < at - NOT_SEEN)


@dataclass(frozen=True)
class Standing:
    """How a setting stands with its quarterly review."""

    setting: Setting
    open_review: AccessReview | None
    last: AccessReview | None
    due_on: date


def standings(*, by: StaffMember, at: datetime) -> list[Standing]:
    """One a setting of this governance lead, always in the same number of queries."""
    mine = list(readiness_queries.settings_of(staff=by, at=at))
    reviews = list(
        AccessReview.objects.filter(setting__in=mine)
        .select_related("begun_by", "finished_by", "setting")
        .order_by("-begun_at")
    )
    first_posts = dict(
        Post.objects.filter(setting__in=mine)
        .order_by("setting", "starts_at")
        .distinct("setting")
        .values_list("setting_id", "starts_at")
    )
    return [_standing(one, reviews, first_posts[one.pk]) for one in mine]


def _standing(setting: Setting, every: list[AccessReview], first: datetime) -> Standing:
    reviews = [one for one in every if one.setting_id == setting.pk]
    going = next((one for one in reviews if one.finished_at is None), None)
    last = next((one for one in reviews if one.finished_at is not None), None)
    since = last.begun_at if last else first
    due_on = going.due_on if going else timezone.localdate(since + EVERY + DUE_WITHIN)
    return Standing(setting, going, last, due_on)


def reviews(*, by: StaffMember, at: datetime) -> QuerySet[AccessReview]:
    mine = readiness_queries.settings_of(staff=by, at=at)
    return AccessReview.objects.filter(setting__in=mine).select_related(
        "setting", "begun_by", "finished_by"
    )


def decisions(*, review: AccessReview) -> QuerySet[AccessDecision]:
    return (
        AccessDecision.objects.filter(review=review)
        .select_related("staff", "decided_by")
        .order_by("staff__name_key", "pk")
    )


def holders(*, review: AccessReview, at: datetime) -> list[Holder]:
    """Everybody who has access there now, and everybody about whom it was decided: those who left
    or were not seen for long first, then by name."""
    held = _held(review.setting, at)
    decided = {one.staff_id: one for one in decisions(review=review)}
    people = StaffMember.objects.filter(pk__in={*held, *decided}).order_by("name_key", "pk")
    found = [Holder(one, held.get(one.pk, []), decided.get(one.pk)) for one in people]
    return sorted(found, key=lambda one: not one.needs_a_look_first(at))


def _held(setting: Setting, at: datetime) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM children_access_in(%s, %s)", [setting.pk, at])
        for staff_id, kind, row_id, child_id, starts, ends in cursor.fetchall():
            found.setdefault(staff_id, []).append(Held(kind, row_id, child_id, starts, ends))
    for rows in found.values():
        rows.sort(key=lambda one: (KINDS.index(one.kind), one.starts, one.row_id))
    return found


def places_held(*, holders: Iterable[Holder]) -> dict[int, Post]:
    """The posts behind what is held, by their ids."""
    ids = [one.row_id for holder in holders for one in holder.held if one.kind == "post"]
    return Post.objects.select_related("unit", "agency").in_bulk(ids)


def names_of_children(*, holders: Iterable[Holder]) -> dict[int, str]:
    ids = {one.child_id for holder in holders for one in holder.held if one.child_id}
    return dict(Child.objects.filter(pk__in=ids).values_list("pk", "preferred_name"))
