"""What Newel never holds about a child, and what it never calls one."""

import re
from collections.abc import Iterator

import pytest
import yaml
from django.apps import apps
from django.db import models

from newel.record.config.place import CHECKOUT
from tests.architecture.test_house import SOURCE, short

# H4: a number or a word that would put one child above another.
MEASURES = re.compile(
    r"\b(scores?|scoring|ranks?|ranking|risks?|ratings?|rag|colou?rs?|severity|likelihood|priority"
    r"|predict\w*|probability|percent\w*|points?|grades?|tiers?|red|amber|green)\b"
)
# H3: a place for a word that would follow a child for years.
STICKS = re.compile(r"\b(labels?|tags?|flags?|alerts?|markers?|warnings?|diagnos\w+|categor\w+)\b")
# The only numbers in what is about a child, and why.
NUMBERS = {
    ("onepage", "version"): "counts the changes of the page",
    ("onepage", "shown_version"): "which of them the child was shown",
    ("pageopened", "version"): "which of them a worker has opened",
    ("formulationversion", "number"): "which of the versions it is",
    ("formulationversion", "holds"): "how many statements, to say how many are held back",
    ("lifeevent", "about_age"): "how old the child was, as it was said",
    ("pathwayplace", "start_about_age"): "how old the child was when it began, as it was said",
    ("pathwayplace", "end_about_age"): "how old the child was when it ended, as it was said",
    ("eventlist", "line_count"): "counts the lines that somebody brought",
    ("eventlist", "left_out_count"): "counts the lines that were left out",
    ("form", "version"): "of the definition of a questionnaire",
    ("goal", "place"): "where a goal stands on the form; nobody is put in an order by it",
    ("answer", "value"): "one answer to one question; no score of any is kept",
    ("answer", "entry"): "typed in the first or the second time",
}


def about_a_child() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__name__ == "Child"
        or any(getattr(one, "attname", "") == "child_id" for one in model._meta.get_fields())
    ]


def words_of(model: type[models.Model]) -> Iterator[str]:
    """Everything in a model that a value could be put in or chosen from."""
    yield model.__name__
    for one in model._meta.concrete_fields:
        yield one.name.replace("_", " ")
        inner = getattr(one, "base_field", one)
        for code, words in inner.choices or ():
            yield f"{code} {words}".replace("_", " ")


@pytest.mark.parametrize("model", about_a_child(), ids=lambda model: model.__name__)
def test_no_model_holds_a_score_a_rank_a_risk_or_a_colour(model: type[models.Model]) -> None:
    """H4"""
    assert not [words for words in words_of(model) if MEASURES.search(words.casefold())]


@pytest.mark.parametrize("model", about_a_child(), ids=lambda model: model.__name__)
def test_no_number_stands_on_a_child_but_those_that_count_pages_and_years(
    model: type[models.Model],
) -> None:
    """H4: a score under another name would still be a number."""
    numbers = {
        (model._meta.model_name, one.name)
        for one in model._meta.concrete_fields
        if isinstance(one, models.IntegerField | models.FloatField | models.DecimalField)
        and not one.primary_key
    }
    assert numbers <= set(NUMBERS)


@pytest.mark.parametrize("model", about_a_child(), ids=lambda model: model.__name__)
def test_no_model_has_a_place_for_a_label_or_a_diagnosis(model: type[models.Model]) -> None:
    """H3, H15"""
    names = (one.name.replace("_", " ") for one in model._meta.concrete_fields)
    assert not [name for name in names if STICKS.search(name)]


def test_the_words_that_are_looked_for_would_be_found() -> None:
    assert MEASURES.search("risk level") and MEASURES.search("rag rating")
    assert STICKS.search("risk label") and STICKS.search("diagnosis")
    assert len(about_a_child()) > 20


LABELS = [
    word
    for label in yaml.safe_load(
        (SOURCE / "definitions/understanding/language.yaml").read_text(encoding="utf-8")
    )["labels"]
    for word in label["words"]
]
# Said of what adults do to a child, or the name in law of a place: never of the child.
NOT_OF_A_CHILD = re.compile(
    r"what makes restraint dangerous|restraint more dangerous|young[ _]offender[ _]institution"
)
QUOTED = re.compile(r"“[^”]*”")  # an example of what not to say
KNOWS_THE_WORDS = {"language.yaml", "language.py", "not_on_the_page.yaml"}
NOT_ABOUT_CHILDREN = {"demo", "config"}  # the demo's are people's words from novels


def own_words() -> list[str]:
    """What Newel itself says: templates, definitions, and the words in its code."""
    found = [*SOURCE.rglob("*.jinja"), *SOURCE.rglob("*.typ"), *SOURCE.rglob("*.py")]
    found += (SOURCE / "definitions").rglob("*.yaml")
    return [
        short(path)
        for path in sorted(found)
        if path.name not in KNOWS_THE_WORDS and not NOT_ABOUT_CHILDREN & {*path.parts}
    ]


@pytest.mark.parametrize("path", own_words())
def test_newel_itself_calls_no_child_what_it_asks_others_not_to(path: str) -> None:
    """H3"""
    text = (CHECKOUT / path).read_text(encoding="utf-8").casefold()
    said = QUOTED.sub("", NOT_OF_A_CHILD.sub("", text))
    assert not [w for w in LABELS if re.search(rf"\b{re.escape(w.casefold())}(?![\w-])", said)]
