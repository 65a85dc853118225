"""That an answer asks an adult to talk with the child (H9)."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child
from newel.record.outcomes.models.given import Answer, Form


class Talk(models.Model):
    """Somebody answered an item in a way that an adult must not leave alone. It goes to the named
    adult and to their cover, and to more people the longer nobody has said that they saw it.

    It is no score and no label: it says that a talk is wanted, and what came of it.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="measure_talks")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="talks")
    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="talk")
    asked_at = models.DateTimeField()
    seen_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    what_was_done = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["child"], condition=Q(seen_at__isnull=True), name="outcomes_talk_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True, what_was_done="")
                | (Q(seen_at__isnull=False, seen_by__isnull=False) & ~Q(what_was_done="")),
                name="outcomes_talk_seen_says_what_was_done",
            )
        ]
