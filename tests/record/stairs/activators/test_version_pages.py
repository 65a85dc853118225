"""The pages of versions: agreeing one, reading it, what they hold back, and two at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.establishments import actions as places
from newel.record.stairs.activators import actions, version_queries
from newel.record.stairs.activators.models import FormulationVersion, Statement
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import NOW, TODAY, address, answers, text_of
from tests.record.stairs.activators.wording import DOOR, MONDAY, agreed, draft

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=30)
AT_MOST_QUERIES = 25  # with those of the session, the reach and the audit
MINE = "A closed door brings back being shut in. He needs to be told first."


def said(**changed: Any) -> dict[str, Any]:
    day = {"agreed_on-day": TODAY.day, "agreed_on-month": TODAY.month, "agreed_on-year": TODAY.year}
    return {
        **day,
        "others": "Jo Field, aunt",
        "involvement": "direct",
        "involvement_reason": "",
        "summary": MINE,
        "summary_level": "team",
        **changed,
    }


def drawn_for(cast: Cast) -> dict[str, str]:
    with acting(cast.chillip.pk):
        seen = formulation.seen_now(cast.david, cast.chillip)
    return {
        "last": seen.last,
        "statements": " ".join(seen.statements),
        "views": " ".join(seen.views),
    }


@pytest.fixture
def one_agreed(cast: Cast) -> Any:
    with acting(cast.chillip.pk):
        return agreed(cast.david, cast.chillip, at=BEFORE)


def test_a_psychologist_agrees_a_version_and_reads_it(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    client = signed_in(cast.chillip)
    page = address("agree_formulation", cast.david)
    answer = client.post(page, said(**drawn_for(cast)))
    assert answer.status_code == 302
    shown = text_of(client.get(answer.headers["Location"]))
    for words in (MINE, "Our best understanding on", "Jo Field, aunt", DOOR["text"], "Version 1"):
        assert words in shown


def test_the_summary_is_never_filled_in(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """The one before stands beside it, and is kept only by a tick."""
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=BEFORE)
    page = address("agree_formulation", cast.david)
    shown = signed_in(cast.chillip).get(page).content.decode()
    box = shown[shown.index('name="summary"') :]
    assert box[box.index(">") + 1 : box.index("</textarea>")].strip() == ""
    assert formulation.SUMMARY in shown
    kept = said(**drawn_for(cast), summary="", keep_summary="on")
    assert signed_in(cast.chillip).post(page, kept).status_code == 302
    with acting(cast.chillip.pk):
        latest = FormulationVersion.objects.get(number=2)
        assert latest.summary == formulation.SUMMARY


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"summary": ""}, "Enter the summary, in your own words"),
        ({"others": ""}, "Choose who took part"),
        ({"others": ", aunt"}, "Write a name, a comma, and what they do"),
        ({"involvement": "declined"}, "Enter how the child took part, or why not"),
        ({"involvement": ""}, "Choose how the child took part"),
        ({"agreed_on-year": "2999"}, "must be a real date"),
        ({"agreed_on-year": "2150"}, "must not be after"),
        ({"took_part": "staff-22222222222222"}, "no longer works with this child"),
    ],
)
def test_what_is_missing_gets_a_sentence_and_nothing_typed_is_lost(
    changed: dict[str, str],
    sentence: str,
    one_agreed: Any,
    cast: Cast,
    signed_in: type[Client],
) -> None:
    typed = said(**drawn_for(cast), involvement_reason="")
    answer = signed_in(cast.chillip).post(
        address("agree_formulation", cast.david), {**typed, **changed}
    )
    shown = text_of(answer)
    assert sentence in shown
    for name in ("summary", "others"):
        assert name in changed or str(typed[name]) in shown
    with acting(cast.chillip.pk):
        assert not FormulationVersion.objects.exists()


def test_the_second_of_two_gets_both_texts_and_agrees_again_deliberately(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """Nothing is saved twice, nothing that was typed is lost."""
    page = address("agree_formulation", cast.david)
    opened = drawn_for(cast)
    with acting(cast.trotwood.pk):
        formulation.version(cast.david, cast.trotwood)
    client = signed_in(cast.chillip)
    answer = client.post(page, said(**opened))
    shown = text_of(answer)
    assert "Somebody else was quicker" in shown
    assert MINE in shown and formulation.SUMMARY in shown and "Betsey Trotwood" in shown
    with acting(cast.chillip.pk):
        assert FormulationVersion.objects.count() == 1
    assert client.post(page, said(**drawn_for(cast))).status_code == 302
    with acting(cast.chillip.pk):
        assert [one.summary for one in FormulationVersion.objects.order_by("number")] == [
            formulation.SUMMARY,
            MINE,
        ]


def test_a_page_that_tells_of_another_version_can_be_sent_again(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    opened = drawn_for(cast)
    with acting(cast.trotwood.pk):
        formulation.version(cast.david, cast.trotwood)
    page = address("agree_formulation", cast.david)
    shown = signed_in(cast.chillip).post(page, said(**opened)).content.decode()
    now = drawn_for(cast)["last"]
    assert f'value="{now}"' in shown


def test_what_changed_meanwhile_is_shown_in_both_wordings(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    page = address("agree_formulation", cast.david)
    opened = drawn_for(cast)
    with acting(cast.trotwood.pk):
        new = {**DOOR, "text": "When a door is shut without a word he shouts."}
        actions.replace_statement(statement=one_agreed, by=cast.trotwood, at=NOW, **new)
    client = signed_in(cast.chillip)
    shown = text_of(client.post(page, said(**opened)))
    assert "Changed while this page was open" in shown
    assert "hits the wall" in shown and "without a word" in shown and MINE in shown
    assert "I have read what changed" in shown
    assert f'name="new_statements" value="{drawn_for(cast)["statements"]}"' in shown
    with acting(cast.chillip.pk):
        assert not FormulationVersion.objects.exists()
    now = drawn_for(cast)
    news = {"new_statements": now["statements"], "new_views": now["views"]}
    again = text_of(client.post(page, said(**opened, **news)))
    assert "without a word" in again and "Read what is different" in again
    assert client.post(page, said(**opened, **news, seen_changes="on")).status_code == 302


def test_a_tick_is_for_what_was_shown_and_for_nothing_newer(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    page, client = address("agree_formulation", cast.david), signed_in(cast.chillip)
    opened = drawn_for(cast)
    with acting(cast.trotwood.pk):
        agreed(cast.david, cast.trotwood, text="He likes boats.", at=NOW)
    shown = drawn_for(cast)
    news = {"new_statements": shown["statements"], "new_views": ""}
    with acting(cast.trotwood.pk):
        agreed(cast.david, cast.trotwood, text="He likes the sea.", at=NOW)
    answer = text_of(client.post(page, said(**opened, **news, seen_changes="on")))
    assert "He likes the sea." in answer and "Added:" in answer
    with acting(cast.chillip.pk):
        assert not FormulationVersion.objects.exists()


def test_what_is_held_back_is_counted_and_never_shown(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H8: by level, in the version and in what changed."""
    with acting(cast.chillip.pk):
        secret = agreed(
            cast.david,
            cast.chillip,
            at=BEFORE,
            text="Steerforth frightens him.",
            sharing_level="restricted_third_party",
        )
        formulation.view(cast.david, cast.chillip, statement=secret, text="So it was with me.")
        formulation.version(cast.david, cast.chillip, at=BEFORE + timedelta(days=1))
    for name in ("formulation", "compare", "versions"):
        shown = text_of(signed_in(cast.peggotty).get(address(name, cast.david)))
        assert "Steerforth" not in shown and "So it was with me" not in shown, name
    read = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    assert "1 statement is held back from you." in read
    assert "1 view that is not agreed is held back from you." in read
    compared = text_of(signed_in(cast.peggotty).get(address("compare", cast.david)))
    assert "1 statement of version 1 is held back from you." in compared
    assert "Steerforth" in text_of(signed_in(cast.chillip).get(address("formulation", cast.david)))


