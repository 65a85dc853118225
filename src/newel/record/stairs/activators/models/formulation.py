"""A formulation as it was agreed on a day: frozen, and numbered child by child."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import READ_BY_CHILD, SHARING_LEVELS, Child
from newel.record.establishments.models import DISCIPLINES
from newel.record.stairs.activators.map_models import AREAS, FIVE_PS, LIFE_STAGES
from newel.record.stairs.activators.models.statement import Statement

DISCIPLINES_IN_WORDS = dict(DISCIPLINES)
INVOLVEMENT = choices("understanding/formulation.yaml", "involvement")
SUMMARY_LEVELS = [level for level in SHARING_LEVELS if level[0] in (READ_BY_CHILD, "team")]


class FormulationVersion(models.Model):
    """What a team agreed on a day as its best understanding: never altered, never taken away.

    The words are in the rows of the statements, which nobody overwrites; what could change since
    (until when each counts, who may read it, what backs it) is frozen in `StatementAsAgreed`.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="formulation_versions")
    number = models.PositiveIntegerField()
    agreed_on = models.DateField(help_text="The day on which the people agreed.")
    agreed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(help_text="When it was written down.")
    summary = models.TextField(help_text="Written by a person, never assembled.")
    summary_level = models.CharField(max_length=30, choices=SUMMARY_LEVELS, default="team")
    involvement = models.CharField(max_length=20, choices=INVOLVEMENT)
    involvement_reason = models.TextField(blank=True)
    holds = models.PositiveIntegerField(help_text="How many statements, to say what is held back.")
    differing_views = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Ids of views that stood."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "number"], name="activators_formulationversion_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, holds__gte=1),
                name="activators_formulationversion_holds_something",
            ),
            models.CheckConstraint(
                condition=~Q(summary=""), name="activators_formulationversion_has_a_summary"
            ),
            models.CheckConstraint(
                condition=Q(summary_level__in=(READ_BY_CHILD, "team")),
                name="activators_formulationversion_team_reads_summary",
            ),
            models.CheckConstraint(
                condition=Q(involvement="direct") | ~Q(involvement_reason=""),
                name="activators_formulationversion_says_why_not_direct",
            ),
        ]


class StatementAsAgreed(models.Model):
    """A statement as it stood in a version: until when it counted, for whom, what backed it, and
    where it stood on the maps. It may have been moved since; here it stays where it was."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(
        FormulationVersion, on_delete=models.CASCADE, related_name="statements"
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="as_agreed")
    confirmed_on = models.DateField()
    confirm_by = models.DateField()
    sharing_level = models.CharField(max_length=30, choices=SHARING_LEVELS)
    named_readers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    five_ps = ArrayField(models.CharField(max_length=20, choices=FIVE_PS), default=list, blank=True)
    area = models.CharField(max_length=20, choices=AREAS)
    life_stage = models.CharField(max_length=20, choices=LIFE_STAGES, blank=True)
    backed_by = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Ids of evidence for it."
    )
    spoken_against_by = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Ids of evidence against."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "statement"], name="activators_statementasagreed_once"
            )
        ]


class Participant(models.Model):
    """Somebody who took part in agreeing a version, as they were called then."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(
        FormulationVersion, on_delete=models.CASCADE, related_name="participants"
    )
    staff = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=160)
    part = models.CharField(max_length=160, blank=True, help_text="What they do for the child.")
    discipline = models.CharField(max_length=30, choices=DISCIPLINES, blank=True)
    agency = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="activators_participant_has_a_name")
        ]
