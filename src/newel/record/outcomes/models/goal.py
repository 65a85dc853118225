"""Goals in people's own words, and which of them a form asks about."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child
from newel.record.outcomes.models.asked import ANSWERED_BY
from newel.record.outcomes.models.given import Form

HOW_TOLD = choices("understanding/childs_words.yaml", "how")
_GOES_ON = Q(is_current=True, ended_at__isnull=True)


class Goal(models.Model):
    """What somebody wants for the child's time here, in that person's own words.

    Words are never altered (H11): other words are another goal, a row that replaces this one. A
    goal that ends keeps why. `place` is where it stands on the form, so that those that go on are
    never more than the form has room for.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="goals")
    whose = models.CharField(max_length=10, choices=ANSWERED_BY)
    words = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField()
    since = models.DateField()
    how = models.CharField(max_length=20, choices=HOW_TOLD, blank=True)
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_current = models.BooleanField(default=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    ended_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "whose", "place"],
                condition=_GOES_ON,
                name="outcomes_goal_one_a_place",
            ),
            models.UniqueConstraint(
                "child", "whose", Lower("words"), condition=_GOES_ON, name="outcomes_goal_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="outcomes_goal_says_something"),
            models.CheckConstraint(condition=Q(place__gte=1), name="outcomes_goal_has_a_place"),
            models.CheckConstraint(
                condition=Q(whose="self") & ~Q(how="") | ~Q(whose="self") & Q(how=""),
                name="outcomes_goal_how_the_child_told_it",
            ),
            models.CheckConstraint(
                condition=Q(
                    ended_on__isnull=True,
                    ended_by__isnull=True,
                    ended_at__isnull=True,
                    ended_because="",
                )
                | Q(
                    ended_on__gte=F("since"),
                    ended_by__isnull=False,
                    ended_at__isnull=False,
                    is_current=True,
                )
                & ~Q(ended_because=""),
                name="outcomes_goal_ends_with_a_reason",
            ),
        ]


class GoalOnForm(models.Model):
    """That a question of a form is this goal. Written when the form is begun and never after, so
    that what is answered belongs to the words that were asked, whatever becomes of the goal."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="goals")
    item = models.CharField(max_length=60)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="on_forms")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "item"], name="outcomes_goalonform_one_an_item"
            ),
            models.UniqueConstraint(fields=["form", "goal"], name="outcomes_goalonform_goal_once"),
        ]
