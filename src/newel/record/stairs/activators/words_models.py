"""What the child said, as the child said it, and what adults wrote beside it.

Part of this room's models; in a file of its own because the child's words are kept apart from what
adults understand.
"""

from django.db import models
from django.db.models import Q

from newel.definitions import choices
from newel.record.access.models import StaffMember
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import Child, WrittenAboutChild

HOW_TOLD = choices("understanding/childs_words.yaml", "how")
OUTCOMES = choices("understanding/childs_words.yaml", "outcomes")


class ChildsWords(WrittenAboutChild):
    """What the child said, written down by an adult in the child's own words.

    Nobody changes them. If they were taken down wrongly, or the child says it differently now, the
    new words stand beside them and these become earlier words. Who may read them, and whether they
    may stand on paper, was chosen with the child.
    """

    words = models.TextField()
    saying = models.CharField(
        max_length=14,
        default=new_public_id,
        editable=False,
        help_text="The same for words and all their earlier wordings.",
    )
    told_on = models.DateField()
    how = models.CharField(max_length=20, choices=HOW_TOLD)
    where_told = models.CharField(max_length=200, blank=True)
    child_allows_page = models.BooleanField(default=False)
    opened_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="activators_childswords_says_something"
            ),
            models.CheckConstraint(
                condition=Q(whose_words="child"), name="activators_childswords_are_the_childs"
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None, opened_at=None)
                | Q(
                    opened_by__isnull=False,
                    opened_at__isnull=False,
                    child_allows_page=True,
                    sharing_level="child_open",
                ),
                name="activators_childswords_on_paper_if_the_child_allows",
            ),
        ]


class WordsChecked(models.Model):
    """The words were read back to the child: by whom, when, and what the child said about them."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    words = models.ForeignKey(ChildsWords, on_delete=models.CASCADE, related_name="checks")
    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    what_child_said = models.TextField(blank=True)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()


class AdultView(models.Model):
    """What an adult thinks about something the child said: beside the words, never over them."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    words = models.ForeignKey(ChildsWords, on_delete=models.CASCADE, related_name="adult_views")
    text = models.TextField()
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="activators_adultview_says_something"
            )
        ]


class WordsTakenBack(models.Model):
    """The child did not want this here any more. From then on nobody sees the words, nor earlier
    wordings of them: the policy of the database hides them, and this row is the mark that stays."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    saying = models.CharField(max_length=14, unique=True)
    taken_back_on = models.DateField()
    written_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
