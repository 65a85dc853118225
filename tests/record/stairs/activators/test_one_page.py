"""What the page says, and what it never says."""

from datetime import date

import pytest

from newel.record.stairs.activators.one_page_queries import HomePerson, PageState
from tests.record.stairs.activators.page_lines import NOON, TODAY, days, some_sheet, texts

LONG_AGO = TODAY - days(120)


def test_each_line_says_whose_words_how_sure_and_how_fresh() -> None:
    page = some_sheet(
        {"said_by_role": "teacher", "said_on": date(2026, 10, 9)},
        {"whose_words": "child", "said_by_role": "child", "kind": "sets_off"},
    )
    lines = {section.code: section.lines[0] for section in page.sections if section.lines}
    assert lines["helps"].said == "A teacher, 9 Oct"
    assert lines["helps"].fresh == "fairly sure, confirmed 3 Nov"
    assert lines["sets_off"].said == "David’s own words, 3 Nov"


def test_a_day_in_another_year_has_its_year() -> None:
    page = some_sheet({"said_on": date(2025, 12, 30)})
    assert page.sections[2].lines[0].said == "A teacher, 30 Dec 2025"


def test_a_line_past_its_date_is_never_among_current_facts() -> None:
    page = some_sheet({"text": "A kite.", "confirmed_on": LONG_AGO})
    assert texts(page.sections) == []
    assert texts(page.not_confirmed) == ["A kite."]
    assert page.not_confirmed[0].heading == "What helps"
    assert page.not_confirmed[0].lines[0].fresh == "Not confirmed since 6 July 2026, ask"


def test_a_line_is_current_on_its_last_day_and_not_on_the_next() -> None:
    kite = {"text": "A kite.", "confirmed_on": TODAY - days(90)}
    assert texts(some_sheet(kite).sections) == ["A kite."]
    assert texts(some_sheet(kite, at=NOON + days(1)).not_confirmed) == ["A kite."]


def test_a_heading_with_nothing_says_that_nobody_told() -> None:
    said = {section.code: section.nothing for section in some_sheet().sections}
    assert said["helps"] == "Nobody has told us yet what helps."
    assert said["understanding"] == "We do not understand yet why."


def test_a_heading_with_only_old_lines_does_not_say_that_nobody_told() -> None:
    page = some_sheet({"confirmed_on": LONG_AGO})
    assert page.sections[2].nothing == "Nothing here is confirmed now. Look under “Not confirmed”."


def test_without_a_reason_why_it_is_first_information() -> None:
    assert some_sheet(formulated=False).first_information
    assert not some_sheet(formulated=True).first_information


def test_the_page_is_good_for_28_days_after_the_newest_line() -> None:
    page = some_sheet({"confirmed_on": TODAY - days(40)}, {"confirmed_on": TODAY - days(28)})
    assert not page.expired
    assert page.expiry == "Good until 3 November 2026"
    assert page.why_it_expires == (
        "The page is good for 28 days after a line on it was last agreed or confirmed: "
        "6 October 2026."
    )


def test_a_day_later_it_is_marked_expired_and_still_has_its_lines() -> None:
    page = some_sheet({"confirmed_on": TODAY - days(29)})
    assert page.expired
    assert page.expiry == "EXPIRED. It was good until 2 November 2026."
    assert texts(page.sections)


def test_what_keeps_the_child_safe_does_not_make_an_old_page_young() -> None:
    old = some_sheet({"confirmed_on": TODAY - days(29)}, safe=[{"next_review_on": TODAY + days(9)}])
    assert old.expired


def test_a_page_without_lines_counts_from_the_referral() -> None:
    page = some_sheet(formulated=False)
    assert page.expiry == "Good until 7 November 2026"
    assert "after it was begun: 31 October 2026" in page.why_it_expires


def test_keeping_safe_has_its_four_parts_and_blank_is_never_none() -> None:
    parts = some_sheet().safe
    assert len(parts) == 4
    assert {part.nothing for part in parts} == {"Nobody has entered this."}
    assert not any(part.text for part in parts)


