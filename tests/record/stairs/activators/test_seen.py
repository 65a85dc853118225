"""What was seen for and against a statement, and looking at it again with both before one (H3)."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, map_queries, queries
from newel.record.stairs.activators.map_models import SeenNote
from newel.record.stairs.activators.models import Confirmation, Statement
from tests.cast import Cast
from tests.record.stairs.activators import formulation
from tests.record.stairs.activators.pages import NOW, TODAY, address, life_event, text_of
from tests.record.stairs.activators.wording import DOOR, agreed, draft

pytestmark = pytest.mark.django_db

EARLIER = NOW - timedelta(days=9)
SLEPT = "The door was locked and he slept."
SINCE = "Something was seen that speaks against it since it was agreed."


def note(one: Statement, cast: Cast, shows: str = "against", **more: Any) -> SeenNote:
    given = {"text": SLEPT, "seen_on": TODAY - timedelta(days=1), "at": NOW, **more}
    return actions.note_what_was_seen(statement=one, by=cast.peggotty, shows=shows, **given)


def page(one: Statement, cast: Cast, browser: Client) -> str:
    return text_of(browser.get(address("statement", cast.david, one.public_id)))


def day_of(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_a_worker_writes_down_what_speaks_against_it(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=EARLIER)
    browser = signed_in(cast.peggotty)
    sent = {"shows": "against", "text": SLEPT} | day_of("seen_on", TODAY)
    browser.post(address("note_what_was_seen", cast.david, one.public_id), sent)
    shown = page(one, cast, browser)
    assert shown.index("What speaks against it") < shown.index(SLEPT)
    assert "Written by Clara Peggotty" in shown


def test_the_day_is_filled_in_already_so_that_it_takes_a_moment(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    asked = address("note_what_was_seen", cast.david, one.public_id)
    form = signed_in(cast.peggotty).get(asked).content.decode()
    filled = re.findall(r'<input[^>]*name="seen_on-(\w+)"[^>]*value="(\d+)"', form)
    assert dict(filled) == {
        "day": str(TODAY.day), "month": str(TODAY.month), "year": str(TODAY.year)
    }  # fmt: skip


def test_a_note_confirms_nothing_and_changes_nothing(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        before = (one.confirmed_on, one.confirm_by, one.confidence)
        note(one, cast, "for")
        one.refresh_from_db()
        assert (one.confirmed_on, one.confirm_by, one.confidence) == before
        assert not Confirmation.objects.exists()


def test_a_note_is_never_altered(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        note(agreed(cast.david, cast.chillip), cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            SeenNote.objects.update(text="He shouted.")


def test_for_and_against_stand_in_order_of_time(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        note(one, cast, "for", text="Third.", seen_on=TODAY)
        note(one, cast, "for", text="Second.", seen_on=TODAY - timedelta(days=30))
        event = life_event(cast, title="Nobody knows when.")
        actions.add_evidence(statement=one, event=event, shows="for", by=cast.chillip, at=NOW)
    shown = page(one, cast, signed_in(cast.chillip))
    assert shown.index("Second.") < shown.index("Third.") < shown.index("Nobody knows when.")


def test_what_was_seen_stays_with_the_statement_in_new_words(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        note(one, cast)
        new = actions.replace_statement(
            statement=one, by=cast.chillip, at=NOW, **{**DOOR, "text": "Sometimes."}
        )
    assert SLEPT in page(new, cast, signed_in(cast.peggotty))


@pytest.mark.parametrize(
    ("shows", "hours", "is_said"), [("against", 1, True), ("for", 1, False), ("against", -1, False)]
)
def test_what_speaks_against_it_since_it_was_agreed_is_said(
    shows: str, hours: int, is_said: bool, cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = draft(cast.david, cast.chillip, at=EARLIER - timedelta(hours=5))
        if hours < 0:
            note(one, cast, shows, at=EARLIER + timedelta(hours=hours))
        actions.agree_statement(statement=one, by=cast.chillip, at=EARLIER)
        if hours > 0:
            note(one, cast, shows, at=EARLIER + timedelta(hours=hours))
    browser = signed_in(cast.chillip)
    assert (SINCE in page(one, cast, browser)) is is_said
    listed = text_of(browser.get(address("understanding", cast.david)))
    assert ("To look at again" in listed) is is_said


def test_an_event_linked_against_it_is_looked_at_too(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=EARLIER)
        event = life_event(cast, title="Slept behind a locked door")
        actions.add_evidence(statement=one, event=event, shows="against", by=cast.chillip, at=NOW)
        assert [*map_queries.to_look_at_again(child=cast.david, visible_to=cast.chillip)] == [one]


def test_the_list_is_in_order_of_agreement_and_counts_nothing(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H4: more notes put no statement above another."""
    with acting(cast.chillip.pk):
        first = agreed(cast.david, cast.chillip, at=EARLIER, text="First agreed.")
        second = agreed(
            cast.david, cast.chillip, at=EARLIER + timedelta(hours=1), text="Agreed later."
        )
        for _ in range(4):
            note(second, cast)
        note(first, cast)
        rows = map_queries.to_look_at_again(child=cast.david, visible_to=cast.chillip)
        assert [*rows] == [first, second]


