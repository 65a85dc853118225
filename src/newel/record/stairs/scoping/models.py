"""What scoping writes down: entries under four headings, and the events of a life."""

from django.db import models
from django.db.models import F, Q

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import SHARING_LEVELS, WHOSE_WORDS, Child, WrittenAboutChild

PARTS = choices("understanding/scoping.yaml", "parts")
EVENT_KINDS = choices("understanding/scoping.yaml", "event_kinds")
PLACE_KINDS = choices("understanding/scoping.yaml", "place_kinds")
HOW_BROUGHT = [
    ("typed", "Typed in a table"),
    ("pasted", "Pasted"),
    ("file", "From a file"),
]
PRECISIONS = [
    ("exact", "The exact day"),
    ("month", "A month"),
    ("year", "A year"),
    ("about_age", "About an age"),
    ("between", "Some time between two days"),
    ("unknown", "Nobody knows when"),
]

__all__ = [
    "SHARING_LEVELS",
    "WHOSE_WORDS",
    "EventList",
    "LifeEvent",
    "PathwayPlace",
    "ScopingEntry",
    "TakenBack",
]


class ScopingEntry(WrittenAboutChild):
    """One thing known under one of the headings of scoping."""

    part = models.CharField(max_length=30, choices=PARTS)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["child", "is_current"], name="scoping_entry_current")]


class EventList(WrittenAboutChild):
    """A list of events that somebody brought in one go: who, when, from where, how many.

    Its lines are the events. What was brought wrongly is taken back as a whole (`TakenBack`).
    """

    how = models.CharField(max_length=10, choices=HOW_BROUGHT)
    file_name = models.CharField(max_length=200, blank=True)
    line_count = models.PositiveSmallIntegerField()
    left_out_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["child", "written_at"], name="scoping_list_of_child")]


class LifeEvent(WrittenAboutChild):
    """Something that happened in the child's life, as exactly dated as it is known.

    `earliest_on` and `latest_on` hold what is known: one day, a month, a year, a year of age, two
    days between which it was, or nothing. `about_age` keeps the age as it was said, so that a
    corrected date of birth moves it. `when_words` keeps how it was said, and `original` the line
    of a list as it was brought.
    """

    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=EVENT_KINDS, blank=True)
    precision = models.CharField(max_length=20, choices=PRECISIONS)
    earliest_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    about_age = models.PositiveSmallIntegerField(null=True, blank=True)
    when_words = models.CharField(max_length=200, blank=True)
    from_list = models.ForeignKey(
        EventList, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    original = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["child", "is_current", "earliest_on"], name="scoping_event_current"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(precision="unknown", earliest_on=None, latest_on=None)
                | (
                    ~Q(precision="unknown")
                    & Q(earliest_on__isnull=False, latest_on__gte=F("earliest_on"))
                ),
                name="scoping_lifeevent_dated_or_unknown",
            ),
            models.CheckConstraint(
                condition=~Q(precision="exact") | Q(latest_on=F("earliest_on")),
                name="scoping_lifeevent_exact_is_one_day",
            ),
            models.CheckConstraint(
                condition=Q(precision="about_age", about_age__isnull=False)
                | (~Q(precision="about_age") & Q(about_age=None)),
                name="scoping_lifeevent_about_age_says_the_age",
            ),
        ]


class PathwayPlace(WrittenAboutChild):
    """Where the child lived or went to school, from about when until about when.

    Each end holds what is known of it, as an event does. `still` says that it has not ended. Stays
    in a setting that uses Newel are not written here: they are known already (`Stay`). No address.
    """

    kind = models.CharField(max_length=20, choices=PLACE_KINDS)
    name = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    start_precision = models.CharField(max_length=20, choices=PRECISIONS)
    start_earliest_on = models.DateField(null=True, blank=True)
    start_latest_on = models.DateField(null=True, blank=True)
    start_about_age = models.PositiveSmallIntegerField(null=True, blank=True)
    start_words = models.CharField(max_length=200, blank=True)
    end_precision = models.CharField(max_length=20, choices=PRECISIONS)
    end_earliest_on = models.DateField(null=True, blank=True)
    end_latest_on = models.DateField(null=True, blank=True)
    end_about_age = models.PositiveSmallIntegerField(null=True, blank=True)
    end_words = models.CharField(max_length=200, blank=True)
    still = models.BooleanField(default=False)
    from_list = models.ForeignKey(
        EventList, on_delete=models.PROTECT, null=True, blank=True, related_name="places"
    )
    original = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "is_current"], name="scoping_place_current")]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_precision="unknown", start_earliest_on=None)
                | (~Q(start_precision="unknown") & Q(start_latest_on__gte=F("start_earliest_on"))),
                name="scoping_pathwayplace_start_dated_or_unknown",
            ),
            models.CheckConstraint(
                condition=Q(end_precision="unknown", end_earliest_on=None)
                | (~Q(end_precision="unknown") & Q(end_latest_on__gte=F("end_earliest_on"))),
                name="scoping_pathwayplace_end_dated_or_unknown",
            ),
            models.CheckConstraint(
                condition=Q(still=False) | Q(end_precision="unknown"),
                name="scoping_pathwayplace_still_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(end_latest_on=None)
                | Q(start_earliest_on=None)
                | Q(end_latest_on__gte=F("start_earliest_on")),
                name="scoping_pathwayplace_ends_after_it_began",
            ),
        ]


class TakenBack(models.Model):
    """An event or a place that should not have been written down. Its words stay readable."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="taken_back")
    event = models.OneToOneField(
        LifeEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    place = models.OneToOneField(
        PathwayPlace, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    from_list = models.ForeignKey(
        EventList, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    taken_back_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, place=None) | Q(event=None, place__isnull=False),
                name="scoping_takenback_is_of_one_thing",
            )
        ]
