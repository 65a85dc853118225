"""What somebody does not agree with."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.children.models import WrittenAboutChild
from newel.record.stairs.activators.models.statement import Statement


class DifferingView(WrittenAboutChild):
    """What somebody does not agree with, in their words: beside a statement, never over it.

    It stands until somebody writes down how it was settled, and each version keeps those that
    stood on its day. Also for the view of a person who cannot come to the meeting.
    """

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="differing_views"
    )
    whose = models.CharField(max_length=120, help_text="A role, never a name.")
    text = models.TextField()
    settled_because = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["child", "is_current"], name="activators_view_stands")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_current=True, settled_at=None, settled_by=None, settled_because="")
                | (
                    Q(is_current=False, settled_at__isnull=False, settled_by__isnull=False)
                    & ~Q(settled_because="")
                ),
                name="activators_differingview_stands_until_settled",
            )
        ]