def test_a_note_about_what_is_held_back_is_held_back(cast: Cast) -> None:
    """H8"""
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, sharing_level="restricted_third_party")
        actions.note_what_was_seen(
            statement=one, by=cast.chillip, at=NOW, shows="for", text=SLEPT, seen_on=TODAY
        )
    with acting(cast.peggotty.pk):
        assert not SeenNote.objects.exists()


# Looking at it again.


def test_looked_at_again_it_is_agreed_anew_with_the_reason_and_the_old_row_stays(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=EARLIER)
        note(one, cast)
    sent = {"confidence": "some_signs", "because": "He slept twice."}
    asked = address("look_again", cast.david, one.public_id)
    shown = text_of(signed_in(cast.chillip).post(asked, sent, follow=True))
    assert "How sure we are: <strong>Some signs of it</strong>" in shown
    assert "He slept twice." in shown
    assert SINCE not in shown
    with acting(cast.chillip.pk):
        old, new = Statement.objects.order_by("pk")
    assert (old.confidence, old.state) == ("fairly_sure", "superseded")
    assert (new.text, new.confidence, new.state) == (old.text, "some_signs", "agreed")


def test_looking_again_is_not_seeing_again(cast: Cast) -> None:
    """H2: until when it is current stays as it was."""
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=EARLIER)
        new = actions.look_again(
            statement=one, by=cast.chillip, at=NOW, confidence="well_supported", because="Seen."
        )
    assert (new.confirmed_on, new.confirm_by) == (one.confirmed_on, one.confirm_by)


def test_looked_at_again_it_stands_where_it_stood_and_goes_with_what_it_went_with(
    cast: Cast,
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
        walk = agreed(cast.david, cast.chillip, kind="helps")
        actions.say_goes_with(first=one, then=walk, by=cast.peggotty, at=NOW)
        actions.place_statement(
            statement=one, by=cast.chillip, at=NOW, seen="", five_ps=["protective"],
            area="social", life_stage="teenage",
        )  # fmt: skip
        new = actions.look_again(
            statement=one, by=cast.chillip, at=NOW, confidence="some_signs", because="Seen."
        )
        places = map_queries.places_now(map_queries.with_place(new))
        (link,) = map_queries.what_goes_with_what(child=cast.david)
    assert (places.five_ps, places.life_stage) == (("protective",), "teenage")
    assert link.first == new


def test_a_childs_own_words_are_looked_at_again_and_stay_as_they_are(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        own = agreed(cast.david, cast.chillip, whose_words="child", said_by_role="child")
        new = actions.look_again(
            statement=own, by=cast.chillip, at=NOW, confidence="some_signs", because="Seen."
        )
    assert (new.text, new.whose_words) == (own.text, "child")


def test_a_draft_is_not_looked_at_again(cast: Cast) -> None:
    with acting(cast.chillip.pk), pytest.raises(NotNow):
        actions.look_again(
            statement=draft(cast.david, cast.chillip), by=cast.chillip, at=NOW,
            confidence="some_signs", because="Seen.",
        )  # fmt: skip


def test_the_shift_hears_that_it_was_looked_at_again_and_not_of_new_words(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=EARLIER)
        actions.look_again(
            statement=one, by=cast.chillip, at=NOW, confidence="some_signs", because="Seen."
        )
        told = queries.changed_since(children=[cast.david], since=NOW - timedelta(hours=1))
    assert [row.words for row in told[cast.david.pk]] == ["A statement was looked at again"]


def test_only_who_may_agree_looks_again(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    asked = address("look_again", cast.david, one.public_id)
    assert signed_in(cast.peggotty).get(asked).status_code == 403


def test_notes_are_counted_with_events_wherever_for_and_against_are_told(
    cast: Cast, signed_in: type[Client]
) -> None:
    """H3: also those written about earlier words; a version counts what there was on its day, and
    says what has been seen against it since."""
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, at=EARLIER)
        event = life_event(cast, title="Slept behind a locked door")
        actions.add_evidence(
            statement=one, event=event, shows="against", by=cast.chillip, at=EARLIER
        )
        note(one, cast, "for", at=EARLIER)
        note(one, cast, at=EARLIER)
        new = {**DOOR, "text": "When a door is shut without a word he shouts."}
        new_at = EARLIER + timedelta(hours=1)
        now = actions.replace_statement(statement=one, by=cast.chillip, at=new_at, **new)
    browser = signed_in(cast.peggotty)
    told = "Evidence: 1 for, 2 against"
    assert told in text_of(browser.get(address("understanding", cast.david)))
    with acting(cast.chillip.pk):
        formulation.version(cast.david, cast.chillip, at=EARLIER + timedelta(hours=2))
    read = text_of(browser.get(address("formulation", cast.david)))
    assert told in read and "Something was seen since" not in read
    with acting(cast.chillip.pk):
        note(now, cast)
    read = text_of(browser.get(address("formulation", cast.david)))
    assert told in read and "Something was seen since that speaks against it, ask" in read
    assert "Evidence: 1 for, 3 against" in text_of(
        browser.get(address("understanding", cast.david))
    )
