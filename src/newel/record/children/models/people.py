"""The adults around the child: the team, and the keyworker who stands up for them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models.child import Child
from newel.record.children.models.stay import Stay
from newel.record.establishments.models import DISCIPLINES, Agency, SameId


class Days(Func):
    function = "daterange"

    def __init__(self, start: str, end: str) -> None:
        super().__init__(F(start), F(end), Value("[]"))


def _moment_of_writing() -> models.DateTimeField:
    """A day says since when; this says when somebody wrote it, so that no handover misses it.
    Empty in rows from before it was kept."""
    return models.DateTimeField(null=True, blank=True)


class TeamMember(models.Model):
    """Somebody in the team around the child, with or without a sign-in of their own."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="team")
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="team")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=160)
    part = models.CharField(max_length=160, help_text="What they do for the child, in words.")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    discipline = models.CharField(max_length=30, choices=DISCIPLINES)
    contact = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    opens_record = models.BooleanField(
        default=True, help_text="Whether being in the team lets them read the record."
    )
    written_at = _moment_of_writing()
    end_written_at = _moment_of_writing()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="children_teammember_ends_after_start",
            )
        ]


class KeyworkerAssignment(models.Model):
    """Who has been this child's keyworker, and for how long."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="keyworkers")
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="keyworkers")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="keyworker_for")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    written_at = _moment_of_writing()
    end_written_at = _moment_of_writing()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="children_keyworker_ends_after_start",
            ),
            ExclusionConstraint(
                name="children_keyworker_not_twice_at_once",
                expressions=[
                    (SameId("stay"), RangeOperators.OVERLAPS),
                    (SameId("staff"), RangeOperators.OVERLAPS),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
