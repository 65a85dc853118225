"""Measures and forms for other systems, and forms from them."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from newel.evidence.measures import Measure, RefusedAnswers, commands, measure
from newel.evidence.measures.fhir import (
    Form,
    ResponseRefused,
    address,
    questionnaire,
    read_response,
    response,
)
from newel.evidence.measures.wording import laid_over

WRITTEN = sorted(
    path.stem for path in (Path(__file__).parents[3] / "src/newel/definitions/measures").iterdir()
)
DAY = date(2026, 2, 28)
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def form(id: str, **answers: float | None) -> Form:
    every = {one.id: None for one in measure(id).items}
    return Form(answers={**every, **answers}, on=DAY)


def as_json(found: Measure, told: Form) -> str:
    return str(response(found, told).model_dump_json())


def altered(id: str, change: Callable[[dict[str, Any]], object]) -> str:
    """The JSON of a whole form in which one thing was changed."""
    every = {one.id: measure(id).responses_of(one.id).values[0] for one in measure(id).items}
    told = json.loads(as_json(measure(id), form(id, **every)))
    change(told)
    return json.dumps(told)


def refused(id: str, change: Callable[[dict[str, Any]], object]) -> list[str]:
    with pytest.raises(ResponseRefused) as refusal:
        read_response(measure(id), altered(id, change))
    assert str(refusal.value) == " ".join(refusal.value.faults)
    return refusal.value.faults


@pytest.mark.parametrize("id", WRITTEN)
class TestQuestionnaire:
    def test_is_what_the_command_prints_and_reads_back(self, id: str) -> None:
        said: list[str] = []
        assert commands.show(id, form="fhir", say=said.append, complain=said.append) == 0
        assert Questionnaire.model_validate_json("".join(said)) == questionnaire(measure(id))

    def test_says_what_it_is_and_in_which_version(self, id: str) -> None:
        told = questionnaire(measure(id))
        assert told.url == f"urn:newel:measure:{id}"
        assert told.version == str(measure(id).version)
        assert told.status == "active"
        assert told.name.isalnum()
        assert told.name[0].isupper()
        assert told.copyright

    def test_has_every_item_with_every_value(self, id: str) -> None:
        found = measure(id)
        told = {one.linkId: one for one in questionnaire(found).item}
        for item in found.items:
            values = found.responses_of(item.id).values
            if told[item.id].type == "choice":
                codes = [one.valueCoding.code for one in told[item.id].answerOption]
                assert codes == [str(value) for value in values]
            else:
                ends = {
                    one.url.rpartition("/")[2]: one.valueInteger
                    if one.valueDecimal is None
                    else one.valueDecimal
                    for one in told[item.id].extension
                }
                assert (ends["minValue"], ends["maxValue"]) == (min(values), max(values))

    def test_gives_points_to_what_is_scored_and_to_nothing_else(self, id: str) -> None:
        found = measure(id)
        for one in questionnaire(found).item:
            for option in one.answerOption or []:
                points = [
                    extension.valueDecimal
                    for extension in option.valueCoding.extension or []
                    if extension.url == ORDINAL
                ]
                scored = found.responses_of(one.linkId).scored_values
                code = option.valueCoding.code
                expected = [value for value in scored if str(value) == code]
                assert points == ([] if found.is_judgement else expected)


def test_not_known_has_no_points() -> None:
    told = json.loads(questionnaire(measure("honosca")).model_dump_json())
    last = told["item"][0]["answerOption"][-1]["valueCoding"]
    assert last["code"] == "9"
    assert "extension" not in last


def test_judgement_has_room_for_reasons_and_others_have_none() -> None:
    savry = [one.linkId for one in questionnaire(measure("savry")).item]
    assert savry[:2] == ["savry_01", "savry_01_reason"]
    assert len(questionnaire(measure("essences")).item) == 17


# Out and in again


@st.composite
def forms(draw: st.DrawFn, id: str) -> Form:
    answers: dict[str, Any] = {}
    declined = set()
    reasons = {}
    for one in measure(id).items:
        kind = draw(st.sampled_from(["answered", "answered", "empty", "declined"]))
        values = measure(id).responses_of(one.id).values
        answers[one.id] = draw(st.sampled_from(values)) if kind == "answered" else None
        if kind == "declined":
            declined.add(one.id)
        if measure(id).is_judgement and draw(st.booleans()):
            reasons[one.id] = draw(
                st.sampled_from(["Two letters say so.", "Naïve?\n\n No: “yes”. "])
            )
    return Form(
        answers=answers,
        declined=frozenset(declined),
        reasons=reasons,
        on=draw(st.dates(date(2018, 1, 1), date(2040, 12, 31))),
        finished=draw(st.booleans()),
        subject=draw(st.sampled_from(["", "Patient/a-12"])),
    )


@pytest.mark.parametrize("id", WRITTEN)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_form_that_goes_out_comes_back_the_same(id: str, data: st.DataObject) -> None:
    told = data.draw(forms(id))
    assert read_response(measure(id), as_json(measure(id), told)) == told
    assert read_response(measure(id), response(measure(id), told)) == told


@pytest.mark.parametrize("id", WRITTEN)
def test_every_value_of_every_item_comes_back(id: str) -> None:
    found = measure(id)
    most = max(len(found.responses_of(one.id).values) for one in found.items)
    for number in range(most):
        answers = {}
        for one in found.items:
            values = found.responses_of(one.id).values
            answers[one.id] = values[number % len(values)]
        told = form(id, **answers)
        assert read_response(found, response(found, told)).answers == told.answers


def test_a_form_holds_a_day_and_no_time() -> None:
    told = json.loads(as_json(measure("essences"), form("essences", essences_01=3)))
    assert told["authored"] == "2026-02-28"
    assert "meta" not in told
    assert "subject" not in told


def test_declined_is_an_answer_and_not_the_same_as_empty() -> None:
    given = Form(answers={}, declined=frozenset(["essences_03"]), on=DAY)
    told = json.loads(as_json(measure("essences"), given))
    by_id = {one["linkId"]: one for one in told["item"]}
    assert by_id["essences_03"]["extension"] == [{"url": ABSENT, "valueCode": "asked-declined"}]
    assert by_id["essences_04"] == {"linkId": "essences_04"}
    assert read_response(measure("essences"), json.dumps(told)).declined == {"essences_03"}


def test_licensed_words_do_not_leave_with_the_answers() -> None:
    found = measure("cgas")
    wording = """
