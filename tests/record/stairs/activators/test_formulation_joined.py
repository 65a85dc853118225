"""Versions and maps and the child's words, as one: where a statement stood, what went with what,
and what the child said, on the day a version was agreed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions, map_queries
from newel.record.stairs.activators.map_models import Placing
from newel.record.stairs.activators.models import Statement, StatementAsAgreed
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import NOW, address, text_of
from tests.record.stairs.activators.test_formulation_copies import made, words_of
from tests.record.stairs.activators.wording import agreed

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=30)
AFTER = NOW - timedelta(days=2)
BITE = "I bit him because nobody listened."
HERE: dict[str, Any] = {"five_ps": ["protective"], "area": "social", "life_stage": "teenage"}
KINDS = ["word", "pdf"]


def move(one: Statement, cast: Cast, at: Any, **places: Any) -> None:
    seen = Placing.objects.filter(statement=one, is_current=True).first()
    seen_id = seen.public_id if seen else ""
    there = {**HERE, **places}
    actions.place_statement(statement=one, by=cast.chillip, at=at, seen=seen_id, **there)


def said(cast: Cast, words: str = BITE, *, at: Any = BEFORE, **more: Any) -> Any:
    told: dict[str, Any] = {"told_on": at.date(), "how": "asked", "sharing_level": "team", **more}
    by = told.pop("by", cast.peggotty)
    return actions.write_down_words(child=cast.david, by=by, at=at, words=words, **told)


def page_of(cast: Cast, browser: Client, version: Any = None) -> str:
    if version is None:
        return text_of(browser.get(address("formulation", cast.david)))
    return text_of(browser.get(address("version", cast.david, version.public_id)))


def part(text: str, start: str, end: str) -> str:
    begins = text.index(start)
    return text[begins : text.index(end, begins)]


# Where it stood.


def test_a_version_keeps_the_place_that_a_statement_had_on_its_day(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=BEFORE)
        move(one, cast, BEFORE)
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        move(one, cast, AFTER, five_ps=["perpetuating"], area="biological", life_stage="")
        row = StatementAsAgreed.objects.get()
        now = map_queries.places_now(map_queries.with_place(one))
    assert (row.five_ps, row.area, row.life_stage) == (["protective"], "social", "teenage")
    assert (now.five_ps, now.area, now.life_stage) == (("perpetuating",), "biological", "")


def test_what_nobody_moved_is_kept_where_it_was_written(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=BEFORE, five_ps=["presenting"], life_stage="baby")
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        row = StatementAsAgreed.objects.get()
    assert (row.five_ps, row.area, row.life_stage) == (["presenting"], "psychological", "baby")


@pytest.mark.parametrize("is_past", [False, True])
def test_a_version_reads_by_the_places_of_its_day_now_and_when_it_is_past(
    is_past: bool, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=BEFORE, text="He counts stairs.")
        move(one, cast, BEFORE)
        version = formulation.version(cast.david, cast.chillip, at=BEFORE)
        move(one, cast, AFTER, five_ps=["perpetuating"], area="biological", life_stage="baby")
        if is_past:
            formulation.version(cast.david, cast.chillip, at=NOW)
    shown = page_of(cast, signed_in(cast.peggotty), version)
    assert "He counts stairs." in part(shown, "People and places", "Growing up")
    assert "He counts stairs." not in part(shown, "Body and health", "Mind and feelings")
    assert "He counts stairs." in part(shown, "What keeps the child well", "What sets things off")
    assert "He counts stairs." in part(shown, "From about eleven", "What is not agreed")
    assert "Baby and toddler" not in shown
    if is_past:
        assert "He counts stairs." in part(
            page_of(cast, signed_in(cast.peggotty)), "Baby and toddler", "What is not agreed"
        )


@pytest.mark.parametrize("against", ["now", "the next version"])
def test_what_was_moved_is_told_in_a_sentence(
    against: str, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=BEFORE, five_ps=["presenting"])
        first = formulation.version(cast.david, cast.chillip, at=BEFORE)
        move(one, cast, AFTER)
        later = "now"
        if against != "now":
            later = formulation.version(cast.david, cast.chillip, at=NOW).public_id
    asked = f"{address('compare', cast.david)}?earlier={first.public_id}&later={later}"
    shown = text_of(signed_in(cast.peggotty).get(asked))
    assert "1 moved on the maps." in shown
    assert "In the 5 Ps: it was presenting, it is protective." in shown
    assert "In time: it was not placed in time, it is from about eleven." in shown
    assert "stayed as" not in shown


def test_who_starts_anew_is_told_what_was_moved(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=BEFORE)
        formulation.version(cast.david, cast.chillip, at=BEFORE)
        move(one, cast, AFTER)
    shown = text_of(signed_in(cast.chillip).get(address("reformulate", cast.david)))
    assert "Moved on the maps since the last version" in shown


# What went with what.


@pytest.fixture
def sequence(cast: Cast) -> dict[str, Statement]:
    texts = {"sets_off": "A slammed door.", "early_sign": "He hums.", "helps": "A walk."}
    with acting(cast.chillip.pk):
        found = {
            kind: agreed(cast.david, cast.chillip, at=BEFORE, kind=kind, text=text)
            for kind, text in texts.items()
        }
        found["alone"] = agreed(
            cast.david, cast.chillip, at=BEFORE, kind="early_sign", text="He paces."
        )
    return found


def link(cast: Cast, first: Statement, then: Statement, at: Any = BEFORE) -> Any:
    return actions.say_goes_with(first=first, then=then, by=cast.chillip, at=at)


def test_what_somebody_linked_stands_together_and_the_rest_after_it(
    sequence: dict[str, Statement], cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        link(cast, sequence["sets_off"], sequence["early_sign"])
        link(cast, sequence["early_sign"], sequence["helps"])
        formulation.version(cast.david, cast.chillip, at=BEFORE)
    shown = page_of(cast, signed_in(cast.peggotty))
    told = part(shown, "goes together stands together", "How we understand it")
    places = [told.index(text) for text in ("A slammed door.", "He hums.", "A walk.", "He paces.")]
    assert places == sorted(places)
    both = "Goes with the one under “What sets things off” and the one under “What helps”"
    assert told.count("Goes with the one under “Early signs”") == 2 and told.count(both) == 1
    assert told.index("nobody has said yet what these go with") < told.index("He paces.")


def test_no_statement_has_a_number_that_is_another_one_on_the_maps(
    sequence: dict[str, Statement], cast: Cast, signed_in: type[Client]
) -> None:
    """Which goes with which is told by where they stand."""
    with acting(cast.chillip.pk):
        link(cast, sequence["sets_off"], sequence["early_sign"])
        link(cast, sequence["sets_off"], sequence["alone"])
        song = agreed(cast.david, cast.chillip, at=BEFORE, kind="helps", text="A song.")
        link(cast, sequence["alone"], song)
        formulation.version(cast.david, cast.chillip, at=BEFORE)
    told = part(page_of(cast, signed_in(cast.peggotty)), "goes together stands", "How we under")
    chain = told[: told.index("nobody has said yet")]
    assert "Goes with the first and the second under “Early signs”" in chain
    assert not re.search(r"Goes with[^<]*\d", chain)
    assert "A song." in chain and "Goes with the second under “Early signs”" in chain


def test_a_version_has_the_links_of_its_day(
    sequence: dict[str, Statement], cast: Cast, signed_in: type[Client]
) -> None:
    """Neither one said later, nor one taken back before; one taken back since still stands."""
    with acting(cast.chillip.pk):
        stood = link(cast, sequence["sets_off"], sequence["early_sign"])
        gone = link(cast, sequence["early_sign"], sequence["helps"])
        actions.end_goes_with(link=gone, by=cast.chillip, at=BEFORE)
        formulation.version(cast.david, cast.chillip, at=BEFORE + timedelta(hours=1))
        actions.end_goes_with(link=stood, by=cast.chillip, at=AFTER)
        link(cast, sequence["sets_off"], sequence["helps"], at=AFTER)
    shown = page_of(cast, signed_in(cast.peggotty))
    told = part(shown, "goes together stands together", "How we understand it")
    chain = told[: told.index("nobody has said yet")]
    assert "Goes with the one under “Early signs”" in chain and "He hums." in chain
    assert "A walk." not in chain and "A walk." in told


def test_where_nothing_is_linked_nothing_says_that_it_is(
    sequence: dict[str, Statement], cast: Cast, signed_in: type[Client]
) -> None:
    """H15"""
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=BEFORE)
    shown = page_of(cast, signed_in(cast.peggotty))
    assert "goes together" not in shown and "Goes with" not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_to_what_is_held_back_is_in_no_copy(
    kind: str, sequence: dict[str, Statement], cast: Cast, signed_in: type[Client]
) -> None:
    """H8"""
    with acting(cast.chillip.pk):
        hidden = agreed(cast.david, cast.chillip, at=BEFORE, kind="helps", text="Mrs Gummidge.",
                        sharing_level="restricted_third_party")  # fmt: skip
        link(cast, sequence["sets_off"], hidden)
        link(cast, sequence["sets_off"], sequence["early_sign"])
        version = formulation.version(cast.david, cast.chillip, at=BEFORE)
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    assert "Gummidge" not in text and "under “What helps”" not in text
    assert "A slammed door." in text and "Goes with the one under “Early signs”" in text


# What the child said.


@pytest.fixture
def told(cast: Cast) -> Any:
    """One thing that the child said, and one agreed statement."""
    with acting(cast.peggotty.pk):
        words = said(cast)
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=BEFORE)
    return words


def version_now(cast: Cast, at: Any = None) -> Any:
    with acting(cast.chillip.pk):
        return formulation.version(cast.david, cast.chillip, at=at or BEFORE + timedelta(hours=1))


def test_the_childs_words_are_quoted_with_their_mark(
    told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H11"""
    version_now(cast)
    shown = part(page_of(cast, signed_in(cast.peggotty)), "own words", "How we understand it")
    assert f">{BITE}</q>" in shown
    assert f"written down by {cast.peggotty.name} on" in shown
    assert "not yet checked with the child" in shown
    with acting(cast.peggotty.pk):
        actions.check_words_with_child(
            words=told, by=cast.peggotty, at=AFTER, outcome="as_said", checked_on=AFTER.date()
        )
    assert ", checked with the child on" in page_of(cast, signed_in(cast.peggotty))


