"""A file is made, with for whom and why; forms come in from a file, chosen by a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from newel.evidence.measures.exchange.read_form import ReadForm
from newel.evidence.measures.form import GOAL, GOAL_ID, OF_A_GOAL
from newel.evidence.measures.form import Form as Told
from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.children.policies import NotNow
from newel.record.outcomes.actions.answering import ask_for_a_talk
from newel.record.outcomes.exchange import policies, queries
from newel.record.outcomes.exchange.fitting import day_of, head_of, words_of
from newel.record.outcomes.exchange.matching import Incoming, asking, matched
from newel.record.outcomes.exchange.models import BroughtFile, BroughtForm, GivenOut
from newel.record.outcomes.models import (
    FINISHED,
    OPEN,
    SET_ASIDE,
    Answer,
    Form,
    Goal,
    GoalOnForm,
    Judgement,
    Reason,
)
from newel.record.outcomes.policies import check_two_adults

HIDDEN = (
    "Something of this file is in the record already, where you cannot see it. Nothing was brought "
    "in. Ask your governance lead."
)
ENDED_THERE = "It came in with a file; whether it goes on here, nobody has said"


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """Which file it is."""

    name: str
    kind: str
    sha256: str
    source: str
    reference: str


@dataclass(frozen=True)
class TwoAdults:
    """Who talks with the child if an answer asks for it, and who steps in (H9)."""

    talk_to: StaffMember | None = None
    cover: StaffMember | None = None


@transaction.atomic
def give_out(
    *,
    child: Child,
    kind: str,
    measures: Sequence[str],
    since: date | None,
    with_unfinished: bool,
    who_it_is: Sequence[str],
    why_who_it_is: str,
    for_whom: str,
    why: str,
    by: StaffMember,
    at: datetime,
) -> GivenOut:
    """The file leaves Newel: for whom, why and what is in it stays written down."""
    made = GivenOut.objects.create(
        child=child, kind=kind, measures=list(measures), since=since,
        with_unfinished=with_unfinished, who_it_is=list(who_it_is), why_who_it_is=why_who_it_is,
        for_whom=for_whom, why=why, made_by=by, made_at=at,
    )  # fmt: skip
    fields = ("kind", "measures", "since", "with_unfinished", "who_it_is", "for_whom", "why")
    audit.record("give_out", thing="given_out", thing_id=made.pk, child_id=child.pk, fields=fields)
    return made


@transaction.atomic
def bring_in(
    *,
    child: Child,
    file: FileFacts,
    chosen: Sequence[Incoming],
    every: Sequence[ReadForm],
    adults: TwoAdults,
    by: StaffMember,
    at: datetime,
    today: date,
) -> BroughtFile:
    """Whole or not at all. `every` is all that the file holds: it is held once more against what is
    here now, with the child locked, so that two people cannot bring the same in twice."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    numbers = queries.nhs_numbers(child=child)
    policies.check_is_this_child(every, child=child, reference=file.reference, nhs_numbers=numbers)
    policies.check_something_comes_in(chosen)
    now = matched(
        every, here=list(queries.forms_here(child=child)), reference=file.reference,
        born_on=child.born_on, today=today,
    )  # fmt: skip
    policies.check_still_so(chosen, now)
    brought = BroughtFile.objects.create(
        child=child, name=file.name[:200], kind=file.kind, sha256=file.sha256,
        source=file.source, reference=file.reference, brought_by=by, brought_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            for one in chosen:
                _bring(child, brought, one.read, adults, by, at)
    except IntegrityError as fault:
        raise NotNow(HIDDEN) from fault
    audit.record(
        "bring_in", thing="brought_file", thing_id=brought.pk, child_id=child.pk,
        fields=("name", "sha256", "source"),
    )  # fmt: skip
    return brought


def _bring(
    child: Child, file: BroughtFile, read: ReadForm, adults: TwoAdults, by: StaffMember,
    at: datetime,
) -> None:  # fmt: skip
    told, measure = read.form, read.measure
    assert told is not None and measure is not None  # noqa: S101 - chosen from those that can
    form = _open(child, read, adults, by, at)
    _put_goals(form, told, by, at)
    _put_words(form, told, by, at)
    answers = Answer.objects.bulk_create(_answers(form, told, by, at))
    for one in answers:
        ask_for_a_talk(measure, form, one, at)
    _end(form, told, at)
    BroughtForm.objects.create(
        child=child,
        form=form,
        file=file,
        id_there=told.id,
        goals_there=_ids_of_goals(told),
        left_unanswered={one.item: one.told for one in read.faults},
        written_at=at,
    )
    audit.record("bring_form_in", thing="form", thing_id=form.pk, child_id=child.pk)


def _open(child: Child, read: ReadForm, adults: TwoAdults, by: StaffMember, at: datetime) -> Form:
    """Begun and ended in this one transaction. What stands around a judgement or a goal is put on
    a form that is open, in the database too; the others are not in the way of one that is begun."""
    told, measure = read.form, read.measure
    assert told is not None and measure is not None  # noqa: S101
    if asking(read):
        check_two_adults(measure, adults.talk_to, adults.cover)
    watched = bool(asking(read))
    begins = {"state": OPEN} if measure.is_judgement else _ending(told, at)
    if measure.is_judgement:
        _check_none_is_begun(child, measure.id, told.answered_by, measure.short_name)
    return Form.objects.create(
        child=child,
        measure=measure.id,
        version=measure.version,
        language=told.language,
        has_wording=told.has_wording,
        answered_by=told.answered_by,
        way=told.way,
        talk_to=adults.talk_to if watched else None,
        cover=adults.cover if watched else None,
        opened_by=by,
        opened_at=at,
        **begins,
    )


def _check_none_is_begun(child: Child, measure: str, answered_by: str, name: str) -> None:
    begun = Form.objects.filter(child=child, measure=measure, answered_by=answered_by, state=OPEN)
    if begun.exists():
        raise NotNow(
            f"A {name} is begun here and not finished. Finish it or set it aside first, and then "
            "bring this one in."
        )


def _ending(told: Told, at: datetime) -> dict[str, object]:
    return {
        "state": SET_ASIDE if told.set_aside else FINISHED,
        "answered_on": told.on,
        "ended_at": at,
        "set_aside_because": told.because if told.set_aside else "",
    }


def _end(form: Form, told: Told, at: datetime) -> None:
    if form.state == OPEN:
        for name, value in _ending(told, at).items():
            setattr(form, name, value)
        form.save(update_fields=list(_ending(told, at)))


def _answers(form: Form, told: Told, by: StaffMember, at: datetime) -> Iterable[Answer]:
    for item, value in told.answers.items():
        if value is not None or item in told.declined:
            yield Answer(
                child_id=form.child_id,
                form=form,
                item=item,
                value=None if value is None else Decimal(str(value)),
                declined=item in told.declined,
                written_by=by,
                written_at=at,
            )


def _put_words(form: Form, told: Told, by: StaffMember, at: datetime) -> None:
    if form.answered_by != "assessor":
        return
    written = {"child_id": form.child_id, "form": form, "written_by": by, "written_at": at}
    Reason.objects.bulk_create(
        Reason(item=item, part=part, text=text, **written) for item, part, text in words_of(told)
    )
    head = head_of(told)
    for name, value in written.items():
        setattr(head, name, value)
    Judgement.objects.bulk_create([head])


def _ids_of_goals(told: Told) -> dict[str, str]:
    return {
        name.removesuffix(GOAL_ID): id for name, id in told.texts.items() if name.endswith(GOAL_ID)
    }


def _put_goals(form: Form, told: Told, by: StaffMember, at: datetime) -> None:
    items = [name.removesuffix(GOAL) for name in told.texts if name.endswith(GOAL)]
    for item in items:
        goal = _goal_here(form, told, item) or _new_goal(form, told, item, by, at)
        GoalOnForm.objects.create(
            child_id=form.child_id, form=form, item=item, goal=goal, written_at=at
        )


def _goal_here(form: Form, told: Told, item: str) -> Goal | None:
    """The same goal as one here: known by its id there or here, and in the very same words."""
    words, id = told.texts[item + GOAL], told.texts.get(item + GOAL_ID, "")
    taken = GoalOnForm.objects.filter(form=form).values("goal")
    rows = Goal.objects.filter(child=form.child_id, whose=form.answered_by, words=words)
    rows = rows.exclude(pk__in=taken)
    _, _, since, how = (told.texts.get(item + ending, "") for ending in OF_A_GOAL)
    rows = rows.filter(since=since) if day_of(since) else rows
    rows = rows.filter(how=how) if how else rows
    if not id:
        return rows.order_by("written_at", "pk").first()
    return rows.filter(public_id=id).first() or _goal_known_as(id, rows.in_bulk(), form)


def _goal_known_as(id: str, rows: Mapping[int, Goal], form: Form) -> Goal | None:
    """One that came in before, from the same goal there."""
    files = BroughtForm.objects.filter(child=form.child_id).exclude(goals_there={})
    for one in files.order_by("pk"):
        for item, there in one.goals_there.items():
            asked = GoalOnForm.objects.filter(form=one.form_id, item=item).first()
            if there == id and asked is not None and asked.goal_id in rows:
                return rows[asked.goal_id]
    return None


def _new_goal(form: Form, told: Told, item: str, by: StaffMember, at: datetime) -> Goal:
    """It comes in as one that has ended: only people here say that a goal goes on here."""
    words, _, since_name, how_name = (told.texts.get(item + ending, "") for ending in OF_A_GOAL)
    on = told.on or at.date()
    since = min(day_of(since_name) or on, on)
    return Goal.objects.create(
        child_id=form.child_id,
        whose=form.answered_by,
        words=words,
        place=int(item.rpartition("_")[2]),
        since=since,
        how=(how_name or "other") if form.answered_by == "self" else "",
        written_by=by,
        written_at=at,
        ended_on=on,
        ended_because=ENDED_THERE,
        ended_by=by,
        ended_at=at,
    )
