import pytest
from django import forms

from newel.record.design_system.fields import (
    EmailField,
    LongTextField,
    NumberField,
    PasswordField,
    TextField,
    in_a_sentence,
)
from newel.record.design_system.forms import NewelForm
from tests.record.design_system.arrival import Arrival, arrival
from tests.record.design_system.parsed import parse

WORDS = "שלום 😀 “she’s” <b>&amp;</b> ŵ العربية"


def first_error(field: forms.Field, value: object) -> str:
    with pytest.raises(forms.ValidationError) as raised:
        field.clean(value)
    return str(raised.value.messages[0])


def test_any_script_is_taken_and_shown_as_typed() -> None:
    form = arrival(preferred_name=WORDS, told=WORDS)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["told"] == WORDS
    drawn = parse(form.render_nhs())
    assert drawn.one("textarea").raw_text == WORDS
    assert drawn.one("input", id="id_preferred_name")["value"] == WORDS


def test_text_boxes_run_in_the_direction_of_what_is_typed() -> None:
    drawn = parse(Arrival().render_nhs())
    assert drawn.one("textarea")["dir"] == "auto"
    assert drawn.one("input", id="id_preferred_name")["dir"] == "auto"


def test_too_long_says_how_long() -> None:
    field = LongTextField(label="Told", max_length=5000)
    assert first_error(field, "x" * 200_312) == "Use 5,000 characters or fewer; you have 200,312"


def test_the_browsers_line_ends_count_once() -> None:
    assert LongTextField(label="Told", max_length=3).clean("a\r\nb") == "a\nb"


def test_200_kilobytes_come_back_whole() -> None:
    long = "é" * 100_000
    drawn = parse(arrival(told=long).render_nhs())
    assert drawn.one("textarea").raw_text == long


def test_a_nul_is_refused_in_plain_words_and_taken_out_of_the_box() -> None:
    form = arrival(preferred_name="Da\x00vid", told="one\x00two")
    assert "hidden character" in form.errors["preferred_name"][0]
    assert len(form.errors["told"]) == 1
    drawn = parse(form.render_nhs())
    assert drawn.one("input", id="id_preferred_name")["value"] == "David"
    assert drawn.one("textarea").raw_text == "onetwo"


def test_a_line_break_that_comes_first_is_not_lost_in_the_browser() -> None:
    html = str(Arrival({"told": "\nafter a gap"})["told"].as_nhs())
    assert ">\n\nafter a gap</textarea>" in html


def test_a_count_is_there_for_a_limit_and_only_then() -> None:
    class Told(NewelForm):
        counted = LongTextField(label="A", max_length=10)
        plain = LongTextField(label="B")

    drawn = parse(Told().render_nhs())
    assert drawn.one(data_module="nhsuk-character-count")["data-maxlength"] == "10"


def test_what_may_be_left_out_says_so() -> None:
    drawn = parse(Arrival().render_nhs())
    assert drawn.one("label", for_="id_told").text == "What they told you (optional)"
    assert drawn.one("label", for_="id_preferred_name").text == "Name they like"


def test_a_password_is_never_drawn_back() -> None:
    class SignIn(NewelForm):
        password = PasswordField(label="Password")

    html = SignIn({"password": "a secret of mine"}).render_nhs()
    assert "a secret" not in html
    assert parse(html).one("input")["type"] == "password"


def test_a_number_says_what_it_wants() -> None:
    field = NumberField(label="Visits a week", min_value=0, max_value=14)
    assert first_error(field, "many") == "Enter the visits a week as a number, like 3"
    assert first_error(field, "15") == "Use a number that is 14 or less"
    assert first_error(field, "-1") == "Use a number that is 0 or more"


def test_an_email_says_what_it_wants() -> None:
    assert first_error(EmailField(label="Email"), "me") == (
        "Enter an email address like name@example.org"
    )


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Date of birth", "the date of birth"),
        ("NHS number", "the NHS number"),
        ("Their first language", "their first language"),
        ("What they told you", "what they told you"),
    ],
)
def test_a_label_fits_into_a_sentence(label: str, words: str) -> None:
    assert in_a_sentence(label) == words


def test_a_question_left_out_is_named_by_its_own_words() -> None:
    assert first_error(TextField(label="Who was there?"), "") == "Answer “Who was there?”"