def test_that_the_child_did_not_want_to_look_is_not_called_checked(
    told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H11"""
    with acting(cast.peggotty.pk):
        actions.check_words_with_child(
            words=told, by=cast.peggotty, at=AFTER, outcome="not_now", checked_on=AFTER.date()
        )
    version_now(cast)
    shown = page_of(cast, signed_in(cast.peggotty))
    assert "not yet checked with the child: on" in shown
    assert ", checked with the child" not in shown


def test_words_told_after_the_agreeing_are_not_in_the_version(
    told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    version = version_now(cast)
    with acting(cast.peggotty.pk):
        said(cast, "I like the sea.", at=AFTER)
    assert "I like the sea." not in page_of(cast, signed_in(cast.peggotty))
    version_now(cast, at=NOW)
    assert "I like the sea." not in page_of(cast, signed_in(cast.peggotty), version)
    assert "I like the sea." in page_of(cast, signed_in(cast.peggotty))


def test_said_differently_since_a_version_keeps_what_was_said_and_says_so(
    told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H11"""
    version_now(cast)
    with acting(cast.peggotty.pk):
        said(cast, "I was frightened.", at=AFTER, replaces=told)
    shown = page_of(cast, signed_in(cast.peggotty))
    assert f">{BITE}</q>" in shown and "I was frightened." not in shown
    assert "David has said it differently since" in shown


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_child_took_back_is_in_no_version_and_in_no_copy(
    kind: str, told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H11: also not in a past version."""
    version = version_now(cast)
    version_now(cast, at=NOW - timedelta(days=1))
    client = signed_in(cast.chillip)
    assert BITE in page_of(cast, client, version)
    with acting(cast.peggotty.pk):
        actions.take_words_back(words=told, by=cast.peggotty, at=NOW, taken_back_on=NOW.date())
    assert BITE not in page_of(cast, client, version) and BITE not in page_of(cast, client)
    text = words_of(made(client, cast, version, kind=kind))
    assert BITE not in text and "that the child said" not in text


def test_what_an_adult_thinks_stands_beside_the_words(
    told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.peggotty.pk):
        actions.add_adult_view(words=told, by=cast.peggotty, at=BEFORE, text="He was alone.")
    version_now(cast)
    with acting(cast.peggotty.pk):
        actions.add_adult_view(words=told, by=cast.peggotty, at=AFTER, text="Later thought.")
    shown = page_of(cast, signed_in(cast.chillip))
    assert shown.index(BITE) < shown.index("What an adult thinks:") < shown.index("He was alone.")
    assert "Later thought." not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_holds_of_the_childs_words_what_is_for_its_reader(
    kind: str, told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H6, H8, H12"""
    with acting(cast.peggotty.pk):
        actions.add_adult_view(words=told, by=cast.peggotty, at=BEFORE, text="He was alone.")
        both = said(cast, "I like maps.", sharing_level="child_open")
        actions.add_adult_view(words=both, by=cast.peggotty, at=BEFORE, text="He draws them.")
        said(cast, "Only for Clara.", sharing_level="named_people",
             named_readers=[cast.chillip.pk])  # fmt: skip
        said(cast, "Tommy said so.")
    version = version_now(cast)
    client = signed_in(cast.chillip)
    team = words_of(made(client, cast, version, kind=kind))
    for words in (BITE, "I like maps.", "He was alone.", "He draws them."):
        assert words in team, words
    assert "Only for Clara." not in team and "Tommy" not in team
    assert "2 things that the child said are held back from this copy." in team
    least = words_of(made(client, cast, version, kind=kind, includes="child_open"))
    assert "I like maps." in least and cast.peggotty.name not in least
    for words in (BITE, "He was alone.", "He draws them."):
        assert words not in least, words
    assert "3 things that the child said are held back from this copy." in least
    assert "1 view beside the child’s words is held back from this copy." in least


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_the_child_has_since_closed_are_in_no_copy(
    kind: str, told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    """H6: what was for the team then and is for few now."""
    version = version_now(cast)
    with acting(cast.peggotty.pk):
        said(cast, "Ask me.", at=AFTER, replaces=told, sharing_level="named_people",
             named_readers=[cast.chillip.pk])  # fmt: skip
    text = words_of(made(signed_in(cast.chillip), cast, version, kind=kind))
    assert BITE not in text and "Ask me." not in text


def test_words_that_are_a_statement_too_stand_once_and_say_so(
    told: Any, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        for text in (BITE, "Tell me first."):
            agreed(cast.david, cast.chillip, at=BEFORE, text=text, whose_words="child",
                   said_by_role="child", kind="need")  # fmt: skip
    version_now(cast)
    shown = page_of(cast, signed_in(cast.peggotty))
    own = part(shown, "own words", "What keeps the child well")
    assert own.count(f">{BITE}</q>") == 1 and "Agreed as a statement too:" in own
    assert own.index(BITE) < own.index("Agreed as statements") < own.index("Tell me first.")


def test_the_page_asks_as_often_for_120_words_and_links_as_for_3(
    cast: Cast, signed_in: type[Client]
) -> None:
    client, by = signed_in(cast.chillip), cast.chillip

    def life_goes_on(number: int) -> None:
        with acting(by.pk):
            for one in range(number):
                first = agreed(cast.david, by, at=BEFORE, text=f"A noise at {one}.")
                then = agreed(cast.david, by, at=BEFORE, kind="helps", text=f"Song {one}.")
                move(first, cast, BEFORE)
                link(cast, first, then)
                words = said(cast, f"I said {one}.", by=by)
                actions.add_adult_view(words=words, by=by, at=BEFORE, text="I think so.")
                actions.check_words_with_child(
                    words=words, by=by, at=AFTER, outcome="as_said", checked_on=AFTER.date()
                )

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "Song 2." in page_of(cast, client)
        return len(queries)

    life_goes_on(3)
    version_now(cast)
    asked()  # the first page of a session looks up more
    few = asked()
    life_goes_on(117)
    version_now(cast, at=AFTER)
    assert asked() == few
