"""The quarterly review of access: one decision a person, and what it ends."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from newel.record.access import audit, transactions
from newel.record.access.models import StaffMember
from newel.record.children import review_queries
from newel.record.children.models import AccessDecision, AccessReview, Grant
from newel.record.children.models.review import ENDS_ON, KEEPS
from newel.record.children.policies import NotNow
from newel.record.establishments import actions as places
from newel.record.establishments.models import Post, Setting


@dataclass(frozen=True)
class Decided:
    """What somebody chose about one person, before it is saved."""

    staff: StaffMember
    decision: str
    ends_on: date | None = None


@transaction.atomic
def begin_review(
    *, setting: Setting, by: StaffMember, at: datetime, together_with: str
) -> AccessReview:
    Setting.objects.select_for_update(of=("self",)).get(pk=setting.pk)
    if AccessReview.objects.filter(setting=setting, finished_at__isnull=True).exists():
        raise NotNow("A review of this setting has already begun. Go on with that one.")
    standing = next(
        one for one in review_queries.standings(by=by, at=at) if one.setting.pk == setting.pk
    )
    review = AccessReview.objects.create(
        setting=setting,
        begun_by=by,
        begun_at=at,
        together_with=together_with,
        due_on=standing.due_on,
    )
    audit.record("begin_review", thing="access_review", thing_id=review.pk)
    return review


@transaction.atomic
def decide(*, review: AccessReview, decided: list[Decided], by: StaffMember, at: datetime) -> None:
    """All of what was chosen on the page, or nothing. Each person was chosen by itself."""
    review = AccessReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.finished_at is not None:
        raise NotNow("This review is finished. What was decided stays as it is.")
    holders = {one.staff.pk: one for one in review_queries.holders(review=review, at=at)}
    for one in decided:
        holder = holders.get(one.staff.pk)
        _check(one, holder, by)
        had = Counter(held.kind for held in holder.held) if holder else Counter()
        AccessDecision.objects.create(
            review=review,
            staff=one.staff,
            decision=one.decision,
            ends_on=one.ends_on if one.decision == ENDS_ON else None,
            had=dict(had),
            decided_by=by,
            decided_at=at,
        )
        if one.decision != KEEPS and holder is not None:
            _end(holder, review.setting, one, at)
        audit.record(
            "decide_on_access", thing="staff_member", thing_id=one.staff.pk, fields=("decision",)
        )
    transactions.reach_again()


def _check(one: Decided, holder: review_queries.Holder | None, by: StaffMember) -> None:
    if holder is None:
        raise NotNow(f"{one.staff.name} has no access here any more.", field=one.staff.public_id)
    if holder.decision is not None:
        raise NotNow(
            f"{holder.decision.decided_by.name} has decided about {one.staff.name} meanwhile: "
            f"{holder.decision.get_decision_display().lower()}.",
            field=one.staff.public_id,
        )
    if one.staff.pk == by.pk and one.decision != KEEPS:
        raise NotNow(
            "You cannot end your own access. Ask another governance lead or the administrator.",
            field=one.staff.public_id,
        )


def _end(holder: review_queries.Holder, setting: Setting, one: Decided, at: datetime) -> None:
    """Everything that this person has in this setting, and nothing elsewhere."""
    day = one.ends_on if one.decision == ENDS_ON else None
    until = _end_of(day) if day else at
    ids = {kind: [h.row_id for h in holder.held if h.kind == kind] for kind in ("post", "grant")}
    for post in Post.objects.filter(pk__in=ids["post"]):
        _end_post(post, until, at)
    for grant in Grant.objects.filter(pk__in=ids["grant"]):
        _end_grant(grant, until)
    _end_places(one.staff, setting, day, at)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _end_post(post: Post, until: datetime, at: datetime) -> None:
    if post.ends_at is not None and post.ends_at <= until:
        return
    if post.ends_at is None or post.ends_at > at:
        places.end_post(post=post, at=max(until, post.starts_at))


def _end_grant(grant: Grant, until: datetime) -> None:
    if grant.ends_at is not None and grant.ends_at <= until:
        return
    grant.ends_at = max(until, grant.starts_at)
    grant.save(update_fields=["ends_at"])
    audit.record(
        "end_grant", thing="grant", thing_id=grant.pk, child_id=grant.child_id, fields=("ends_at",)
    )


def _end_places(staff: StaffMember, setting: Setting, day: date | None, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM children_end_places_in(%s, %s, %s, %s)",
            [staff.pk, setting.pk, day, timezone.localdate(at)],
        )
        ended = cursor.fetchall()
    for kind, row_id, child_id in ended:
        audit.record(
            f"end_{kind}", thing=kind, thing_id=row_id, child_id=child_id, fields=("ends_on",)
        )


@transaction.atomic
def finish_review(*, review: AccessReview, by: StaffMember, at: datetime) -> None:
    """When each was decided. From now on the record of it stands."""
    review = AccessReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.finished_at is not None:
        raise NotNow("Somebody has already finished this review.")
    left = [one for one in review_queries.holders(review=review, at=at) if one.decision is None]
    if left:
        raise NotNow(f"{len(left)} people are not decided yet: {left[0].staff.name} is the first.")
    review.finished_by, review.finished_at = by, at
    review.save(update_fields=["finished_by", "finished_at"])
    audit.record("finish_review", thing="access_review", thing_id=review.pk)
