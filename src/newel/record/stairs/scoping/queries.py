"""Reading scoping and the timeline. Each takes the child that a query of `children` gave, and
`visible_to`, because a row may be held back from some who reach the child."""

from datetime import date, datetime
from typing import NamedTuple, TypeVar

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children import queries as children
from newel.record.children.models import Child, Home, KeyworkerAssignment, Stay, TeamMember
from newel.record.children.models.visible_to import on_the_day
from newel.record.establishments.models import Post
from newel.record.stairs.scoping.models import (
    EventList,
    LifeEvent,
    PathwayPlace,
    ScopingEntry,
)

Row = TypeVar("Row", LifeEvent, ScopingEntry, PathwayPlace)
HELD_BACK = ("named_people", "restricted_third_party")


def readable_by(staff: StaffMember) -> Q:
    """The third lock on a row with a sharing level; the policy of its table says the same."""
    open_to = ["child_open", "team"]
    if staff.may(Capability.READ_RESTRICTED):
        open_to.append("restricted_third_party")
    return (
        Q(sharing_level__in=open_to)
        | Q(written_by=staff.pk)
        | Q(named_readers__contains=[staff.pk])
    )


def events(*, child: Child, visible_to: StaffMember) -> QuerySet[LifeEvent]:
    """What is on the timeline now, oldest first; what nobody can date comes last."""
    rows = LifeEvent.objects.filter(readable_by(visible_to), child=child, is_current=True)
    return rows.order_by(F("earliest_on").asc(nulls_last=True), "latest_on", "pk")


class EventRow(NamedTuple):
    """A life event as the timeline reads it: making 150 of the model takes longer than asking."""

    public_id: str
    title: str
    text: str
    kind: str
    precision: str
    earliest_on: date | None
    latest_on: date | None
    about_age: int | None
    when_words: str
    source: str
    whose_words: str
    sharing_level: str
    written_at: datetime
    replaces_id: int | None
    written_by_id: int
    from_list: str | None  # the public id of the list that it was brought with
    writer: str


def timeline(*, child: Child, visible_to: StaffMember) -> list[EventRow]:
    rows = events(child=child, visible_to=visible_to)
    own = EventRow._fields[:-2]
    found = rows.values_list(*own, "from_list__public_id", "written_by__name")
    return [EventRow(*row) for row in found]


def entries(*, child: Child, visible_to: StaffMember) -> QuerySet[ScopingEntry]:
    """What is written under the headings now, in the order of writing."""
    return (
        ScopingEntry.objects.filter(readable_by(visible_to), child=child, is_current=True)
        .select_related("written_by")
        .order_by("written_at", "pk")
    )


def event_count(*, child: Child, visible_to: StaffMember) -> int:
    return LifeEvent.objects.filter(readable_by(visible_to), child=child, is_current=True).count()


def homes(*, child: Child) -> QuerySet[Home]:
    return children.homes(child=child).select_related("recorded_by", "checked_by")


def event(*, child: Child, public_id: str, visible_to: StaffMember) -> LifeEvent | None:
    """The wording of today of the event that once had this id."""
    return _current(LifeEvent, child, public_id, visible_to)


def places(*, child: Child, visible_to: StaffMember) -> QuerySet[PathwayPlace]:
    """Where the child lived and learned, in the order in which it began."""
    rows = PathwayPlace.objects.filter(readable_by(visible_to), child=child, is_current=True)
    return rows.prefetch_related("written_by", "from_list").order_by(
        F("start_earliest_on").asc(nulls_last=True), "start_latest_on", "pk"
    )


def stays(*, child: Child) -> QuerySet[Stay]:
    """Stays in settings that use Newel, once the child had arrived."""
    return child.stays.filter(arrived_at__isnull=False).select_related("setting")


def place(*, child: Child, public_id: str, visible_to: StaffMember) -> PathwayPlace | None:
    return _current(PathwayPlace, child, public_id, visible_to)


def lists(*, child: Child, visible_to: StaffMember) -> QuerySet[EventList]:
    """What was brought in as a list, newest first, and how much of each stands as it was."""
    standing = Q(events__is_current=True)
    return (
        EventList.objects.filter(readable_by(visible_to), child=child)
        .select_related("written_by")
        .annotate(
            standing=Count("events", filter=standing, distinct=True)
            + Count("places", filter=Q(places__is_current=True), distinct=True),
            changed=Count(
                "events", filter=standing & Q(events__replaces__isnull=False), distinct=True
            )
            + Count(
                "places",
                filter=Q(places__is_current=True, places__replaces__isnull=False),
                distinct=True,
            ),
        )
        .order_by("-written_at", "-pk")
    )


def event_list(*, child: Child, public_id: str, visible_to: StaffMember) -> EventList | None:
    return lists(child=child, visible_to=visible_to).filter(public_id=public_id).first()


