"""That a governance lead has looked into what somebody read without being in the child's care."""

from django.db import models

from newel.record.access.models import StaffMember
from newel.record.children.models.child import Child


class LookedInto(models.Model):
    """What one person opened of one child's record from outside, up to a moment: what came of it.

    Later looks of the same person are open again. No words of the record belong in here.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    up_to = models.DateTimeField()
    words = models.CharField(max_length=500)
    by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "staff", "-up_to"])]