measure: cgas
version: 1
language: en
items: {cgas_01: Licensed words}
anchors: {functioning: [Licensed left, Licensed right]}
"""
    told = as_json(laid_over(found, wording), form("cgas", cgas_01=50))
    assert "Licensed" not in told
    assert read_response(found, told).answers == {"cgas_01": 50}


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (Form(answers={"essences_01": 5}, on=DAY), "essences_01: 5 is not permitted"),
        (Form(answers={"cbi_01": 0}, on=DAY), "has no item “cbi_01”"),
        (Form(answers={}, declined=frozenset(["cbi_01"]), on=DAY), "has no item “cbi_01”"),
        (
            Form(answers={"essences_01": 1}, declined=frozenset(["essences_01"]), on=DAY),
            "declined and has an answer as well",
        ),
        (Form(answers={}, reasons={"essences_01": "x"}, on=DAY), "no place for reasons"),
    ],
)
def test_a_form_that_does_not_fit_does_not_go_out(told: Form, fault: str) -> None:
    with pytest.raises(RefusedAnswers, match=fault):
        response(measure("essences"), told)


# In: what is refused


def setting(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda told: told.update({key: value})


def answering(*answers: object, **more: object) -> Callable[[dict[str, Any]], object]:
    """The third item answered like this."""

    def change(told: dict[str, Any]) -> None:
        told["item"][2] = {"linkId": told["item"][2]["linkId"], **more}
        if answers:
            told["item"][2]["answer"] = list(answers)

    return change


@pytest.mark.parametrize(
    ("named", "fault"),
    [
        (
            "urn:newel:measure:cbi|1",
            "The response answers “urn:newel:measure:cbi”; "
            "EssenCES is “urn:newel:measure:essences”.",
        ),
        (
            "urn:newel:measure:essences|2",
            "The response answers version 2 of EssenCES; here is version 1.",
        ),
        (
            "urn:newel:measure:essences",
            "The response does not say which version of EssenCES it answers.",
        ),
        (None, "The response does not say which questionnaire it answers."),
    ],
)
def test_another_measure_or_version_is_refused(named: str | None, fault: str) -> None:
    def change(told: dict[str, Any]) -> None:
        told.pop("questionnaire")
        if named:
            told["questionnaire"] = named

    assert refused("essences", change) == [fault]


def test_an_item_that_the_measure_does_not_have_is_refused() -> None:
    change = lambda told: told["item"].append({"linkId": "essences_18"})  # noqa: E731
    assert refused("essences", change) == ["EssenCES has no item “essences_18”."]


def test_an_item_twice_is_refused() -> None:
    change = lambda told: told["item"].append(dict(told["item"][0]))  # noqa: E731
    assert refused("essences", change) == ["essences_01 stands in the response twice."]


LIST = "urn:newel:measure:essences:how_much"
OPTIONS = "one of 0, 1, 2, 3, 4"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"valueCoding": {"code": "5"}}, "“5”"),
        ({"valueCoding": {"code": "3.0"}}, "“3.0”"),
        ({"valueCoding": {"system": "urn:other", "code": "3"}}, "“3”"),
        ({"valueCoding": {"code": "3", "display": "not at all"}}, "“3” “not at all”"),
        ({"valueCoding": {"display": "very much"}}, "“very much”"),
        ({"valueInteger": 3}, "“3”"),
        ({"valueString": "n/a"}, "“n/a”"),
        ({"valueBoolean": True}, "“True”"),
    ],
)
def test_a_value_that_is_none_of_the_options_is_refused(answer: dict[str, Any], shown: str) -> None:
    fault = f"essences_03: its answer {shown} is not permitted; {OPTIONS}."
    assert refused("essences", answering(answer)) == [fault]


@pytest.mark.parametrize("answer", [{"valueInteger": 0}, {"valueDecimal": 50.5}])
def test_a_number_outside_the_line_is_refused(answer: dict[str, Any]) -> None:
    def change(told: dict[str, Any]) -> None:
        told["item"][0]["answer"] = [answer]

    faults = refused("cgas", change)
    assert len(faults) == 1
    assert faults[0].endswith("is not permitted; a number from 1 to 100.")


@pytest.mark.parametrize("coding", [{"code": "3"}, {"system": LIST, "code": "3", "display": "?"}])
def test_a_code_is_enough_and_other_words_for_it_do_no_harm(coding: dict[str, Any]) -> None:
    told = altered("essences", answering({"valueCoding": coding}))
    assert read_response(measure("essences"), told).answers["essences_03"] == 3


def test_a_whole_number_may_come_as_a_decimal() -> None:
    def change(told: dict[str, Any]) -> None:
        told["item"][0]["answer"] = [{"valueDecimal": 50.0}]

    assert read_response(measure("cgas"), altered("cgas", change)).answers == {"cgas_01": 50}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            answering({"valueCoding": {"code": "1"}}, {"valueCoding": {"code": "2"}}),
            "essences_03: it has 2 answers, and takes one.",
        ),
        (
            answering(
                {"valueCoding": {"code": "1"}},
                extension=[{"url": ABSENT, "valueCode": "asked-declined"}],
            ),
            "essences_03: it is declined and has an answer as well.",
        ),
        (
            answering(extension=[{"url": ABSENT, "valueCode": "masked"}]),
            "essences_03: “masked” as the reason for no answer is not known here.",
        ),
        (
            answering(item=[{"linkId": "essences_04"}]),
            "essences_03: it holds more than an answer, which cannot be read here.",
        ),
        (
            setting("status", "entered-in-error"),
            "The response has the status “entered-in-error”, so it is not taken.",
        ),
        (
            setting("authored", "2026-02"),
            "The response does not say on which day it was answered.",
        ),
        (
            lambda told: told.pop("authored"),
            "The response does not say on which day it was answered.",
        ),
        (
            setting("modifierExtension", [{"url": "urn:other:rule", "valueBoolean": True}]),
            "The response says that it must not be read without rules unknown here.",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused(
    change: Callable[[dict[str, Any]], object], fault: str
) -> None:
    assert refused("essences", change) == [fault]


def test_every_fault_is_told_at_once() -> None:
    def change(told: dict[str, Any]) -> None:
        answering({"valueCoding": {"code": "7"}})(told)
        told["item"].append({"linkId": "essences_18"})

    assert len(refused("essences", change)) == 2


def test_a_time_from_elsewhere_is_kept_as_its_day() -> None:
    told = altered("essences", setting("authored", "2026-02-28T23:30:00+01:00"))
    assert read_response(measure("essences"), told).on == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        b"\xff\xfe",
        '{"resourceType": "Patient"}',
        '{"resourceType": "QuestionnaireResponse"}',
        '{"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{}]}',
    ],
)
def test_what_is_no_response_is_refused_in_a_sentence(text: str | bytes) -> None:
    with pytest.raises(ResponseRefused, match="is no FHIR QuestionnaireResponse"):
        read_response(measure("essences"), text)


@pytest.mark.parametrize(
    "more",
    [
        {"answer": [{"valueInteger": 1}]},
        {"answer": [{"valueString": "One."}, {"valueString": "Two."}]},
        {"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]},
        {"item": [{"linkId": "savry_02"}]},
    ],
)
def test_reasons_that_are_no_text_are_refused(more: dict[str, Any]) -> None:
    change = lambda told: told["item"].append({"linkId": "savry_01_reason", **more})  # noqa: E731
    assert refused("savry", change) == ["savry_01_reason: reasons are one text."]


def test_a_questionnaire_that_asks_for_reasons_is_only_judgement() -> None:
    change = lambda told: told["item"].append({"linkId": "essences_01_reason"})  # noqa: E731
    assert refused("essences", change) == ["EssenCES has no item “essences_01_reason”."]


def test_a_resource_from_the_library_is_read_like_its_json() -> None:
    told = QuestionnaireResponse.model_validate(
        {
            "resourceType": "QuestionnaireResponse",
            "status": "amended",
            "authored": "2026-02-28",
            "questionnaire": f"{address(measure('cgas'))}|1",
        }
    )
    assert read_response(measure("cgas"), told) == Form(answers={"cgas_01": None}, on=DAY)
