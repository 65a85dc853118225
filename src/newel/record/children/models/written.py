"""What all writing about a child carries: who, when, from where, whose words, for whom."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models.child import Child

READ_BY_CHILD = "child_open"
SHARING_LEVELS = [
    ("child_open", "The child may read it"),
    ("team", "The team around the child"),
    ("named_people", "Only people named here"),
    ("restricted_third_party", "Held back: it is about somebody else"),
]
WHOSE_WORDS = [
    ("adult", "An adult’s words"),
    ("child", "The child’s own words"),
]


class WrittenAboutChild(models.Model):
    """Nothing written is overwritten: a change is a new row that replaces the old one.

    So earlier wording stays readable, and two people changing the same thing at once cannot
    both win: `replaces` is unique.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="%(class)s_rows")
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)
    whose_words = models.CharField(max_length=10, choices=WHOSE_WORDS, default="adult")
    sharing_level = models.CharField(max_length=30, choices=SHARING_LEVELS, default="team")
    named_readers = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Ids of staff members."
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        abstract = True
