"""The child: the name they like first, what they need to be understood, and their numbers."""

from django.db import models
from django.db.models import Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models.visible_to import ChildQuerySet

NAME_KINDS = [
    ("legal", "Legal name"),
    ("also_known_as", "Also known as"),
    ("former", "A name from before"),
]


class Child(models.Model):
    """Anyone under 18 in or linked to a setting, and those who turned 18 there."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    preferred_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=150, db_index=True)
    pronouns = models.CharField(max_length=60, blank=True)
    born_on = models.DateField(null=True, blank=True)
    first_language = models.CharField(max_length=80, blank=True)
    interpreter_needed = models.BooleanField(
        null=True, blank=True, help_text="Empty means nobody has asked."
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT)

    objects = ChildQuerySet.as_manager()


class EarlierFact(models.Model):
    """What stood in the record about who the child is, until somebody changed it.

    The facts themselves stand on the child; each change leaves one of these, so that nothing is
    lost. The name a child was called by is held back like a name from before, and a sealing takes
    it along.
    """

    FACTS = [
        ("preferred_name", "Name they like"),
        ("pronouns", "Pronouns"),
        ("born_on", "Born"),
        ("first_language", "First language"),
        ("interpreter_needed", "Interpreter"),
    ]

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="earlier_facts")
    fact = models.CharField(max_length=30, choices=FACTS)
    value = models.CharField(max_length=160, blank=True, help_text="Empty: nothing stood there.")
    changed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "-changed_at"])]


class ChildName(models.Model):
    """Another name the child has or had. The preferred name is on the child."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=20, choices=NAME_KINDS)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "name_key", "kind"], name="children_childname_once"
            )
        ]


class Identifier(models.Model):
    """A number another system gave the child, with that system's name. Never a key of ours."""

    NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
    VERIFICATION = [
        ("unverified", "Not checked with the NHS"),
        ("verified", "Checked with the NHS"),
    ]

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=200)
    value = models.CharField(max_length=60)
    verification = models.CharField(max_length=20, choices=VERIFICATION, default="unverified")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "value"], name="children_identifier_one_child"
            ),
            models.CheckConstraint(
                condition=~Q(system="https://fhir.nhs.uk/Id/nhs-number")
                | Q(value__regex=r"^[0-9]{10}$"),
                name="children_identifier_nhs_number_shape",
            ),
        ]


class CommunicationNeed(models.Model):
    """What the child needs to understand and be understood, as the Accessible Information
    Standard asks: identified, recorded, flagged, met, reviewed."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="communication_needs")
    need = models.CharField(max_length=300)
    how_to_meet = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
