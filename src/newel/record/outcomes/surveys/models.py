"""What is kept of a survey: the wave, slips without an order, answers without a person, and what
was worked out from them.

The service cannot read a slip or an answer: two tables are shut to it, and it reaches them through
the few functions of `sql/surveys.sql`.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.establishments.models import Setting, Unit

STAFF, RESIDENTS = "staff", "residents"
ASKED = [(STAFF, "Staff"), (RESIDENTS, "Children and young people who live there")]


class Wave(models.Model):
    """One time that everybody of a unit, or the staff of a whole setting, are asked."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    measure = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(help_text="Of the definition.")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="The last day on which a slip works.")
    planned_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="outcomes_wave_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="outcomes_wave_closed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["measure", "setting", "unit"],
                nulls_distinct=False,
                condition=Q(closed_at__isnull=True),
                name="outcomes_wave_one_open_a_place",
            ),
        ]


class SurveyResult(models.Model):
    """What was worked out for one group, as it was on that day. It never changes afterwards.

    It is of one wave, or of several that were put together because each alone had too few forms
    (H18, H20). `figures` holds names and numbers as they were shown; `difference` is how staff
    and residents of the same waves differ, on the row of the staff.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(max_length=10, choices=ASKED)
    forms = models.PositiveIntegerField()
    figures = models.JSONField()
    difference = models.JSONField(default=dict, blank=True)
    worked_out_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    worked_out_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(forms__gte=5), name="outcomes_result_of_five_forms")
        ]


class WaveGroup(models.Model):
    """Who is asked in a wave: its staff, or its residents. Only the database's own function says
    in which result their forms were counted, and it says it once."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="groups")
    asked = models.CharField(max_length=10, choices=ASKED)
    result = models.ForeignKey(
        SurveyResult, on_delete=models.PROTECT, null=True, blank=True, related_name="groups"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "asked"], name="outcomes_wavegroup_once")
        ]


class SurveySlip(models.Model):
    """That a code works, and whether it was used. The code itself is kept nowhere, nor who drew it,
    nor when it was made or used. All slips of a group are written anew, in random order, each time
    that one of them changes."""

    code_hash = models.BinaryField(primary_key=True, max_length=32)
    group = models.ForeignKey(WaveGroup, on_delete=models.PROTECT, related_name="+", db_index=False)
    spent = models.BooleanField(default=False)


class SurveyForm(models.Model):
    """What one person answered, and nothing that leads to them: no slip, no time, no order.

    `day` is the first day of the wave, the same for all of it: the day on which somebody answered
    would say, beside the rota, who it was. All forms of a group are written anew, with new ids and
    in random order, each time that one comes in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(WaveGroup, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    answers = models.JSONField(help_text="Item and value; nothing where they did not answer.")
