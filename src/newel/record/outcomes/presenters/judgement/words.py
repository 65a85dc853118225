"""Words that every page of a judgement shares: for which ages it is, and what a rating says."""

from datetime import date

from newel.evidence.measures import Measure
from newel.evidence.measures.judgement import Group, Rating, Topic, groups
from newel.record.children.models import Child
from newel.record.children.rules import age_on
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link
from newel.record.outcomes import rules
from newel.record.outcomes.codes import answer_in_words
from newel.record.outcomes.models import WHAT_IT_IS, Answer, Form
from newel.record.outcomes.presenters.words import CONFIRMED_IN_WORDS, address_of
from newel.record.outcomes.queries.judged import Judged

NOT_RATED = "Not rated"
NO_REASONS = "No reasons given."
NOTHING_IS_ADDED = (
    "Each rating is read by itself, with its reasons. Nothing is added up, and no rating is set "
    "beside another child’s."
)


def age_caution(measure: Measure, child: Child, *, on: date, was: bool = False) -> str:
    """Outside the ages that it is made for, and where nobody knows the age: never in silence."""
    if not measure.ages:
        return ""
    made = f"{measure.short_name} is made for ages {rules.made_for(measure)}."
    told = "; ".join(f"{one.source}; {CONFIRMED_IN_WORDS[one.confirmed]}" for one in measure.ages)
    if child.born_on is None:
        return f"{made} No date of birth is written down: make sure of the age first. ({told}.)"
    age = age_on(child.born_on, on)
    if rules.is_made_for(measure, age):
        return ""
    said = f"was {age} on that day" if was else f"is {age}"
    return f"{made} {child.preferred_name} {said}. ({told}.)"


def look_again_in_words(measure: Measure, *, on: date) -> str:
    """Where the proposed day comes from, under the question."""
    proposed = rules.look_again_proposed(measure, on=on)
    if proposed is None or measure.look_again is None:
        return "No source read here says when: agree on a day."
    known = measure.look_again
    months = f"{known.months} month{'' if known.months == 1 else 's'}"
    return (
        f"Proposed: {day(proposed)}, {months} on; you can change it. ({known.source}; "
        f"{CONFIRMED_IN_WORDS[known.confirmed]}.)"
    )


def rating_in_words(answer: Answer | None, measure: Measure, item: str) -> str:
    if answer is None or answer.value is None:
        return NOT_RATED
    return answer_in_words(answer, measure, item).capitalize()


def name_of_rating(topic: Topic, rating: Rating) -> str:
    return f"{topic.label}, {rating.name}" if rating.name else topic.label


def is_there(topic: Topic, *judged: Judged) -> bool:
    """Whether anything stands at this topic, in any of these judgements."""
    return any(
        rating.item in one.ratings
        or one.words_of(rating.item)
        or one.words_of(topic.what_it_is, WHAT_IT_IS)
        for one in judged
        for rating in topic.ratings
    )


def parts_of(measure: Measure) -> tuple[Group, ...]:
    return groups(measure)


def to_part(child: Child, form: Form, number: int) -> str:
    return address_of("judge_part", child, form.public_id, number)


def to_judgement(child: Child, form: Form, measure: Measure) -> Link:
    return Link(text=measure.short_name, href=address_of("judgement", child, form.public_id))
