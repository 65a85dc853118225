"""The page of one measure, as Markdown: its definition and its worked examples in words."""

from collections.abc import Iterable, Sequence

from newel.evidence.measures.confirming import Sourced, in_words
from newel.evidence.measures.definition import Item, Measure, Responses, Subscale
from newel.evidence.measures.examples import Example, Examples

MARKS = {"seen": "Seen: ", "second_hand": "Second-hand: ", "general_knowledge": "Not confirmed: "}
ABOUT = {
    "child": "a child or young person",
    "home": "a home or unit",
    "staff": "staff",
    "meeting": "a formulation meeting",
    "training": "training",
}
KINDS = {
    "questionnaire": "A questionnaire",
    "rating": "A rating by somebody who knows the child",
    "entered_scores": "Scores entered from a form that was filled in elsewhere",
    "goals": "Ratings of goals in people’s own words",
    "professional_judgement": "Structured professional judgement",
}
MAY_SHIP = {
    "labels": "Only labels of our own stand in Newel.",
    "wording": "The wording may stand in Newel unchanged.",
    "scores_only": "No form may stand in Newel, only scores that are entered.",
}
METHODS = {
    "sum": "the sum",
    "mean": "the mean of the answered items",
    "percent_of_maximum": "the mean of how far each answer lies between its ends, in per cent",
    "profile": "the answers side by side, as text",
}
ROUNDED = {"none": "", "half_up": ", rounded half up", "tenths": ", to a tenth"}
BETTER = {"higher": "; higher is better", "lower": "; lower is better", "neither": ""}

Lines = list[str]


