"""The pages of statements: what they show, who may open what, and that nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions
from newel.record.stairs.activators.models import Confirmation, Evidence, Statement
from newel.record.stairs.scoping.models import LifeEvent
from tests.cast import Cast
from tests.record.stairs.activators.wording import DOOR, agreed, draft

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def address(name: str, child: Any, *more: str) -> str:
    return reverse(f"activators:{name}", args=[child.public_id, *more])


def answers(**changed: Any) -> dict[str, Any]:
    day = {"said_on-day": TODAY.day, "said_on-month": TODAY.month, "said_on-year": TODAY.year}
    said = {k: v for k, v in DOOR.items() if k != "said_on"}
    return said | day | {"whose_words": "adult", "sharing_level": "team"} | changed


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_draft_is_written_and_shown(cast: Cast, signed_in: type[Client]) -> None:
    client = signed_in(cast.peggotty)
    shown = client.post(address("write_statement", cast.david), answers(), follow=True)
    assert shown.status_code == 200
    assert DOOR["text"] in text_of(shown)
    assert "Draft" in text_of(shown)


def test_an_empty_form_says_what_is_missing_beside_each_question(
    cast: Cast, signed_in: type[Client]
) -> None:
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), {})
    assert shown.status_code == 200
    for words in ("Enter what we understand", "Choose", "Enter the day it was said or seen"):
        assert words in text_of(shown)


def test_only_those_who_open_to_the_child_are_offered_it(
    cast: Cast, signed_in: type[Client]
) -> None:
    asked = address("write_statement", cast.david)
    assert 'value="child_open"' in text_of(signed_in(cast.chillip).get(asked))
    assert 'value="child_open"' not in text_of(signed_in(cast.peggotty).get(asked))


def test_the_child_level_sent_by_somebody_else_is_refused(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = answers(sharing_level="child_open")
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), sent)
    assert "Choose who may read it" in text_of(shown) or "There is a problem" in text_of(shown)
    with acting(cast.chillip.pk):
        assert not Statement.objects.exists()


def test_a_name_on_paper_is_refused_beside_the_question_and_the_words_stay(
    cast: Cast, signed_in: type[Client]
) -> None:
    words = "He shouts when Tommy is moved."
    sent = answers(text=words, sharing_level="child_open")
    shown = signed_in(cast.chillip).post(address("write_statement", cast.david), sent)
    assert "It has the name of another child: Tommy." in text_of(shown)
    assert words in text_of(shown)


def test_a_label_in_a_draft_is_spoken_of_and_saved_all_the_same(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = answers(text="He is violent at night.")
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), sent, follow=True)
    assert "A thought about the words." in text_of(shown)
    assert "He is violent at night." in text_of(shown)


def test_a_childs_own_words_are_never_commented_on(cast: Cast, signed_in: type[Client]) -> None:
    own = answers(text="They say I am violent.", whose_words="child", said_by_role="child")
    shown = signed_in(cast.peggotty).post(address("write_statement", cast.david), own, follow=True)
    assert "They say I am violent." in text_of(shown)
    assert "A thought about the words." not in text_of(shown)


def test_a_diagnosis_is_never_asked_for(cast: Cast, signed_in: type[Client]) -> None:
    page = text_of(signed_in(cast.chillip).get(address("write_statement", cast.david)))
    assert "diagnos" not in page.lower()


def test_words_of_every_kind_come_back_as_they_were_sent(
    cast: Cast, signed_in: type[Client]
) -> None:
    words = "مرحبا <b>not bold</b> 🙂 “Dodger” {{ 7*7 }}"
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(text=words), follow=True
    )
    assert "&lt;b&gt;not bold&lt;/b&gt; 🙂" in text_of(shown)
    with acting(cast.peggotty.pk):
        assert Statement.objects.get().text == words


def test_too_many_words_are_all_kept_in_the_box(cast: Cast, signed_in: type[Client]) -> None:
    words = "door " * 40_000
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(text=words)
    )
    assert "Use 2,000 characters or fewer; you have 199,999" in text_of(shown)
    assert text_of(shown).count("door ") >= 39_999


def test_a_hidden_character_is_taken_out_and_said(cast: Cast, signed_in: type[Client]) -> None:
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(text="He shouts\x00 and hits.")
    )
    assert "hidden character" in text_of(shown)
    assert "He shouts and hits." in text_of(shown)


def test_a_statement_past_its_date_needs_confirming_and_is_not_among_current_ones(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, at=NOW - timedelta(days=91))
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
            agreed(cast.david, cast.chillip, at=NOW - timedelta(days=91))
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


def life_event(cast: Cast, **more: Any) -> LifeEvent:
    return LifeEvent.objects.create(
        child=cast.david,
        written_by=cast.chillip,
        written_at=NOW,
        kind="harm",
        precision="unknown",
        **more,
    )


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


def test_two_who_change_a_draft_at_once_see_both_texts(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.peggotty.pk):
        old = draft(cast.david, cast.peggotty)
    first, second = signed_in(cast.omer), signed_in(cast.peggotty)
    change = address("change_draft", cast.david, old.public_id)
    first.post(change, answers(text="The words of the first."))
    shown = second.post(change, answers(text="The words of the second."))
    assert "The words of the first." in text_of(shown)
    assert "The words of the second." in text_of(shown)
    with acting(cast.peggotty.pk):
        new = Statement.objects.get(state="draft")
    on_top = address("change_draft", cast.david, new.public_id)
    assert f'action="{on_top}"' in text_of(shown)
    second.post(on_top, answers(text="The words of both."))
    with acting(cast.peggotty.pk):
        assert Statement.objects.get(state="draft").text == "The words of both."


def test_what_was_seen_is_not_lost_when_the_words_change_meanwhile(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        old = agreed(cast.david, cast.chillip)
        actions.replace_statement(
            statement=old, by=cast.chillip, at=NOW, **{**DOOR, "text": "New words."}
        )
    shown = signed_in(cast.peggotty).post(
        address("confirm_statement", cast.david, old.public_id), {"what_was_seen": "At nine."}
    )
    for words in (DOOR["text"], "New words.", "At nine."):
        assert words in text_of(shown)
    with acting(cast.chillip.pk):
        assert not Confirmation.objects.exists()


def test_a_statement_of_another_child_is_not_found_at_this_childs_address(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        elsewhere = agreed(cast.tommy, cast.chillip)
    client = signed_in(cast.chillip)
    for name in ("statement", "confirm_statement", "replace_statement", "retire_statement"):
        assert client.get(address(name, cast.david, elsewhere.public_id)).status_code == 404


def test_what_is_held_back_is_not_there_for_others(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(
            cast.david,
            cast.chillip,
            text="Steerforth frightens him.",
            sharing_level="restricted_third_party",
        )
    page = address("statement", cast.david, one.public_id)
    assert signed_in(cast.peggotty).get(page).status_code == 404
    shown = text_of(signed_in(cast.peggotty).get(address("understanding", cast.david)))
    assert "Steerforth" not in shown
    assert signed_in(cast.chillip).get(page).status_code == 200


# Who may open which page about a statement. Anybody else who reaches the child gets 403.
WRITERS = {"peggotty", "omer", "chillip", "rosa", "mell", "trotwood"}
READERS = WRITERS | {"wickfield"}
MAY = {
    "understanding": READERS,
    "statement": READERS,
    "write_statement": WRITERS,
    "change_draft": WRITERS,
    "confirm_statement": WRITERS,
    "add_evidence": WRITERS,
    "retire_statement": WRITERS,
    "agree_statement": {"chillip", "trotwood"},
    "replace_statement": {"chillip", "trotwood"},
    "open_to_child": {"chillip"},
}
STRANGERS = {"barkis", "micawber", "leah", "fairfax"}
NO_BUSINESS = {"strong", "spenlow", "heep", "quinion", "waterbrook"}


@pytest.mark.parametrize("name", MAY)
def test_each_role_opens_just_these_pages(name: str, cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        in_state = draft if name in {"change_draft", "agree_statement"} else agreed
        one = in_state(cast.david, cast.chillip)
    more = [] if name in {"understanding", "write_statement"} else [one.public_id]
    page = address(name, cast.david, *more)
    opened = {
        who: signed_in(getattr(cast, who)).get(page).status_code
        for who in READERS | STRANGERS | NO_BUSINESS
    }
    assert {who for who, status in opened.items() if status == 200} == MAY[name]
    assert all(opened[who] in {403, 404} for who in STRANGERS)
    assert all(opened[who] == 403 for who in NO_BUSINESS | (READERS - MAY[name]))


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


def test_words_held_back_elsewhere_are_asked_about_before_more_people_read_them(
    cast: Cast, signed_in: type[Client]
) -> None:
    secret = "Steerforth took his money every Friday and told him to say nothing of it."
    with acting(cast.chillip.pk):
        draft(cast.david, cast.chillip, text=secret, sharing_level="restricted_third_party")
    client = signed_in(cast.chillip)
    copied = answers(text=f"We know now: {secret}")
    shown = client.post(address("write_statement", cast.david), copied)
    assert "Some of these words are held back elsewhere" in text_of(shown)
    client.post(address("write_statement", cast.david), copied | {"copied_knowingly": "on"})
    with acting(cast.chillip.pk):
        assert Statement.objects.filter(sharing_level="team").count() == 1


def test_only_the_people_named_read_what_is_for_them(cast: Cast, signed_in: type[Client]) -> None:
    named = answers(sharing_level="named_people", named_readers=[cast.omer.public_id])
    signed_in(cast.peggotty).post(address("write_statement", cast.david), named)
    with acting(cast.peggotty.pk):
        page = address("statement", cast.david, Statement.objects.get().public_id)
    statuses = {who: signed_in(getattr(cast, who)).get(page).status_code for who in READERS}
    assert {who for who, status in statuses.items() if status == 200} == {"peggotty", "omer"}


def test_named_people_have_to_be_named(cast: Cast, signed_in: type[Client]) -> None:
    shown = signed_in(cast.peggotty).post(
        address("write_statement", cast.david), answers(sharing_level="named_people")
    )
    assert "Choose who may read it" in text_of(shown)
    with acting(cast.peggotty.pk):
        assert not Statement.objects.exists()


def test_a_manager_who_replaces_open_words_is_told_that_they_leave_the_page(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, sharing_level="child_open")
    page = address("replace_statement", cast.david, one.public_id)
    assert "until a psychologist opens them" in text_of(signed_in(cast.trotwood).get(page))
    assert "until a psychologist opens them" not in text_of(signed_in(cast.chillip).get(page))


def test_what_is_about_somebody_else_is_not_opened_to_the_child(
    cast: Cast, signed_in: type[Client]
) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip, sharing_level="restricted_third_party")
    asked = address("open_to_child", cast.david, one.public_id)
    shown = signed_in(cast.chillip).post(asked, {"read_it": "on"})
    assert "it is about somebody else" in text_of(shown)
    with acting(cast.chillip.pk):
        assert Statement.objects.get().sharing_level == "restricted_third_party"


def test_opening_takes_having_read_it(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.chillip.pk):
        one = agreed(cast.david, cast.chillip)
    client = signed_in(cast.chillip)
    asked = address("open_to_child", cast.david, one.public_id)
    client.post(asked, {})
    with acting(cast.chillip.pk):
        assert Statement.objects.get().sharing_level == "team"
    client.post(asked, {"read_it": "on"})
    with acting(cast.chillip.pk):
        assert Statement.objects.get().sharing_level == "child_open"
