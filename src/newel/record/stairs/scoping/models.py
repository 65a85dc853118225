"""What scoping writes down: entries under four headings, and the events of a life."""

from django.db import models
from django.db.models import F, Q

from newel.definitions import choices
from newel.record.children.models import SHARING_LEVELS, WHOSE_WORDS, WrittenAboutChild

PARTS = choices("understanding/scoping.yaml", "parts")
EVENT_KINDS = choices("understanding/scoping.yaml", "event_kinds")
PRECISIONS = [
    ("exact", "The exact day"),
    ("month", "A month"),
    ("year", "A year"),
    ("about_age", "About an age"),
    ("unknown", "Nobody knows when"),
]

__all__ = ["SHARING_LEVELS", "WHOSE_WORDS", "LifeEvent", "ScopingEntry"]


class ScopingEntry(WrittenAboutChild):
    """One thing known under one of the headings of scoping."""

    part = models.CharField(max_length=30, choices=PARTS)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["child", "is_current"], name="scoping_entry_current")]


class LifeEvent(WrittenAboutChild):
    """Something that happened in the child's life, as exactly dated as it is known.

    `earliest_on` and `latest_on` hold what is known: one day, a month, a year, a year of age, or
    nothing. `about_age` keeps the age as it was said, so that a corrected date of birth moves it.
    `when_words` keeps how it was said.
    """

    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=EVENT_KINDS)
    precision = models.CharField(max_length=20, choices=PRECISIONS)
    earliest_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    about_age = models.PositiveSmallIntegerField(null=True, blank=True)
    when_words = models.CharField(max_length=120, blank=True)

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
