"""What is to be asked of whom, and how often."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child

ANSWERED_BY = [
    ("self", "The child"),
    ("carer", "A parent or carer"),
    ("worker", "A worker who knows the child"),
    ("assessor", "Trained professionals, who judge"),
]
RHYTHMS = [
    ("once", "Once"),
    ("per_session", "At each session"),
    ("monthly", "Every month"),
    ("six_monthly", "Every six months"),
    ("at_review", "At each review"),
    ("before_and_after", "Before and after"),
]


class Plan(models.Model):
    """That a measure is to be given about a child: who answers it, how often, from when.

    It is ended with a reason and never altered: another rhythm is another plan.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="measure_plans")
    measure = models.CharField(max_length=40)
    answered_by = models.CharField(max_length=10, choices=ANSWERED_BY)
    rhythm = models.CharField(max_length=20, choices=RHYTHMS)
    starts_on = models.DateField()
    why = models.CharField(max_length=300, blank=True)
    planned_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "measure", "answered_by"],
                condition=Q(ended_at__isnull=True),
                name="outcomes_plan_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="outcomes_plan_ends_with_a_reason",
            ),
        ]
