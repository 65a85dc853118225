from datetime import date, time

import pytest
from django import forms

from newel.record.design_system.date_fields import DateField, TimeField, TypedDate
from tests.record.design_system.arrival import Arrival, arrival
from tests.record.design_system.parsed import parse


def clean(day: str, month: str, year: str, **limits: date) -> date | None:
    return DateField(label="Date of birth", **limits).clean(TypedDate(day, month, year))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("27", "3", "2009"), date(2009, 3, 27)),
        (("07", "03", "2009"), date(2009, 3, 7)),
        (("1", "March", "2009"), date(2009, 3, 1)),
        (("1", "sept", "2009"), date(2009, 9, 1)),
        (("29", "2", "2024"), date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: tuple[str, str, str], meant: date) -> None:
    assert clean(*typed) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "", ""), "Enter the date of birth"),
        (("", "3", "2009"), "The date of birth must have a day, like 27 3 2009"),
        (("27", "", ""), "The date of birth must have a month and a year, like 27 3 2009"),
        (("31", "2", "2009"), "The date of birth must be a real date, like 27 3 2009"),
        (("29", "2", "2023"), "The date of birth must be a real date, like 27 3 2009"),
        (("x", "3", "2009"), "The date of birth must be a real date, like 27 3 2009"),
        (("١", "3", "2009"), "The date of birth must be a real date, like 27 3 2009"),
        (("1", "13", "2009"), "The date of birth must be a real date, like 27 3 2009"),
        (("1", "3", "99999"), "The date of birth must be a real date, like 27 3 2009"),
        (("27", "3", "09"), "The year must have 4 numbers, like 2009"),
    ],
)
def test_what_is_wrong_is_said_in_words(typed: tuple[str, str, str], sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as raised:
        clean(*typed)
    assert raised.value.messages == [sentence]


def test_a_date_has_limits_that_are_passed_in() -> None:
    with pytest.raises(forms.ValidationError, match="must not be after 3 November 2026"):
        clean("4", "11", "2026", latest=date(2026, 11, 3))
    with pytest.raises(forms.ValidationError, match="must not be before 1 January 2000"):
        clean("31", "12", "1999", earliest=date(2000, 1, 1))
    assert clean("3", "11", "2026", latest=date(2026, 11, 3)) == date(2026, 11, 3)


def wrong_boxes(form: Arrival) -> list[str]:
    drawn = parse(form["born_on"].as_nhs())
    return [box["name"] for box in drawn.all("input", class_="nhsuk-input--error")]


def test_only_the_wrong_boxes_are_marked_and_the_summary_leads_to_the_first() -> None:
    form = arrival(born_on_month="13", born_on_year="")
    assert wrong_boxes(form) == ["born_on-year"]
    form = arrival(born_on_month="13")
    assert wrong_boxes(form) == ["born_on-month"]
    assert form.error_links()[0]["href"] == "#id_born_on-month"


def test_three_boxes_have_a_group_and_their_own_labels() -> None:
    drawn = parse(Arrival()["born_on"].as_nhs())
    assert drawn.one("legend").text == "Date of birth"
    assert [label.text for label in drawn.all("label")] == ["Day", "Month", "Year"]


def test_a_stored_date_fills_the_boxes() -> None:
    drawn = parse(Arrival(initial={"born_on": date(2009, 3, 27)})["born_on"].as_nhs())
    assert [box["value"] for box in drawn.all("input")] == ["27", "3", "2009"]


def test_a_nul_in_a_date_is_no_date_and_no_crash() -> None:
    assert arrival(born_on_day="\x00").errors["born_on"] == [
        "The date of birth must have a day, like 27 3 2009"
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("6:45", time(6, 45)),
        ("18:45", time(18, 45)),
        ("6.45pm", time(18, 45)),
        ("0645", time(6, 45)),
        ("6pm", time(18, 0)),
        ("12am", time(0, 0)),
        ("12:05 PM", time(12, 5)),
        ("6 a.m.", time(6, 0)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: time) -> None:
    assert TimeField(label="Time").clean(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "6:75", "13pm", "6", "soon", "6:4"])
def test_a_time_that_is_none_is_said_in_words(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="The time of arrival must be a time, like"):
        TimeField(label="Time of arrival").clean(typed)


def test_a_time_may_be_left_out() -> None:
    assert TimeField(label="Time", required=False).clean("") is None


def test_a_nul_in_a_time_is_refused() -> None:
    with pytest.raises(forms.ValidationError):
        TimeField(label="Time").clean("6:45\x00")
