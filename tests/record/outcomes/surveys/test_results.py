"""What is worked out, once, when a wave is closed; and what waits because it is too little."""

from datetime import timedelta
from itertools import combinations

import pytest

from newel.evidence.measures import measure as definition
from newel.evidence.measures import score
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.outcomes.surveys import actions, figures, queries
from newel.record.outcomes.surveys.models import SurveyResult, Wave
from tests.cast import Cast
from tests.record.outcomes.surveys.surveyed import (
    AFTER,
    NOW,
    answered,
    close,
    group,
    hand_in,
    said,
    slips,
    wave,
)

LATER = NOW + timedelta(days=180)


def result(of: Wave, asked: str = "staff") -> SurveyResult | None:
    return group(of, asked).result


def scale(found: SurveyResult | None, id: str) -> dict[str, object]:
    assert found is not None
    return next(one for one in found.figures["subscales"] if one["id"] == id)


def test_five_forms_become_a_result_with_mean_spread_and_interval(db: None, cast: Cast) -> None:
    made = wave(cast, asked=["staff"])
    forms = [said(every=value) for value in (1, 2, 2, 3, 4)]
    hand_in(slips(cast, made, number=5), *forms)
    close(cast, made)
    cohesion = scale(result(made), "cohesion")
    scores = [score(definition("essences"), one)["cohesion"].score for one in forms]
    assert (cohesion["n"], cohesion["mean"]) == (5, sum(scores) / 5)  # type: ignore[arg-type]
    assert cohesion["mean"] == 12
    assert cohesion["sd"] == pytest.approx(5.70088, abs=1e-5)  # 5 times that of 1 2 2 3 4
    # t(4) at 95% is 2.776445: 12 ± 2.776445 · 5.70088 / √5
    assert cohesion["interval"] == pytest.approx([4.92141, 19.07859], abs=1e-4)
    safety = scale(result(made), "experienced_safety")
    assert safety["mean"] == 8  # all five items turned: 20 - 12


def test_staff_stand_beside_residents_with_the_difference_and_its_interval(
    db: None, cast: Cast
) -> None:
    made = wave(cast)
    hand_in(slips(cast, made, "staff", number=6), *[said(every=v) for v in (3, 3, 3, 4, 4, 4)])
    hand_in(slips(cast, made, "residents", number=6), *[said(every=v) for v in (1, 1, 1, 2, 2, 2)])
    close(cast, made)
    found = result(made, "staff")
    assert found is not None
    cohesion = next(one for one in found.difference["subscales"] if one["id"] == "cohesion")
    assert cohesion["difference"] == 10
    lower, upper = cohesion["interval"]
    assert lower == pytest.approx(20 - upper)
    # Welch with equal spreads and numbers: 10 ± t(10) · √(2 · 7.5 / 6), t(10) = 2.228139
    assert upper == pytest.approx(10 + 2.228139 * 2.5**0.5, abs=1e-5)
    assert result(made, "residents").difference == {}  # type: ignore[union-attr]


def test_no_difference_is_said_where_one_side_waits(db: None, cast: Cast) -> None:
    made = wave(cast)
    hand_in(slips(cast, made, "staff", number=6)[:5])
    hand_in(slips(cast, made, "residents", number=6)[:3])
    close(cast, made)
    assert result(made, "staff").difference == {}  # type: ignore[union-attr]
    assert result(made, "residents") is None


def test_alpha_is_given_from_ten_forms_without_a_gap(db: None, cast: Cast) -> None:
    for forms, there in ((9, False), (10, True)):
        made = wave(cast, asked=["staff"])
        given = [
            said(every=place % 5) | {"essences_02": (place + place % 2) % 5}
            for place in range(forms)
        ]
        hand_in(slips(cast, made, number=forms), *given)
        close(cast, made)
        alpha = scale(result(made), "cohesion")["alpha"]
        assert isinstance(alpha, dict)
        assert (alpha["value"] is not None) is there
        assert ("Fewer than 10" in alpha["why_not"]) is not there


