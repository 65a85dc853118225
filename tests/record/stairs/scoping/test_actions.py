"""Writing and changing, and what the audit hears of it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.policies import NotNow
from newel.record.stairs.scoping import actions, queries
from newel.record.stairs.scoping.models import LifeEvent
from newel.record.stairs.scoping.policies import ChangedMeanwhile
from newel.record.stairs.scoping.rules import NotADate, When
from tests.cast import LONG_AGO, Cast
from tests.record.stairs.scoping.writing import (
    ENTRY,
    EVENT,
    NOW,
    changed,
    entry,
    event,
    last_audit,
    titles,
)

pytestmark = pytest.mark.django_db


def test_an_event_keeps_what_was_known_and_how_it_was_said(cast: Cast) -> None:
    row = event(cast.david, cast.omer, when=When.about_age(6, words="when I was in Reception"))
    assert (row.earliest_on, row.latest_on) == (date(2017, 3, 4), date(2018, 3, 3))
    assert (row.about_age, row.when_words) == (6, "when I was in Reception")
    assert row.written_by == cast.omer


def test_events_come_in_the_order_of_the_life_and_the_undated_last(cast: Cast) -> None:
    event(cast.david, cast.omer, title="third", when=When.unknown())
    event(cast.david, cast.omer, title="second", when=When.exact(date(2022, 5, 1)))
    event(cast.david, cast.omer, title="first", when=When.year(2020))
    assert titles(cast.david, cast.omer) == ["first", "second", "third"]


def test_an_event_that_cannot_be_is_not_written(cast: Cast) -> None:
    with pytest.raises(NotADate):
        event(cast.david, cast.omer, when=When.year(2093))
    assert titles(cast.david, cast.omer) == []


def test_a_change_keeps_the_earlier_wording(cast: Cast) -> None:
    first = event(cast.david, cast.omer)
    second = changed(first, cast.chillip, title="Sent to Salem House")
    third = changed(second, cast.omer, title="Sent away to Salem House")
    assert titles(cast.david, cast.omer) == ["Sent away to Salem House"]
    with acting(cast.omer.pk):
        found = queries.earlier_events(event=third, visible_to=cast.omer)
    assert [(one.title, one.written_by) for one in found] == [
        ("Sent to Salem House", cast.chillip),
        ("Moved to Salem House", cast.omer),
    ]


def test_any_earlier_address_leads_to_the_wording_of_today(cast: Cast) -> None:
    first = event(cast.david, cast.omer)
    third = changed(changed(first, cast.omer, title="second"), cast.omer, title="third")
    with acting(cast.omer.pk):
        found = queries.event(child=cast.david, public_id=first.public_id, visible_to=cast.omer)
    assert found == third


def test_another_childs_row_is_not_found_under_this_child(cast: Cast) -> None:
    row = event(cast.tommy, cast.chillip)
    with acting(cast.chillip.pk):
        assert not queries.event(child=cast.david, public_id=row.public_id, visible_to=cast.chillip)


def test_saving_without_a_change_writes_nothing(cast: Cast) -> None:
    first = event(cast.david, cast.omer)
    assert changed(first, cast.chillip) == first
    with acting(cast.omer.pk):
        assert LifeEvent.objects.count() == 1


def test_the_second_of_two_who_change_the_same_row_is_told(cast: Cast) -> None:
    row = event(cast.david, cast.omer)
    changed(row, cast.chillip, title="Hers")
    with pytest.raises(ChangedMeanwhile):
        changed(row, cast.omer, title="His")
    assert titles(cast.david, cast.omer) == ["Hers"]


def test_the_database_lets_a_row_be_replaced_once(cast: Cast) -> None:
    row = event(cast.david, cast.omer)
    changed(row, cast.omer, title="once")
    with acting(cast.omer.pk), pytest.raises(IntegrityError), transaction.atomic():
        LifeEvent.objects.create(
            child=cast.david, written_by=cast.omer, written_at=NOW, title="twice",
            kind="home", precision="unknown", replaces=row,
        )  # fmt: skip


def test_an_entry_is_changed_in_the_same_way(cast: Cast) -> None:
    first = entry(cast.david, cast.omer)
    with acting(cast.omer.pk):
        second = actions.change_entry(
            entry=first, by=cast.omer, at=NOW, **{**ENTRY, "text": "Twice, not three times."}
        )
        now = list(queries.entries(child=cast.david, visible_to=cast.omer))
        earlier = queries.earlier_entries(entry=second, visible_to=cast.omer)
    assert now == [second]
    assert earlier == [first]
    assert second.part == "resources"


def test_the_audit_hears_names_of_fields_and_no_words(cast: Cast) -> None:
    row = event(cast.david, cast.omer)
    written = last_audit("write_event")
    assert (written.thing, written.thing_id, written.chain) == (
        "life_event", row.pk, cast.david.pk,
    )  # fmt: skip
    assert "title" in written.fields
    changed(row, cast.omer, title="Secret words")
    told = last_audit("change_event")
    assert list(told.fields) == ["title"]
    assert "Salem" not in str(written.fields) + str(told.fields)


def test_a_failing_audit_undoes_the_write(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(actions.audit, "record", fail)
    with pytest.raises(RuntimeError):
        event(cast.david, cast.omer)
    monkeypatch.undo()
    assert titles(cast.david, cast.omer) == []


def test_a_childs_words_are_not_changed_by_another_adult(cast: Cast) -> None:
    row = event(cast.david, cast.omer, whose_words="child")
    with pytest.raises(NotNow, match="own words"):
        changed(row, cast.chillip, whose_words="child", title="Better said")
    assert titles(cast.david, cast.omer) == ["Moved to Salem House"]


def test_nobody_becomes_their_writer_by_saving_them_unchanged(cast: Cast) -> None:
    row = event(cast.david, cast.omer, whose_words="child")
    with pytest.raises(NotNow):
        changed(row, cast.chillip, whose_words="child", sharing_level="child_open")


def test_whoever_wrote_them_down_corrects_a_slip_and_they_stay_the_childs(cast: Cast) -> None:
    row = event(cast.david, cast.omer, whose_words="child")
    corrected = changed(row, cast.omer, whose_words="child", title="Moved to Salem Hause")
    assert corrected.whose_words == "child"
    with pytest.raises(NotNow, match="stay marked"):
        changed(corrected, cast.omer, whose_words="adult")


def test_a_psychologist_opens_a_childs_words_to_the_child_without_touching_them(
    cast: Cast,
) -> None:
    row = event(cast.david, cast.omer, whose_words="child")
    with acting(cast.chillip.pk):
        actions.change_readers(row=row, by=cast.chillip, sharing_level="child_open")
        row.refresh_from_db()
    assert (row.sharing_level, row.written_by, row.is_current) == ("child_open", cast.omer, True)
    assert list(last_audit("change_readers").fields) == ["sharing_level"]


@pytest.mark.parametrize("username", ["omer", "rosa", "trotwood", "wickfield"])
def test_only_a_psychologist_opens_something_to_the_child(cast: Cast, username: str) -> None:
    by = getattr(cast, username)
    with pytest.raises(NotNow, match="what the child may read"):
        event(cast.david, by, sharing_level="child_open")
    assert event(cast.david, cast.chillip, sharing_level="child_open")


def test_new_words_are_not_open_to_the_child_because_the_old_ones_were(cast: Cast) -> None:
    row = event(cast.david, cast.chillip, sharing_level="child_open")
    with pytest.raises(NotNow):
        changed(row, cast.omer, title="New", sharing_level="child_open")


def test_named_people_need_a_name(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Name at least one"):
        event(cast.david, cast.omer, sharing_level="named_people")


def test_names_are_kept_only_with_the_level_that_asks_for_them(cast: Cast) -> None:
    row = event(cast.david, cast.omer, sharing_level="team", named_readers=[cast.rosa])
    assert row.named_readers == []


def test_the_age_and_the_precision_are_held_together_by_the_database(cast: Cast) -> None:
    row = event(cast.david, cast.omer)
    with acting(cast.omer.pk), pytest.raises(IntegrityError), transaction.atomic():
        LifeEvent.objects.filter(pk=row.pk).update(about_age=6)


def test_a_corrected_date_of_birth_leaves_the_age_as_it_was_said(cast: Cast) -> None:
    row = event(cast.david, cast.omer, when=When.about_age(6))
    with acting(cast.chillip.pk):
        children.change_child(
            child=cast.david, by=cast.chillip, at=LONG_AGO, born_on=date(2012, 3, 4)
        )
        row.refresh_from_db()
    assert row.about_age == 6


def test_a_stranger_writes_nothing_about_the_child(cast: Cast) -> None:
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        event(cast.david, cast.leah)
    assert connection.in_atomic_block
    assert EVENT["title"] not in titles(cast.david, cast.chillip)
