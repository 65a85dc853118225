"""One time that a measure is given, and what was answered."""

from django.db import models
from django.db.models import F, Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child
from newel.record.outcomes.models.asked import ANSWERED_BY, Plan

OPEN, FINISHED, SET_ASIDE = "open", "finished", "set_aside"
STATES = [(OPEN, "Begun"), (FINISHED, "Finished"), (SET_ASIDE, "Set aside")]
WAYS = [
    ("tablet", "On a tablet, by their own hand"),
    ("together", "Together with an adult"),
    ("paper", "On paper, typed in afterwards"),
    ("link", "By a personal link"),
    ("judged", "Judged by professionals, from several sources"),
    ("elsewhere", "In another system, brought in as a file"),
]


# Of an answer: that it stands. One that was taken back holds neither.
GIVEN = Q(value__isnull=False) | Q(declined=True)


class Form(models.Model):
    """One time that a measure is given about a child. A form half answered stays open and can be
    gone on with; one that nobody will finish is set aside with a reason, its answers kept.

    Where the measure has an item that asks for a talk, `talk_to` and `cover` are the adults who
    will be told (H9); whoever answers is told so before the first question.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="measure_forms")
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="forms"
    )
    measure = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(help_text="Of the definition.")
    language = models.CharField(max_length=10, default="en")
    has_wording = models.BooleanField(default=False, help_text="Or our own labels.")
    answered_by = models.CharField(max_length=10, choices=ANSWERED_BY)
    way = models.CharField(max_length=10, choices=WAYS)
    due_on = models.DateField(null=True, blank=True)
    talk_to = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cover = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    answered_on = models.DateField(null=True, blank=True, help_text="The day the answers are of.")
    ended_at = models.DateTimeField(null=True, blank=True)
    set_aside_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "measure"], name="outcomes_form_of_measure")]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "measure", "answered_by"],
                condition=Q(state=OPEN),
                name="outcomes_form_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=OPEN, ended_at__isnull=True)
                | Q(state=FINISHED, ended_at__isnull=False, answered_on__isnull=False)
                | (Q(state=SET_ASIDE, ended_at__isnull=False) & ~Q(set_aside_because="")),
                name="outcomes_form_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(talk_to__isnull=True, cover__isnull=True)
                | Q(talk_to__isnull=False, cover__isnull=False) & ~Q(talk_to=F("cover")),
                name="outcomes_form_two_adults_or_none",
            ),
            # A judgement is put before nobody on a tablet, by a link or on paper.
            models.CheckConstraint(
                condition=Q(answered_by="assessor", way="judged")
                | ~Q(answered_by="assessor") & ~Q(way="judged"),
                name="outcomes_form_judged_by_assessors",
            ),
        ]


class Answer(models.Model):
    """One answer to one item. “I don't want to answer” is an answer. Another answer to the same
    item is a new row; the one before stays. A row with neither takes back an answer that was put
    down wrongly: the item is unanswered again.

    `written_by` is the adult who put it down; empty where the person answered by their own hand.
    `entry` is 2 where a paper form was typed a second time, to compare.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    declined = models.BooleanField(default=False)
    entry = models.PositiveSmallIntegerField(default=1)
    written_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "item", "entry"],
                condition=Q(is_current=True),
                name="outcomes_answer_one_current",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(declined=False),
                name="outcomes_answer_value_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(entry__in=(1, 2)), name="outcomes_answer_first_or_second_entry"
            ),
        ]
