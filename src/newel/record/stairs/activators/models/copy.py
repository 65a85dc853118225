"""Copies of a formulation that left Newel."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.stairs.activators.models.formulation import FormulationVersion

INCLUDES = [
    (READ_BY_CHILD, "Only what the child may read"),
    ("team", "Also what the team around the child may read"),
]
COPY_FORMATS = [("word", "Word"), ("pdf", "PDF")]


class CopyMade(models.Model):
    """That somebody made a copy of a version: for whom, when, and how much is in it (H6, H23)."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(FormulationVersion, on_delete=models.PROTECT, related_name="copies")
    for_whom = models.CharField(max_length=160)
    includes = models.CharField(max_length=30, choices=INCLUDES)
    kind = models.CharField(max_length=10, choices=COPY_FORMATS)
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(for_whom=""), name="activators_copymade_for_whom"),
            models.CheckConstraint(
                condition=Q(includes__in=(READ_BY_CHILD, "team")),
                name="activators_copymade_holds_nothing_held_back",
            ),
        ]
