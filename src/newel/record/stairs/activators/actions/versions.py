"""Agreeing a formulation: a version is frozen, once, and what the writer had not seen stops it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import policies, version_queries
from newel.record.stairs.activators.actions.opening import check_may_open, check_words
from newel.record.stairs.activators.map_queries import placed
from newel.record.stairs.activators.models import (
    AGREED,
    CopyMade,
    DifferingView,
    Evidence,
    FormulationVersion,
    Participant,
    Statement,
    StatementAsAgreed,
)
from newel.record.stairs.activators.rules.places import places_today
from newel.record.stairs.activators.version_queries import PersonAround
from newel.record.stairs.scoping.queries import events_taken_back, readable_by


@dataclass(frozen=True)
class Seen:
    """What stood on the page when the form was opened, by public id."""

    last: str = ""
    statements: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What the people who agreed say about it."""

    on: date
    summary: str
    summary_level: str
    involvement: str
    involvement_reason: str = ""
    people: Sequence[PersonAround] = ()
    others: Sequence[tuple[str, str]] = field(default_factory=tuple)  # name, what they do


class MeanwhileAgreed(NotNow):
    """Somebody else agreed a version while this person was writing."""

    def __init__(self, now_there: FormulationVersion | None) -> None:
        super().__init__(
            "Somebody else has agreed a version in the meantime. Nothing that you wrote is lost."
        )
        self.now_there = now_there


class ChangedMeanwhile(NotNow):
    """What would be agreed is not what this person had read."""

    def __init__(self) -> None:
        super().__init__(
            "What would be agreed has changed since you opened this page. Read what is different, "
            "then agree again.",
            field="seen_changes",
        )


@transaction.atomic
def agree_formulation(
    *, child: Child, agreement: Agreement, seen: Seen, by: StaffMember, at: datetime
) -> FormulationVersion:
    """The statements that this person may read, as they stand now, are the next version."""
    statements = _locked(child, by)
    last = version_queries.latest(child=child)
    if (last.public_id if last else "") != seen.last:
        raise MeanwhileAgreed(last)
    views = version_queries.standing_views(child=child, visible_to=by)
    _check_was_seen(statements, views, seen)
    policies.check_can_agree_formulation(statements)
    policies.check_day_of_agreeing(agreement.on, last=last)
    if agreement.summary_level == READ_BY_CHILD:
        check_may_open(by)
        check_words(agreement.summary, child=child, by=by, at=at, field="summary")
    version = _new_version(child, agreement, statements, views, last, by, at)
    _freeze(version, statements)
    _write_down_who(version, agreement)
    audit.record(
        "agree_formulation",
        thing="formulation_version",
        thing_id=version.pk,
        child_id=child.pk,
        fields=("agreed_on", "summary", "involvement", "participants", "statements"),
    )
    return version


def _locked(child: Child, by: StaffMember) -> list[Statement]:
    """In one order, so that two who agree wait for each other; and no statement changes now."""
    rows = Statement.objects.select_for_update(of=("self",))
    return list(rows.filter(readable_by(by), child=child, state=AGREED).order_by("pk"))


def _check_was_seen(
    standing: Iterable[Statement], views: Iterable[DifferingView], seen: Seen
) -> None:
    now = ({one.public_id for one in standing}, {one.public_id for one in views})
    if now != (seen.statements, seen.views):
        raise ChangedMeanwhile


def _new_version(
    child: Child,
    agreement: Agreement,
    standing: Sequence[Statement],
    views: Sequence[DifferingView],
    last: FormulationVersion | None,
    by: StaffMember,
    at: datetime,
) -> FormulationVersion:
    try:
        with transaction.atomic():
            return FormulationVersion.objects.create(
                child=child,
                number=1 + (last.number if last else version_queries.newest_number(child=child)),
                agreed_on=agreement.on,
                agreed_by=by,
                agreed_at=at,
                summary=agreement.summary,
                summary_level=agreement.summary_level,
                involvement=agreement.involvement,
                involvement_reason=agreement.involvement_reason,
                holds=len(standing),
                differing_views=[one.pk for one in views],
            )
    except IntegrityError as refused:
        if "number_once" not in str(refused):
            raise
        raise MeanwhileAgreed(version_queries.latest(child=child)) from refused


def _freeze(version: FormulationVersion, standing: Sequence[Statement]) -> None:
    gone = events_taken_back(child=version.child)
    linked = Evidence.objects.filter(statement__in=standing).exclude(event__in=gone).order_by("pk")
    backing: dict[tuple[int, str], list[int]] = {}
    for pk, statement, shows in linked.values_list("pk", "statement_id", "shows"):
        backing.setdefault((statement, shows), []).append(pk)
    StatementAsAgreed.objects.bulk_create(
        StatementAsAgreed(
            **asdict(places_today(one)),
            child_id=version.child_id,
            version=version,
            statement=one,
            confirmed_on=one.confirmed_on,  # type: ignore[misc]  # agreed: both are there
            confirm_by=one.confirm_by,
            sharing_level=one.sharing_level,
            named_readers=one.named_readers,
            written_by_id=one.written_by_id,
            backed_by=backing.get((one.pk, "for"), []),
            spoken_against_by=backing.get((one.pk, "against"), []),
        )
        for one in placed(standing, child=version.child)
    )


def _write_down_who(version: FormulationVersion, agreement: Agreement) -> None:
    around = [
        Participant(
            child_id=version.child_id,
            version=version,
            staff=one.staff,
            name=one.name,
            part=one.part,
            discipline=one.discipline,
            agency=one.agency,
        )
        for one in agreement.people
    ]
    others = [
        Participant(child_id=version.child_id, version=version, name=name, part=part)
        for name, part in agreement.others
    ]
    Participant.objects.bulk_create([*around, *others])


@transaction.atomic
def make_copy(
    *,
    version: FormulationVersion,
    for_whom: str,
    includes: str,
    kind: str,
    by: StaffMember,
    at: datetime,
) -> CopyMade:
    """A copy leaves Newel: for whom, and how much is in it, stays written down."""
    copy = CopyMade.objects.create(
        child_id=version.child_id,
        version=version,
        for_whom=for_whom,
        includes=includes,
        kind=kind,
        made_by=by,
        made_at=at,
    )
    audit.record(
        "make_copy",
        thing="copy_made",
        thing_id=copy.pk,
        child_id=version.child_id,
        fields=("for_whom", "includes", "kind"),
    )
    return copy
