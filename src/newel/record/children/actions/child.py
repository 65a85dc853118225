"""Writing down that a child is coming, and who the child is."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.children.actions.sealing import ask_whether_known
from newel.record.children.models import (
    Child,
    ChildName,
    CommunicationNeed,
    EarlierFact,
    Identifier,
    Stay,
    UnitStay,
)
from newel.record.children.policies import (
    NUMBER_ON_ANOTHER_RECORD,
    NotNow,
    check_can_stay_again,
    check_setting_is_ready,
)
from newel.record.establishments.models import Unit

CHANGEABLE = {fact for fact, _ in EarlierFact.FACTS}


@transaction.atomic
def refer(
    *,
    by: StaffMember,
    at: datetime,
    unit: Unit,
    preferred_name: str,
    born_on: date | None = None,
    pronouns: str = "",
    first_language: str = "",
    interpreter_needed: bool | None = None,
    expected_at: datetime | None = None,
    nhs_number: str = "",
) -> Child:
    """A child is coming: from now on the unit can prepare."""
    check_setting_is_ready(unit.setting)
    child = Child.objects.create(
        id=_fresh_id(),
        preferred_name=preferred_name,
        name_key=sort_key(preferred_name),
        pronouns=pronouns,
        born_on=born_on,
        first_language=first_language,
        interpreter_needed=interpreter_needed,
        entered_at=at,
        entered_by=by,
    )
    if nhs_number:
        add_identifier(child=child, system=Identifier.NHS_NUMBER, value=nhs_number)
    _begin_stay(child, by, at, unit, expected_at)
    ask_whether_known(child=child, at=at)
    return child


@transaction.atomic
def refer_again(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    unit: Unit,
    expected_at: datetime | None = None,
) -> Stay:
    """A child whom Newel knows already is coming: the same record goes on."""
    check_setting_is_ready(unit.setting)
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)  # one referral after the other
    check_can_stay_again(child, unit.setting)
    return _begin_stay(child, by, at, unit, expected_at)


def _begin_stay(
    child: Child, by: StaffMember, at: datetime, unit: Unit, expected_at: datetime | None
) -> Stay:
    stay = Stay.objects.create(
        child=child, setting=unit.setting, referred_at=at, expected_at=expected_at, entered_by=by
    )
    UnitStay.objects.create(child=child, stay=stay, unit=unit, starts_at=at)
    audit.record("refer", thing="stay", thing_id=stay.pk, child_id=child.pk, fields=("unit",))
    return stay


def _fresh_id() -> int:
    """An id in reach of whoever writes the child down; the database gives it (reach.sql)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_new_child()")
        return int(cursor.fetchone()[0])


@transaction.atomic
def change_child(*, child: Child, by: StaffMember, at: datetime, **changes: Any) -> None:
    """New facts about who the child is. What stood there before is kept; only the names of the
    fields go to the audit."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"Not something to change here: {', '.join(sorted(unknown))}.")
    now = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    changed = tuple(name for name, value in changes.items() if getattr(now, name) != value)
    for name in changed:
        before = _as_kept(getattr(now, name))
        EarlierFact.objects.create(
            child=child, fact=name, value=before, changed_by=by, changed_at=at
        )
        setattr(child, name, changes[name])
    if changed:
        child.name_key = sort_key(child.preferred_name)
        child.save(update_fields=[*changed, *(["name_key"] if "preferred_name" in changed else [])])
        audit.record(
            "change_child", thing="child", thing_id=child.pk, child_id=child.pk, fields=changed
        )


def _as_kept(value: Any) -> str:
    """A day as 2011-03-04, an answer as yes or no, and nothing where nothing stood."""
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@transaction.atomic
def add_name(*, child: Child, name: str, kind: str) -> ChildName:
    if ChildName.objects.filter(child=child, name_key=sort_key(name), kind=kind).exists():
        raise NotNow("This name is already written down.", field="name")
    other = ChildName.objects.create(child=child, name=name, name_key=sort_key(name), kind=kind)
    audit.record(
        "add_name",
        thing="child_name",
        thing_id=other.pk,
        child_id=child.pk,
        fields=("name", "kind"),
    )
    return other


@transaction.atomic
def add_identifier(*, child: Child, system: str, value: str) -> Identifier:
    """A number is one child's. Who else has it is not said: their record may be out of reach."""
    if Identifier.objects.filter(child=child, system=system, value=value).exists():
        raise NotNow("This number is already written down for this child.", field="value")
    try:
        with transaction.atomic():
            identifier = Identifier.objects.create(child=child, system=system, value=value)
    except IntegrityError as error:
        raise NotNow(NUMBER_ON_ANOTHER_RECORD, field="value") from error
    audit.record(
        "add_identifier",
        thing="identifier",
        thing_id=identifier.pk,
        child_id=child.pk,
        fields=("system", "value"),
    )
    return identifier


@transaction.atomic
def take_identifier_away(*, identifier: Identifier) -> None:
    """It was another child's, or mistyped. That it was here stays in the audit."""
    _gone("take_identifier_away", "identifier", identifier.pk, identifier.child_id)
    identifier.delete()


@transaction.atomic
def take_name_away(*, name: ChildName) -> None:
    _gone("take_name_away", "child_name", name.pk, name.child_id)
    name.delete()


def _gone(act: str, thing: str, thing_id: int, child_id: int) -> None:
    audit.record(act, thing=thing, thing_id=thing_id, child_id=child_id)


@transaction.atomic
def record_communication_need(
    *, child: Child, by: StaffMember, at: datetime, need: str, how_to_meet: str, review_on: date
) -> CommunicationNeed:
    recorded = CommunicationNeed.objects.create(
        child=child,
        need=need,
        how_to_meet=how_to_meet,
        recorded_by=by,
        recorded_at=at,
        review_on=review_on,
    )
    audit.record(
        "record_communication_need",
        thing="communication_need",
        thing_id=recorded.pk,
        child_id=child.pk,
        fields=("need", "how_to_meet", "review_on"),
    )
    return recorded


@transaction.atomic
def end_communication_need(*, need: CommunicationNeed, at: datetime) -> None:
    need.ended_at = at
    need.save(update_fields=["ended_at"])
    audit.record(
        "end_communication_need",
        thing="communication_need",
        thing_id=need.pk,
        child_id=need.child_id,
        fields=("ended_at",),
    )