def page(measure: Measure, examples: Examples | None) -> str:
    """The whole page. Nothing stands on it that is not in the definition or in the examples."""
    return joined(
        _beginning(measure)
        + _list("Who answers", measure.who_answers)
        + _list("Ages", measure.ages)
        + _list("How often", measure.how_often)
        + _list("When to look again", [measure.look_again] if measure.look_again else [])
        + _items(measure)
        + _list("Parts of the form", measure.sections)
        + _answers(measure)
        + _scores(measure)
        + _bands(measure)
        + _shares(measure)
        + _list("Notes", measure.notes)
        + _section("Licence", [f"{MAY_SHIP[measure.licence.may_ship]} {_told(measure.licence)}"])
        + _examples(examples)
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Lines:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + ["| " + " | ".join(_cell(one) for one in row) + " |" for row in rows]


def joined(lines: Lines) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def _section(title: str, lines: Lines) -> Lines:
    """With nothing in it there is none."""
    return [f"## {title}", "", *lines, ""] if lines else []


def _list(title: str, facts: Sequence[Sourced]) -> Lines:
    return _section(title, [f"- {_told(one)}" for one in facts])


def _told(fact: Sourced) -> str:
    """The fact, and in brackets where it comes from; of our own rules the source says so itself."""
    return f"{in_words(fact)} *({MARKS.get(fact.confirmed, '')}{fact.source})*"


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(f"`{id}`" for id in ids)


def _beginning(measure: Measure) -> Lines:
    short, name = measure.short_name, measure.name
    return [
        f"# {name}" if name.startswith(short) else f"# {short}: {name}",
        "",
        f"Generated from `definitions/measures/{measure.id}.yaml` and its worked examples; do not",
        "edit it here. In brackets after each rule: where it comes from, and how far it is",
        "confirmed.",
        "",
        f"{KINDS[measure.kind]}, about {ABOUT[measure.measures]}. Its id is `{measure.id}`; this",
        f"is version {measure.version} of the definition.",
        f"Languages: {', '.join(measure.languages)}. "
        f"Schedule, as proposed: {measure.schedule.replace('_', ' ')}.",
        "",
    ]


def _items(measure: Measure) -> Lines:
    rows = [
        (f"`{one.id}`", _label(one), one.responses.replace("_", " "), _scored_in(measure, one))
        for one in measure.items
    ]
    return _section("Items", table(("id", "label, ours", "answers", "scored in"), rows))


def _label(item: Item) -> str:
    if item.conversation_above is None:
        return item.label
    return f"{item.label} (an answer above {item.conversation_above} asks an adult to talk)"


def _scored_in(measure: Measure, item: Item) -> str:
    return _ids(one.id for one in measure.subscales if item.id in one.items) or "not scored"


def _answers(measure: Measure) -> Lines:
    told = [f"- {id.replace('_', ' ')}: {_values(one)}" for id, one in measure.responses.items()]
    return _section("Answers", told)


def _values(responses: Responses) -> str:
    if responses.options:
        unscored = {True: "", False: " (gives no points)"}
        return "; ".join(
            f"`{one.value}` {one.label}{unscored[one.scored]}" for one in responses.options
        )
    steps = "" if responses.step == 1 else f" in steps of {responses.step}"
    told = f"a number from {responses.lowest} to {responses.highest}{steps}"
    if responses.anchors:
        told += ", from “{}” to “{}”".format(*responses.anchors)
    return told


def _scores(measure: Measure) -> Lines:
    if measure.is_judgement:
        return _section(
            "No score",
            [
                "Its ratings are read one by one with the reasons for them, and are never added",
                "up: `newel measures score` refuses them.",
            ],
        )
    return _section("Scores", [line for one in measure.subscales for line in _score(one)][:-1])


def _score(subscale: Subscale) -> Lines:
    change = subscale.reliable_change
    told = [
        f"Column: `{subscale.id}`",
        f"Items: {_ids(subscale.items)}",
        *([f"Reversed: {_ids(subscale.reversed)}"] if subscale.reversed else []),
        f"Worked out as {_method(subscale)}",
        f"Needed: {_needed(subscale)}",
        *_range(subscale),
        f"Scoring: {_told(subscale.scoring)}",
        f"Missing answers: {_told(subscale.missing_rule)}",
        *(f"Cut-off: {_told(one)}" for one in subscale.cut_offs),
        *(f"Reliability: {_told(one)}" for one in subscale.reliability),
        *([f"Reliable change: {_told(change)}"] if change else []),
    ]
    return [f"### {subscale.name}", "", *(f"- {one}" for one in told), "", *_conversion(subscale)]


def _method(subscale: Subscale) -> str:
    alone = len(subscale.items) == 1 and subscale.method in ("sum", "mean")
    told = "the answer itself" if alone else METHODS[subscale.method]
    if subscale.weights:
        weighed = ", ".join(f"`{id}` × {weight}" for id, weight in subscale.weights.items())
        told += f", each item weighed ({weighed})"
    told += ", stretched to all items where some are missing" if subscale.prorate else ""
    told += f", times {subscale.times}" if subscale.times != 1 else ""
    told += ", looked up in the table below" if subscale.conversion else ""
    return told + ROUNDED[subscale.rounding]


def _needed(subscale: Subscale) -> str:
    of = len(subscale.items)
    return "all its items" if subscale.minimum == of else f"{subscale.minimum} of {of} items"


def _range(subscale: Subscale) -> Lines:
    if subscale.lowest is None or subscale.highest is None:
        return []
    return [f"From {subscale.lowest} to {subscale.highest}{BETTER[subscale.better]}"]


def _conversion(subscale: Subscale) -> Lines:
    rows = list(subscale.conversion.items())
    return [*table(("sum", "score"), rows), ""] if rows else []


def _bands(measure: Measure) -> Lines:
    names = {one.id: one.name for one in measure.subscales}
    told = [f"- {names[one.subscale]}. {_told(one)}" for one in measure.bands]
    first = ["For evaluators; what a band is called is never said of a child.", ""]
    return _section("Bands as published", first + told if told else [])


def _shares(measure: Measure) -> Lines:
    told = [f"- `{one.item}`, {_told(one)}" for one in measure.thresholds]
    return _section("Shares that are counted", told)


def _examples(examples: Examples | None) -> Lines:
    if examples is None:
        return []
    worked = [line for one in examples.examples for line in _example(one)]
    return _section("Worked examples", ["Worked by hand, and run as tests.", "", *worked])


def _example(example: Example) -> Lines:
    given = [f"`{id}` {value}" for id, value in example.answers.items() if value is not None]
    lines = [f"### {example.says}", "", f"Answers: {', '.join(given) or 'none'}.", ""]
    if example.refused:
        return [*lines, f"Refused: {example.refused}.", ""]
    rows = [
        (
            f"`{id}`",
            "none" if one.score is None else one.score,
            one.answered,
            "yes" if one.prorated else "no",
        )
        for id, one in example.scores.items()
    ]
    scores = table(("score", "is", "answered", "prorated"), rows)
    return [*lines, *(f"- {line}" for line in example.working), "", *scores, ""]