def lines_of_list(
    *, event_list: EventList, visible_to: StaffMember
) -> tuple[list[LifeEvent], list[PathwayPlace]]:
    """As they were brought, whatever became of them."""
    asked = Q(readable_by(visible_to), from_list=event_list, replaces=None)
    events = LifeEvent.objects.filter(asked).select_related("taken_back", "replaced_by")
    places = PathwayPlace.objects.filter(asked).select_related("taken_back", "replaced_by")
    return list(events.order_by("pk")), list(places.order_by("pk"))


def taken_back(*, child: Child, visible_to: StaffMember) -> list[LifeEvent | PathwayPlace]:
    """What should not have been written down, as it read last; the newest first. Two queries."""
    asked = Q(readable_by(visible_to), child=child, taken_back__isnull=False)
    who = ("written_by", "taken_back__taken_back_by")
    rows: list[LifeEvent | PathwayPlace] = [
        *LifeEvent.objects.filter(asked).select_related(*who),
        *PathwayPlace.objects.filter(asked).select_related(*who),
    ]
    return sorted(rows, key=lambda row: row.taken_back.taken_back_at, reverse=True)


def entry(*, child: Child, public_id: str, visible_to: StaffMember) -> ScopingEntry | None:
    return _current(ScopingEntry, child, public_id, visible_to)


def earlier_events(*, event: LifeEvent, visible_to: StaffMember) -> list[LifeEvent]:
    return _earlier(LifeEvent, event, visible_to)


def earlier_entries(*, entry: ScopingEntry, visible_to: StaffMember) -> list[ScopingEntry]:
    return _earlier(ScopingEntry, entry, visible_to)


def earlier_places(*, place: PathwayPlace, visible_to: StaffMember) -> list[PathwayPlace]:
    return _earlier(PathwayPlace, place, visible_to)


def _current(model: type[Row], child: Child, public_id: str, visible_to: StaffMember) -> Row | None:
    """Two queries, however often it was changed. Held back from this person now: nothing."""
    rows = model._default_manager.filter(readable_by(visible_to), child=child)
    steps = {
        pk: (own_id, replaces)
        for pk, own_id, replaces in rows.values_list("pk", "public_id", "replaces_id")
    }
    newer = {replaces: pk for pk, (_, replaces) in steps.items() if replaces is not None}
    found = next((pk for pk, (own_id, _) in steps.items() if own_id == public_id), 0)
    while found in newer:
        found = newer[found]
    return rows.filter(pk=found, is_current=True).select_related("written_by").first()


def _earlier(model: type[Row], row: Row, visible_to: StaffMember) -> list[Row]:
    """What this row replaced, newest first, as far back as this person may read."""
    rows = model._default_manager.filter(
        readable_by(visible_to), child=row.child_id, is_current=False
    ).select_related("written_by")
    by_id = {one.pk: one for one in rows}
    found = []
    step = row.replaces_id
    while step in by_id:
        found.append(by_id[step])
        step = by_id[step].replaces_id
    return found


def possible_readers(*, child: Child, at: datetime) -> QuerySet[StaffMember]:
    """Who can be named as a reader: those whose work opens this child's record to them."""
    stays = child.stays.filter(ended_at__isnull=True)
    units = child.unit_stays.filter(ends_at__isnull=True, stay__in=stays).values("unit")
    posts = Post.objects.now(at).filter(
        Q(unit__in=units) | Q(unit__isnull=True, setting__in=stays.values("setting"))
    )
    team = TeamMember.objects.filter(on_the_day(at), stay__in=stays, opens_record=True)
    keyworkers = KeyworkerAssignment.objects.filter(on_the_day(at), stay__in=stays)
    works_here = (
        Q(pk__in=posts.values("staff"))
        | Q(pk__in=team.values("staff"))
        | Q(pk__in=keyworkers.values("staff"))
    )
    return StaffMember.objects.filter(works_here, is_active=True, reads_children=True).order_by(
        "name_key"
    )


def held_back_texts(*, child: Child, visible_to: StaffMember) -> list[str]:
    """The words about this child that this person can read and most others may not (H7)."""
    shown = Q(readable_by(visible_to), child=child, sharing_level__in=HELD_BACK)
    written = [
        *LifeEvent.objects.filter(shown).values_list("title", "text"),
        *PathwayPlace.objects.filter(shown).values_list("name", "text"),
        *ScopingEntry.objects.filter(shown).values_list("text"),
    ]
    return [text for texts in written for text in texts if text]


_EVERY_WORDING_TAKEN_BACK = """
    WITH RECURSIVE gone AS (
        SELECT event_id AS id FROM scoping_takenback
        WHERE child_id = %s::bigint AND event_id IS NOT NULL
        UNION
        SELECT earlier.replaces_id FROM gone JOIN scoping_lifeevent earlier ON earlier.id = gone.id
        WHERE earlier.replaces_id IS NOT NULL
    ) SELECT id FROM gone
"""


def events_taken_back(*, child: Child) -> list[int]:
    """Ids of the events that left the timeline, in every wording they had: they back nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_EVERY_WORDING_TAKEN_BACK, [child.pk])
        return [found for (found,) in cursor.fetchall()]
