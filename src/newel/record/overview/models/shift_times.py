"""When the shifts of a setting begin, as the setting itself has said."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Setting


class ShiftTimes(models.Model):
    """By the clock on the wall. Until a setting has a row, the proposal of the definitions counts,
    and every handover says that nobody has confirmed it."""

    setting = models.OneToOneField(Setting, on_delete=models.CASCADE, related_name="shift_times")
    early = models.TimeField()
    late = models.TimeField(null=True, blank=True, help_text="Empty where two shifts make a day.")
    night = models.TimeField()
    confirmed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(early=models.F("night")),
                name="overview_shifttimes_two_shifts_at_least",
            )
        ]