def test_h18_a_scale_that_fewer_than_five_could_be_scored_on_is_not_shown(
    db: None, cast: Cast
) -> None:
    """Six forms, two of which leave safety out: four would say too much about the two."""
    made = wave(cast, asked=["staff"])
    gaps = {f"essences_{place:02}": None for place in (3, 6)}
    forms = [said(every=2)] * 4 + [said(every=2) | gaps] * 2
    hand_in(slips(cast, made, number=6), *forms)
    close(cast, made)
    safety = scale(result(made), "experienced_safety")
    assert {safety[name] for name in ("n", "mean", "sd", "interval")} == {None}
    assert scale(result(made), "cohesion")["n"] == 6


def test_shares_count_who_answered_at_least_so_much_of_those_who_answered(
    db: None, cast: Cast
) -> None:
    made = wave(cast, measure="evaluation_child", asked=["residents"])
    codes = slips(cast, made, "residents", number=7)
    forms = [said("evaluation_child", every=value) for value in (0, 1, 2, 3, 4, 4)]
    hand_in(codes, *forms, said("evaluation_child", every=2) | {"evaluation_child_01": None})
    close(cast, made)
    shares = result(made, "residents").figures["shares"]  # type: ignore[union-attr]
    first, second = shares[0], shares[1]
    assert (first["says"], first["so_many"], first["n"]) == ("at least somewhat", 4, 6)
    assert (second["so_many"], second["n"]) == (5, 7)


def test_what_is_no_answer_to_the_question_is_in_no_denominator(db: None, cast: Cast) -> None:
    """“I have not been to one” is no answer about formulation meetings, and no 0 either."""
    found = definition("evaluation_staff")
    option = next(
        one.value for one in found.responses_of("evaluation_staff_02").options if not one.scored
    )
    forms = [said("evaluation_staff", every=3) for _ in range(5)]
    forms += [said("evaluation_staff", every=3) | {"evaluation_staff_02": option}] * 3
    shares = figures.of_group(found, forms)["shares"]
    counted = {one["item"]: one["n"] for one in shares}
    assert counted["evaluation_staff_02"] == 5
    assert counted["evaluation_staff_01"] == 8


def test_h18_under_five_forms_nothing_is_worked_out_and_they_wait(db: None, cast: Cast) -> None:
    made = close(cast, answered(cast, forms=4))
    assert result(made) is None
    assert not SurveyResult.objects.exists()
    assert queries.waiting(group=group(made)) == [group(made)]


def test_h18_a_small_flat_sees_its_climate_when_two_times_are_enough_together(
    db: None, cast: Cast
) -> None:
    first = close(cast, answered(cast, forms=3))
    second = answered(cast, forms=4, at=LATER)
    second = close(cast, second, at=LATER + timedelta(days=20))
    found = result(second)
    assert found is not None
    assert found == result(first)
    assert found.forms == 7
    assert queries.waiting(group=group(second)) == []


def test_h18_units_that_wait_are_counted_together_when_somebody_says_so(
    db: None, cast: Cast
) -> None:
    rookery = close(cast, answered(cast, forms=3))
    yarmouth = close(cast, answered(cast, forms=3, unit="yarmouth"))
    assert result(rookery) is None
    with acting(cast.trotwood.pk):
        found = actions.count_together(group=group(rookery), by=cast.trotwood, at=AFTER)
    assert found.forms == 6
    assert result(rookery) == result(yarmouth) == found


def test_h18_together_still_too_few_stay_unseen(db: None, cast: Cast) -> None:
    rookery = close(cast, answered(cast, forms=2))
    close(cast, answered(cast, forms=2, unit="yarmouth"))
    with acting(cast.trotwood.pk), pytest.raises(NotNow, match="still fewer than 5"):
        actions.count_together(group=group(rookery), by=cast.trotwood, at=AFTER)


