"""Reading versions of a formulation. A statement shows in one to those who could read it then and
may read it now. The child given is one that `children.queries` found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q, QuerySet

from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.children import queries as children
from newel.record.children.models import Child, KeyworkerAssignment, TeamMember
from newel.record.establishments.models import DISCIPLINES, Post
from newel.record.stairs.activators.map_queries import placed
from newel.record.stairs.activators.models import (
    AGREED,
    Confirmation,
    CopyMade,
    DifferingView,
    FormulationVersion,
    Participant,
    Statement,
    StatementAsAgreed,
)
from newel.record.stairs.scoping.queries import possible_readers, readable_by

_DISCIPLINES = dict(DISCIPLINES)


def versions(*, child: Child) -> QuerySet[FormulationVersion]:
    """Latest first."""
    rows = FormulationVersion.objects.filter(child=child).select_related("agreed_by")
    return rows.order_by("-number")


def latest(*, child: Child) -> FormulationVersion | None:
    return versions(child=child).first()


def newest_number(*, child: Child) -> int:
    """Also of a version that is sealed for whoever asks: its number is not given again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT activators_last_version(%s::bigint)", [child.pk])
        number: int = cursor.fetchone()[0]
    return number


def version(*, child: Child, public_id: str) -> FormulationVersion | None:
    return versions(child=child).filter(public_id=public_id).first()


def as_agreed(
    *, versions: Iterable[FormulationVersion], visible_to: StaffMember
) -> dict[int, list[StatementAsAgreed]]:
    """version id -> its statements that this person may read. One query for all versions, and one
    for the people."""
    found: dict[int, list[StatementAsAgreed]] = {one.pk: [] for one in versions}
    rows = (
        StatementAsAgreed.objects.filter(
            readable_by(visible_to), _statement_is_open_to(visible_to), version__in=list(found)
        )
        .select_related("statement")
        .prefetch_related("statement__agreed_by", "statement__ended_by")  # few people, many rows
        .order_by("statement__said_on", "statement_id")
    )
    for row in rows:
        found[row.version_id].append(row)
    return found


def as_agreed_and_now(
    *, version: FormulationVersion, child: Child, visible_to: StaffMember
) -> tuple[list[StatementAsAgreed], list[Statement]]:
    """What a version holds and what it would hold now. Most statements are on both sides, so each
    is read once: the rows of the version are joined to it here and not in the database."""
    rows = StatementAsAgreed.objects.filter(readable_by(visible_to), version=version)
    then = list(rows.order_by("statement__said_on", "statement_id"))
    either = Q(state=AGREED) | Q(pk__in=[row.statement_id for row in then])
    found = Statement.objects.filter(either, readable_by(visible_to), child=child)
    known = {one.pk: one for one in found.prefetch_related("agreed_by", "ended_by")}
    open_to_them = [row for row in then if row.statement_id in known]
    for row in open_to_them:
        row.statement = known[row.statement_id]
    now = [one for one in known.values() if one.state == AGREED]
    return open_to_them, placed(sorted(now, key=lambda one: (one.said_on, one.pk)), child=child)


def _statement_is_open_to(staff: StaffMember) -> Q:
    """`readable_by`, said of the statement as it is now, through the row that is joined anyway."""
    return _through("statement", readable_by(staff))


def _through(relation: str, condition: Q) -> Q:
    told = [_one_through(relation, one) for one in condition.children]
    joined = Q(*told, _connector=condition.connector)
    return ~joined if condition.negated else joined


def _one_through(relation: str, one: Any) -> Any:
    if isinstance(one, Q):
        return _through(relation, one)
    return (f"{relation}__{one[0]}", one[1])


def agreed_now(*, child: Child, visible_to: StaffMember) -> list[Statement]:
    """What a version would hold if it were agreed now, each with where it stands."""
    rows = Statement.objects.filter(readable_by(visible_to), child=child, state=AGREED)
    rows = rows.prefetch_related("agreed_by", "ended_by")  # few people, many rows
    return placed(rows.order_by("said_on", "pk"), child=child)


def drafts_now(*, child: Child, visible_to: StaffMember) -> int:
    rows = Statement.objects.filter(readable_by(visible_to), child=child, state="draft")
    return rows.count()


def statements_called(
    *, child: Child, public_ids: Iterable[str], visible_to: StaffMember
) -> list[Statement]:
    """These statements, whatever has become of them."""
    rows = Statement.objects.filter(readable_by(visible_to), child=child)
    rows = rows.filter(public_id__in=list(public_ids)).select_related("agreed_by", "ended_by")
    return placed(rows.order_by("said_on", "pk"), child=child)


def came_from(*, child: Child, visible_to: StaffMember) -> dict[int, int]:
    """statement id -> the id of the wording that it replaced."""
    rows = Statement.objects.filter(readable_by(visible_to), child=child)
    return dict(rows.filter(replaces__isnull=False).values_list("pk", "replaces_id"))


def agreed_anew(*, child: Child, visible_to: StaffMember) -> dict[int, int]:
    """Looked at again, and still agreed in the same words: the id of the wording -> the id of the
    one that counts now."""
    same = ExpressionWrapper(Q(text=F("replaces__text")), output_field=BooleanField())
    rows = Statement.objects.filter(readable_by(visible_to), child=child, replaces__isnull=False)
    told = (
        rows.annotate(same=same).order_by("-pk").values_list("pk", "replaces_id", "same", "state")
    )
    found: dict[int, int] = {}
    for pk, before, same_words, state in told:  # the newest first
        if same_words and (state == AGREED or pk in found):
            found[before] = found.get(pk, pk)
    return found


