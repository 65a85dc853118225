from tests.record.design_system.arrival import GOOD, Arrival, arrival
from tests.record.design_system.parsed import parse


def test_good_answers_are_accepted() -> None:
    form = arrival()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["preferred_name"] == "David"


def test_every_field_is_drawn_once_and_has_a_label() -> None:
    drawn = parse(Arrival().render_nhs())
    labelled = {label["for"] for label in drawn.all("label")}
    boxes = [b for kind in ("input", "textarea", "select") for b in drawn.all(kind)]
    ids = [box["id"] for box in boxes]
    assert len(ids) == len(set(ids))
    assert {box["id"] for box in boxes if box.get("type") != "hidden"} == labelled


def test_an_error_stands_beside_the_field_and_the_summary_leads_to_it() -> None:
    form = arrival(preferred_name="")
    summary = parse(form.render_error_summary())
    assert summary.one("a")["href"] == "#id_preferred_name"
    assert summary.one("a").text == "Enter the name they like"
    drawn = parse(form.render_nhs())
    box = drawn.one("input", id="id_preferred_name")
    assert "id_preferred_name-error" in box["aria-describedby"].split()
    assert "Enter the name they like" in drawn.one(id="id_preferred_name-error").text


def test_every_link_of_the_summary_leads_to_something_on_the_page() -> None:
    form = Arrival({})
    drawn = parse(form.render_nhs())
    ids = {one["id"] for one in drawn.all() if one.get("id")}
    links = parse(form.render_error_summary()).all("a")
    assert len(links) == 4
    assert {link["href"].removeprefix("#") for link in links} <= ids


def test_there_is_no_summary_without_errors() -> None:
    assert arrival().render_error_summary() == ""


def test_everything_typed_is_still_there_after_an_error() -> None:
    form = arrival(
        preferred_name="",
        born_on_day="31",
        born_on_month="feb",
        came_at="half past",
        told="a\n\n b",
        kin="yes",
        kin_name="Peggotty",
        safe="no",
        needs=["pictures"],
        unit="oak",
        visits="many",
        read_with="on",
        came_from="shift",
    )
    drawn = parse(form.render_nhs())
    typed = {box["id"]: box.get("value") for box in drawn.all("input")}
    assert typed["id_born_on-day"] == "31"
    assert typed["id_born_on-month"] == "feb"
    assert typed["id_came_at"] == "half past"
    assert typed["id_kin_name"] == "Peggotty"
    assert typed["id_visits"] == "many"
    assert typed["id_came_from"] == "shift"
    assert drawn.one("textarea").raw_text == "a\n\n b"
    checked = {box["value"] for box in drawn.all("input") if box.get("checked") is not None}
    assert checked == {"yes", "no", "pictures", "on"}
    assert [o["value"] for o in drawn.all("option") if o.get("selected") is not None] == ["oak"]


def test_a_revealed_field_is_asked_for_only_with_its_choice() -> None:
    assert arrival(kin="no").is_valid()
    asked = arrival(kin="yes")
    assert asked.errors == {"kin_name": ["Enter who to call"]}


def test_an_answer_that_was_not_asked_for_is_dropped() -> None:
    form = arrival(kin="no", kin_name="x" * 200)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["kin_name"] == ""


def test_a_revealed_field_stands_under_its_choice_and_nowhere_else() -> None:
    drawn = parse(Arrival().render_nhs())
    under = drawn.one(class_="nhsuk-radios__conditional")
    assert under.one("input")["name"] == "kin_name"
    assert len(drawn.all("input", name="kin_name")) == 1


def test_named_fields_are_drawn_alone() -> None:
    drawn = parse(Arrival().render_nhs("preferred_name", "unit"))
    assert [box["name"] for box in drawn.all("input") + drawn.all("select")] == [
        "preferred_name",
        "unit",
    ]


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    form = arrival()
    form.add_error(None, "This was changed by someone else meanwhile")
    summary = parse(form.render_error_summary())
    assert summary.one("li").text == "This was changed by someone else meanwhile"
    assert summary.all("a") == []


def test_a_prefix_keeps_two_forms_on_a_page_apart() -> None:
    form = Arrival({f"b-{key}": value for key, value in GOOD.items()}, prefix="b")
    assert form.is_valid(), form.errors
    assert parse(form.render_nhs()).one("input", name="b-born_on-day")["id"] == "id_b-born_on-day"
