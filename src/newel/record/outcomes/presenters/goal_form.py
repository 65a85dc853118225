"""A page on which one goal is written down, in other words, or ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.design_system.pages import Page
from newel.record.outcomes.models import Form, Goal
from newel.record.outcomes.presenters.goals import OneGoal, goals_link, one_goal
from newel.record.outcomes.presenters.words import about


@dataclass(kw_only=True)
class GoalPage(Page):
    """A form about one goal. `now` is the goal that it is about; `meanwhile` what somebody else
    did to it while this was being written."""

    paragraphs: tuple[str, ...] = ()
    now: OneGoal | None = None
    meanwhile: str = ""


def goal_page(
    *,
    title: str,
    child: Child,
    person: StaffMember,
    at: datetime,
    whose: str,
    goal: Goal | None = None,
    begun: Form | None = None,
    meanwhile: str = "",
    remark: str = "",
) -> GoalPage:
    """remark: what follows from it, where it is about a goal that is there already."""
    said = [remark] if goal else [_who_reads(whose, child)]
    if begun is not None:
        said.append(
            "A form about these goals is begun. It keeps the questions that it has; what you write "
            "here is asked from the next form on."
        )
    return GoalPage(
        title=title,
        **about(child, person, at, back=goals_link(child)),
        paragraphs=tuple(said),
        now=one_goal(goal, child) if goal else None,
        meanwhile=meanwhile,
    )


def _who_reads(whose: str, child: Child) -> str:
    told = {"self": child.preferred_name, "carer": "them"}.get(whose)
    reads = (
        f"A goal can be read by everybody who may give {child.preferred_name} a questionnaire, and "
        "it is printed on the paper form."
    )
    return f"{reads} Tell {told} so before you write it down." if told else reads


def wording(whose: str, child: Child) -> dict[str, Any]:
    """For the form: how it asks for the words."""
    name = child.preferred_name
    return {
        "self": {
            "label": f"What does {name} want? In {name}’s own words",
            "hint": f"Word for word, as {name} says it. What you think about it belongs among the "
            "goals of a worker.",
            "is_the_childs": True,
        },
        "carer": {
            "label": f"What does the parent or carer want for {name}? In their own words",
            "hint": "Word for word, as they say it.",
            "is_the_childs": False,
        },
        "worker": {
            "label": f"What do you want to reach together with {name}?",
            "hint": "In one sentence that can be said to the child.",
            "is_the_childs": False,
        },
    }[whose]


IN_OTHER_WORDS = (
    "The words above are kept, and so is what was said of them; their line ends. In other words it "
    "is another goal, with a line of its own."
)
AT_ITS_END = "The goal is kept, with what was said of it, and nobody is asked about it any more."


def why_it_ends(whose: str, child: Child) -> str:
    who = {
        "self": f"{child.preferred_name}’s",
        "carer": "the parent’s or carer’s",
    }.get(whose, "your")
    return f"Why does it end, in {who} own words?"
