"""The pages of statements: what they show, and in how many queries."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.models import Evidence
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.rules import When
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import NOW, address, answers, life_event, text_of
from tests.record.stairs.activators.wording import DOOR, agreed, draft

pytestmark = pytest.mark.django_db


def test_a_statement_past_its_date_needs_confirming_and_is_not_among_current_ones(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=NOW - timedelta(days=93))
    shown = text_of(signed_in(cast.peggotty).get(address("understanding", cast.david)))
    assert "Not confirmed since" in shown
    assert "1 statement needs confirming." in shown
    assert "What is so now" not in shown


def test_the_one_next_thing_is_the_oldest_to_confirm(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=NOW - timedelta(days=95))
        oldest = agreed(cast.david, cast.chillip, at=NOW - timedelta(days=120))
    shown = text_of(signed_in(cast.peggotty).get(address("understanding", cast.david)))
    assert "2 statements need confirming. Start with the oldest." in shown
    assert address("confirm_statement", cast.david, oldest.public_id) in shown


def test_nothing_confirms_many_at_once(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        for _ in range(3):
            agreed(cast.david, cast.chillip, at=NOW - timedelta(days=93))
    shown = text_of(signed_in(cast.chillip).get(address("understanding", cast.david)))
    assert "onfirm all" not in shown
    assert '<input type="checkbox"' not in shown


def test_a_statement_is_confirmed_only_with_what_was_seen(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    client = signed_in(cast.peggotty)
    asked = address("confirm_statement", cast.david, one.public_id)
    assert "Enter what you saw" in text_of(client.post(asked, {"what_was_seen": "  "}))
    shown = client.post(asked, {"what_was_seen": "At nine, the same."}, follow=True)
    assert "At nine, the same." in text_of(shown)


def test_the_page_says_whose_best_understanding_it_is_and_when(
    cast: Cast, signed_in: type[Client]
) -> None:
    shown = text_of(signed_in(cast.peggotty).get(address("understanding", cast.david)))
    assert "Our best understanding on" in shown


def test_what_speaks_against_a_statement_stands_on_its_page(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        event = life_event(cast, title="Slept behind a locked door")
        actions.add_evidence(
            statement=one, event=event, shows="against", by=cast.chillip, at=NOW, note="All night."
        )
    shown = text_of(signed_in(cast.peggotty).get(address("statement", cast.david, one.public_id)))
    assert "Slept behind a locked door" in shown
    assert "All night." in shown


def test_an_event_that_was_taken_back_says_so_where_it_backs_a_statement(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H27: what was about another child must not go on as evidence about this one."""
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        event = life_event(cast, title="Set fire to a barn")
        actions.add_evidence(statement=one, event=event, shows="for", by=cast.chillip, at=NOW)
    client = signed_in(cast.peggotty)
    page = address("statement", cast.david, one.public_id)
    assert "Taken back" not in text_of(client.get(page))
    with acting(cast.chillip.pk):
        scoping.take_back(row=event, by=cast.chillip, at=NOW, reason="It was his cousin")
    shown = text_of(client.get(page))
    assert "Set fire to a barn" in shown
    assert re.search(r"Taken back on [^:]+: It was his cousin", shown)