def test_h18_another_house_is_never_counted_with_this_one(db: None, cast: Cast) -> None:
    rookery = close(cast, answered(cast, forms=4))
    days = {"opens_on": NOW.date(), "closes_on": NOW.date()}
    with acting(cast.fairfax.pk):
        other = actions.plan_wave(
            measure="essences", setting=cast.ferndean.setting, unit=cast.ferndean,
            asked=["staff"], by=cast.fairfax, at=NOW, **days,
        )  # fmt: skip
        codes = actions.make_slips(
            group=group(other), number=4, by=cast.fairfax, at=NOW, today=NOW.date()
        )
    hand_in(codes)
    with acting(cast.fairfax.pk):
        actions.close_wave(wave=other, by=cast.fairfax, at=AFTER, today=AFTER.date())
    assert queries.waiting(group=group(rookery)) == [group(rookery)]


def test_the_staff_of_a_whole_house_are_not_counted_with_those_of_its_units(
    db: None, cast: Cast
) -> None:
    """They would be the same people twice."""
    rookery, days = close(cast, answered(cast, forms=3)), {"opens_on": NOW.date()}
    with acting(cast.trotwood.pk):
        house = actions.plan_wave(
            measure="essences", setting=cast.rookery.setting, unit=None, asked=["staff"],
            closes_on=NOW.date(), by=cast.trotwood, at=NOW, **days,
        )  # fmt: skip
    hand_in(slips(cast, house, number=4))
    close(cast, house)
    assert queries.waiting(group=group(rookery)) == [group(rookery)]
    assert queries.waiting(group=group(house)) == [group(house)]


@pytest.mark.parametrize("forms", [(3, 4, 6, 2, 3), (5, 1, 4, 5, 5), (1, 1, 1, 1, 1), (4, 6, 1, 9)])
def test_h18_no_two_results_share_a_form_whatever_comes_back(
    db: None, cast: Cast, forms: tuple[int, ...]
) -> None:
    """So there is no pair of publications whose difference is a small group."""
    made = []
    for times, number in enumerate(forms):
        at = NOW + timedelta(days=180 * times)
        made.append(close(cast, answered(cast, forms=number, at=at), at=at + timedelta(days=20)))
    counted = {
        one.pk: {each.pk for each in queries.counted_in(results=[one])[one.pk]}
        for one in SurveyResult.objects.all()
    }
    assert all(not one & other for one, other in combinations(counted.values(), 2))
    returned = dict(zip([group(one).pk for one in made], forms, strict=True))
    for one in SurveyResult.objects.all():
        assert one.forms == sum(returned[id] for id in counted[one.pk]) >= 5
        assert (
            one.forms - max((returned[id] for id in counted[one.pk]), default=0) != 0
            or len(counted[one.pk]) == 1
        )


def test_a_wave_with_enough_forms_stands_alone_although_others_wait(db: None, cast: Cast) -> None:
    close(cast, answered(cast, forms=3))
    second = close(cast, answered(cast, forms=6, at=LATER), at=LATER + timedelta(days=20))
    assert result(second).forms == 6  # type: ignore[union-attr]


def test_a_wave_that_nobody_answered_waits_for_nothing(db: None, cast: Cast) -> None:
    made = wave(cast)
    slips(cast, made, number=6)
    close(cast, made)
    assert queries.waiting(group=group(made)) == []


def test_h17_a_result_holds_no_rank_no_grade_and_no_total_across_scales(
    db: None, cast: Cast
) -> None:
    found = result(close(cast, answered(cast, forms=5)))
    assert found is not None
    assert set(found.figures) == {"subscales", "shares"}
    for one in found.figures["subscales"]:
        assert set(one) == {
            "id", "name", "lowest", "highest", "better", "n", "mean", "sd", "interval", "alpha",
        }  # fmt: skip
