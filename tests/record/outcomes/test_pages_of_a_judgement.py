"""The pages of a judgement: who may, what is typed, both texts, nothing counted, when again."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newel.evidence.measures import measure
from newel.evidence.measures.judgement import groups, topics
from newel.record.access.transactions import acting
from newel.record.children.models import Child
from newel.record.outcomes import actions, rules
from newel.record.outcomes.models import Answer, Form, Judgement, Plan, Reason
from newel.record.outcomes.queries import judged as queries
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.record.outcomes.giving import A_DAY, now, to
from tests.record.outcomes.judging import begun, finished, judged

pytestmark = pytest.mark.django_db
TWO = {"savry_01": 2, "savry_02": 0}
WHY = {"savry_01": "Two fights in May.", "savry_02": "None known."}


def today() -> date:
    return now().date()


def planned(cast: Cast, id: str = "savry", child: Child | None = None) -> Plan:
    with acting(cast.chillip.pk):
        return actions.plan_measure(
            child=child or cast.david, measure=id, answered_by="assessor", rhythm="at_review",
            starts_on=today(), by=cast.chillip, at=now(), why="Before his review.",
        )  # fmt: skip


def page(cast: Cast, signed_in: type[SignedIn], name: str, form: Form, *more: object) -> str:
    return signed_in(cast.chillip).get(to(name, cast.david, form.public_id, *more)).text


def main_of(page: str) -> str:
    """What the page says, without its surroundings, its markup and the values in its fields."""
    inner = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", inner))


# Who may


def test_h5_a_judgement_is_read_by_those_who_plan_and_by_nobody_else(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = finished(cast, today(), TWO, WHY)
    for name in ("judgement", "compare_judgements"):
        address = to(name, cast.david, form.public_id)
        for may in (cast.chillip, cast.rosa, cast.trotwood):
            assert signed_in(may).get(address).status_code == 200
        for may_not in (cast.peggotty, cast.omer, cast.mell, cast.wickfield):
            assert signed_in(may_not).get(address).status_code == 403
        assert signed_in(cast.fairfax).get(address).status_code == 404


def test_h5_others_see_neither_that_it_is_planned_nor_that_it_was_made(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan = planned(cast)
    finished(cast, today() - 9 * A_DAY, TWO, WHY, plan=plan)
    planned(cast, "start_av")
    for pages in (to("questionnaires", cast.david), "/questionnaires-due/"):
        for may_not in (cast.peggotty, cast.omer):
            shown = signed_in(may_not).get(pages, follow=True).text
            assert "SAVRY" not in shown and "START:AV" not in shown and "Violence Risk" not in shown
    results = signed_in(cast.omer).get(to("results", cast.david)).text
    assert "Violence Risk" not in results and "No questionnaire is finished yet." in results


@pytest.mark.parametrize(
    "name",
    ["form", "answer", "finish", "set_aside", "hand_over", "paper", "type_in", "type_in_again",
     "compare_entries", "name_adults"],
)  # fmt: skip
def test_a_judgement_is_on_no_page_of_a_questionnaire(
    cast: Cast, signed_in: type[SignedIn], name: str
) -> None:
    form = begun(cast)
    for somebody in (cast.peggotty, cast.chillip):
        client = signed_in(somebody)
        assert client.get(to(name, cast.david, form.public_id)).status_code == 404
        assert client.post(to(name, cast.david, form.public_id), {}).status_code == 404


def test_the_childs_own_view_shows_nothing_of_it(cast: Cast, signed_in: type[SignedIn]) -> None:
    finished(cast, today(), TWO, WHY)
    shown = signed_in(cast.chillip).get(to("childs_view", cast.david)).text
    assert "You have not answered any questions yet." in shown
    assert "Two fights" not in shown and "violence" not in shown.casefold()


# Ages


def test_outside_its_ages_it_warns_wherever_it_is_planned_made_read_or_printed(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    age = rules_age(cast)
    warned = f"HCR-20 is made for ages 18 and over. David is {age}. (Known in general"
    client, plan = signed_in(cast.chillip), planned(cast, "hcr20")
    assert warned in client.get(to("plan", cast.david, "hcr20")).text
    assert warned in client.get(to("begin_judgement", cast.david, plan.public_id)).text
    form = begun(cast, "hcr20", plan=plan)
    for name, *more in (("judgement",), ("judge_part", 1), ("judge_about",), ("finish_judgement",)):
        assert warned in page(cast, signed_in, str(name), form, *more)
    with acting(cast.chillip.pk):
        actions.set_aside(form=form, because="Not for his age.", at=now())
    done = finished(cast, today(), {"hcr20_01_presence": 2}, {"hcr20_01_presence": "May."}, "hcr20")
    read = page(cast, signed_in, "judgement", done)
    assert f"David was {age} on that day" in read
    caution = read[read.index("newel-warning") : read.index("was 1")]
    assert "newel-not-printed" not in caution


def rules_age(cast: Cast) -> int:
    with acting(cast.chillip.pk):
        born = Child.objects.get(pk=cast.david.pk).born_on
    assert born is not None
    return today().year - born.year - ((today().month, today().day) < (born.month, born.day))


def test_where_nobody_wrote_down_a_birth_date_it_says_so(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast)
    with acting(cast.chillip.pk):
        Child.objects.filter(pk=cast.david.pk).update(born_on=None)
    for name, *more in (("judgement",), ("judge_part", 1)):
        assert "No date of birth is written down" in page(cast, signed_in, str(name), form, *more)
    assert "No date of birth" in signed_in(cast.chillip).get(to("plan", cast.david, "savry")).text


# Making it


def test_it_is_planned_and_begun_by_who_may_and_leads_from_part_to_part(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan, client = planned(cast), signed_in(cast.chillip)
    shown = client.get(to("begin_judgement", cast.david, plan.public_id)).text
    assert "A trained professional" in shown and "Before his review." in shown
    went = client.post(to("begin_judgement", cast.david, plan.public_id))
    with acting(cast.chillip.pk):
        form = Form.objects.get()
        assert (form.answered_by, form.way, form.plan) == ("assessor", "judged", plan)
    assert went.headers["Location"] == to("judge_part", cast.david, form.public_id, 1)
    last = len(groups(measure("savry")))
    for number in range(1, last):
        went = client.post(to("judge_part", cast.david, form.public_id, number), {"then": "next"})
        assert went.headers["Location"].endswith(f"/part/{number + 1}/")
    went = client.post(to("judge_part", cast.david, form.public_id, last), {"then": "next"})
    assert went.headers["Location"] == to("judge_about", cast.david, form.public_id)
    assert client.get(to("judge_part", cast.david, form.public_id, last + 1)).status_code == 404
    again = client.get(to("begin_judgement", cast.david, plan.public_id))
    assert again.headers["Location"] == to("judgement", cast.david, form.public_id)


@pytest.mark.parametrize("id", ["start_av", "savry", "hcr20"])
def test_every_topic_is_on_one_page_with_its_ratings_and_a_box_for_each(
    cast: Cast, signed_in: type[SignedIn], id: str
) -> None:
    form, found = begun(cast, id), []
    for number, group in enumerate(groups(measure(id)), 1):
        shown = page(cast, signed_in, "judge_part", form, number)
        assert group.name in main_of(shown).replace("&#39;", "’")
        found += re.findall(r'<textarea[^>]* name="([^"]+)-reasons"', shown)
    assert found == [one.item for topic in topics(measure(id)) for one in topic.ratings]


def test_what_is_typed_is_kept_and_one_comes_back_to_it(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.chillip)
    address = to("judge_part", cast.david, form.public_id, 1)
    shown = client.post(
        address,
        {"savry_01": "2", "savry_01-reasons": " Two fights.\r\nIn May. ",
         "savry_03-reasons": "At 9.", "then": "stop"},
        follow=True,
    ).text  # fmt: skip
    assert "You and others can go on any time." in shown
    back = client.get(address).text
    assert "Two fights.\nIn May.</textarea>" in back and "At 9.</textarea>" in back
    assert 'name="savry_01" type="radio" value="2" checked' in back


@pytest.mark.parametrize("typed", ["3", "declined", "x", "0.5", "９"])
def test_a_rating_that_there_is_not_is_said_and_the_rest_is_kept(
    cast: Cast, signed_in: type[SignedIn], typed: str
) -> None:
    form = begun(cast)
    shown = signed_in(cast.chillip).post(
        to("judge_part", cast.david, form.public_id, 1),
        {"savry_01": typed, "savry_01-reasons": "Two fights.", "savry_02": "1"},
    )
    assert shown.text.count("Past violence: choose one of the ratings") == 2
    with acting(cast.chillip.pk):
        assert [one.item for one in Answer.objects.all()] == ["savry_02"]
        assert Reason.objects.get().text == "Two fights."


def test_words_that_are_too_long_are_said_and_stay_on_the_page(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, long = begun(cast), "a" * 6001
    shown = signed_in(cast.chillip).post(
        to("judge_part", cast.david, form.public_id, 1),
        {"savry_01-reasons": long, "savry_02-reasons": "Kept."},
    )
    assert long in shown.text and "There is a problem" in shown.text
    with acting(cast.chillip.pk):
        assert [one.text for one in Reason.objects.all()] == ["Kept."]


def test_a_rating_is_taken_back_and_words_are_taken_away(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast)
    judged(form, cast.chillip, TWO, WHY)
    client, address = signed_in(cast.chillip), to("judge_part", cast.david, form.public_id, 1)
    sent = {
        "savry_01": "blank", "seen_savry_01": "2", "savry_01-reasons": "",
        "seen_savry_01-reasons": actions.mark_of(WHY["savry_01"]),
    }  # fmt: skip
    client.post(address, {**sent, "then": "stop"})
    with acting(cast.chillip.pk):
        there = queries.judged(form)
        assert set(there.ratings) == {"savry_02"} and there.words_of("savry_01") == ""
        assert Reason.objects.filter(item="savry_01").count() == 2


def test_two_at_once_get_a_page_with_both_texts_and_the_next_save_decides(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.chillip)
    judged(form, cast.rosa, {"savry_01": 0}, {"savry_01": "Rosa’s words."})
    address = to("judge_part", cast.david, form.public_id, 1)
    mine = {
        "savry_01": "2", "seen_savry_01": "", "savry_01-reasons": "Sam’s words.",
        "seen_savry_01-reasons": "", "savry_02-reasons": "Only mine.", "seen_savry_02-reasons": "",
    }  # fmt: skip
    both = client.post(address, mine).text
    assert "meanwhile Rosa Dartle wrote here too" in both
    assert "Rosa’s words." in both and "Sam’s words.</textarea>" in both
    assert "Rosa Dartle: low" in both and 'name="savry_01" type="radio" value="2" checked' in both
    seen = dict(re.findall(r'name="(seen_[^"]+)" value="([^"]*)"', both))
    together = mine | seen | {"savry_01-reasons": "Rosa’s words. Sam’s words."}
    assert client.post(address, together).status_code == 302
    with acting(cast.chillip.pk):
        there = queries.judged(form)
        assert there.words_of("savry_01") == "Rosa’s words. Sam’s words."
        assert there.words_of("savry_02") == "Only mine."
        assert there.ratings["savry_01"].value == 2
        assert Reason.objects.filter(item="savry_01").count() == 2


ABOUT = {
    "assessors": "Sam Chillip, psychologist", "are_trained": "on", "sources_used": ["talked"],
    "heard": "heard", "heard_words": "He says evenings.", "conclusion": "The same faces.",
}  # fmt: skip


def a_day(on: date) -> dict[str, str]:
    return {
        "look_again_on-day": str(on.day), "look_again_on-month": str(on.month),
        "look_again_on-year": str(on.year),
    }  # fmt: skip


def test_who_judged_and_until_when_is_proposed_with_its_source_and_can_be_changed(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast, "start_av"), signed_in(cast.chillip)
    address = to("judge_about", cast.david, form.public_id)
    shown, proposed = client.get(address).text, rules.look_again_proposed(
        measure("start_av"), on=today()
    )  # fmt: skip
    assert proposed is not None and "Proposed: " in shown and "3 months on" in shown
    assert "iresearchnet.com" in shown and f'value="{proposed.year}"' in shown
    assert "Sam Chillip, psychologist or formulation lead" in shown
    client.post(address, ABOUT | a_day(today() + 14 * A_DAY))
    with acting(cast.chillip.pk):
        assert Judgement.objects.get().look_again_on == today() + 14 * A_DAY


def test_where_no_source_says_when_the_page_says_so_and_proposes_nothing(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast)
    shown = page(cast, signed_in, "judge_about", form)
    assert "No source read here says when: agree on a day." in shown
    assert 'name="look_again_on-day" type="text"' in shown or "look_again_on-day" in shown
    assert rules.look_again_proposed(measure("savry"), on=today()) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"look_again_on-day": "31", "look_again_on-month": "2", "look_again_on-year": "2031"},
         "must be a real date"),
        ({"look_again_on-day": "1", "look_again_on-month": "1", "look_again_on-year": "2020"},
         "The day must"),
        ({"heard": "perhaps"}, "from the list"),
        ({"sources_used": ["rumour"]}, "from the list"),
        ({"assessors": "a" * 1001}, "characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_there_is_said_and_nothing_typed_is_lost(
    cast: Cast, signed_in: type[SignedIn], wrong: dict[str, object], said: str
) -> None:
    form = begun(cast)
    shown = signed_in(cast.chillip).post(
        to("judge_about", cast.david, form.public_id), {**ABOUT, **wrong}
    )
    assert "There is a problem" in shown.text and said in shown.text
    assert "The same faces." in shown.text
    with acting(cast.chillip.pk):
        assert not Judgement.objects.exists()


def test_two_at_once_on_who_judged_get_both_too(cast: Cast, signed_in: type[SignedIn]) -> None:
    form = begun(cast)
    address = to("judge_about", cast.david, form.public_id)
    signed_in(cast.rosa).post(address, {"assessors": "Rosa Dartle, nurse", "seen": ""})
    both = signed_in(cast.chillip).post(address, {**ABOUT, "seen": ""}).text
    assert "Meanwhile Rosa Dartle saved this page too" in both
    assert "Rosa Dartle, nurse" in both and "Sam Chillip, psychologist" in both
    (seen,) = re.findall(r'name="seen" value="([^"]*)"', both)
    assert signed_in(cast.chillip).post(address, {**ABOUT, "seen": seen}).status_code == 302


def test_finishing_lists_what_is_missing_and_leads_to_each_box(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = begun(cast)
    judged(form, cast.chillip, {"savry_01": 2, "savry_11": 1}, {"savry_11": "Two friends."})
    shown = page(cast, signed_in, "finish_judgement", form)
    box = to("judge_part", cast.david, form.public_id, 1) + "#id_savry_01-reasons"
    assert f'href="{box}"' in shown and "Give the reasons: Past violence" in shown
    assert 'id="id_savry_01-reasons"' in page(cast, signed_in, "judge_part", form, 1)
    assert "Say who assessed." in shown and "Not rated" in shown
    assert "answered_on" not in shown
    refused = signed_in(cast.chillip).post(
        to("finish_judgement", cast.david, form.public_id),
        {"answered_on-day": today().day, "answered_on-month": today().month,
         "answered_on-year": today().year},
    )  # fmt: skip
    assert "It is not finished yet, and everything is kept." in refused.text
    with acting(cast.chillip.pk):
        assert Form.objects.get().state == "open"


def test_what_is_whole_is_finished_on_a_day_and_then_stays(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.chillip)
    judged(form, cast.chillip, TWO, WHY)
    client.post(to("judge_about", cast.david, form.public_id), ABOUT | a_day(today() + 90 * A_DAY))
    shown = client.post(
        to("finish_judgement", cast.david, form.public_id),
        {"answered_on-day": today().day, "answered_on-month": today().month,
         "answered_on-year": today().year},
        follow=True,
    ).text  # fmt: skip
    assert "This is a judgement of people on" in shown and "it goes out of date" in shown
    for name, *more in (("judge_part", 1), ("judge_about",), ("finish_judgement",)):
        address = to(str(name), cast.david, form.public_id, *more)
        assert client.get(address).status_code == 302
        assert "is finished" in client.post(address, {"savry_03": "1", **ABOUT}).text


# Reading it


def test_it_is_read_in_words_with_the_reasons_beside_them(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form = finished(cast, today(), TWO, WHY)
    shown = main_of(page(cast, signed_in, "judgement", form))
    assert "Past violence High Two fights in May." in shown
    assert "Past offending without violence Low None known." in shown
    assert "Not rated: Early start of violence; Earlier supervision" in shown
    for said in ("Sam Chillip, psychologist", "Rosa Dartle, nurse", "Talks with the young person",
                 "He says the evenings are hardest.", "To be looked at again",
                 "He needs the same faces in the evening."):  # fmt: skip
        assert said in shown


@pytest.mark.parametrize("id", ["start_av", "savry", "hcr20"])
def test_h4_no_number_no_total_and_no_order_but_that_of_the_form(
    cast: Cast, signed_in: type[SignedIn], id: str
) -> None:
    asked = [one for topic in topics(measure(id)) for one in topic.ratings]
    ratings = {one.item: int(one.options[-1 - (n % 2)].value) for n, one in enumerate(asked)}
    what = {asked[48].item: "Singing"} if id == "start_av" else {}
    form = begun(cast, id)
    judged(form, cast.chillip, ratings, {one.item: "Because of it." for one in asked}, what)
    pages = [
        page(cast, signed_in, "judgement", form),
        page(cast, signed_in, "compare_judgements", form),
    ]
    pages += [
        page(cast, signed_in, "judge_part", form, number)
        for number in range(1, len(groups(measure(id))) + 1)
    ]
    for shown in pages:
        said = main_of(shown)
        without = re.sub(
            r"HCR-20|-20, version 3|ages \d+( to \d+| and over)|David is \d+|Page \d+ of \d+",
            "",
            said,
        )
        without = re.sub(r"\d+ [A-Z][a-z]+ 20\d\d( at \d+(:\d\d)?[ap]m)?", "", without)
        assert not re.findall(r"\d+", without), without
        assert "<svg" not in shown[shown.index("<main") : shown.index("</main>")]
        for word in ("total", "score", "average", "sum of", "points", "%", "rank"):
            assert word not in said.casefold(), word
    labels = [topic.label for topic in topics(measure(id))]
    read = pages[0][pages[0].index("newel-judge-group") :]
    from html import unescape

    places = [unescape(read).index(f">{label}") for label in labels]
    assert places == sorted(places)


def test_h4_no_rating_has_a_look_of_its_own(cast: Cast, signed_in: type[SignedIn]) -> None:
    """High and low differ by their word alone: no class, no colour, no sign."""
    drawn: list[str] = []
    for value in (0, 2):
        form = finished(cast, today(), {"savry_01": value}, {"savry_01": "Reasons."})
        shown = page(cast, signed_in, "judgement", form)
        start = shown.index("newel-judge-read")
        drawn.append(shown[start : shown.index("Not rated", start)])
    assert drawn[0].replace("Low", "…") == drawn[1].replace("High", "…")


def test_h2_past_its_day_it_says_out_of_date(cast: Cast, signed_in: type[SignedIn]) -> None:
    old = finished(cast, today() - 99 * A_DAY, TWO, WHY, look_again_on=today() - A_DAY)
    shown = page(cast, signed_in, "judgement", old)
    assert "Out of date" in shown and "Do not rely on it." in shown and "OUT OF DATE." in shown
    due = finished(cast, today() - 90 * A_DAY, TWO, WHY, look_again_on=today())
    assert "Out of date" in page(cast, signed_in, "judgement", due)
    current = finished(cast, today(), TWO, WHY)
    shown = page(cast, signed_in, "judgement", current)
    assert "Out of date" not in shown and "OUT OF DATE" not in shown
    past = page(cast, signed_in, "judgement", due)
    assert "This is a past judgement. A later one was made on" in past
    assert to("judgement", cast.david, current.public_id) in past


def test_whoever_plans_one_outside_its_ages_says_why(cast: Cast, signed_in: type[SignedIn]) -> None:
    sent = {
        "answered_by": "assessor", "rhythm": "at_review", "starts_on-day": today().day,
        "starts_on-month": today().month, "starts_on-year": today().year,
    }  # fmt: skip
    client = signed_in(cast.chillip)
    assert "Enter why" in client.post(to("plan", cast.david, "hcr20"), sent).text
    assert client.post(to("plan", cast.david, "savry"), sent).status_code == 302
    why = {"why": "Asked for by the court."}
    assert client.post(to("plan", cast.david, "hcr20"), sent | why).status_code == 302
    with acting(cast.chillip.pk):
        assert {one.measure for one in Plan.objects.all()} == {"savry", "hcr20"}


def test_then_and_now_stand_side_by_side_with_both_reasons(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    finished(cast, today() - 90 * A_DAY, TWO, WHY)
    later = finished(
        cast, today(), {"savry_01": 1, "savry_02": 0},
        {"savry_01": "None since May.", "savry_02": "Still none known."},
    )  # fmt: skip
    shown = main_of(page(cast, signed_in, "compare_judgements", later))
    assert "Past violence: high before, moderate now" in shown
    assert "Two fights in May." in shown and "None since May." in shown
    assert "offending without violence: " not in shown.split("What it came to")[0].replace(
        "Past violence", ""
    )
    for word in ("better", "worse", "improv", "reduc", "increas"):
        assert word not in shown.casefold().replace("say better or worse", "")
    first = page(cast, signed_in, "judgement", later)
    assert "Beside the time before" in first


def test_with_nothing_before_it_the_page_says_so(cast: Cast, signed_in: type[SignedIn]) -> None:
    form = finished(cast, today(), TWO, WHY)
    assert "no judgement of this kind before it" in page(
        cast, signed_in, "compare_judgements", form
    )
    assert "Beside the time before" not in page(cast, signed_in, "judgement", form)


def test_words_that_were_changed_can_still_be_read(cast: Cast, signed_in: type[SignedIn]) -> None:
    form, client = begun(cast), signed_in(cast.chillip)
    judged(form, cast.rosa, {}, {"savry_01": "He hit him."})
    client.post(
        to("judge_part", cast.david, form.public_id, 1),
        {"savry_01-reasons": "He pushed him.",
         "seen_savry_01-reasons": actions.mark_of("He hit him.")},
    )  # fmt: skip
    shown = page(cast, signed_in, "judgement", form)
    assert "He pushed him." in shown and "He hit him." in shown
    assert "Words that were changed while it was made" in shown


# When it is due again


def test_it_is_due_on_the_day_on_which_it_is_to_be_looked_at_again(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    plan = planned(cast)
    finished(cast, today() - 30 * A_DAY, TWO, WHY, plan=plan, look_again_on=today() - 2 * A_DAY)
    client = signed_in(cast.chillip)
    for address in (to("questionnaires", cast.david), "/questionnaires-due/"):
        shown = client.get(address, follow=True).text
        assert "to be looked at again on" in shown.casefold()
    listed = client.get("/questionnaires-due/", follow=True).text
    assert listed.index("Begun or due") < listed.index("looked at again")
    assert "later" not in listed.casefold() or listed.index("looked at again") < listed.index(
        "Later"
    )
    assert "of 31 answered" not in client.get(to("questionnaires", cast.david)).text


@pytest.mark.parametrize("name", ["judgement", "compare_judgements", "judge_part"])
def test_a_page_asks_as_often_whatever_there_was_before(
    cast: Cast, signed_in: type[SignedIn], name: str
) -> None:
    counted = []
    client, more = signed_in(cast.chillip), [1] if name == "judge_part" else []
    for _ in range(2):
        for days in range(1, 4 if not counted else 21):
            finished(cast, today() - days * A_DAY, TWO, WHY)
        form = begun(cast)
        judged(form, cast.chillip, TWO if not counted else {"savry_03": 1}, {})
        address = to(name, cast.david, form.public_id, *more)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queried:
            assert client.get(address).status_code == 200
        counted.append(len(queried))
        with acting(cast.chillip.pk):
            actions.set_aside(form=form, because="For the test.", at=now())
    assert counted[0] == counted[1]


def test_a_judgement_nobody_will_finish_is_set_aside_and_stays_readable(
    cast: Cast, signed_in: type[SignedIn]
) -> None:
    form, client = begun(cast), signed_in(cast.chillip)
    judged(form, cast.chillip, TWO, WHY)
    address = to("set_judgement_aside", cast.david, form.public_id)
    assert "Enter why" in client.post(address, {"because": ""}).text
    client.post(address, {"because": "He moved."})
    shown = page(cast, signed_in, "judgement", form)
    assert "He moved." in shown and "Two fights in May." in shown
    assert timedelta(0) < now() - form.opened_at
