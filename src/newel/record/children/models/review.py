"""The quarterly look at who still needs access, person by person, and what came of it."""

from django.db import models
from django.db.models import F, Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.establishments.models import Setting

KEEPS, ENDS_NOW, ENDS_ON = "keeps", "ends_now", "ends_on"
DECISIONS = [
    (KEEPS, "Still needs it"),
    (ENDS_NOW, "Ends now"),
    (ENDS_ON, "Ends on a day"),
]


class AccessReview(models.Model):
    """One look at everybody who has access in a setting: begun, and finished when each was decided.
    What was decided is never altered."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="+")
    together_with = models.CharField(max_length=200, help_text="The manager who took part.")
    begun_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    due_on = models.DateField()
    finished_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting"],
                condition=Q(finished_at__isnull=True),
                name="children_accessreview_one_open_a_setting",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("begun_at")),
                name="children_accessreview_ends_after_start",
            ),
        ]


class AccessDecision(models.Model):
    """What was decided about one person in one review, and what they had then. Names no child."""

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="decisions")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=DECISIONS)
    ends_on = models.DateField(null=True, blank=True)
    had = models.JSONField(help_text="How many of each kind of access, by kind.")
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "staff"], name="children_accessdecision_once_a_review"
            ),
            models.CheckConstraint(
                condition=Q(decision="ends_on", ends_on__isnull=False)
                | Q(~Q(decision="ends_on"), ends_on__isnull=True),
                name="children_accessdecision_day_with_its_kind",
            ),
        ]
