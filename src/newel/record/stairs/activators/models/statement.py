"""Statements and what backs them; what keeps the child safe now; the one page, and who saw it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child, WrittenAboutChild
from newel.record.stairs.activators import map_models, words_models  # noqa: F401 - more of them
from newel.record.stairs.activators.map_models import LIFE_STAGES
from newel.record.stairs.activators.map_models import SHOWS as SHOWS
from newel.record.stairs.scoping.models import LifeEvent

_WORDS = "understanding/statements.yaml"
KINDS = choices(_WORDS, "kinds")
AREAS = choices(_WORDS, "areas")
FIVE_PS = choices(_WORDS, "five_ps")
TIMES = choices(_WORDS, "times")
CONFIDENCE = choices(_WORDS, "confidence")
STATES = choices(_WORDS, "states")
SAFE_PARTS = choices("understanding/keeping_safe.yaml", "parts")

DRAFT, AGREED, SUPERSEDED = "draft", "agreed", "superseded"


class Statement(WrittenAboutChild):
    """One thing we understand about this child: behaviour and context, never a label.

    It says how sure we are, who said so and when, and until when it counts as current.
    """

    text = models.TextField()
    kind = models.CharField(max_length=20, choices=KINDS)
    area = models.CharField(max_length=20, choices=AREAS)
    five_ps = ArrayField(models.CharField(max_length=20, choices=FIVE_PS), default=list, blank=True)
    life_stage = models.CharField(max_length=20, choices=LIFE_STAGES, blank=True)
    time = models.CharField(max_length=10, choices=TIMES)
    said_by_role = models.CharField(max_length=120, help_text="A role, never a name.")
    said_on = models.DateField()
    confidence = models.CharField(max_length=20, choices=CONFIDENCE)
    state = models.CharField(max_length=20, choices=STATES, default=DRAFT)
    agreed_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirm_by = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["child", "state"], name="activators_statement_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(
                    agreed_by__isnull=False,
                    agreed_at__isnull=False,
                    confirmed_on__isnull=False,
                    confirm_by__isnull=False,
                    confirm_by__gte=F("confirmed_on"),
                ),
                name="activators_statement_agreed_says_by_whom",
            ),
            models.CheckConstraint(
                condition=(Q(state="superseded") & Q(is_current=False))
                | (~Q(state="superseded") & Q(is_current=True)),
                name="activators_statement_current_until_superseded",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", ended_at__isnull=False, ended_by__isnull=False)
                | (~Q(state="superseded") & Q(ended_at=None, ended_by=None)),
                name="activators_statement_ended_says_by_whom",
            ),
        ]


class Evidence(models.Model):
    """A life event that backs a statement or speaks against it."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="evidence")
    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="evidence")
    shows = models.CharField(max_length=10, choices=SHOWS)
    note = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "event", "shows"], name="activators_evidence_once"
            )
        ]


class Confirmation(models.Model):
    """Somebody saw that a statement still holds: one statement at a time, with what was seen."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="confirmations")
    what_was_seen = models.TextField()
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what_was_seen=""), name="activators_confirmation_says_what_was_seen"
            )
        ]


class KeepingSafe(WrittenAboutChild):
    """One part of "Keeping safe now". Blank means that nobody has entered it, never "none"."""

    part = models.CharField(max_length=20, choices=SAFE_PARTS)
    none_known = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    next_review_on = models.DateField()
    live_plan_at = models.CharField(
        max_length=200, help_text="Where the live plan is kept, such as SystmOne."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(none_known=True, text="") | (Q(none_known=False) & ~Q(text="")),
                name="activators_keepingsafe_says_something",
            ),
            models.CheckConstraint(
                condition=Q(sharing_level="child_open"),
                name="activators_keepingsafe_child_may_read_it",
            ),
            models.UniqueConstraint(
                fields=["child", "part"],
                condition=Q(is_current=True),
                name="activators_keepingsafe_one_current_a_part",
            ),
        ]


class OnePage(models.Model):
    """The one page's version: it counts up whenever something on the page changes."""

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="one_page")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    shown_version = models.PositiveIntegerField(null=True, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    shown_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_version__isnull=True, shown_on=None, shown_by=None)
                | Q(shown_version__lte=F("version"), shown_on__isnull=False),
                name="activators_onepage_shown_with_a_day",
            )
        ]


class PageOpened(models.Model):
    """That somebody has opened the page, and which version: one row a person, overwritten.

    So the shift can see who still has to open it, and no history of a worker is kept here.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="page_opened")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "staff"], name="activators_pageopened_one_row")
        ]
