"""Places of care, the posts of those who work there, and what a setting has on record about itself.

A post is what opens a unit to somebody. What is on record is what opens a setting to children.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id

SETTING_TYPES = choices("places/settings.yaml", "setting_types")
DISCIPLINES = choices("places/settings.yaml", "disciplines")
AGENCY_KINDS = choices("places/settings.yaml", "agency_kinds")


class SameId(Func):
    """A range of one id, so that an exclusion constraint needs no extension."""

    function = "int8range"

    def __init__(self, field: str, *, when_empty: int | None = None) -> None:
        one = F(field) if when_empty is None else Coalesce(F(field), Value(when_empty))
        super().__init__(one, one, Value("[]"))


class Period(Func):
    function = "tstzrange"

    def __init__(self, start: str, end: str) -> None:
        super().__init__(F(start), F(end), Value("[)"))


class Agency(models.Model):
    """An employer: the care provider, an NHS trust, a council."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=160, unique=True)
    name_key = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=40, choices=AGENCY_KINDS)


class Setting(models.Model):
    """A secure home, a young offender institution, a ward service, a community team."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=160, unique=True)
    name_key = models.CharField(max_length=200, db_index=True)
    setting_type = models.CharField(max_length=40, choices=SETTING_TYPES)
    in_scope_of_commissioning = models.BooleanField(default=True)

    @cached_property
    def type_in_words(self) -> str:
        return dict(SETTING_TYPES)[self.setting_type]


class Unit(models.Model):
    """A house, landing or ward within a setting."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "name_key"], name="establishments_unit_name_once"
            )
        ]


class PostQuerySet(models.QuerySet["Post"]):
    def now(self, at: object) -> "PostQuerySet":
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)


class Post(models.Model):
    """Where somebody works, from when until when: one unit, or a whole setting."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="posts")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    discipline = models.CharField(max_length=30, choices=DISCIPLINES)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="establishments_post_ends_after_start",
            ),
            ExclusionConstraint(
                name="establishments_post_once_a_place",
                expressions=[
                    (SameId("staff"), RangeOperators.OVERLAPS),
                    (SameId("setting"), RangeOperators.OVERLAPS),
                    (SameId("unit", when_empty=0), RangeOperators.OVERLAPS),
                    (Period("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class OnRecord(models.Model):
    """What a setting has put on record about itself before it enters children.

    Never overwritten: a new row replaces the old one, and what no longer holds is withdrawn, with
    the reason. The database lets nothing else of a row change.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="+")
    is_fiction = models.BooleanField(default=False, help_text="Made up for the demo.")
    recorded_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawn_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class DataProtectionAssessment(OnRecord):
    """That the setting has assessed what it does with children's data, who signed it, and when it
    is looked at again. The assessment itself is kept where the setting keeps such papers."""

    reference = models.CharField(max_length=200, help_text="Where the paper itself is found.")
    signed_by = models.CharField(max_length=200, help_text="Name and job, in words.")
    signed_on = models.DateField()
    review_on = models.DateField()


class SafetyOfficer(OnRecord):
    """The Clinical Safety Officer: the clinician who answers for safety where Newel is used."""

    name = models.CharField(max_length=160)
    registration = models.CharField(max_length=200, help_text="In words; nobody has checked it.")
    appointed_on = models.DateField()


class SharingAgreement(OnRecord):
    """Which agencies may share what about the children of a setting, and until when."""

    reference = models.CharField(max_length=200)
    agencies = models.ManyToManyField(Agency, related_name="+")
    agreed_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)


class ConfirmDays(models.Model):
    """Within how many days a setting wants one kind of statement confirmed. The newest row counts;
    the older ones stay as history."""

    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="confirm_days")
    kind = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, help_text="Who or what says so.")
    set_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["setting", "kind", "-id"])]


class SharingChoice(models.Model):
    """Who usually reads what is written in a setting, and the setting's own words for its team.
    The newest row counts; the older ones stay as history."""

    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="sharing_choices")
    team_in_words = models.CharField(max_length=200, blank=True)
    levels = models.JSONField(default=dict, help_text="A kind of writing and its level.")
    set_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
