"""A changed identity: names and numbers that nobody may find any more, and the history before."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models.child import Child


class Sealing(models.Model):
    """That a child's identity changed: what is sealed, why, and the two people who decided it.

    A psychologist asks for it, a governance lead confirms it or sets it aside. It holds no sealed
    name.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="sealings")
    why = models.CharField(max_length=300, help_text="Without the former name.")
    new_name = models.CharField(max_length=120, blank=True, help_text="Empty: the name stays.")
    new_name_key = models.CharField(max_length=150, blank=True)
    names = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of other names.")
    numbers = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of numbers.")
    history_before = models.DateField(
        null=True, blank=True, help_text="What was written before this day is sealed too."
    )
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="children_sealing_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(set_aside_at__isnull=True),
                name="children_sealing_confirmed_or_set_aside",
            ),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(confirmed_at__isnull=True, set_aside_at__isnull=True),
                name="children_sealing_one_asked_at_a_time",
            ),
        ]


class SealedName(models.Model):
    """A name or number of before. The service cannot read it: only through a door of the database,
    for somebody to whom the sealing was opened."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    sealing = models.ForeignKey(Sealing, on_delete=models.CASCADE, related_name="sealed")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=200)


class SealOpening(models.Model):
    """Who may read what is sealed, why and until when: named, and never without an end."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    sealing = models.ForeignKey(Sealing, on_delete=models.CASCADE, related_name="openings")
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    given_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="children_sealopening_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(staff=F("given_by")), name="children_sealopening_not_for_oneself"
            ),
        ]


class PerhapsSame(models.Model):
    """A child who was written down anew may be one whom Newel knows from before: for the governance
    lead alone to say. Whoever wrote the child down is told nothing either way."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    earlier = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    is_same = models.BooleanField(null=True, blank=True)
    said_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "earlier"], name="children_perhapssame_once")
        ]