def confirmations_since(*, child: Child, since: datetime) -> QuerySet[Confirmation]:
    """What was seen, latest first; the policy hides those of statements that one may not read."""
    return (
        Confirmation.objects.filter(child=child, written_at__gt=since)
        .prefetch_related("confirmed_by")
        .order_by("-written_at", "-pk")
    )


def standing_views(*, child: Child, visible_to: StaffMember) -> list[DifferingView]:
    """What is not agreed now."""
    return list(_views(child, visible_to).filter(is_current=True))


def views_then_and_now(
    *, child: Child, ids: Iterable[int], visible_to: StaffMember
) -> tuple[list[DifferingView], list[DifferingView]]:
    """Those called, and those that stand now, in one query."""
    called = frozenset(ids)
    either = Q(pk__in=called) | Q(is_current=True)
    found = list(_views(child, visible_to).filter(either))
    return [one for one in found if one.pk in called], [one for one in found if one.is_current]


def views_about(
    *, child: Child, wordings: Iterable[Statement], visible_to: StaffMember
) -> list[DifferingView]:
    """What was ever said against a statement, in whichever wording it had then."""
    about = [one.pk for one in wordings]
    return list(_views(child, visible_to).filter(statement__in=about))


def views_called(
    *, child: Child, ids: Iterable[int], visible_to: StaffMember
) -> list[DifferingView]:
    return list(_views(child, visible_to).filter(pk__in=list(ids)))


def views_named(
    *, child: Child, public_ids: Iterable[str], visible_to: StaffMember
) -> list[DifferingView]:
    return list(_views(child, visible_to).filter(public_id__in=list(public_ids)))


def view(*, child: Child, public_id: str, visible_to: StaffMember) -> DifferingView | None:
    return _views(child, visible_to).filter(public_id=public_id).first()


def _views(child: Child, visible_to: StaffMember) -> QuerySet[DifferingView]:
    about = Q(statement__isnull=True) | _statement_is_open_to(visible_to)
    rows = DifferingView.objects.filter(readable_by(visible_to), about, child=child)
    return rows.select_related("statement", "written_by", "settled_by").order_by("written_at", "pk")


def participants(*, version: FormulationVersion) -> list[Participant]:
    return list(Participant.objects.filter(version=version).order_by("pk"))


def copies(*, version: FormulationVersion) -> QuerySet[CopyMade]:
    """Which copies are out, latest first."""
    return version.copies.select_related("made_by").order_by("-made_at", "-pk")


def copy_made(*, child: Child, public_id: str, made_by: StaffMember) -> CopyMade | None:
    """Only for who made it."""
    rows = CopyMade.objects.filter(child=child, public_id=public_id, made_by=made_by)
    return rows.select_related("version__agreed_by", "made_by").first()


@dataclass(frozen=True, kw_only=True)
class PersonAround:
    """Somebody who works with the child now, with or without a sign-in of their own."""

    code: str
    staff: StaffMember | None
    name: str
    part: str
    discipline: str
    agency: str

    @property
    def in_words(self) -> str:
        more = (self.part, _DISCIPLINES.get(self.discipline, ""), self.agency)
        told = dict.fromkeys(one for one in (self.name, *more) if one)
        return ", ".join(told)


def people_around(*, child: Child, at: datetime) -> list[PersonAround]:
    """The team first, then everybody else whose work opens the record. Three queries."""
    team = [_of_the_team(one) for one in children.team_now(child=child, at=at)]
    known = {one.staff.pk for one in team if one.staff}
    posts = Prefetch(
        "posts",
        queryset=Post.objects.now(at).select_related("agency").order_by("pk"),
        to_attr="posts_now",
    )
    staff = possible_readers(child=child, at=at).prefetch_related(posts)
    return team + [_of_the_staff(one) for one in staff if one.pk not in known]


def _of_the_team(one: TeamMember) -> PersonAround:
    return PersonAround(
        code=f"team-{one.public_id}",
        staff=one.staff,
        name=one.name,
        part=one.part,
        discipline=one.discipline,
        agency=one.agency.name,
    )


def _of_the_staff(one: StaffMember) -> PersonAround:
    post = next(iter(one.posts_now), None)  # type: ignore[attr-defined]
    return PersonAround(
        code=f"staff-{one.public_id}",
        staff=one,
        name=one.name,
        part=one.their_role.name,
        discipline=post.discipline if post else "",
        agency=post.agency.name if post else "",
    )


def name_behind(*, code: str, child: Child) -> str:
    """Who was meant by a choice that is no longer offered."""
    kind, _, public_id = code.partition("-")
    if kind == "staff":
        found = StaffMember.objects.filter(public_id=public_id).first()
        return found.name if found else ""
    member = TeamMember.objects.filter(child=child, public_id=public_id).first()
    return member.name if member else ""


def names_of_the_gone(*, child: Child, around: Sequence[PersonAround]) -> frozenset[str]:
    """Sort keys of everybody who once worked with this child and does not now. Three queries."""
    here = {sort_key(one.name) for one in around}
    settings = child.stays.values("setting")
    names = [
        *TeamMember.objects.filter(child=child).values_list("name", flat=True),
        *KeyworkerAssignment.objects.filter(child=child).values_list("staff__name", flat=True),
        *Post.objects.filter(setting__in=settings, ends_at__isnull=False).values_list(
            "staff__name", flat=True
        ),
    ]
    return frozenset(sort_key(name) for name in names) - here
