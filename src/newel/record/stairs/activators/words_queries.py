"""Reading what the child said. What was taken back the database shows to nobody."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from newel.record.access.models import StaffMember
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.stairs.activators.words_models import (
    AdultView,
    ChildsWords,
    WordsChecked,
    WordsTakenBack,
)
from newel.record.stairs.scoping.queries import readable_by


@dataclass
class Saying:
    """What the child says now, and how the child said it before, latest first."""

    words: ChildsWords
    earlier: list[ChildsWords] = field(default_factory=list)

    def wording(self, public_id: str) -> ChildsWords:
        """The one that somebody had before them, whatever was said since."""
        return next(one for one in (self.words, *self.earlier) if one.public_id == public_id)


def childs_words(*, child: Child, visible_to: StaffMember) -> QuerySet[ChildsWords]:
    """As the child says it now, latest first, with what came of reading it back to the child in
    `checks_made`. For every format of the understanding: quoted, whole, with their mark."""
    return _all_words(child, visible_to).filter(is_current=True)


def sayings(*, child: Child, visible_to: StaffMember) -> list[Saying]:
    """The same with what was said before, in a constant number of queries."""
    rows = list(_all_words(child, visible_to))
    by_id = {row.pk: row for row in rows}
    return [Saying(row, _before(row, by_id)) for row in rows if row.is_current]


def _all_words(child: Child, visible_to: StaffMember) -> QuerySet[ChildsWords]:
    checks = WordsChecked.objects.select_related("checked_by").order_by("-checked_on", "-pk")
    views = AdultView.objects.select_related("written_by").order_by("written_at", "pk")
    return (
        ChildsWords.objects.filter(readable_by(visible_to), child=child)
        .select_related("written_by")
        .prefetch_related(
            Prefetch("checks", queryset=checks, to_attr="checks_made"),
            Prefetch("adult_views", queryset=views, to_attr="views_beside"),
        )
        .order_by("-told_on", "-pk")
    )


def _before(row: ChildsWords, by_id: dict[int, ChildsWords]) -> list[ChildsWords]:
    earlier = []
    step = row.replaces_id
    while step in by_id:
        earlier.append(by_id[step])
        step = by_id[step].replaces_id
    return earlier


def one_saying(*, child: Child, public_id: str, visible_to: StaffMember) -> Saying | None:
    """The saying to which these words belong, as the child says it now."""
    for saying in sayings(child=child, visible_to=visible_to):
        if public_id in {row.public_id for row in (saying.words, *saying.earlier)}:
            return saying
    return None


def taken_back(*, child: Child) -> list[WordsTakenBack]:
    """That something was taken back, when, and who wrote that down: none of the words."""
    rows = WordsTakenBack.objects.filter(child=child).select_related("written_by")
    return list(rows.order_by("-taken_back_on", "-pk"))


def on_the_page(*, child: Child) -> QuerySet[ChildsWords]:
    """What the child allows on “How to be with me” and somebody has read for it. Not what the child
    would say differently now, as long as nobody has written down how."""
    checks = WordsChecked.objects.filter(words=OuterRef("pk")).order_by("-checked_on", "-pk")
    as_said = checks.filter(outcome="as_said").values("checked_on")
    return (
        ChildsWords.objects.filter(
            child=child, is_current=True, sharing_level=READ_BY_CHILD, opened_at__isnull=False
        )
        .annotate(
            came_of_it=Coalesce(Subquery(checks.values("outcome")[:1]), Value("")),
            checked_on=Subquery(as_said[:1]),
        )
        .exclude(came_of_it="differently")
        .order_by("-told_on", "-pk")
    )
