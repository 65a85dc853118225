"""What a structured professional judgement has besides its ratings: the reasons for each, and who
judged, from what, and until when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child
from newel.record.outcomes.models.given import Form

REASONS, WHAT_IT_IS = "reasons", "what_it_is"
PARTS = [
    (REASONS, "Why it was judged so"),
    (WHAT_IT_IS, "What it is, in the words of those who judged"),
]
SOURCES = choices("asking/judgement.yaml", "sources_used")
HEARD = choices("asking/judgement.yaml", "heard")
LONGEST_LINE = 300


class Reason(models.Model):
    """The words beside one rating. Changed words are a new row; empty ones take back what was
    written. `item` is that of the definition; what a case-specific topic is stands at its first."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="reasons")
    item = models.CharField(max_length=60)
    part = models.CharField(max_length=10, choices=PARTS, default=REASONS)
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "item", "part"],
                condition=Q(is_current=True),
                name="outcomes_reason_one_current",
            ),
        ]


class Judgement(models.Model):
    """Who judged, from which sources, whether the young person was heard, what it comes to,
    and when it is looked at again. It belongs to one form; a change is a new row."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="judgements")
    assessors = models.TextField(blank=True, help_text="A person a line, with their profession.")
    are_trained = models.BooleanField(default=False, help_text="All of them, as they say.")
    sources_used = ArrayField(
        models.CharField(max_length=20, choices=SOURCES), default=list, blank=True
    )
    more_sources = models.TextField(blank=True)
    heard = models.CharField(max_length=20, choices=HEARD, blank=True)
    heard_words = models.TextField(blank=True, help_text="What they said of it, or why not heard.")
    conclusion = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    look_again_because = models.CharField(max_length=LONGEST_LINE, blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form"],
                condition=Q(is_current=True),
                name="outcomes_judgement_one_current",
            ),
        ]
