"""When somebody was last here: so that a shift can begin with what is new since then."""

from django.db import models

from newel.record.access.models import StaffMember
from newel.record.establishments.models import Unit


class LastHere(models.Model):
    """One row a person and unit, overwritten and shown to nobody but that person.

    `here_at` is this visit, `before_at` the end of the one before: a shift, not a page load.
    """

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    here_at = models.DateTimeField()
    before_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "unit"], name="overview_lasthere_one_row")
        ]
