"""Letting somebody answer by their own hand, and ending it."""

from datetime import datetime, timedelta

from django.db import transaction

from newel.definitions import read
from newel.evidence.measures import measure as definition
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.outcomes import policies
from newel.record.outcomes.models import LINK, OPENED_LINK, TABLET, Form, Sitting
from newel.record.outcomes.sitting_secrets import hash_of, new_secret

_LENGTH = read("asking/by_own_hand.yaml")["sitting"]
TABLET_LASTS = timedelta(minutes=_LENGTH["tablet_minutes"])
LINK_OPENS_WITHIN = timedelta(days=_LENGTH["link_opens_within_days"])
OPENED_LINK_LASTS = timedelta(minutes=_LENGTH["opened_link_minutes"])


def hand_over(*, form: Form, by: StaffMember, at: datetime) -> str:
    """The tablet is the child's for a while. Returns the secret, which is kept nowhere else."""
    return _let_answer(form=form, kind=TABLET, until=at + TABLET_LASTS, by=by, at=at)


def make_link(*, form: Form, by: StaffMember, at: datetime) -> str:
    """A link that opens the form once, on whatever device. Returns its secret, to be shown once."""
    return _let_answer(form=form, kind=LINK, until=at + LINK_OPENS_WITHIN, by=by, at=at)


@transaction.atomic
def _let_answer(*, form: Form, kind: str, until: datetime, by: StaffMember, at: datetime) -> str:
    form = _locked(form)
    policies.check_is_open(form)
    policies.check_can_be_answered_alone(form, definition(form.measure))
    for before in form.sittings.filter(ended_at=None):
        _end(before, because="time" if before.ends_at <= at else "taken_back", at=at)
    form.way = kind
    form.save(update_fields=["way"])
    secret = _sit(form, kind, until, by, at)
    act = "hand_over" if kind == TABLET else "make_link"
    audit.record(act, thing="form", thing_id=form.pk, child_id=form.child_id)
    return secret


@transaction.atomic
def open_link(*, link: Sitting, at: datetime) -> str | None:
    """The link's own secret opens nothing after this: another takes its place, in the browser that
    opened it first. None: somebody else was quicker."""
    form = _locked(link.form)
    link.refresh_from_db()
    if link.kind != LINK or link.ended_at is not None:
        return None
    policies.check_is_open(form)
    _end(link, because="used", at=at)
    secret = _sit(form, OPENED_LINK, at + OPENED_LINK_LASTS, link.made_by, at)
    audit.record("open_link", thing="form", thing_id=form.pk, child_id=form.child_id)
    return secret


@transaction.atomic
def begin_answering(*, sitting: Sitting, at: datetime) -> None:
    """They have read what is said before the first question (H9)."""
    if sitting.begun_at is None:
        sitting.begun_at = at
        sitting.save(update_fields=["begun_at"])
        _tell("begin_sitting", sitting)


@transaction.atomic
def end_sitting(*, sitting: Sitting, because: str, at: datetime) -> None:
    """Its secret opens nothing any more. What was answered stays. Ended twice, the first counts."""
    _locked(sitting.form)
    sitting.refresh_from_db()
    if sitting.ended_at is None:
        _end(sitting, because=because, at=at)


def _sit(form: Form, kind: str, until: datetime, by: StaffMember, at: datetime) -> str:
    secret = new_secret()
    Sitting.objects.create(
        child_id=form.child_id,
        form=form,
        kind=kind,
        secret_hash=hash_of(secret),
        made_by=by,
        made_at=at,
        ends_at=until,
    )
    return secret


def _end(sitting: Sitting, *, because: str, at: datetime) -> None:
    sitting.ended_at, sitting.ended_because = at, because
    sitting.save(update_fields=["ended_at", "ended_because"])
    _tell("end_sitting", sitting, because)


def _tell(act: str, sitting: Sitting, *fields: str) -> None:
    audit.record(
        act, thing="form", thing_id=sitting.form_id, child_id=sitting.child_id, fields=fields
    )


def _locked(form: Form) -> Form:
    """Whatever is done to a form or its sittings is done one after the other."""
    return Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
