"""Change by more than noise: the formula, three states, cut-offs, goals, and whose day it was."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from newel.evidence.measures import Measure
from newel.evidence.measures.change import Changes, changes, reliable_change_index
from newel.evidence.measures.faults import checked
from newel.evidence.measures.groups import alpha
from newel.evidence.measures.occasions import UnclearOccasions, occasions
from tests.evidence.measures import made_up

FIVE = {"points": 5, "source": "made up", "confirmed": "ours"}
CUT = {
    "value": 28,
    "for_whom": "13 to 17",
    "audience": {"from_age": 13, "to_age": 17},
    "says": "x",
    "source": "x",
    "confirmed": "ours",
}
EARLY, LATE = "2024-01-31", "2024-07-01"


def lines(**rules: Any) -> Measure:
    """Four lines of 0 to 10 in tenths, as a session form has them; 5 points are reliable."""
    rules = {"reliable_change": FIVE, **rules}
    return made_up.measure(made_up.subscale(**rules), **made_up.answered_by("line"))


def goals(number: int = 3) -> Measure:
    ids = made_up.FOUR[:number]
    rules = {"items": ids, "minimum": 1, "method": "mean",
             "reliable_change": {**FIVE, "points": 2.45}}  # fmt: skip
    told = made_up.told(made_up.subscale(**rules), kind="goals")
    told["items"] = [{"id": id, "label": id, "responses": "ten"} for id in ids]
    told["responses"] = {"ten": {"lowest": 0, "highest": 10}}
    return Measure.model_validate(told)


def compared(measure: Measure, *rows: tuple[Any, ...]) -> Changes:
    """rows: person, day, then the answers."""
    ids = [one.id for one in measure.items]
    told = [dict(zip(("who", "day", *ids), row, strict=False)) for row in rows]
    table = pl.DataFrame(
        told, schema={"who": pl.String, "day": pl.String} | dict.fromkeys(ids, pl.Float64)
    )
    return changes(measure, occasions(measure, table, person="who", date="day"))["whole"]


def only(found: Changes) -> dict[str, Any]:
    return found.table.row(0, named=True)


def of_sums(measure: Measure, first: float, last: float) -> dict[str, Any]:
    """One person whose sums of four lines were these."""
    before, after = [round(first / 4, 6)] * 4, [round(last / 4, 6)] * 4
    return only(compared(measure, ("a", EARLY, *before), ("a", LATE, *after)))


def test_the_formula_step_by_step() -> None:
    noise = reliable_change_index(10, 0.84)
    assert noise.sem == pytest.approx(4, abs=1e-12)
    assert noise.se_difference == pytest.approx(5.656854249492381, abs=1e-12)
    assert noise.points == pytest.approx(11.087434329005066, abs=1e-12)
    assert "1.96" in str(noise.formula)
    assert (noise.sd, noise.reliability) == (10, 0.84)


@pytest.mark.parametrize(("sd", "r"), [(0, 0.8), (-1, 0.8), (1, 0), (1, 1.1), (1, -0.2)])
def test_a_formula_without_sense_is_refused(sd: float, r: float) -> None:
    with pytest.raises(ValueError, match="SD above 0"):
        reliable_change_index(sd, r)


@pytest.mark.parametrize(
    ("last", "state"),
    [(25.2, "reliably_better"), (24.8, "no_reliable_change"), (20, "no_reliable_change"),
     (15.2, "no_reliable_change"), (14.8, "reliably_worse")],
)  # fmt: skip
def test_three_states_where_more_is_better(last: float, state: str) -> None:
    assert of_sums(lines(), 20, last)["state"] == state


@pytest.mark.parametrize(
    ("last", "state"),
    [(25.2, "reliably_worse"), (14.8, "reliably_better"), (20, "no_reliable_change")],
)
def test_and_where_less_is_better(last: float, state: str) -> None:
    assert of_sums(lines(better="lower"), 20, last)["state"] == state


def test_exactly_the_points_is_reliable_although_tenths_are_not_exact() -> None:
    found = only(compared(lines(), ("a", EARLY, 0, 3.2, 0, 0), ("a", LATE, 0, 3.2, 5, 0)))
    assert found["last"] - found["first"] < 5, "as binary numbers it is a hair short"
    assert found["change"] == 5
    assert found["state"] == "reliably_better"


def test_a_scale_without_a_better_side_has_a_difference_and_no_state() -> None:
    found = of_sums(lines(better="neither"), 8, 40)
    assert (found["change"], found["state"]) == (32, None)
    assert found["why_not"] == "Neither direction of this scale is better."


@pytest.mark.parametrize(
    ("concern", "crossed"),
    [("below", "out_of_concern"), ("at_or_below", "stayed_in_concern"),
     ("above", "stayed_out_of_concern"), ("at_or_above", "into_concern")],
)  # fmt: skip
def test_a_cut_off_is_as_strict_as_the_definition_says(concern: str, crossed: str) -> None:
    cut = {**CUT, "concern": concern}
    assert of_sums(lines(cut_offs=[cut]), 26, 28)["cut_off_1"] == crossed


def test_of_two_cut_offs_each_is_told() -> None:
    cuts = [{**CUT, "concern": "below"}, {**CUT, "concern": "below", "value": 25}]
    found = of_sums(lines(cut_offs=cuts), 26, 30)
    assert (found["cut_off_1"], found["cut_off_2"]) == ("out_of_concern", "stayed_out_of_concern")


def test_the_first_form_with_a_score_is_compared_with_the_last_whatever_their_order() -> None:
    rows = [("a", "2024-03-01", 5, 5, 5, 5), ("a", "2024-01-01", 1, 1, 1, None),
            ("a", "2024-02-01", 2, 2, 2, 2), ("a", "2024-04-01", None, 9, 9, 9),
            ("a", "2024-02-15", 9, 9, 9, 9)]  # fmt: skip
    found = only(compared(lines(), *rows))
    assert (found["forms"], found["first"], found["last"], found["change"]) == (3, 8, 20, 12)
    assert (found["first_on"], found["last_on"]) == (date(2024, 2, 1), date(2024, 3, 1))


def test_one_form_is_no_change_and_says_so() -> None:
    found = compared(lines(), ("a", EARLY, 1, 1, 1, 1), ("b", EARLY, 1, None, 1, 1))
    one, none = found.table.to_dicts()
    assert (one["forms"], one["first"], one["last"], one["state"]) == (1, 4, None, None)
    assert (none["forms"], none["first"], none["state"]) == (0, None, None)
    assert one["why_not"] == none["why_not"] == "Fewer than two forms have a score."


def test_goals_are_compared_one_by_one_where_both_forms_have_a_rating() -> None:
    """Goal 2 was rated at the end only: a mean of all would say 4.33 up; the pair says 1 up."""
    found = only(compared(goals(), ("a", EARLY, 2, None, 4), ("a", LATE, 3, 10, 5)))
    assert (found["items"], found["first"], found["last"], found["change"]) == (2, 3, 4, 1)
    assert found["state"] == "no_reliable_change"


@pytest.mark.parametrize(
    ("last", "state"),
    [((5, 4, 4), "no_reliable_change"), ((5, 5, 4), "reliably_better"),
     ((2, 0, 0), "no_reliable_change")],
)  # fmt: skip
def test_goals_need_a_mean_of_two_and_nearly_a_half(last: tuple[int, ...], state: str) -> None:
    assert only(compared(goals(), ("a", EARLY, 2, 2, 2), ("a", LATE, *last)))["state"] == state


def test_on_one_whole_goal_it_means_three() -> None:
    for last, state in ((6, "no_reliable_change"), (7, "reliably_better")):
        assert only(compared(goals(1), ("a", EARLY, 4), ("a", LATE, last)))["state"] == state


def test_exactly_the_published_points_of_goals_are_reliable() -> None:
    rules = {"items": made_up.FOUR[:1], "minimum": 1, "method": "mean"}
    rule = made_up.subscale(reliable_change={**FIVE, "points": 2.4}, **rules)
    measure = made_up.measure(rule, kind="goals", **made_up.answered_by("line"))
    nothing = (None, None, None)
    found = only(compared(measure, ("a", EARLY, 1.7, *nothing), ("a", LATE, 4.1, *nothing)))
    assert found["last"] - found["first"] < 2.4
    assert found["state"] == "reliably_better"


def test_goals_that_never_met_have_no_change() -> None:
    found = only(compared(goals(), ("a", EARLY, 2, None, None), ("a", LATE, None, 8, None)))
    assert (found["change"], found["state"]) == (None, None)
    assert found["why_not"] == "No goal has a rating on both forms."


NAMED = ["odd_01", "odd_01_goal", "odd_02", "odd_02_goal"]


def of_named_goals(*rows: tuple[Any, ...]) -> dict[str, Any]:
    """rows: day, then a rating and its goal, twice."""
    measure, table = goals(2), pl.DataFrame(rows, schema=["day", *NAMED], orient="row")
    forms = occasions(measure, table.with_columns(who=pl.lit("a")), person="who", date="day")
    return only(changes(measure, forms)["whole"])


def test_a_goal_is_known_by_its_name_and_not_by_its_place() -> None:
    """The second place of July is another goal, and the first of January stands there."""
    found = of_named_goals((EARLY, 2, "football", 3, "sleep"), (LATE, 9, "work", 8, " football "))
    assert (found["first"], found["last"], found["items"]) == (2, 8, 1)
    assert found["state"] == "reliably_better"


def test_goals_that_were_all_changed_have_no_change() -> None:
    found = of_named_goals((EARLY, 2, "football", None, None), (LATE, 9, "work", None, None))
    assert (found["change"], found["why_not"]) == (None, "No goal has a rating on both forms.")


@pytest.mark.parametrize(
    ("row", "said"),
    [((LATE, 9, " ", 8, "sleep"), "row 3: a rating, and odd_01_goal does not say of which goal"),
     ((LATE, 9, "sleep", 8, "sleep"), "row 3: odd_01_goal and odd_02_goal name one goal")],
)  # fmt: skip
def test_a_rating_of_which_it_is_not_clear_of_which_goal_is_refused(
    row: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(UnclearOccasions, match=said):
        of_named_goals((EARLY, 2, "football", 3, "sleep"), row)


def _forty(people: int, last: bool = False) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for n in range(people):
        level = n % 5 + 1
        rows.append((f"p{n:03}", EARLY, level, min(5, level + n % 2), max(1, level - n % 3), level))
        if last:
            rows.append((f"p{n:03}", LATE, 5, 5, 5, 5))
    return rows


ADULTS = CUT | {"value": 25, "for_whom": "adults", "audience": {"from_age": 18}}
CARERS = CUT | {"value": 30, "for_whom": "carers", "audience": {"answered_by": ["carer"]}}


@pytest.mark.parametrize(
    ("age", "crossed"),
    [("12", [None, None]), ("13", ["out_of_concern", None]), ("17.0", ["out_of_concern", None]),
     ("18", [None, "out_of_concern"]), ("", ["out_of_concern", "out_of_concern"]),
     (None, ["out_of_concern", "out_of_concern"])],
)  # fmt: skip
def test_a_cut_off_is_held_against_those_it_is_meant_for(
    age: str | None, crossed: list[str | None]
) -> None:
    """By the age on the last form that tells one; where none is told, the words have to be read."""
    measure = lines(cut_offs=[{**one, "concern": "below"} for one in (CUT, ADULTS, CARERS)])
    answers = {id: [5.0, 8.0] for id in made_up.FOUR}
    table = pl.DataFrame({"who": "a", "day": [EARLY, LATE], "old": [age, age], **answers})
    forms = occasions(measure, table, person="who", date="day", age="old")
    found = changes(measure, forms, answered_by="self")["whole"]
    assert [one.for_whom for one in found.cut_offs] == ["13 to 17", "adults"]
    assert [only(found)[f"cut_off_{n}"] for n in (1, 2)] == crossed


@pytest.mark.parametrize("age", ["15.5", "-1", "121", "fifteen", "1,5"])
def test_an_age_that_is_none_is_refused_with_its_row(age: str) -> None:
    table = pl.DataFrame({"who": ["a"], "day": [EARLY], "old": [age]})
    with pytest.raises(UnclearOccasions, match=r"whole years from 0 to 120: row 2"):
        occasions(made_up.measure(), table, person="who", date="day", age="old")


def test_where_none_is_published_the_first_forms_of_the_file_give_it() -> None:
    measure = made_up.measure(made_up.subscale())
    noise = compared(measure, *_forty(40, last=True)).noise
    assert noise.origin == "this_file"
    assert (noise.sd_n, noise.reliability_n) == (40, 40)
    assert "listwise" in str(noise.reliability_kind)
    assert noise == compared(measure, *_forty(40)).noise, "the last forms have no part in it"
    assert noise.sd is not None and noise.reliability is not None
    again = reliable_change_index(noise.sd, noise.reliability)
    assert noise.points == again.points


def test_the_alpha_of_a_file_is_that_of_forms_without_a_gap() -> None:
    """Forms with a gap still have a score, and so a place in the SD."""
    measure = made_up.measure(made_up.subscale(minimum=3, prorate=True))
    rows = [(*row[:3], None, *row[4:]) if n % 8 == 0 else row for n, row in enumerate(_forty(40))]
    noise = compared(measure, *rows).noise
    assert (noise.sd_n, noise.reliability_n) == (40, 35)
    whole = np.array([row[2:] for row in rows if row[3] is not None], dtype=float)
    assert noise.reliability == pytest.approx(alpha(whole, missing="listwise").value, abs=1e-12)


def test_too_few_first_forms_give_none_and_say_so() -> None:
    found = compared(made_up.measure(made_up.subscale()), *_forty(29, last=True))
    assert found.noise.points is None
    assert "need 30 people" in found.noise.why_not
    assert "there are 29" in found.noise.why_not
    assert found.table["state"].null_count() == 29
    assert found.table["why_not"][0] == found.noise.why_not


@pytest.mark.parametrize("columns", [[1, 1, 1, 1], [1, 5, 1, 5]])
def test_items_that_do_not_hang_together_give_none(columns: list[int]) -> None:
    rows = [
        (f"p{n}", EARLY, *(value if n % 2 else 6 - value if value != 1 or columns[1] == 5 else 1
                           for value in columns))
        for n in range(40)
    ]  # fmt: skip
    rows = (
        [(who, day, a, b, c, 6 - c) for who, day, a, b, c, _ in rows] if columns[1] == 5 else rows
    )
    noise = compared(made_up.measure(made_up.subscale()), *rows).noise
    assert noise.points is None
    assert "do not vary together" in noise.why_not


def test_a_single_item_has_no_noise_of_its_own() -> None:
    measure = made_up.measure(made_up.subscale(items=made_up.FOUR[:1], minimum=1))
    assert "one item has no alpha" in compared(measure, *_forty(40)).noise.why_not


def test_a_profile_has_no_difference() -> None:
    measure = made_up.measure(
        made_up.subscale(method="profile", better="neither"), made_up.subscale("sum")
    )
    table = pl.DataFrame({"who": ["a"], "day": [EARLY]} | {id: [1.0] for id in made_up.FOUR})
    assert list(changes(measure, occasions(measure, table, person="who", date="day"))) == ["sum"]


def _occasions(*rows: tuple[Any, Any], day_first: bool = False) -> pl.DataFrame:
    table = pl.DataFrame(rows, schema=["who", "day"], orient="row")
    return occasions(made_up.measure(), table, person="who", date="day", day_first=day_first)


def test_days_are_read_as_iso_or_taken_as_days() -> None:
    wanted = [date(2024, 2, 29)]
    assert _occasions(("a", " 2024-02-29 "))["date"].to_list() == wanted
    assert _occasions(("a", date(2024, 2, 29)))["date"].to_list() == wanted


@pytest.mark.parametrize(
    "said", ["3/4/2024", "03.04.2024", "3-4-2024", "2024-04-03", " 03/04/2024"]
)
def test_the_day_comes_first_where_somebody_says_so(said: str) -> None:
    assert _occasions(("a", said), day_first=True)["date"].to_list() == [date(2024, 4, 3)]


@pytest.mark.parametrize(
    "said",
    ["3/4/2024", "2024-4-3", "2024-02-30", "20240403", "", None, "45385", "2024-04-03T10:00", "n/a",
     "24-04-03", "２０２４-04-03"],
)  # fmt: skip
def test_any_other_date_is_refused_with_its_row(said: str | None) -> None:
    with pytest.raises(UnclearOccasions, match=r"YYYY-MM-DD.*row 3.*say --day-first\.$"):
        _occasions(("a", "2024-01-01"), ("a", said))


@pytest.mark.parametrize("said", ["31/4/2024", "4/13/2024", "3/4/24", "3/4", "3/4.2024x"])
def test_also_where_the_day_comes_first(said: str) -> None:
    with pytest.raises(UnclearOccasions, match=r"D/M/YYYY.*row 2.*compared\.$"):
        _occasions(("a", said), day_first=True)


def test_two_forms_of_one_person_on_one_date_are_refused_with_their_rows() -> None:
    with pytest.raises(UnclearOccasions, match=r"rows 2 and 4 \(2024-01-01\)"):
        _occasions(("a", "2024-01-01"), ("b", "2024-01-01"), (" a", "2024-01-01"))


@pytest.mark.parametrize("who", ["", "  ", None])
def test_a_form_of_nobody_is_refused_with_its_row(who: str | None) -> None:
    with pytest.raises(UnclearOccasions, match="Row 3 names no person"):
        _occasions(("a", "2024-01-01"), (who, "2024-01-02"))


def test_many_faulty_rows_are_counted_and_not_all_listed() -> None:
    with pytest.raises(UnclearOccasions, match="and 20 more"):
        _occasions(*(("a", "tomorrow") for _ in range(30)))


@pytest.mark.parametrize(
    ("person", "day", "said"),
    [("nobody", "day", "no column “nobody”"), ("who", "when", "no column “when”"),
     ("who", "who", "both the person and the date"), ("odd_01", "day", "holds answers")],
)  # fmt: skip
def test_columns_that_cannot_be_meant_are_refused(person: str, day: str, said: str) -> None:
    table = pl.DataFrame({"who": ["a"], "day": [EARLY], "odd_01": [1]})
    with pytest.raises(UnclearOccasions, match=said):
        occasions(made_up.measure(), table, person=person, date=day)


def test_a_faulty_answer_counts_as_unanswered_in_a_change_too() -> None:
    told = {"who": ["a", "a"], "day": [EARLY, LATE]} | {id: ["1", "5"] for id in made_up.FOUR}
    measure = lines()
    table = checked(measure, pl.DataFrame(told | {"odd_02": ["1", "3,5"]})).table
    found = changes(measure, occasions(measure, table, person="who", date="day"))["whole"]
    assert only(found)["forms"] == 1


def test_no_people_at_all_are_no_fault() -> None:
    assert compared(lines()).table.height == 0
