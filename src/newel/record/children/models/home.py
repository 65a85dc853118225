"""Where and who is home: none, one or many people and places, each with its safety check."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models.child import Child

HOME_KINDS = [("person", "A person"), ("place", "A place")]
SAFETY_CHECKS = [
    ("not_done", "Not checked yet"),
    ("safe", "Checked: safe"),
    ("safe_with_conditions", "Checked: safe with conditions"),
    ("not_safe", "Checked: not safe"),
]


class Home(models.Model):
    """A person or a place that the child, or the plan, calls home."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="homes")
    kind = models.CharField(max_length=10, choices=HOME_KINDS)
    name = models.CharField(max_length=160)
    relationship = models.CharField(max_length=160, blank=True)
    why_home = models.TextField(blank=True)
    safety_check = models.CharField(max_length=30, choices=SAFETY_CHECKS, default="not_done")
    safety_note = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    address_is_protected = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(safety_check="not_done", checked_at__isnull=True)
                | (~Q(safety_check="not_done") & Q(checked_at__isnull=False)),
                name="children_home_check_says_when",
            )
        ]


class SafetyCheck(models.Model):
    """That somebody checked whether a home is safe, and what they found.

    A home carries the newest check; every one that was ever made stays here as it was written, so
    that "not safe" cannot be written over.
    """

    home = models.ForeignKey(Home, on_delete=models.CASCADE, related_name="checks")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    found = models.CharField(max_length=30, choices=SAFETY_CHECKS[1:])
    note = models.TextField(blank=True)
    checked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()


class OpenAddress(models.Model):
    """An address that may be shown, to somebody who asks for it, never by default."""

    home = models.OneToOneField(Home, on_delete=models.CASCADE, related_name="open_address")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()


class ProtectedAddress(models.Model):
    """An address that no page, print or export shows.

    The service's database role may write this table's address and has no privilege to read it:
    a page that tried would fail in the database.
    """

    home = models.OneToOneField(Home, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
