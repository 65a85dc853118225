"""A statement from draft to agreed, confirmed, replaced and retired; and the audit of each."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import actions, policies
from newel.record.stairs.activators.models import Confirmation, Evidence, OnePage, Statement
from newel.record.stairs.scoping.models import LifeEvent
from tests.cast import Cast
from tests.record.stairs.activators.wording import DOOR, MONDAY, agreed, draft

pytestmark = pytest.mark.django_db
OTHER_WORDS = {**DOOR, "text": "When a door is locked behind him he goes quiet, then shouts."}


def page_version(child: object) -> int:
    page = OnePage.objects.filter(child=child).first()
    return page.version if page else 1


def event(child: object, by: object, **more: object) -> LifeEvent:
    return LifeEvent.objects.create(
        child=child, written_by=by, written_at=MONDAY, title="Locked in", kind="harm",
        precision="unknown", **more,
    )  # fmt: skip


def test_what_is_written_is_a_draft(cast: Cast) -> None:
    with acting(cast.peggotty.pk):
        written = draft(cast.david, cast.peggotty)
    assert (written.state, written.is_current, written.confirm_by) == ("draft", True, None)


def test_agreed_it_is_current_for_as_long_as_its_kind_says(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip)
    assert statement.agreed_by == cast.chillip
    assert statement.confirmed_on == date(2026, 11, 2)
    assert statement.confirm_by == date(2026, 11, 2) + timedelta(days=90)


def test_a_shorter_day_of_the_writers_own_is_kept(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip, confirm_by=date(2026, 11, 16))
    assert statement.confirm_by == date(2026, 11, 16)


def test_a_longer_day_than_the_kinds_own_is_cut_to_it(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip, confirm_by=date(2030, 1, 1))
    assert statement.confirm_by == date(2027, 1, 31)


def test_a_draft_older_than_its_own_day_asks_for_another_day(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        written = draft(cast.david, cast.chillip, confirm_by=date(2026, 11, 3))
        later = MONDAY + timedelta(days=5)
        with pytest.raises(NotNow, match="has passed"):
            actions.agree_statement(statement=written, by=cast.chillip, at=later)


def test_confirming_keeps_what_was_seen_and_sets_a_new_day(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip)
        actions.confirm_statement(
            statement=statement,
            by=cast.chillip,
            at=MONDAY + timedelta(days=30),
            what_was_seen="The door was locked at 9 and he hit the wall.",
        )
        statement.refresh_from_db()
    assert statement.confirmed_on == date(2026, 12, 2)
    assert statement.confirm_by == date(2026, 12, 2) + timedelta(days=90)


def test_two_people_who_confirm_at_once_both_keep_what_they_saw(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip)
        for seen in ("He hit the wall.", "He shouted."):
            actions.confirm_statement(
                statement=statement, by=cast.chillip, at=MONDAY, what_was_seen=seen
            )
        kept = set(Confirmation.objects.values_list("what_was_seen", flat=True))
    assert kept == {"He hit the wall.", "He shouted."}


def test_new_words_take_the_place_of_agreed_ones_which_stay(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        old = agreed(cast.david, cast.chillip)
        new = actions.replace_statement(
            statement=old, by=cast.chillip, at=MONDAY, because="Seen twice", **OTHER_WORDS
        )
        old.refresh_from_db()
    assert (new.state, new.replaces) == ("agreed", old)
    assert (old.state, old.text, old.ended_because) == ("superseded", DOOR["text"], "Seen twice")


def test_the_second_of_two_who_replace_the_same_words_is_told(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        old = agreed(cast.david, cast.chillip)
        actions.replace_statement(statement=old, by=cast.chillip, at=MONDAY, **OTHER_WORDS)
        with pytest.raises(NotNow):
            actions.replace_statement(statement=old, by=cast.trotwood, at=MONDAY, **OTHER_WORDS)


def test_the_second_of_two_who_change_the_same_draft_is_told(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        old = draft(cast.david, cast.chillip)
        actions.change_draft(statement=old, by=cast.chillip, at=MONDAY, **OTHER_WORDS)
        with pytest.raises(NotNow):
            actions.change_draft(statement=old, by=cast.chillip, at=MONDAY, **DOOR)


def test_words_that_were_changed_meanwhile_cannot_be_agreed(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        old = draft(cast.david, cast.chillip)
        actions.change_draft(statement=old, by=cast.chillip, at=MONDAY, **OTHER_WORDS)
        with pytest.raises(NotNow):
            actions.agree_statement(statement=old, by=cast.chillip, at=MONDAY)


def test_evidence_goes_with_the_new_words(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        old = draft(cast.david, cast.chillip)
        locked_in = event(cast.david, cast.chillip)
        actions.add_evidence(
            statement=old, event=locked_in, shows="for", by=cast.chillip, at=MONDAY
        )
        new = actions.change_draft(statement=old, by=cast.chillip, at=MONDAY, **OTHER_WORDS)
        assert [row.event for row in Evidence.objects.filter(statement=new)] == [locked_in]


def test_an_event_is_linked_once_in_each_way(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        written = draft(cast.david, cast.chillip)
        said = {"statement": written, "event": event(cast.david, cast.chillip)}
        by = {"by": cast.chillip, "at": MONDAY}
        actions.add_evidence(**said, **by, shows="for")
        actions.add_evidence(**said, **by, shows="against")
        with pytest.raises(NotNow, match="already"):
            actions.add_evidence(**said, **by, shows="for")


def test_another_childs_event_backs_nothing(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        written = draft(cast.david, cast.chillip)
        elsewhere = event(cast.tommy, cast.chillip)
        with pytest.raises(ValueError, match="another child"):
            actions.add_evidence(
                statement=written, event=elsewhere, shows="for", by=cast.chillip, at=MONDAY
            )


@pytest.mark.parametrize("act", ["change", "replace"])
def test_no_adult_changes_a_childs_own_words(act: str, cast: Cast) -> None:
    own = {"whose_words": "child", "said_by_role": "child", "text": "I hate locked doors."}
    with acting(cast.chillip.pk):
        if act == "change":
            statement = draft(cast.david, cast.chillip, **own)
            with pytest.raises(NotNow, match="own words"):
                actions.change_draft(statement=statement, by=cast.chillip, at=MONDAY, **DOOR)
        else:
            statement = agreed(cast.david, cast.chillip, **own)
            with pytest.raises(NotNow, match="own words"):
                actions.replace_statement(statement=statement, by=cast.chillip, at=MONDAY, **DOOR)
        assert Statement.objects.get(pk=statement.pk).text == "I hate locked doors."


def test_who_said_so_is_never_a_name(cast: Cast) -> None:
    with acting(cast.chillip.pk), pytest.raises(ValueError, match="never a name"):
        draft(cast.david, cast.chillip, said_by_role="Clara Peggotty")


def test_a_childs_words_come_from_the_child(cast: Cast) -> None:
    with acting(cast.chillip.pk), pytest.raises(ValueError, match="from the child"):
        draft(cast.david, cast.chillip, whose_words="child")


def test_retired_it_keeps_its_words_and_the_reason(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        statement = agreed(cast.david, cast.trotwood)
        ended = actions.retire_statement(
            statement=statement, by=cast.trotwood, at=MONDAY, because="Doors are open now."
        )
    assert (ended.state, ended.ended_because) == ("superseded", "Doors are open now.")
    assert (ended.ended_by, ended.text) == (cast.trotwood, DOOR["text"])


def test_a_worker_withdraws_a_draft_of_their_own_and_no_other(cast: Cast) -> None:
    with acting(cast.omer.pk):
        theirs = draft(cast.david, cast.omer)
        with pytest.raises(PermissionDenied):
            actions.retire_statement(statement=theirs, by=cast.peggotty, at=MONDAY, because="No")
        ended = actions.retire_statement(
            statement=theirs, by=cast.omer, at=MONDAY, because="I was wrong."
        )
    assert ended.state == "superseded"


def test_only_a_psychologist_decides_what_the_child_may_read(cast: Cast) -> None:
    with acting(cast.trotwood.pk):
        statement = agreed(cast.david, cast.trotwood)
        with pytest.raises(PermissionDenied):
            actions.open_to_child(statement=statement, by=cast.trotwood, at=MONDAY)
        with pytest.raises(PermissionDenied):
            draft(cast.david, cast.trotwood, sharing_level="child_open")


def test_opened_it_stands_on_the_page(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip)
        before = page_version(cast.david)
        opened = actions.open_to_child(statement=statement, by=cast.chillip, at=MONDAY)
        assert page_version(cast.david) == before + 1
    assert opened.sharing_level == "child_open"


def test_words_that_name_another_child_stay_with_the_team(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip, text="He is calm when Tommy is near.")
        with pytest.raises(policies.MayNotStandOnPage, match="Tommy"):
            actions.open_to_child(statement=statement, by=cast.chillip, at=MONDAY)
        statement.refresh_from_db()
    assert statement.sharing_level == "team"


def test_an_open_draft_is_looked_at_again_when_it_is_agreed(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        written = draft(cast.david, cast.chillip)
        Statement.objects.filter(pk=written.pk).update(sharing_level="child_open")
        named = actions.change_draft(
            statement=written,
            by=cast.chillip,
            at=MONDAY,
            **{**DOOR, "text": "He waits for Tommy."},
        )
        Statement.objects.filter(pk=named.pk).update(sharing_level="child_open")
        with pytest.raises(policies.MayNotStandOnPage):
            actions.agree_statement(statement=named, by=cast.chillip, at=MONDAY)


@pytest.mark.parametrize(
    ("level", "kind", "counts_up"),
    [
        ("child_open", "sets_off", True),
        ("team", "sets_off", False),
        ("team", "understanding", True),
        ("restricted_third_party", "understanding", False),
    ],
)
def test_the_page_counts_up_when_it_changes_and_only_then(
    level: str, kind: str, counts_up: bool, cast: Cast
) -> None:
    with acting(cast.chillip.pk):
        agreed(cast.david, cast.chillip, sharing_level=level, kind=kind)
        assert page_version(cast.david) == (2 if counts_up else 1)


def test_each_change_of_an_open_statement_counts_up_once(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        opened = {**OTHER_WORDS, "sharing_level": "child_open"}
        by = {"by": cast.chillip, "at": MONDAY}
        old = agreed(cast.david, cast.chillip, sharing_level="child_open")
        assert page_version(cast.david) == 2
        actions.confirm_statement(statement=old, what_was_seen="Again at nine.", **by)
        assert page_version(cast.david) == 3
        new = actions.replace_statement(statement=old, **by, **opened)
        assert page_version(cast.david) == 4
        actions.retire_statement(statement=new, because="No longer so.", **by)
        assert page_version(cast.david) == 5


def test_the_audit_holds_ids_and_names_of_fields_and_no_words(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        statement = agreed(cast.david, cast.chillip)
        actions.confirm_statement(
            statement=statement, by=cast.chillip, at=MONDAY, what_was_seen="Quilp was there."
        )
        actions.retire_statement(
            statement=statement, by=cast.chillip, at=MONDAY, because="Quilp is gone."
        )
    with acting(cast.strong.pk):
        rows = list(AuditEvent.objects.filter(chain=cast.david.pk).order_by("pk").values())
    assert [row["act"] for row in rows if row["thing"] == "statement"] == [
        "write_statement",
        "agree_statement",
        "confirm_statement",
        "retire_statement",
    ]
    assert not [row for row in rows if "Quilp" in str(row) or "door is locked" in str(row)]
