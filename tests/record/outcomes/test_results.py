"""One child's own lines over time, and the page for the child's own eyes."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newel.evidence.measures import measure, measures
from newel.evidence.measures.limits import changed
from newel.record.outcomes.presenters.picture import BOTTOM, TOP, picture
from newel.record.outcomes.presenters.results import change_in_words
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.giving import A_DAY, begun, finished, lines, now, said, to

ORS = measure("ors").subscales[0]


def results(cast: Cast, signed_in: type[SignedIn]) -> str:
    return signed_in(cast.chillip).get(to("results", cast.david)).text


def over_time(cast: Cast, *totals: tuple[float, ...]) -> None:
    for number, values in enumerate(totals):
        finished(cast, now().date() - (len(totals) - number) * 30 * A_DAY, lines(*values))


@pytest.mark.django_db
def test_a_line_has_its_picture_its_words_and_its_table(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    over_time(cast, (2, 2, 2, 2), (2, 3, 2, 2), (4, 4, 4, 4))
    page = results(cast, signed_in)
    assert "<svg" in page and "newel-line-picture__line" in page
    assert "That is 8 up; 5 points or more are more than chance makes" in page
    for score in (">8<", ">9<", ">16<"):
        assert score in page
    assert "4 of 4 answered" in page


@pytest.mark.django_db
def test_h4_nothing_is_added_up_across_questionnaires_and_no_other_child_is_there(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    over_time(cast, (2, 2, 2, 2))
    finished(cast, now().date(), said(**{f"_{n:02}": 1 for n in range(1, 11)}), "yp_core")
    page = results(cast, signed_in)
    assert page.count('<svg class="newel-line-picture"') == 2
    assert "Tommy" not in page and "rank" not in page and "average of" not in page


@pytest.mark.django_db
def test_a_form_half_answered_has_no_score_and_says_how_far_it_was(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    over_time(cast, (2, 2, None, 2), (3, 3, 3, 3))  # type: ignore[arg-type]
    page = results(cast, signed_in)
    assert "3 of 4 items answered; 4 are needed for a score." in page
    assert "Not every question was answered on 1 form." in page
    assert ">×</text>" in page


@pytest.mark.django_db
def test_a_form_that_is_open_or_set_aside_is_in_no_line(
    cast: Cast, signed_in: type[SignedIn]
) -> None:

    begun(cast)
    assert "No questionnaire is finished yet." in results(cast, signed_in)


@pytest.mark.django_db
def test_a_cut_off_of_adults_or_carers_is_not_held_against_a_childs_own_line(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    over_time(cast, (2, 2, 2, 2))
    page = results(cast, signed_in)
    assert "Cut-off 28, young people aged 13 to 17" in page and "cut-off 28<" in page
    assert "adults" not in page.split("Wellbeing", 1)[1] and "carer" not in page


@pytest.mark.django_db
def test_where_no_reliable_change_is_known_the_page_says_so(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    for days, value in ((40, 1), (1, 3)):
        answers = said(**{f"_{number:02}": value for number in range(1, 11)})
        finished(cast, now().date() - days * A_DAY, answers, "yp_core")
    assert "No reliable change can be given" in results(cast, signed_in)


@pytest.mark.parametrize(
    ("first", "last", "which"),
    [(20.1, 25.1, "up"), (25.1, 20.1, "down"), (20.1, 25.0, "same"), (20, 20, "same")],
)
def test_a_change_of_as_many_points_is_one_and_of_fewer_is_not(
    first: float, last: float, which: str
) -> None:
    assert changed(first, last, points=5) == which


def test_a_line_of_one_score_has_no_change() -> None:
    assert "no change to speak of" in change_in_words(ORS, [(date(2026, 1, 1), 20)])


def test_a_profile_is_never_drawn_or_averaged() -> None:
    profile = measure("eq5dy3l").subscales[0]
    assert "never drawn or averaged" in change_in_words(profile, [])


def test_every_point_lies_inside_its_picture_whatever_the_scores() -> None:
    days = [date(2026, 1, 1) + number * A_DAY for number in range(60)]
    for one in measures():
        for subscale in one.subscales:
            if subscale.method == "profile":
                continue
            low, high = subscale.lowest or 0, subscale.highest or 10
            scored = [(on, low if n % 2 else high) for n, on in enumerate(days)]
            drawn = picture(
                id="x", subscale=subscale, scored=scored, unscored=(), title="", description=""
            )
            assert all(TOP <= float(point.y) <= BOTTOM for point in drawn.points)
            assert all(TOP <= float(cut.y) <= BOTTOM for cut in drawn.cut_offs)
            if drawn.band is not None:
                assert TOP <= float(drawn.band.y) <= BOTTOM


def test_days_in_words_never_stand_on_each_other() -> None:
    days = [date(2026, 1, 1) + number * A_DAY for number in range(60)]
    drawn = picture(
        id="x", subscale=ORS, scored=[(on, 20) for on in days], unscored=(), title="",
        description="",
    )  # fmt: skip
    places = [float(one.x) for one in drawn.days]
    assert all(later - before >= 90 for before, later in pairwise(places))
    assert drawn.days[-1].words == "1 Mar 2026"


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_for_60_forms_as_for_3(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    client, counted = signed_in(cast.chillip), []
    for number in (3, 57):
        over_time(cast, *[(1, 2, 3, 4)] * number)
        client.get(to("results", cast.david))
        with CaptureQueriesContext(connection) as asked:
            client.get(to("results", cast.david))
        counted.append(len(asked))
    assert counted[0] == counted[1]


@pytest.mark.django_db
def test_answers_on_another_version_are_not_scored_by_this_one(
    cast: Cast, signed_in: type[SignedIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    over_time(cast, (2, 2, 2, 2))
    newer = measure("ors").model_copy(update={"version": 2})
    monkeypatch.setattr("newel.record.outcomes.presenters.results.in_words", lambda _: newer)
    assert "Answered on another version of this questionnaire" in results(cast, signed_in)


class TestForTheChild:
    def mine(self, cast: Cast, signed_in: type[SignedIn]) -> str:
        page = signed_in(cast.omer).get(to("childs_view", cast.david)).text
        return page[page.index("<main") : page.index("</main>")]

    @pytest.mark.django_db
    def test_it_says_what_the_line_did_only_beyond_chance(
        self, cast: Cast, signed_in: type[SignedIn]
    ) -> None:
        over_time(cast, (2, 2, 2, 2), (3, 3, 3, 3))
        assert "My line is about the same as the first time." in self.mine(cast, signed_in)
        finished(cast, now().date(), lines(6, 6, 6, 6))
        assert "My line has gone up since the first time." in self.mine(cast, signed_in)

    @pytest.mark.django_db
    def test_it_has_no_cut_off_no_band_and_no_word_of_a_measure(
        self, cast: Cast, signed_in: type[SignedIn]
    ) -> None:
        over_time(cast, (2, 2, 2, 2), (3, 3, 3, 3))
        page = self.mine(cast, signed_in)
        for word in ("cut-off", "hatch", "ORS", "Rating Scale", "score", "reliable", "distress"):
            assert word not in page

    @pytest.mark.django_db
    def test_only_what_the_child_answered_is_there(
        self, cast: Cast, signed_in: type[SignedIn]
    ) -> None:
        finished(cast, now().date(), said(_01=2, _02=None), "yp_core")
        page = self.mine(cast, signed_in)
        assert "at times" in page and "I did not want to answer" in page
        assert "I did not answer this one" in page

    @pytest.mark.django_db
    def test_before_anything_was_answered_it_says_so(
        self, cast: Cast, signed_in: type[SignedIn]
    ) -> None:
        assert "You have not answered any questions yet." in self.mine(cast, signed_in)
