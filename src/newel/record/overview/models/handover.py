"""What one shift tells the next, and who took over."""

from django.db import models
from django.db.models import F, Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import WrittenAboutChild
from newel.record.establishments.models import Unit


class HandoverNote(WrittenAboutChild):
    """What somebody on the shift tells the next one about one child, and what helped.

    Everybody around the child may read it. It is about a day, not about who the child is: what
    should last is written as a statement.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    what_helped = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "written_at"], name="overview_note_written")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sharing_level="team"), name="overview_handovernote_for_the_team"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="overview_handovernote_says_it"),
        ]


class UnitNote(models.Model):
    """What the next shift should know about the unit as a place: about no child."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "written_at"], name="overview_unitnote_written")]


class Takeover(models.Model):
    """That somebody has read the handover of a unit and takes the shift over.

    It says what the coming shift was told (everything up to `read_until`) and by whom it was read.
    It is a fact of the shift and not a record of a worker: only this shift and the one before are
    ever shown, and the rows go after a month (docs/decisions/0019).
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    shift = models.CharField(max_length=10)
    shift_starts_at = models.DateTimeField()
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    read_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "shift_starts_at", "staff"], name="overview_takeover_once_a_shift"
            ),
            models.CheckConstraint(
                condition=Q(read_until__lte=F("taken_at")), name="overview_takeover_read_first"
            ),
        ]
