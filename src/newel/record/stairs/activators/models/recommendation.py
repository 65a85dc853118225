"""What the formulation says should be done, by whom and by when."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.children.models import WrittenAboutChild

OPEN, DONE, NOT_DONE = "open", "done", "not_done"
BECAME = [
    (OPEN, "Not done yet"),
    (DONE, "Done"),
    (NOT_DONE, "Not done, and not going to be"),
]


class Recommendation(WrittenAboutChild):
    """One thing that should be done for the child, with a person who does it and a day.

    The person is somebody who signs in, or a name with what they do. What became of it is written
    once; a change before that is a new row.
    """

    text = models.TextField()
    person = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=160, help_text="As the person was called then.")
    part = models.CharField(max_length=160, blank=True, help_text="What they do for the child.")
    by_when = models.DateField()
    became = models.CharField(max_length=20, choices=BECAME, default=OPEN)
    outcome = models.TextField(blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(name=""),
                name="activators_recommendation_says_what_and_who",
            ),
            models.CheckConstraint(
                condition=Q(became="open", outcome="", outcome_at=None, outcome_by=None)
                | (
                    Q(outcome_at__isnull=False, outcome_by__isnull=False)
                    & Q(outcome_on__isnull=False)
                    & ~Q(became="open")
                    & ~Q(outcome="")
                ),
                name="activators_recommendation_outcome_in_words",
            ),
        ]
