"""Sealing a changed identity, opening it by name, and a child who comes back."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from newel.record.access import audit, transactions
from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.access.public_ids import new_public_id
from newel.record.children.models import (
    Child,
    ChildName,
    Identifier,
    PerhapsSame,
    Sealing,
    SealOpening,
)
from newel.record.children.policies import NotNow

MOST_ALIKE = 5


@transaction.atomic
def ask_to_seal(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    why: str,
    new_name: str = "",
    names: list[ChildName] | None = None,
    numbers: list[Identifier] | None = None,
    history_before: date | None = None,
) -> Sealing:
    """Nothing is sealed yet: a governance lead confirms it."""
    if not (new_name or names or numbers or history_before):
        raise NotNow("Choose what is sealed: a name, a number, or the history before a day.")
    try:
        with transaction.atomic():
            asked = Sealing.objects.create(
                child=child,
                why=why,
                new_name=new_name,
                new_name_key=sort_key(new_name),
                names=[name.pk for name in names or []],
                numbers=[number.pk for number in numbers or []],
                history_before=history_before,
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError as error:
        raise NotNow("Somebody has already asked for a sealing. It waits to be confirmed.") from (
            error
        )
    _tell("ask_to_seal", "sealing", asked.pk, child.pk, "names", "numbers", "history_before")
    return asked


@transaction.atomic
def confirm_sealing(*, sealing: Sealing, by: StaffMember, at: datetime) -> None:
    """From this moment nobody finds, sees or prints what is sealed. The second of two people."""
    if sealing.asked_by_id == by.pk:
        raise NotNow("Two people decide this. Ask another governance lead.")
    _check_waits(sealing)
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_seal(%s, %s)", [sealing.pk, at])
    _tell("confirm_sealing", "sealing", sealing.pk, sealing.child_id, "confirmed_at")


@transaction.atomic
def set_sealing_aside(*, sealing: Sealing, by: StaffMember, at: datetime) -> None:
    """It was asked for by mistake, or is not right yet: nothing is sealed, and it can be asked for
    anew. What was asked for stays."""
    _check_waits(sealing)
    sealing.set_aside_by, sealing.set_aside_at = by, at
    sealing.save(update_fields=["set_aside_by", "set_aside_at"])
    _tell("set_sealing_aside", "sealing", sealing.pk, sealing.child_id, "set_aside_at")


def _check_waits(sealing: Sealing) -> None:
    now = Sealing.objects.select_for_update(of=("self",)).get(pk=sealing.pk)
    if now.confirmed_at is not None:
        raise NotNow("Somebody has already confirmed this.")
    if now.set_aside_at is not None:
        raise NotNow("Somebody has already set this aside. It can be asked for anew.")


@transaction.atomic
def open_seal(
    *,
    sealing: Sealing,
    staff: StaffMember,
    by: StaffMember,
    at: datetime,
    why: str,
    ends_at: datetime,
) -> SealOpening:
    """By name, for a reason, until an end. Reaching the child is needed beside it."""
    if staff.pk == by.pk:
        raise NotNow("You cannot open it to yourself.", field="staff")
    opened = SealOpening.objects.create(
        child_id=sealing.child_id,
        sealing=sealing,
        staff=staff,
        why=why,
        given_by=by,
        starts_at=at,
        ends_at=ends_at,
    )
    _tell("open_seal", "seal_opening", opened.pk, sealing.child_id, "staff", "ends_at")
    return opened


@transaction.atomic
def close_seal(*, opening: SealOpening, at: datetime) -> None:
    opening.ends_at = max(at, opening.starts_at + timedelta(seconds=1))
    opening.save(update_fields=["ends_at"])
    _tell("close_seal", "seal_opening", opening.pk, opening.child_id, "ends_at")


@transaction.atomic
def ask_whether_known(*, child: Child, at: datetime) -> None:
    """Of the governance lead. Nothing comes back here, found or not."""
    ids = [new_public_id() for _ in range(MOST_ALIKE)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_perhaps_known(%s, %s::varchar[], %s)", [child.pk, ids, at])


@transaction.atomic
def say_same(*, pair: PerhapsSame, by: StaffMember, at: datetime) -> None:
    """The child came back: the stay goes on, on the earlier record."""
    pair.refresh_from_db()
    if pair.is_same is not None:
        raise NotNow("Somebody has already said whether it is the same child.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_return(%s, %s, %s)", [pair.pk, new_public_id(), at])
        made: int = cursor.fetchone()[0]
    transactions.reach_again()
    _tell("say_same", "stay", made, pair.earlier_id, "child")
    _tell("say_same", "perhaps_same", pair.pk, pair.child_id, "is_same")


@transaction.atomic
def say_another(*, pair: PerhapsSame, by: StaffMember, at: datetime) -> None:
    pair.refresh_from_db()
    if pair.is_same is not None:
        raise NotNow("Somebody has already said whether it is the same child.")
    pair.is_same, pair.said_by, pair.said_at = False, by, at
    pair.save(update_fields=["is_same", "said_by", "said_at"])
    _tell("say_another", "perhaps_same", pair.pk, pair.child_id, "is_same")


def _tell(act: str, thing: str, thing_id: int, child_id: int, *fields: str) -> None:
    audit.record(act, thing=thing, thing_id=thing_id, child_id=child_id, fields=fields)
