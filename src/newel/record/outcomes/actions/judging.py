"""Making a professional judgement: ratings, the reasons beside them, and who judged from what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from newel.evidence.measures import measure as definition
from newel.evidence.measures.judgement import topics
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.outcomes import policies
from newel.record.outcomes.actions.answering import Given, NotAnAnswer
from newel.record.outcomes.actions.together import answer_together
from newel.record.outcomes.models import REASONS, WHAT_IT_IS, Answer, Form, Judgement, Reason
from newel.record.outcomes.queries.judged import Spot


@dataclass(frozen=True)
class Theirs:
    """What somebody else has put down in between, and what a person has to decide on."""

    ratings: Mapping[str, Answer] = field(default_factory=dict)
    words: Mapping[Spot, Reason] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.ratings or self.words)


@dataclass(frozen=True, kw_only=True)
class About:
    """Who judged, from what, and until when. What is not known yet is left empty."""

    assessors: str = ""
    are_trained: bool = False
    sources_used: tuple[str, ...] = ()
    more_sources: str = ""
    heard: str = ""
    heard_words: str = ""
    conclusion: str = ""
    look_again_on: date | None = None
    look_again_because: str = ""


def plain(text: str) -> str:
    """Browsers send other line ends than were shown: words that are the same stay the same."""
    return text.replace("\r\n", "\n").strip()


@transaction.atomic
def judge(
    *,
    form: Form,
    ratings: Mapping[str, Given],
    words: Mapping[Spot, str],
    by: StaffMember,
    at: datetime,
    seen: Mapping[str, Given] | None = None,
    seen_words: Mapping[Spot, str] | None = None,
) -> Theirs:
    """Keeps every rating and every text that differs from what its page showed.

    seen, seen_words: what the page showed; without them nothing was there. What somebody else has
    changed in between is not kept and comes back: a person decides with both before them.
    """
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    policies.check_is_judged(form)
    policies.check_is_open(form)
    theirs = answer_together(form=form, answers=ratings, seen=seen or {}, by=by, at=at)
    return Theirs(theirs, _write_words(form, words, seen_words or {}, by, at))


def _write_words(
    form: Form,
    words: Mapping[Spot, str],
    seen: Mapping[Spot, str],
    by: StaffMember,
    at: datetime,
) -> dict[Spot, Reason]:
    _refuse_strange(form, words)
    rows = form.reasons.filter(is_current=True).select_related("written_by")
    now = {(one.item, one.part): one for one in rows}
    theirs: dict[Spot, Reason] = {}
    for spot, text in words.items():
        mine, there, shown = plain(text), _text(now.get(spot)), plain(seen.get(spot, ""))
        if mine in (shown, there):
            continue
        if there == shown:
            _keep(form, spot, mine, now.get(spot), by, at)
        else:
            theirs[spot] = now[spot]
    return theirs


def _text(row: Reason | None) -> str:
    return row.text if row else ""


def _refuse_strange(form: Form, words: Mapping[Spot, str]) -> None:
    measure = definition(form.measure)
    known = {(one.id, REASONS) for one in measure.items}
    known |= {(one.what_it_is, WHAT_IT_IS) for one in topics(measure) if one.own_words}
    strange = sorted(set(words) - known)
    if strange:
        raise NotAnAnswer(f"{form.measure} has no place for words at {strange[0]}.")


def _keep(
    form: Form, spot: Spot, text: str, before: Reason | None, by: StaffMember, at: datetime
) -> None:
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    Reason.objects.create(
        child_id=form.child_id,
        form=form,
        item=spot[0],
        part=spot[1],
        text=text,
        written_by=by,
        written_at=at,
        replaces=before,
    )
    audit.record(
        "give_reasons", thing="form", thing_id=form.pk, child_id=form.child_id, fields=(spot[0],)
    )


@transaction.atomic
def write_about_judgement(
    *, form: Form, about: About, by: StaffMember, at: datetime, seen: str = ""
) -> Judgement | None:
    """seen: the public id of the row that the page showed, “” for none.

    Returns what somebody else has written in between; then nothing is kept. None: it is kept.
    """
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    policies.check_is_judged(form)
    policies.check_is_open(form)
    before = form.judgements.filter(is_current=True).select_related("written_by").first()
    if before is not None and about_of(before) == about:
        return None
    if (before.public_id if before else "") != seen:
        return before
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    _write(form, about, before, by, at)
    return None


def _write(
    form: Form, about: About, before: Judgement | None, by: StaffMember, at: datetime
) -> None:
    told = {name: getattr(about, name) for name in About.__dataclass_fields__}
    row = Judgement.objects.create(
        **told | {"sources_used": list(about.sources_used)},
        child_id=form.child_id,
        form=form,
        written_by=by,
        written_at=at,
        replaces=before,
    )
    fields = tuple(name for name, value in told.items() if value)
    audit.record(
        "tell_of_judgement",
        thing="judgement",
        thing_id=row.pk,
        child_id=form.child_id,
        fields=fields,
    )


def about_of(row: Judgement) -> About:
    told = {name: getattr(row, name) for name in About.__dataclass_fields__}
    return About(**told | {"sources_used": tuple(row.sources_used)})
