"""What left as a file and for whom; what came in, from which file, and who brought it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child
from newel.record.outcomes.models.given import Form

KINDS = [
    ("xlsx", "Excel"),
    ("csv", "CSV"),
    ("fhir", "FHIR (JSON, release 4)"),
]
WHO = [
    ("name", "The name they like"),
    ("date_of_birth", "Date of birth"),
    ("nhs_number", "NHS number"),
]


class GivenOut(models.Model):
    """That somebody made a file of a child's questionnaires: which, for whom and why. The file is
    made when it is fetched and kept nowhere."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    measures = ArrayField(models.CharField(max_length=40))
    since = models.DateField(null=True, blank=True, help_text="Answered on this day or later.")
    with_unfinished = models.BooleanField(default=False)
    who_it_is = ArrayField(
        models.CharField(max_length=20, choices=WHO), default=list, blank=True,
        help_text="What of who the child is stands in it. Usually nothing.",
    )  # fmt: skip
    why_who_it_is = models.CharField(max_length=300, blank=True)
    for_whom = models.CharField(max_length=160)
    why = models.CharField(max_length=300)
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(for_whom="") & ~Q(why=""), name="outcomes_givenout_says_why"
            ),
            models.CheckConstraint(
                condition=Q(who_it_is__len=0) | ~Q(why_who_it_is=""),
                name="outcomes_givenout_who_only_with_a_reason",
            ),
        ]


class BroughtFile(models.Model):
    """A file that somebody brought questionnaires in from. `sha256` tells this very file from one
    that only has its name; `reference` is what the child is called in it."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=KINDS)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200, help_text="Where it comes from, in words.")
    reference = models.CharField(max_length=64)
    brought_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="outcomes_broughtfile_source")
        ]


class BroughtForm(models.Model):
    """That a form came in from a file: by which id it and its goals go there, and what stood in
    cells that were no answers and were left unanswered."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    form = models.OneToOneField(Form, on_delete=models.CASCADE, related_name="brought")
    file = models.ForeignKey(BroughtFile, on_delete=models.PROTECT, related_name="forms")
    id_there = models.CharField(max_length=64, blank=True)
    goals_there = models.JSONField(default=dict, blank=True, help_text="Item and the goal’s id.")
    left_unanswered = models.JSONField(default=dict, blank=True, help_text="Item and what stood.")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "id_there"],
                condition=~Q(id_there=""),
                name="outcomes_broughtform_once",
            )
        ]
