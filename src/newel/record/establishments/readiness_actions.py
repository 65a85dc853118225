"""Putting on record what has to be there before children are entered. Nothing is overwritten."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.establishments import readiness_queries
from newel.record.establishments.models import (
    Agency,
    DataProtectionAssessment,
    OnRecord,
    SafetyOfficer,
    Setting,
    SharingAgreement,
)
from newel.record.establishments.policies import AlreadyThere
from newel.record.establishments.readiness import AGREEMENT, ASSESSMENT, MODELS, OFFICER, kind_of

SECOND = (
    "Somebody else has recorded this while you were typing. What they recorded stands beside this "
    "form. If yours is right, save again: it replaces theirs."
)


@transaction.atomic
def record_assessment(
    *,
    setting: Setting,
    by: StaffMember,
    at: datetime,
    reference: str,
    signed_by: str,
    signed_on: date,
    review_on: date,
    replaces: OnRecord | None = None,
    is_fiction: bool = False,
) -> DataProtectionAssessment:
    _check_replaces_what_counts(setting, ASSESSMENT, replaces)
    row = DataProtectionAssessment.objects.create(
        reference=reference,
        signed_by=signed_by,
        signed_on=signed_on,
        review_on=review_on,
        **_who_and_when(setting, by, at, replaces, is_fiction),
    )
    _tell("record_assessment", row, "reference", "signed_by", "signed_on", "review_on")
    return row


@transaction.atomic
def record_officer(
    *,
    setting: Setting,
    by: StaffMember,
    at: datetime,
    name: str,
    registration: str,
    appointed_on: date,
    replaces: OnRecord | None = None,
    is_fiction: bool = False,
) -> SafetyOfficer:
    _check_replaces_what_counts(setting, OFFICER, replaces)
    row = SafetyOfficer.objects.create(
        name=name,
        registration=registration,
        appointed_on=appointed_on,
        **_who_and_when(setting, by, at, replaces, is_fiction),
    )
    _tell("record_officer", row, "name", "registration", "appointed_on")
    return row


@transaction.atomic
def record_agreement(
    *,
    setting: Setting,
    by: StaffMember,
    at: datetime,
    reference: str,
    agencies: list[Agency],
    agreed_on: date,
    review_on: date,
    ends_on: date | None = None,
    replaces: OnRecord | None = None,
    is_fiction: bool = False,
) -> SharingAgreement:
    """There may be several at once. `replaces` is the one that this is the newer version of."""
    _hold(setting)
    if replaces is not None:
        _check_counts(setting, AGREEMENT, replaces)
    row = SharingAgreement.objects.create(
        reference=reference,
        agreed_on=agreed_on,
        review_on=review_on,
        ends_on=ends_on,
        **_who_and_when(setting, by, at, replaces, is_fiction),
    )
    row.agencies.set(agencies)
    _tell("record_agreement", row, "reference", "agencies", "agreed_on", "review_on", "ends_on")
    return row


@transaction.atomic
def withdraw(*, row: OnRecord, by: StaffMember, at: datetime, because: str) -> None:
    """It no longer holds, and nothing takes its place: no further child is entered until it does.
    Children who are written down already are not touched."""
    rows = MODELS[kind_of(row)].objects
    row.refresh_from_db(from_queryset=rows.select_for_update(of=("self",)))
    if row.withdrawn_at is not None:
        raise AlreadyThere("Somebody has already withdrawn this.")
    if rows.filter(replaces=row).exists():
        raise AlreadyThere("Somebody has replaced this: it no longer counts.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_because = by, at, because
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    _tell("withdraw_on_record", row, "withdrawn_at", "withdrawn_because")


def _who_and_when(
    setting: Setting, by: StaffMember, at: datetime, replaces: OnRecord | None, is_fiction: bool
) -> dict[str, Any]:
    return {
        "setting": setting,
        "recorded_by": by,
        "recorded_at": at,
        "replaces": replaces,
        "is_fiction": is_fiction,
    }


def _check_replaces_what_counts(setting: Setting, kind: str, replaces: OnRecord | None) -> None:
    """One row of this kind counts at a time; of two who record at once the second is told."""
    _hold(setting)
    counts = readiness_queries.on_record(setting=setting, kind=kind).first()
    if (counts and counts.pk) != (replaces and replaces.pk):
        raise AlreadyThere(SECOND)


def _check_counts(setting: Setting, kind: str, row: OnRecord) -> None:
    if not readiness_queries.on_record(setting=setting, kind=kind).filter(pk=row.pk).exists():
        raise AlreadyThere(SECOND)


def _hold(setting: Setting) -> None:
    """Two people who record at once do so one after the other."""
    Setting.objects.select_for_update(of=("self",)).get(pk=setting.pk)


def _tell(act: str, row: OnRecord, *fields: str) -> None:
    audit.record(act, thing=row._meta.model_name or "on_record", thing_id=row.pk, fields=fields)
