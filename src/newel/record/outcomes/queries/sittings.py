"""Who may answer by their own hand just now, and which words they are asked in."""

from dataclasses import replace

from django.db import connection

from newel.evidence.measures.wording import Beside, Wording
from newel.record.outcomes.models import GIVEN, Answer, Form, Sitting
from newel.record.outcomes.queries.goals import as_asked
from newel.record.outcomes.sitting_secrets import hash_of
from newel.record.outcomes.wording import wording


def begin_sitting(*, secret: str) -> Sitting | None:
    """Opens the secret's one form for this transaction; any other is closed by it. None where the
    secret opens nothing, or nothing any more."""
    return begin_sitting_by_hash(secret_hash=hash_of(secret))


def begin_sitting_by_hash(*, secret_hash: bytes) -> Sitting | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_begin_sitting(%s)", [secret_hash])
        (id,) = cursor.fetchone()
    rows = Sitting.objects.select_related("form__talk_to", "form__cover", "made_by")
    return rows.filter(pk=id).first() if id else None


def leave_sitting() -> None:
    """The rest of this transaction reaches the form no more than it would without the secret."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_begin_sitting(NULL)")


def why_closed(*, secret: str) -> str | None:
    """One word, or “” where it is open; None for a secret that was never given out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_why_closed(%s)", [hash_of(secret)])
        why: str | None = cursor.fetchone()[0]
    return why


def open_sitting(*, form: Form) -> Sitting | None:
    """The tablet or link that is out for this form, be its time over or not."""
    return form.sittings.filter(ended_at=None).select_related("made_by").first()


def answers_now(*, form: Form) -> dict[str, Answer]:
    """By item: what stands as answered."""
    return {one.item: one for one in form.answers.filter(GIVEN, is_current=True, entry=1)}


def asked_in_words(*, form: Form) -> Wording | None:
    """The measure in the language in which the form was begun: in the site's wording where it has
    one that fits, in English otherwise with our labels; of goals: those of this form, in the words
    of whoever answers, with nothing beside them. None where it cannot be asked in it."""
    found = wording(form.measure, form.language)
    if found is None or found.measure.kind != "goals":
        return found
    return replace(found, measure=as_asked(found.measure, form=form), beside=Beside())