def test_what_was_held_back_on_that_day_stays_so_in_that_version(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H8: opened to all since, it is read where it stands now, and not in the version of then."""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=BEFORE)
        one = agreed(
            cast.david,
            cast.chillip,
            at=BEFORE,
            text="He told me of the boat.",
            sharing_level="named_people",
            named_readers=[cast.chillip.pk],
        )
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        actions.open_to_child(statement=one, by=cast.chillip, at=NOW)
    shown = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    assert "the boat" not in shown
    assert "the boat" in text_of(signed_in(cast.peggotty).get(address("understanding", cast.david)))


def test_a_past_version_says_so_on_every_part_and_leads_to_the_one_that_counts(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H2"""
    with acting(cast.chillip.pk):
        first = formulation.version(cast.david, cast.chillip, at=BEFORE)
        formulation.version(cast.david, cast.chillip, at=NOW, summary=MINE)
    client = signed_in(cast.peggotty)
    answer = client.get(address("version", cast.david, first.public_id))
    shown = text_of(answer)
    assert "This is past." in shown and "Open version 2, which counts now" in shown
    assert "PAST. It no longer counts." in shown
    headings = shown.count("<h2") + shown.count("<h3")
    assert shown.count("newel-formulation__past-mark") >= headings - 3
    current = text_of(client.get(address("formulation", cast.david)))
    assert MINE in current and "This is past." not in current


def test_a_past_version_opens_as_it_was(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        first = formulation.version(cast.david, cast.chillip, at=BEFORE)
        actions.retire_statement(
            statement=one_agreed, because="He walks through doors.", by=cast.chillip, at=NOW
        )
        agreed(cast.david, cast.chillip, text="He likes boats.", at=NOW)
        formulation.version(cast.david, cast.chillip, at=NOW)
    shown = text_of(signed_in(cast.peggotty).get(address("version", cast.david, first.public_id)))
    assert DOOR["text"] in shown and "He likes boats." not in shown
    assert "He walks through doors." not in shown


def test_what_is_no_longer_so_stands_apart_in_the_version_that_counts(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H2: a version is not altered, and still nobody reads there as current what has ended."""
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        actions.retire_statement(
            statement=one_agreed, because="He walks through doors.", by=cast.chillip, at=NOW
        )
    shown = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    apart = shown.index("No longer so, or put in other words, since this was agreed")
    assert shown.index(DOOR["text"]) > apart
    assert "No longer used since" in shown and "He walks through doors." in shown


@pytest.mark.parametrize("retired", [False, True])
def test_what_was_looked_at_again_is_still_agreed_until_it_is_not(
    retired: bool, one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H2, H3: the same words, surer or less sure, are not told as words that are gone."""
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        again: dict[str, Any] = {"confidence": "some_signs", "because": "We talked."}
        for day in (20, 10):
            one_agreed = actions.look_again(
                statement=one_agreed, by=cast.chillip, at=NOW - timedelta(days=day), **again
            )
    if retired:
        with acting(cast.chillip.pk):
            actions.retire_statement(statement=one_agreed, because="Gone.", by=cast.chillip, at=NOW)
    else:
        anew = text_of(signed_in(cast.chillip).get(address("reformulate", cast.david)))
        assert "Looked at again since the last version" in anew
    shown = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    assert ("No longer so, or put in other words" in shown) is retired
    assert ("Looked at again on" in shown) is not retired
    assert DOOR["text"] in shown
    if not retired:
        with acting(cast.chillip.pk):
            seen: dict[str, Any] = {"shows": "against", "text": "He slept.", "seen_on": TODAY}
            actions.note_what_was_seen(statement=one_agreed, by=cast.chillip, at=NOW, **seen)
        read = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
        assert "Something was seen since that speaks against it" in read


def test_a_line_past_its_day_says_so_in_the_full_formulation(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H2"""
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=NOW - timedelta(days=95))
        formulation.version(cast.david, cast.chillip, at=NOW - timedelta(days=94))
    shown = text_of(signed_in(cast.peggotty).get(address("formulation", cast.david)))
    assert "Not confirmed since" in shown


def test_without_a_version_the_page_says_so_and_what_to_do(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    for who, next_thing in (
        ("chillip", "Agree the formulation"),
        ("peggotty", "What we understand"),
    ):
        shown = text_of(signed_in(getattr(cast, who)).get(address("formulation", cast.david)))
        assert "No version of the formulation has been agreed yet." in shown
        assert next_thing in shown


def test_going_through_anew_says_what_is_new_and_what_a_draft_waits(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        agreed(cast.david, cast.chillip, text="He likes boats.", at=NOW)
        draft(cast.david, cast.chillip)
        formulation.view(cast.david, cast.chillip)
    shown = text_of(signed_in(cast.chillip).get(address("reformulate", cast.david)))
    assert "New since the last version" in shown
    assert "1 draft is not part of it" in shown
    assert "Say how it was settled" in shown and "Agree it anew" in shown


def test_who_goes_through_all_is_back_at_the_row_after_each_act(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        below = agreed(cast.david, cast.chillip, text="He likes boats.", at=BEFORE)
    client, page = signed_in(cast.chillip), address("reformulate", cast.david)

    def here(name: str, *more: str, then: str = "") -> str:
        there = f"{address(name, cast.david, *more)}?through{then}"
        assert f'href="{there}"' in client.get(page).content.decode(), name
        assert f'href="{page}' in client.get(there).content.decode(), name
        return there

    seen = client.post(here("confirm_statement", one_agreed.public_id), {"what_was_seen": "Again."})
    assert seen.headers["Location"] == f"{page}#row-{one_agreed.public_id}"
    assert f'id="row-{one_agreed.public_id}"' in client.get(page).content.decode()
    out = here("retire_statement", one_agreed.public_id, then=f"={below.public_id}")
    gone = client.post(out, {"because": "No longer."})
    assert gone.headers["Location"] == f"{page}#row-{below.public_id}"
    new = client.post(here("replace_statement", below.public_id), answers(text="He likes the sea."))
    with acting(cast.chillip.pk):
        newest = Statement.objects.get(text="He likes the sea.")
    assert new.headers["Location"] == f"{page}#row-{newest.public_id}"
    view = {"about": "whole", "whose": "teacher", "text": "No.", "sharing_level": "team"}
    assert client.post(here("write_view"), view).headers["Location"].startswith(page)
    written = client.post(here("write_statement"), answers(text="He draws."))
    assert written.headers["Location"].startswith(page)


def test_what_is_not_agreed_is_read_with_the_versions(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """Whoever may write a view sees afterwards where it stands; who may agree settles it."""
    page = address("write_view", cast.david)
    typed = {"about": "whole", "whose": "teacher", "text": "I do not.", "sharing_level": "team"}
    answer = signed_in(cast.peggotty).post(page, typed)
    shown = text_of(signed_in(cast.peggotty).get(answer.headers["Location"]))
    assert "I do not." in shown and "Say how it was settled" not in shown
    client = signed_in(cast.chillip)
    with acting(cast.chillip.pk):
        view = version_queries.standing_views(child=cast.david, visible_to=cast.chillip)[0]
    settle = address("settle_view", cast.david, view.public_id)
    assert settle in text_of(client.get(address("versions", cast.david)))
    assert client.post(settle, {"because": "We talked."}).status_code == 302
    assert "I do not." not in text_of(client.get(address("versions", cast.david)))
    again = text_of(client.get(settle, follow=True))
    assert "already written down how this was settled" in again


def test_what_is_not_agreed_stands_on_the_page_of_its_statement(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H3: also after the words were changed; and what is held back is not there."""
    with acting(cast.chillip.pk):
        formulation.view(cast.david, cast.chillip, statement=one_agreed, text="I saw him calm.")
        formulation.view(cast.david, cast.chillip, statement=one_agreed, text="It was Steerforth.",
                         sharing_level="restricted_third_party")  # fmt: skip
        new = actions.replace_statement(statement=one_agreed, by=cast.chillip, at=NOW, **DOOR)
    page = address("statement", cast.david, new.public_id)
    shown = text_of(signed_in(cast.peggotty).get(page))
    assert "I saw him calm." in shown and "Steerforth" not in shown
    assert "Steerforth" in text_of(signed_in(cast.chillip).get(page))
    assert "Write down that somebody does not agree" in shown


def test_a_view_is_written_about_the_statement_one_came_from(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    client, page = signed_in(cast.peggotty), address("write_view", cast.david)
    shown = client.get(f"{page}?about={one_agreed.public_id}").content.decode()
    assert f'<option value="{one_agreed.public_id}" selected' in shown
    typed = {"about": one_agreed.public_id, "whose": "", "text": "No.", "sharing_level": "team"}
    assert "Choose whose view it is" in text_of(client.post(page, typed))
    assert client.post(page, {**typed, "whose": "teacher"}).status_code == 302
    with acting(cast.chillip.pk):
        view = version_queries.standing_views(child=cast.david, visible_to=cast.chillip)[0]
        assert (view.statement_id, view.written_by_id) == (one_agreed.pk, cast.peggotty.pk)


# Who may open which page. Anybody else who reaches the child gets 403.
READERS = {"peggotty", "omer", "chillip", "rosa", "mell", "trotwood", "wickfield"}
WRITERS = READERS - {"wickfield"}
AGREERS = {"chillip", "trotwood"}
MAY = {
    "versions": READERS,
    "formulation": READERS,
    "compare": READERS,
    "write_view": WRITERS,
    "agree_formulation": AGREERS,
    "reformulate": AGREERS,
    "write_recommendation": AGREERS,
}


@pytest.mark.parametrize("name", MAY)
def test_each_role_opens_just_these_pages(
    name: str, one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=BEFORE)
    page = address(name, cast.david)
    opened = {who: signed_in(getattr(cast, who)).get(page).status_code for who in READERS}
    assert {who for who, status in opened.items() if status == 200} == MAY[name]
    assert all(opened[who] == 403 for who in READERS - MAY[name])


def test_somebody_whose_post_ends_while_the_page_is_open_saves_nothing(
    one_agreed: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H29: and the answer has no form, so the script keeps the words on the page they stand on."""
    client, page = signed_in(cast.chillip), address("agree_formulation", cast.david)
    typed = said(**drawn_for(cast))
    assert client.get(page).status_code == 200
    with acting(cast.spenlow.pk):
        places.end_post(post=cast.chillip.posts.get(), at=timezone.now())
    answer = client.post(page, typed)
    assert answer.status_code == 404
    assert "data-keep-words" not in answer.content.decode().split("<main", 1)[1]
    with acting(cast.trotwood.pk):
        assert not FormulationVersion.objects.exists()


@pytest.mark.parametrize("name", ["formulation", "compare", "reformulate", "agree_formulation"])
def test_pages_ask_the_database_as_often_for_120_statements_as_for_3(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    client, by = signed_in(cast.chillip), cast.chillip

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(name, cast.david)).status_code == 200
        return len(queries)

    def life_goes_on(statements: int, *, every: int, reworded: int) -> None:
        """One of each kind of change, or many."""
        with acting(by.pk):
            for number in range(statements):
                one = agreed(cast.david, by, at=BEFORE, text=f"He sails to port {number}.")
                if number % every == 0:
                    formulation.view(cast.david, by, statement=one)
                    formulation.recommendation(cast.david, by, at=MONDAY)
            formulation.version(cast.david, by, at=BEFORE)
            rows = list(cast.david.statement_rows.filter(state="agreed"))
            for row in rows[:reworded]:
                actions.replace_statement(
                    statement=row, by=by, at=NOW, **{**DOOR, "text": "Otherwise."}
                )
            actions.confirm_statement(statement=rows[-1], by=by, at=NOW, what_was_seen="Again.")

    life_goes_on(3, every=3, reworded=1)
    asked()  # the first page of a session looks up more
    few = asked()
    life_goes_on(117, every=20, reworded=10)
    assert asked() == few
    assert few <= AT_MOST_QUERIES