def test_a_part_says_by_whom_when_its_review_and_where_the_plan_is() -> None:
    part = some_sheet(safe=[{}]).safe[0]
    assert part.text == "Nuts: his throat swells."
    assert part.author == "Health lead, nurse or therapist, 3 November 2026 at 12:00pm"
    assert part.review == "Next review 3 December 2026."
    assert part.live_plan == "SystmOne, health room"


def test_none_known_is_said_in_words_and_signed() -> None:
    part = some_sheet(safe=[{"text": "", "none_known": True}]).safe[0]
    assert part.text == "No allergies known"
    assert part.author


def test_a_part_past_its_review_says_so() -> None:
    part = some_sheet(safe=[{"next_review_on": TODAY - days(1)}]).safe[0]
    assert part.overdue
    assert part.review == "Past its review on 2 November 2026: ask before you rely on it."
    assert not some_sheet(safe=[{"next_review_on": TODAY}]).safe[0].overdue


def test_an_interpreter_named_at_referral_is_there_before_anybody_writes_the_part() -> None:
    language = some_sheet(first_language="Romani", interpreter_needed=True).safe[3]
    assert language.text == "First language: Romani. Interpreter needed."
    assert language.review == "Nobody has entered a plan or a review."


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (PageState(version=6), "Not yet shown to David"),
        (
            PageState(version=6, shown_version=4, shown_on=TODAY),
            "Shown to David on 3 November 2026 (version 4); this is version 6",
        ),
        (
            PageState(version=6, shown_version=6, shown_on=TODAY),
            "Shown to David on 3 November 2026 (version 6)",
        ),
    ],
)
def test_it_says_when_the_child_was_last_shown_it(shown: PageState, said: str) -> None:
    assert some_sheet(state=shown).shown == said


def test_who_matters_has_names_and_conditions() -> None:
    bessie = HomePerson(name="Bessie", relationship="Looked after her", safety_check="safe")
    aunt = HomePerson(name="Betsey", relationship="", safety_check="safe_with_conditions")
    page = some_sheet(home_people=(bessie, aunt))
    assert page.keyworkers == "Minnie Omer, keyworker"
    assert page.home_people == (
        "Bessie, looked after her",
        "Betsey (ask before calls or visits)",
    )


def test_nobody_named_as_keyworker_is_said() -> None:
    assert some_sheet(keyworkers=()).keyworkers == "No keyworker has been named yet."


@pytest.mark.parametrize(
    "text",
    [
        "He was convicted last year.",
        "Something sexual was done to him.",
        "Take him to 12 Cliff Walk.",
        "He lives near IP7 5PH.",
        "He listens to Tommy.",
    ],
)
def test_a_line_that_may_not_stand_on_paper_is_held_back_and_the_page_says_so(text: str) -> None:
    page = some_sheet({"text": text}, {"text": "A kite."}, names_of_other_children=("Tommy",))
    assert texts(page.sections) == ["A kite."]
    assert page.held_back == "1 line is held back: ask the psychologist."


def test_an_old_line_is_looked_at_like_a_current_one() -> None:
    page = some_sheet({"text": "He was convicted.", "confirmed_on": LONG_AGO}, {"text": "Bail."})
    assert texts(page.not_confirmed) == []
    assert page.held_back == "2 lines are held back: ask the psychologist."


def test_a_held_back_part_of_keeping_safe_is_not_taken_for_a_blank_one() -> None:
    part = some_sheet(safe=[{"text": "He was at 12 Cliff Walk."}]).safe[0]
    assert part.nothing == "This is held back: ask the psychologist now."


def test_a_person_from_home_whose_name_is_an_address_is_held_back() -> None:
    person = HomePerson(name="12 Cliff Walk", relationship="aunt", safety_check="safe")
    page = some_sheet(home_people=(person,))
    assert page.home_people == ()
    assert page.held_back


def test_nothing_held_back_says_nothing() -> None:
    assert some_sheet({}).held_back == ""


def test_paper_is_handed_back_when_the_first_thing_on_it_is_due() -> None:
    page = some_sheet({}, safe=[{"next_review_on": TODAY + days(2)}])
    assert page.keep.endswith("Hand it back or shred it by the end of 5 November 2026.")
