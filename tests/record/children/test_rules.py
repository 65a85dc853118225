"""What the room computes."""

from datetime import date

import pytest

from newel.record.children.rules import (
    NotAnNhsNumber,
    age_on,
    checked_nhs_number,
)


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
