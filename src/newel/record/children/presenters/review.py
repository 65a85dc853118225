"""The quarterly review of access: how each setting stands, and one decision a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from newel.record.children.models import AccessDecision, AccessReview
from newel.record.children.models.review import DECISIONS, ENDS_ON
from newel.record.children.review_queries import Held, Holder, Standing
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import Post

DECISION_WORDS = dict(DECISIONS)


@dataclass(frozen=True, kw_only=True)
class StandingShown:
    name: str
    lines: tuple[str, ...]
    is_late: bool
    go: Link
    last: Link | None


@dataclass(kw_only=True)
class ReviewsPage(Page):
    settings: list[StandingShown]


@dataclass(frozen=True, kw_only=True)
class PersonShown:
    public_id: str
    name: str
    role: str
    remarks: tuple[str, ...]
    has: tuple[str, ...]
    is_yourself: bool
    picked: str
    day: tuple[tuple[str, str], ...]
    error: str


@dataclass(kw_only=True)
class ReviewPage(Page):
    progress: str
    due: str
    is_late: bool
    to_decide: list[PersonShown]
    decided: list[tuple[str, str]]
    can_finish: bool
    finish: str
    finished: str
    together: str
    error_list: list[tuple[str, str]]


def reviews_page(standings: Iterable[Standing], *, today: date) -> ReviewsPage:
    governed = Link(text="Who sees what", href=reverse("children:governance"))
    return ReviewsPage(
        title="Who still needs access",
        back=governed,
        settings=[_standing(one, today) for one in standings],
    )


def _standing(one: Standing, today: date) -> StandingShown:
    going = one.open_review
    last = one.last
    lines = [_due(one.due_on, today)]
    if going:
        lines.append(f"Begun by {going.begun_by.name} on {day(going.begun_at)}.")
    lines.append(
        f"The last review was finished on {day(last.finished_at)}." if last
        else "No review has been finished yet."
    )  # fmt: skip
    return StandingShown(
        name=one.setting.name,
        lines=tuple(lines),
        is_late=one.due_on < today,
        go=Link(
            text="Go on with the review" if going else "Begin the review",
            href=address(going) if going
            else reverse("children:begin_review", args=[one.setting.public_id]),
            about=f"of {one.setting.name}",
        ),
        last=Link(text="Read the last review", href=address(last), about=f"of {one.setting.name}")
        if last
        else None,
    )  # fmt: skip


def address(review: AccessReview) -> str:
    return reverse("children:review", args=[review.public_id])


def _due(due_on: date, today: date) -> str:
    if due_on < today:
        late = (today - due_on).days
        return f"Overdue: it was due on {day(due_on)}, {late} {'day' if late == 1 else 'days'} ago."
    return f"Due by {day(due_on)}."


def review_page(
    *,
    review: AccessReview,
    holders: list[Holder],
    posts: Mapping[int, Post],
    names: Mapping[int, str],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    person_id: int,
    at: datetime,
) -> ReviewPage:
    """`typed` and `errors` come back to the page when something was not clear."""
    today = timezone.localdate(at)
    going = review.finished_at is None
    open_ = [one for one in holders if one.decision is None] if going else []
    decided = [one.decision for one in holders if one.decision]
    return ReviewPage(
        title=f"Who still needs access: {review.setting.name}",
        back=Link(text="Who still needs access", href=reverse("children:reviews")),
        progress=f"{len(decided)} of {len(decided) + len(open_)} decided.",
        due=_due(review.due_on, today) if going else "",
        is_late=going and review.due_on < today,
        to_decide=[_person(one, posts, names, typed, errors, person_id, at) for one in open_],
        decided=[_decided(one) for one in decided],
        can_finish=going and not open_,
        finish=reverse("children:finish_review", args=[review.public_id]),
        finished=_finished(review),
        together=f"With {review.together_with}.",
        error_list=[(text, f"#person-{who}" if who else "") for who, text in errors.items()],
    )


def _finished(review: AccessReview) -> str:
    if review.finished_by is None:
        return ""
    return (
        f"Finished by {review.finished_by.name} on {day(review.finished_at)}. It stands as it is."
    )


def _decided(one: AccessDecision) -> tuple[str, str]:
    what = DECISION_WORDS[one.decision]
    if one.decision == ENDS_ON:
        what = f"Ends on {day(one.ends_on)}"
    return one.staff.name, f"{what}. {one.decided_by.name}, {day(one.decided_at)}"


def _person(
    one: Holder,
    posts: Mapping[int, Post],
    names: Mapping[int, str],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    person_id: int,
    at: datetime,
) -> PersonShown:
    public_id = one.staff.public_id
    parts = ("day", "month", "year")
    return PersonShown(
        public_id=public_id,
        name=one.staff.name,
        role=one.staff.their_role.name,
        remarks=_remarks(one, at),
        has=tuple(_in_words(held, posts, names) for held in one.held),
        is_yourself=one.staff.pk == person_id,
        picked=typed.get(f"decision_{public_id}", ""),
        day=tuple((part, typed.get(f"ends_{public_id}-{part}", "")) for part in parts),
        error=errors.get(public_id, ""),
    )


def _remarks(one: Holder, at: datetime) -> tuple[str, ...]:
    if not one.staff.is_active:
        return ("This account has ended.",)
    if not one.needs_a_look_first(at):
        return ()
    seen = one.staff.last_login
    return (f"Last signed in on {day(seen)}." if seen else "Has never signed in.",)


def _in_words(held: Held, posts: Mapping[int, Post], names: Mapping[int, str]) -> str:
    dates = f"since {day(held.starts)}{f', until {day_time(held.ends)}' if held.ends else ''}"
    if held.kind == "post":
        return f"{_place(posts[held.row_id])}, {dates}"
    child = names.get(held.child_id or 0, "a child")
    what = {
        "team": f"In the team around {child}",
        "keyworker": f"Keyworker of {child}",
        "grant": f"Named access to {child}’s record",
        "glass": f"Emergency access to {child}’s record",
    }[held.kind]
    return f"{what}, {dates}"


def _place(post: Post) -> str:
    where = post.unit.name if post.unit else "The whole setting"
    return f"{where}, {post.get_discipline_display().lower()}, {post.agency.name}"
