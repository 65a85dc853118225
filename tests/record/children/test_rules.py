"""What the room computes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newel.record.access.names import are_alike
from newel.record.children.rules import (
    NotAnNhsNumber,
    age_on,
    checked_nhs_number,
    which_are_alike,
)

KEYS = st.text(alphabet="abde ", max_size=9).map(lambda typed: " ".join(typed.split()))


@given(key=KEYS, others=st.lists(KEYS, max_size=20))
def test_many_names_at_once_are_alike_where_two_by_two_they_are(
    key: str, others: list[str]
) -> None:
    one_by_one = {place for place, other in enumerate(others) if are_alike(key, other)}
    assert which_are_alike(key, others) == one_by_one


def test_names_that_could_be_mistaken() -> None:
    others = ["jayne eyre", "jack", "jane seymour", "", "john reed"]
    assert which_are_alike("jane eyre", others) == {0, 2}


@pytest.mark.parametrize(
    ("typed", "kept"), [("999 000 0018", "9990000018"), ("999-000-0018", "9990000018")]
)
def test_an_nhs_number_is_kept_as_ten_digits(typed: str, kept: str) -> None:
    assert checked_nhs_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "9990000019", "0000000000", "９９９００００１８", "99900000180"]
)
def test_what_is_no_nhs_number_is_refused(typed: str) -> None:
    with pytest.raises(NotAnNhsNumber):
        checked_nhs_number(typed)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2011, 3, 4), date(2026, 3, 3), 14),
        (date(2011, 3, 4), date(2026, 3, 4), 15),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_age(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age
