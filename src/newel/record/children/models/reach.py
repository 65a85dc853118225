"""What opens a child's record to somebody beside a post on the unit, and what closes it."""

from django.db import models
from django.db.models import F, Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models.child import Child
from newel.record.children.models.stay import Stay
from newel.record.establishments.models import Setting


class Grant(models.Model):
    """Named access for one person to one child, for a purpose that is written down.

    Tied to a stay it ends with the stay. What has to outlive it (a check-in after a move) has no
    stay and must have an end of its own.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="grants")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="grants")
    stay = models.ForeignKey(
        Stay, on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    purpose = models.CharField(max_length=300)
    given_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stay__isnull=False) | Q(ends_at__isnull=False),
                name="children_grant_ends_with_a_stay_or_a_date",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="children_grant_ends_after_start",
            ),
        ]


class Block(models.Model):
    """A person who must not see this child's record: a relative, a conflict of interest.

    A block is stronger than everything that opens, break-glass included.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="blocks")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="blocks")
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "staff"],
                condition=Q(lifted_at__isnull=True),
                name="children_block_once",
            )
        ]


class BreakGlass(models.Model):
    """Access taken in an emergency: why, until when, and that the governance lead was told."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="broken_glass")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="broken_glass")
    reason = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="children_breakglass_has_an_end"
            )
        ]


class Notice(models.Model):
    """What a governance lead of a setting has to look at."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="notices")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    broken_glass = models.ForeignKey(BreakGlass, on_delete=models.CASCADE, related_name="notices")
    given_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
