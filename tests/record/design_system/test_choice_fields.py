import pytest
from django import forms

from newel.record.design_system.choice_fields import CheckboxesField, TickField, YesNoField
from newel.record.design_system.forms import NewelForm
from tests.record.design_system.arrival import Arrival, arrival
from tests.record.design_system.parsed import parse


@pytest.mark.parametrize(("answer", "value"), [("yes", True), ("no", False), ("", None)])
def test_yes_no_and_not_said_are_three_things(answer: str, value: bool | None) -> None:
    assert YesNoField(label="Safe?", required=False).clean(answer) is value


def test_neither_yes_nor_no_is_chosen_beforehand() -> None:
    drawn = parse(Arrival()["safe"].as_nhs())
    assert [box for box in drawn.all("input") if box.get("checked") is not None] == []


def test_a_stored_no_is_shown_as_no() -> None:
    drawn = parse(Arrival(initial={"safe": False})["safe"].as_nhs())
    assert [b["value"] for b in drawn.all("input") if b.get("checked") is not None] == ["no"]


def test_a_choice_that_is_not_on_the_list_is_refused_in_plain_words() -> None:
    assert arrival(unit="attic").errors["unit"] == ["Choose the unit from the list"]
    assert arrival(kin="perhaps").errors["kin"] == [
        "Choose the answer to “Is there someone to call?” from the list"
    ]


def test_the_group_is_named_by_its_question() -> None:
    drawn = parse(Arrival()["kin"].as_nhs())
    assert drawn.one("legend").text == "Is there someone to call?"
    assert drawn.one("fieldset")


def test_a_hint_belongs_to_its_choice() -> None:
    drawn = parse(Arrival()["kin"].as_nhs())
    unsure = drawn.one("input", value="unsure")
    assert drawn.one(id=unsure["aria-describedby"]).text == "You can come back to this."


def test_a_revealed_field_opens_with_its_choice() -> None:
    closed = parse(Arrival()["kin"].as_nhs()).one(class_="nhsuk-radios__conditional")
    opened = parse(arrival(kin="yes")["kin"].as_nhs()).one(class_="nhsuk-radios__conditional")
    assert "nhsuk-radios__conditional--hidden" in closed["class"]
    assert "nhsuk-radios__conditional--hidden" not in opened["class"]


def test_several_can_be_ticked() -> None:
    field = CheckboxesField(label="Needs", choices=[("a", "A"), ("b", "B")])
    assert field.clean(["a", "b"]) == ["a", "b"]


def test_a_sentence_that_must_be_ticked_says_so() -> None:
    with pytest.raises(forms.ValidationError, match="Tick “I have read it” to go on"):
        TickField(label="I have read it").clean("")


def test_a_sentence_to_tick_is_its_own_label() -> None:
    class Read(NewelForm):
        read = TickField(label="I have read it", required=False)

    drawn = parse(Read().render_nhs())
    assert drawn.one("label", for_="id_read").text == "I have read it"


def test_a_long_list_starts_with_nothing_chosen() -> None:
    options = parse(Arrival()["unit"].as_nhs()).all("option")
    assert [option["value"] for option in options] == ["", "ash", "oak"]
