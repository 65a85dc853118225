"""Where statements stand on the maps, what goes with what, and what was seen since.

Part of this room's models; in a file of its own because it has a subject of its own.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child

_WORDS = "understanding/statements.yaml"
FIVE_PS = choices(_WORDS, "five_ps")
AREAS = choices(_WORDS, "areas")
LIFE_STAGES = choices("understanding/life_stages.yaml", "stages")
SHOWS = [("for", "It backs the statement"), ("against", "It speaks against the statement")]


class Placing(models.Model):
    """Where a statement stands: one placing, and so the same place on every map.

    A statement without one stands where its writer put it. A new placing replaces the one before,
    and `replaces` is unique, so of two people who move a statement at once the second is told.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(
        "activators.Statement", on_delete=models.CASCADE, related_name="placings"
    )
    five_ps = ArrayField(models.CharField(max_length=20, choices=FIVE_PS), default=list, blank=True)
    area = models.CharField(max_length=20, choices=AREAS)
    life_stage = models.CharField(max_length=20, choices=LIFE_STAGES, blank=True)
    placed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement"],
                condition=Q(is_current=True),
                name="activators_placing_one_current",
            )
        ]


class GoesWith(models.Model):
    """Somebody said that this early sign goes with what sets things off, or that this helps with
    it. Said by a person on a day, and never worked out."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(
        "activators.Statement", on_delete=models.CASCADE, related_name="followed_by"
    )
    then = models.ForeignKey(
        "activators.Statement", on_delete=models.CASCADE, related_name="follows"
    )
    said_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "then"],
                condition=Q(ended_at=None),
                name="activators_goeswith_once",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("then")), name="activators_goeswith_something_else"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="activators_goeswith_ended_says_by_whom",
            ),
        ]


class SeenNote(models.Model):
    """What somebody saw that backs a statement or speaks against it. It confirms nothing."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(
        "activators.Statement", on_delete=models.CASCADE, related_name="seen_notes"
    )
    shows = models.CharField(max_length=10, choices=SHOWS)
    text = models.TextField()
    seen_on = models.DateField()
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="activators_seennote_says_what_was_seen"
            )
        ]
