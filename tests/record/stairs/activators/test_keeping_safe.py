""" "Keeping safe now": blank is blank, every entry has its author and review, none is lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.stairs.activators import actions, policies, queries
from newel.record.stairs.activators.models import KeepingSafe, OnePage
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=1)


def write(cast: Cast, **more: Any) -> KeepingSafe:
    said: dict[str, Any] = {
        "child": cast.david,
        "part": "watch",
        "by": cast.rosa,
        "at": NOW,
        "text": "Look in every hour tonight.",
        "next_review_on": SOON,
        "live_plan_at": "SystmOne, health room",
    }
    return actions.write_keeping_safe(**{**said, **more})


def address(cast: Cast, *part: str) -> str:
    name = "write_keeping_safe" if part else "keeping_safe"
    return reverse(f"activators:{name}", args=[cast.david.public_id, *part])


def answers(**changed: Any) -> dict[str, Any]:
    said = {
        "none_known": "some",
        "text": "Peanuts: EpiPen in the office.",
        "live_plan_at": "SystmOne",
        "seen": "",
    }
    return said | review_on(SOON) | changed


def review_on(day: date) -> dict[str, int]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"next_review_on-{name}": value for name, value in parts.items()}


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_what_nobody_entered_is_said_to_be_that_and_never_none(
    cast: Cast, signed_in: type[Client]
) -> None:
    shown = text_of(signed_in(cast.peggotty).get(address(cast)))
    assert shown.count("Nobody has entered this.") == 4
    for none in ("No allergies known", "no interpreter needed", "No extra watch"):
        assert none not in shown


def test_an_entry_has_its_author_review_and_plan(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.rosa.pk):
        write(cast)
    shown = text_of(signed_in(cast.peggotty).get(address(cast)))
    for words in ("Look in every hour tonight.", "Rosa Dartle", "SystmOne, health room"):
        assert words in shown
    assert shown.count("Nobody has entered this.") == 3


def test_none_is_said_by_somebody(cast: Cast, signed_in: type[Client]) -> None:
    client = signed_in(cast.rosa)
    sent = answers(none_known="none", text="")
    shown = client.post(address(cast, "allergies"), sent, follow=True)
    assert "No allergies known" in text_of(shown)


def test_none_and_words_together_keep_only_none(cast: Cast, signed_in: type[Client]) -> None:
    signed_in(cast.rosa).post(address(cast, "allergies"), answers(none_known="none"))
    with acting(cast.rosa.pk):
        assert (KeepingSafe.objects.get().none_known, KeepingSafe.objects.get().text) == (True, "")


def test_the_form_begins_without_an_answer(cast: Cast, signed_in: type[Client]) -> None:
    assert "checked" not in text_of(signed_in(cast.rosa).get(address(cast, "allergies")))


def test_an_empty_form_is_not_an_entry(cast: Cast, signed_in: type[Client]) -> None:
    shown = signed_in(cast.rosa).post(address(cast, "allergies"), {})
    assert "Answer “What is known?”" in text_of(shown)
    with acting(cast.rosa.pk):
        assert not KeepingSafe.objects.exists()


def test_the_next_review_is_not_in_the_past(cast: Cast, signed_in: type[Client]) -> None:
    sent = answers(**review_on(TODAY - timedelta(days=1)))
    shown = signed_in(cast.rosa).post(address(cast, "allergies"), sent)
    assert "The next review must not be before" in text_of(shown)
    assert "Peanuts: EpiPen in the office." in text_of(shown)


def test_a_review_that_is_late_is_said_to_be_late(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.rosa.pk):
        write(cast, next_review_on=TODAY - timedelta(days=2))
    assert "Was due on" in text_of(signed_in(cast.peggotty).get(address(cast)))


def test_the_entry_before_stays_readable(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.rosa.pk):
        first = write(cast)
        write(cast, text="Look in every two hours.", replaces=first)
    shown = text_of(signed_in(cast.peggotty).get(address(cast)))
    assert "Look in every two hours." in shown
    assert "Earlier entries (1)" in shown
    assert "Look in every hour tonight." in shown


def test_two_who_write_one_part_at_once_see_both_texts(cast: Cast, signed_in: type[Client]) -> None:
    signed_in(cast.rosa).post(address(cast, "allergies"), answers())
    second = signed_in(cast.peggotty)
    shown = text_of(second.post(address(cast, "allergies"), answers(text="Nuts of all kinds.")))
    assert "Peanuts: EpiPen in the office." in shown
    assert "Nuts of all kinds." in shown
    with acting(cast.rosa.pk):
        first = KeepingSafe.objects.get()
    assert f'value="{first.public_id}"' in shown
    both = answers(text="Peanuts and all nuts.", seen=first.public_id)
    second.post(address(cast, "allergies"), both)
    with acting(cast.rosa.pk):
        now = queries.keeping_safe_now(cast.david)["allergies"]
    assert now is not None
    assert (now.text, now.replaces) == ("Peanuts and all nuts.", first)


def test_the_second_writer_at_the_same_moment_is_told(cast: Cast) -> None:
    with acting(cast.rosa.pk):
        write(cast)
        with pytest.raises(actions.MeanwhileWritten):
            write(cast, text="Something else.")
        assert KeepingSafe.objects.get().text == "Look in every hour tonight."


def test_it_holds_no_name_of_another_child_and_no_address(
    cast: Cast, signed_in: type[Client]
) -> None:
    sent = answers(text="Not near Tommy.")
    shown = text_of(signed_in(cast.rosa).post(address(cast, "watch"), sent))
    assert "It has the name of another child: Tommy." in shown
    assert "Not near Tommy." in shown
    with acting(cast.rosa.pk), pytest.raises(policies.MayNotStandOnPage):
        write(cast, live_plan_at="Blue folder, 12 Blunderstone Road")


def test_each_entry_counts_the_page_up(cast: Cast) -> None:
    with acting(cast.rosa.pk):
        first = write(cast)
        before = OnePage.objects.get(child=cast.david).version
        write(cast, replaces=first)
        assert OnePage.objects.get(child=cast.david).version == before + 1


def test_the_audit_says_that_it_was_written_and_not_what(cast: Cast) -> None:
    with acting(cast.rosa.pk):
        write(cast)
    with acting(cast.strong.pk):
        told = AuditEvent.objects.get(chain=cast.david.pk, act="write_keeping_safe")
    assert told.fields[0] == "watch"
    assert "Look in" not in str(vars(told))


MAY_WRITE = {"peggotty", "omer", "chillip", "rosa", "trotwood"}


@pytest.mark.parametrize(
    "who", ["peggotty", "omer", "chillip", "rosa", "trotwood", "mell", "wickfield"]
)
def test_each_role_reads_it_and_these_write_it(
    who: str, cast: Cast, signed_in: type[Client]
) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(address(cast)).status_code == 200
    expected = 200 if who in MAY_WRITE else 403
    assert client.get(address(cast, "watch")).status_code == expected


@pytest.mark.parametrize(("who", "status"), [("barkis", 404), ("strong", 403), ("heep", 403)])
def test_nobody_else_reads_it(who: str, status: int, cast: Cast, signed_in: type[Client]) -> None:
    assert signed_in(getattr(cast, who)).get(address(cast)).status_code == status


def test_a_part_that_does_not_exist_is_not_found(cast: Cast, signed_in: type[Client]) -> None:
    assert signed_in(cast.rosa).get(address(cast, "mood")).status_code == 404


def test_the_number_of_queries_does_not_grow(cast: Cast, signed_in: type[Client]) -> None:
    counts = []
    client = signed_in(cast.rosa)
    client.get(address(cast))  # the first page of a session asks more
    entry = None
    for number in (3, 30):
        with acting(cast.rosa.pk):
            for _ in range(number):
                entry = write(cast, replaces=entry)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(cast)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
