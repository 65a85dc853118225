"""How long the page counts, and how long a sheet of it may be kept."""

from datetime import date

import pytest

from newel.record.stairs.activators.one_page_rules import good_until, keep_paper_until

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("formulated", "until"), [(False, date(2026, 11, 10)), (True, date(2026, 12, 1))]
)
def test_first_information_counts_a_week_and_a_formulation_four(
    formulated: bool, until: date
) -> None:
    assert good_until(last_agreed_or_confirmed=DAY, formulated=formulated) == until


@pytest.mark.parametrize(
    ("due", "kept_until"),
    [
        ([], date(2026, 12, 1)),
        ([date(2026, 11, 20), date(2026, 11, 9)], date(2026, 11, 9)),
        ([date(2026, 11, 3)], date(2026, 11, 3)),
        ([date(2026, 11, 2)], date(2026, 12, 1)),
    ],
)
def test_a_sheet_is_kept_until_the_first_thing_on_it_is_due(
    due: list[date], kept_until: date
) -> None:
    found = keep_paper_until(good_until=date(2026, 12, 1), changes_due=due, today=DAY)
    assert found == kept_until


def test_a_sheet_of_an_expired_page_is_for_today() -> None:
    assert keep_paper_until(good_until=date(2026, 10, 1), changes_due=[], today=DAY) == DAY