def test_an_event_that_was_taken_back_in_other_words_counts_for_nothing_any_more(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H27: not in the list, not in what is to be looked at again, not in the next version."""
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        event = life_event(cast, title="Set fire to a barn")
        for shows in ("for", "against"):
            actions.add_evidence(
                statement=one, event=event, shows=shows, by=cast.chillip, at=datetime.now(UTC)
            )
    client, page = signed_in(cast.peggotty), address("understanding", cast.david)
    before = text_of(client.get(page))
    assert "1 for, 1 against" in before and "To look at again" in before
    with acting(cast.chillip.pk):
        newer = scoping.change_event(
            event=event, by=cast.chillip, at=NOW, title="Set fire to a shed", kind=event.kind,
            when=When.exact(date(2020, 3, 4)), text="", source=event.source, whose_words="adult",
            sharing_level="team",
        )  # fmt: skip
        scoping.take_back(row=newer, by=cast.chillip, at=NOW, reason="It was his cousin")
        version = formulation.version(cast.david, cast.chillip, at=NOW)
        (frozen,) = version.statements.all()
        assert (frozen.backed_by, frozen.spoken_against_by) == ([], [])
    after = text_of(client.get(page))
    assert "1 for" not in after and "To look at again" not in after


def test_an_event_held_back_is_held_back_with_its_note(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        event = life_event(
            cast, title="What Steerforth did", sharing_level="restricted_third_party"
        )
        actions.add_evidence(
            statement=one, event=event, shows="for", by=cast.chillip, at=NOW, note="Steerforth."
        )
    shown = text_of(signed_in(cast.peggotty).get(address("statement", cast.david, one.public_id)))
    assert "An event that is not open to you" in shown
    assert "Steerforth" not in shown
    seen = text_of(signed_in(cast.chillip).get(address("statement", cast.david, one.public_id)))
    assert "What Steerforth did" in seen


def test_an_event_is_linked_from_the_page(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = draft(cast.david, cast.chillip)
        event = life_event(cast, title="Locked in")
    sent = {"event": event.public_id, "shows": "for", "note": ""}
    shown = signed_in(cast.peggotty).post(
        address("add_evidence", cast.david, one.public_id), sent, follow=True
    )
    assert "Locked in" in text_of(shown)
    with acting(cast.chillip.pk):
        assert Evidence.objects.get().event == event


def test_earlier_words_stay_readable(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        old = agreed(cast.david, cast.chillip)
        new = actions.replace_statement(
            statement=old, by=cast.chillip, at=NOW, because="Seen", **{**DOOR, "text": "New words."}
        )
    client = signed_in(cast.peggotty)
    shown = text_of(client.get(address("statement", cast.david, new.public_id)))
    assert "New words." in shown
    assert DOOR["text"] in shown
    earlier = text_of(client.get(address("statement", cast.david, old.public_id)))
    assert "Go to the newer words" in earlier


@pytest.mark.parametrize("name", ["understanding", "statement"])
def test_the_number_of_queries_does_not_grow(
    name: str, cast: Cast, signed_in: type[Client]
) -> None:
    few = queries_of(name, 5, cast, signed_in)
    many = queries_of(name, 60, cast, signed_in)
    assert few == many


def queries_of(name: str, count: int, cast: Cast, signed_in: type[Client]) -> int:
    with acting(cast.chillip.pk):
        for number in range(count):
            one = agreed(cast.david, cast.chillip, at=NOW - timedelta(days=number * 3))
            event = life_event(cast, title=f"Event {number}")
            actions.add_evidence(statement=one, event=event, shows="for", by=cast.chillip, at=NOW)
            actions.confirm_statement(
                statement=one, by=cast.chillip, at=NOW, what_was_seen="Again."
            )
    more = [] if name == "understanding" else [one.public_id]
    client = signed_in(cast.chillip)
    client.get(address("understanding", cast.david))  # the first page of a session asks more
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(name, cast.david, *more)).status_code == 200
    return len(asked)


def test_what_was_done_is_said_once(cast: Cast, signed_in: type[Client]) -> None:
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(), follow=True
    )
    assert text_of(shown).count("The draft is saved.") == 1


def test_what_is_not_agreed_or_no_longer_used_is_not_called_our_understanding(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        written, retired, stands = (
            draft(cast.david, cast.chillip),
            agreed(cast.david, cast.chillip),
            agreed(cast.david, cast.chillip),
        )
        actions.retire_statement(statement=retired, by=cast.chillip, at=NOW, because="Gone.")
    client = signed_in(cast.peggotty)
    said = [
        "Our best understanding on"
        in text_of(client.get(address("statement", cast.david, one.public_id)))
        for one in (written, retired, stands)
    ]
    assert said == [False, False, True]


def test_what_was_withdrawn_stays_readable_with_its_reason(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.peggotty.pk):
        written = draft(cast.david, cast.peggotty)
        actions.retire_statement(
            statement=written, by=cast.peggotty, at=NOW, because="I had misheard."
        )
    shown = text_of(signed_in(cast.omer).get(address("understanding", cast.david)))
    assert "No longer used (1)" in shown
    assert "I had misheard." in shown


def test_a_tick_that_words_were_read_is_not_kept_for_words_that_came_since(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H12"""
    with acting(cast.chillip.pk):
        old = agreed(cast.david, cast.chillip)
        new = actions.replace_statement(
            statement=old, by=cast.chillip, at=NOW, **{**DOOR, "text": "He likes boats."}
        )
    page = address("open_to_child", cast.david, old.public_id)
    shown = text_of(signed_in(cast.chillip).post(page, {"read_it": "on"}))
    assert "Somebody else was quicker" in shown and "He likes boats." in shown
    assert f'action="{address("open_to_child", cast.david, new.public_id)}"' in shown
    tick = shown[shown.index('name="read_it"') :]
    assert " checked" not in tick[: tick.index(">")]
