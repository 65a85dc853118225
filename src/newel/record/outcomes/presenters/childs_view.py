"""“How I have been”: a child's own answers, for their own eyes, in words for a reading age of 9."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newel.evidence.measures import Measure
from newel.evidence.measures.definition import Subscale
from newel.evidence.measures.limits import changed
from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.dates import MONTHS, day
from newel.record.design_system.pages import Page
from newel.record.outcomes.codes import answer_in_words
from newel.record.outcomes.models import Form
from newel.record.outcomes.presenters.goals_mine import MyGoals, my_goals
from newel.record.outcomes.presenters.picture import Picture, picture
from newel.record.outcomes.presenters.results import Scored, by_measure, number_of, scored
from newel.record.outcomes.presenters.words import about, address_of
from newel.record.outcomes.wording import in_words


@dataclass(frozen=True, kw_only=True)
class Mine:
    heading: str
    said: str
    how: str
    picture: Picture | None
    answers: tuple[tuple[str, str], ...]


@dataclass(kw_only=True)
class ChildsView(Page):
    mine: tuple[Mine, ...]
    goals: MyGoals | None
    print_href: str


def childs_view(
    *, child: Child, forms: Sequence[Form], person: StaffMember, at: datetime
) -> ChildsView:
    own = [form for form in forms if form.answered_by == "self"]
    return ChildsView(
        title="How I have been",
        caption=f"For {child.preferred_name}",
        **about(child, person, at),
        mine=tuple(_mine(id, found) for (id, _), found in by_measure(own).items()),
        goals=my_goals(forms),
        print_href=address_of("childs_view", child),
    )


def _mine(id: str, forms: Sequence[Form]) -> Mine:
    measure = in_words(id)
    rows = [scored(form, measure) for form in forms]
    subscale = _main(measure)
    points = (
        [(one.on, value) for one in rows if (value := number_of(one, subscale)) is not None]
        if subscale
        else []
    )
    return Mine(
        heading=_heading(rows),
        said=_times(rows),
        how=_how(subscale, [score for _, score in points]) if subscale else "",
        picture=picture(
            id=f"mine-{id}",
            subscale=subscale.model_copy(update={"cut_offs": (), "reliable_change": None}),
            scored=points,
            unscored=(),
            title="My line",
            description="My answers put together, each time. My answers are written below.",
        )
        if subscale and len(points) > 1
        else None,
        answers=_answers(rows[-1], measure),
    )


def _main(measure: Measure) -> Subscale | None:
    """The one line that a whole questionnaire gives; where it gives several, none is drawn."""
    drawn = [one for one in measure.subscales if one.method != "profile"]
    return drawn[0] if len(drawn) == 1 else None


def _heading(rows: Sequence[Scored]) -> str:
    last = rows[-1].on
    return f"My answers, {last.day} {MONTHS[last.month - 1]} {last.year}"


def _times(rows: Sequence[Scored]) -> str:
    if len(rows) == 1:
        return "I have answered these questions one time."
    return (
        f"I have answered these questions {len(rows)} times. The first time was {day(rows[0].on)}."
    )


def _how(subscale: Subscale, scores: Sequence[float]) -> str:
    """Said only where it is known from how many points a change is more than chance."""
    if len(scores) < 2:
        return ""
    up = {
        "higher": " Up means that things are better.",
        "lower": " Down means that things are better.",
    }
    means = up.get(subscale.better, "")
    if subscale.reliable_change is None:
        return f"My line can go up and down a bit for no reason.{means}"
    which = changed(scores[0], scores[-1], points=subscale.reliable_change.points)
    said = {
        "same": "My line is about the same as the first time.",
        "up": "My line has gone up since the first time.",
        "down": "My line has gone down since the first time.",
    }[which]
    return f"{said}{means}"


def _answers(one: Scored, measure: Measure) -> tuple[tuple[str, str], ...]:
    now = {row.item: row for row in one.form.answers_now}  # type: ignore[attr-defined]
    return tuple(
        (item.label, _mine_in_words(answer_in_words(now.get(item.id), measure, item.id)))
        for item in measure.items
    )


def _mine_in_words(said: str) -> str:
    return {
        "Did not want to answer": "I did not want to answer",
        "Not answered": "I did not answer this one",
    }.get(said, said)
