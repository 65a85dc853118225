"""What each room tells the handover: every kind of change once, and nothing that did not change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.changes import Change
from newel.record.overview.changes import ROOMS
from newel.record.stairs.activators import actions as activators
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.rules import When
from tests.cast import LONG_AGO, Cast
from tests.record.overview.handing_over import agreed, draft, now

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(
    cast: Cast, *, since: datetime | None = None, until: datetime | None = None, by: str = "chillip"
) -> list[str]:
    return [change.what for change in changes(cast, since=since, until=until, by=by)]


def changes(
    cast: Cast, *, since: datetime | None = None, until: datetime | None = None, by: str = "chillip"
) -> list[Change]:
    reader = getattr(cast, by)
    asked: dict[str, Any] = {
        "since": since or now() - 8 * HOUR, "until": until or now(), "visible_to": reader,
    }  # fmt: skip
    with acting(reader.pk):
        return [one for room in ROOMS for one in room(children=[cast.david], **asked)]


def test_nothing_changed_is_nothing_told(cast: Cast) -> None:
    agreed(cast, at=now() - 20 * DAY)
    assert told(cast) == []


Writes = Callable[[Cast], object]


def _confirm(cast: Cast) -> None:
    one = agreed(cast, at=now() - 20 * DAY)
    activators.confirm_statement(
        statement=one, by=cast.chillip, at=now(), what_was_seen="It still helps."
    )


def _replace(cast: Cast) -> None:
    one = agreed(cast, at=now() - 20 * DAY)
    activators.replace_statement(
        statement=one, by=cast.chillip, at=now(), text="Reading aloud.", kind="helps",
        area="psychological", time="present", said_by_role="keyworker", said_on=now().date(),
        confidence="fairly_sure", sharing_level="team",
    )  # fmt: skip


def _retire(cast: Cast) -> None:
    one = agreed(cast, at=now() - 20 * DAY)
    activators.retire_statement(statement=one, by=cast.chillip, at=now(), because="Not any more.")


def _withdraw(cast: Cast) -> None:
    one = draft(cast, at=now() - 20 * DAY)
    activators.retire_statement(statement=one, by=cast.chillip, at=now(), because="A slip.")


def _keep_safe(cast: Cast) -> None:
    activators.write_keeping_safe(
        child=cast.david, part="watch", by=cast.chillip, at=now(), text="Every hour.",
        next_review_on=now().date() + 9 * DAY, live_plan_at="SystmOne",
    )  # fmt: skip


def _need(cast: Cast) -> None:
    children.record_communication_need(
        child=cast.david, by=cast.chillip, at=now(), need="Short sentences",
        how_to_meet="One thing at a time", review_on=now().date() + 9 * DAY,
    )  # fmt: skip


def _home(cast: Cast) -> None:
    home = children.add_home(
        child=cast.david, by=cast.chillip, at=now(), kind="person", name="Aunt Betsey"
    )
    children.check_home_is_safe(
        home=home, by=cast.chillip, at=now(), safety_check="not_safe", safety_note="No."
    )
    children.end_home(home=home, at=now())


def _legal(cast: Cast) -> None:
    children.record_legal_reason(
        stay=cast.david.stays.get(), by=cast.chillip, at=now(), kind="remand", statute_text="",
        starts_on=LONG_AGO.date(), ends_on=None, review_due_on=None,
    )  # fmt: skip


def _keyworker(cast: Cast) -> None:
    children.assign_keyworker(
        stay=cast.david.stays.get(), staff=cast.peggotty, on=LONG_AGO.date(), at=now()
    )


def _keyworker_goes(cast: Cast) -> None:
    children.end_keyworker(
        assignment=cast.david.keyworkers.get(), on=now().date() + 20 * DAY, at=now()
    )


def _team(cast: Cast) -> None:
    member = cast.david.team.get()
    children.end_team_member(member=member, on=timezone.localdate(), at=now())


def _event(cast: Cast) -> None:
    scoping.write_event(
        child=cast.david, by=cast.chillip, at=now(), title="He walked to Dover", kind="moving",
        when=When.year(2021),
    )  # fmt: skip


def _entry(cast: Cast) -> None:
    scoping.write_entry(
        child=cast.david, by=cast.chillip, at=now(), part="resources", text="He reads."
    )


def _move(cast: Cast) -> None:
    children.move_unit(stay=cast.david.stays.get(), unit=cast.yarmouth, at=now())


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (draft, ["A draft was written: What helps"]),
        (agreed, ["Agreed: What helps"]),
        (_confirm, ["Confirmed: What helps"]),
        (_replace, ["Put in new words: What helps"]),
        (_retire, ["No longer used: What helps"]),
        (_withdraw, ["A draft was withdrawn: What helps"]),
        (_keep_safe, ["Keeping safe now: Current watch"]),
        (_need, ["What the child needs to understand and be understood"]),
        (_home, ["Added to home: Aunt Betsey", "Home, Aunt Betsey. Checked: not safe",
                 "No longer home: Aunt Betsey"]),
        (_legal, ["Legal reason: "]),
        (_keyworker, ["Clara Peggotty is keyworker from 5 January 2026"]),
        (_keyworker_goes, ["Minnie Omer’s last day as keyworker: "]),
        (_team, ["Agnes Wickfield left the team"]),
        (_event, ["New on the life timeline"]),
        (_entry, ["Written in scoping: "]),
        (_move, ["Moved to Yarmouth"]),
    ],
)  # fmt: skip
def test_every_kind_of_change_is_told_once(write: Writes, expected: list[str], cast: Cast) -> None:
    with acting(cast.chillip.pk):
        write(cast)
    found = told(cast)
    assert len(found) == len(expected), found
    for said, sentence in zip(sorted(found), sorted(expected), strict=True):
        assert said.startswith(sentence)


def test_a_child_who_comes_and_arrives_is_told(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        emily = children.refer(
            by=cast.chillip, at=now() - HOUR, unit=cast.rookery, preferred_name="Emily"
        )
        children.arrive(stay=emily.stays.get(), at=now())
        asked = {"since": now() - 8 * HOUR, "until": now(), "visible_to": cast.chillip}
        found = [one.what for one in ROOMS[0](children=[emily], **asked)]
    assert found[0] == "Is coming"
    assert found[1].startswith("Arrived on")
    assert len(found) == 2


def test_an_arrival_written_down_late_is_not_missed(cast: Cast) -> None:
    """Told by when it was written, however long ago the child came."""
    with acting(cast.chillip.pk):
        emily = children.refer(
            by=cast.chillip, at=now() - 9 * DAY, unit=cast.rookery, preferred_name="Emily"
        )
        children.arrive(stay=emily.stays.get(), at=now() - 2 * DAY, written_at=now())
        asked = {"since": now() - HOUR, "until": now(), "visible_to": cast.chillip}
        found = [one.what for one in ROOMS[0](children=[emily], **asked)]
    assert len(found) == 1
    assert found[0].startswith("Arrived on")


def test_a_keyworker_from_before_newel_kept_the_moment_is_told_by_the_day(cast: Cast) -> None:
    midnight = timezone.make_aware(datetime(2026, 1, 5))
    found = told(cast, since=midnight - HOUR, until=midnight + HOUR)
    assert "Minnie Omer is keyworker from 5 January 2026" in found
    assert "Minnie Omer is keyworker from 5 January 2026" not in told(cast)


def test_a_statement_that_ran_out_at_midnight_is_told_to_the_shift_after_it(cast: Cast) -> None:
    """H2"""
    one = agreed(cast, at=now() - 20 * DAY)
    assert one.confirm_by is not None
    midnight = timezone.make_aware(
        datetime.combine(one.confirm_by + DAY, datetime.min.time())
    ).astimezone(UTC)
    what = "No longer confirmed, ask: What helps"
    assert what not in told(cast, since=midnight - 9 * HOUR, until=midnight - timedelta(minutes=1))
    assert what in told(cast, since=midnight - HOUR, until=midnight + HOUR)
    assert what not in told(cast, since=midnight + HOUR, until=midnight + 9 * HOUR)


def test_keeping_safe_that_was_to_be_looked_at_again_is_told(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        row = activators.write_keeping_safe(
            child=cast.david, part="watch", by=cast.chillip, at=now() - 9 * DAY,
            text="Every hour.", next_review_on=timezone.localdate() - DAY, live_plan_at="SystmOne",
        )  # fmt: skip
    midnight = timezone.make_aware(datetime.combine(row.next_review_on + DAY, datetime.min.time()))
    found = told(cast, since=midnight - HOUR, until=midnight + HOUR)
    assert found == ["Keeping safe now: Current watch. It was to be looked at again"]


def test_the_words_are_those_of_the_record_and_nothing_is_put_together(cast: Cast) -> None:
    """H36: only what somebody wrote stands between quotation marks."""
    with acting(cast.chillip.pk):
        _confirm(cast)
    [one] = changes(cast)
    assert [(quote.asked, quote.text) for quote in one.words] == [
        ("", "Reading aloud with the door open."),
        ("Seen", "It still helps."),
    ]


def test_a_change_has_the_same_key_at_every_reading_and_no_two_share_one(cast: Cast) -> None:
    for write in (_confirm, _keep_safe, _need, _home, _event, _entry):
        with acting(cast.chillip.pk):
            write(cast)
    until = now()
    first = [one.key for one in changes(cast, until=until)]
    assert len(set(first)) == len(first) > 6
    assert first == [one.key for one in changes(cast, until=until)]


def test_the_childs_own_words_are_told_as_such(cast: Cast) -> None:
    draft(cast, whose_words="child", said_by_role="child")
    assert [one.childs_own_words for one in changes(cast)] == [True]


def test_every_change_leads_to_its_place(cast: Cast) -> None:
    from newel.record.overview.presenters.handover import _about

    for write in (_confirm, _keep_safe, _need, _home, _event, _entry, _keyworker, _legal):
        with acting(cast.chillip.pk):
            write(cast)
    for one in changes(cast):
        assert _about(cast.david, one.place, *one.place_ids).startswith("/children/")
