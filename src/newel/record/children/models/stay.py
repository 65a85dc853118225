"""A stay: expected, arrived, ended; on which unit; and the dated legal reasons for it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models.child import Child
from newel.record.establishments.models import Period, SameId, Setting, Unit

LEGAL_REASONS = choices("law/legal_reasons.yaml", "legal_reasons")


class Stay(models.Model):
    """A child's time at one setting, from the first referral on."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="stays")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="stays")
    referred_at = models.DateTimeField()
    expected_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    # When somebody wrote the arrival down, which may be long after the child came: a handover in
    # between must not miss it. Empty for arrivals from before this was kept.
    arrival_written_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(ended_at__gte=F("arrived_at"))
                | Q(arrived_at__isnull=True, ended_at__gte=F("referred_at")),
                name="children_stay_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["child", "setting"],
                condition=Q(ended_at__isnull=True),
                name="children_stay_one_open_a_setting",
            ),
        ]


class UnitStay(models.Model):
    """Which unit looks after the child, from when until when: it opens the record to that unit."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="unit_stays")
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="unit_stays")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="unit_stays")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="children_unitstay_ends_after_start",
            ),
            ExclusionConstraint(
                name="children_unitstay_one_unit_at_a_time",
                expressions=[
                    (SameId("stay"), RangeOperators.OVERLAPS),
                    (Period("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class LegalReason(models.Model):
    """Why the law lets this child be kept here: dated, because it changes."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="legal_reasons")
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="legal_reasons")
    kind = models.CharField(max_length=30, choices=LEGAL_REASONS)
    statute_text = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    end_written_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody wrote down the last day, if later."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="children_legalreason_ends_after_start",
            )
        ]
