"""What each room tells the handover: every kind of change once, and nothing that did not change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.changes import Change
from newel.record.overview.changes import ROOMS
from newel.record.stairs.activators import actions as activators
from newel.record.stairs.activators.models import DifferingView, Recommendation, Statement
from newel.record.stairs.activators.version_queries import PersonAround
from newel.record.stairs.activators.words_models import ChildsWords
from newel.record.stairs.scoping import actions as scoping
from newel.record.stairs.scoping.queries import readable_by
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


def _legal_ends(cast: Cast) -> None:
    reason = children.record_legal_reason(
        stay=cast.david.stays.get(), by=cast.chillip, at=LONG_AGO, kind="remand",
        statute_text="", starts_on=LONG_AGO.date(), ends_on=None, review_due_on=None,
    )  # fmt: skip
    children.end_legal_reason(reason=reason, on=LONG_AGO.date() + 9 * DAY, at=now())


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


def _formulate(cast: Cast) -> None:
    one = agreed(cast, at=now() - 20 * DAY)
    agreement = activators.Agreement(
        on=timezone.localdate(), summary="He reads when he is worried.", summary_level="team",
        involvement="direct",
    )  # fmt: skip
    activators.agree_formulation(
        child=cast.david, agreement=agreement, by=cast.chillip, at=now(),
        seen=activators.Seen(statements=frozenset({one.public_id})),
    )  # fmt: skip


def recommended(cast: Cast, *, at: datetime, **more: Any) -> Recommendation:
    given = {"text": "Books on the unit.", "by_when": timezone.localdate(at) + 9 * DAY, **more}
    who = PersonAround(
        code="", staff=None, name="Clara Peggotty", part="", discipline="", agency=""
    )
    with acting(cast.chillip.pk):
        return activators.write_recommendation(
            child=cast.david, who=who, by=cast.chillip, at=at, **given
        )


def _recommend(cast: Cast) -> None:
    recommended(cast, at=now())


def _change_recommendation(cast: Cast) -> None:
    one = recommended(cast, at=now() - 20 * DAY)
    who = PersonAround(code="", staff=None, name="Barkis", part="", discipline="", agency="")
    activators.change_recommendation(
        recommendation=one, text="More books.", who=who, by=cast.chillip, at=now(),
        by_when=timezone.localdate() + 9 * DAY,
    )  # fmt: skip


def _close(became: str) -> Writes:
    def close(cast: Cast) -> None:
        activators.close_recommendation(
            recommendation=recommended(cast, at=now() - 20 * DAY), became=became,
            outcome="There is a shelf now.", outcome_on=timezone.localdate(), by=cast.chillip,
            at=now(),
        )  # fmt: skip

    return close


def words(cast: Cast, *, at: datetime | None = None, **more: Any) -> ChildsWords:
    at = at or now()
    given = {"words": "I want to read to her.", "how": "asked", "sharing_level": "team", **more}
    with acting(cast.chillip.pk):
        return activators.write_down_words(
            child=cast.david, by=cast.chillip, at=at, told_on=timezone.localdate(at), **given
        )


def _say_again(cast: Cast) -> None:
    words(cast, words="To her and to Em.", replaces=words(cast, at=now() - 20 * DAY))


def _read_back(cast: Cast) -> None:
    activators.check_words_with_child(
        words=words(cast, at=now() - 20 * DAY), by=cast.chillip, at=now(), outcome="as_said",
        checked_on=timezone.localdate(), what_child_said="Yes, that.",
    )  # fmt: skip


def _take_back(cast: Cast) -> None:
    activators.take_words_back(
        words=words(cast), by=cast.chillip, at=now(), taken_back_on=timezone.localdate()
    )


def _see(shows: str) -> Writes:
    def see(cast: Cast) -> None:
        activators.note_what_was_seen(
            statement=agreed(cast, at=now() - 20 * DAY), by=cast.chillip, at=now(), shows=shows,
            text="He put the book away.", seen_on=timezone.localdate(),
        )  # fmt: skip

    return see


def linked(cast: Cast, *, note: str = "", **event: Any) -> Any:
    """A life event, written long ago, that is linked now."""
    told = {"title": "His aunt read to him", "kind": "family", "when": When.year(2021), **event}
    with acting(cast.chillip.pk):
        happened = scoping.write_event(
            child=cast.david, by=cast.chillip, at=now() - 20 * DAY, **told
        )
        activators.add_evidence(
            statement=agreed(cast, at=now() - 20 * DAY), event=happened, shows="for", note=note,
            by=cast.chillip, at=now(),
        )  # fmt: skip
    return happened


def _put_beside(cast: Cast) -> None:
    activators.add_adult_view(
        words=words(cast, at=now() - 20 * DAY), by=cast.chillip, at=now(), text="I think so too."
    )


def view(cast: Cast, *, at: datetime | None = None, **more: Any) -> DifferingView:
    given = {"whose": "keyworker", "text": "He hates reading.", "statement": None, **more}
    with acting(cast.chillip.pk):
        return activators.write_view(child=cast.david, by=cast.chillip, at=at or now(), **given)


def _settle(cast: Cast) -> None:
    activators.settle_view(
        view=view(cast, at=now() - 20 * DAY), because="He does read.", by=cast.chillip, at=now()
    )


def _event(cast: Cast) -> None:
    scoping.write_event(
        child=cast.david, by=cast.chillip, at=now(), title="He walked to Dover", kind="moving",
        when=When.year(2021),
    )  # fmt: skip


def _place(cast: Cast) -> None:
    scoping.write_place(
        child=cast.david, by=cast.chillip, at=now(), kind="lived_family", name="At his aunt’s",
        starts=When.year(2021), ends=When.unknown(), still=True,
    )  # fmt: skip


def _event_taken_back(cast: Cast) -> None:
    event = scoping.write_event(
        child=cast.david, by=cast.chillip, at=now() - 20 * DAY, title="Set fire to a barn",
        kind="harm", when=When.year(2021),
    )  # fmt: skip
    scoping.take_back(row=event, by=cast.chillip, at=now(), reason="It was his cousin")


def _place_taken_back(cast: Cast) -> None:
    place = scoping.write_place(
        child=cast.david, by=cast.chillip, at=now() - 20 * DAY, kind="school", name="Salem House",
        starts=When.year(2021), ends=When.unknown(),
    )  # fmt: skip
    scoping.take_back(row=place, by=cast.chillip, at=now(), reason="It was his cousin")


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
        (_legal_ends, ["Legal reason: On remand, last day 14 January 2026"]),
        (_keyworker, ["Clara Peggotty is keyworker from 5 January 2026"]),
        (_keyworker_goes, ["Minnie Omer’s last day as keyworker: "]),
        (_team, ["Agnes Wickfield left the team"]),
        (_formulate, ["The formulation was agreed on "]),
        (_recommend, ["A recommendation was written: Clara Peggotty, by "]),
        (_change_recommendation, ["A recommendation was changed: Barkis, by "]),
        (_close("done"), ["A recommendation was done: Clara Peggotty"]),
        (_close("not_done"), ["A recommendation is not done, and not going to be: Clara Peggotty"]),
        (words, ["The child said something. Not yet checked with the child"]),
        (_say_again, ["The child says it differently now. Not yet checked with the child"]),
        (_read_back, ["The child’s words were read back. The child says: that is what I said"]),
        (_take_back, ["The child took something back that was written down"]),
        (_see("for"), ["Something was seen. It backs the statement: What helps"]),
        (_see("against"), ["Something was seen. It speaks against the statement: What helps"]),
        (linked, ["A life event was linked. It backs the statement: What helps"]),
        (_put_beside, ["An adult wrote beside the child’s words"]),
        (view, ["Not agreed. "]),
        (_settle, ["What was not agreed is settled. "]),
        (_event, ["New on the life timeline"]),
        (_place, ["New on the life timeline"]),
        (_event_taken_back, ["Taken back: it should not have stood on the life timeline"]),
        (_place_taken_back, ["Taken back: it should not have stood on the life timeline"]),
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


def test_a_recommendation_whose_day_passed_is_told_to_the_shift_after_it(cast: Cast) -> None:
    one = recommended(cast, at=now() - 20 * DAY)
    midnight = timezone.make_aware(datetime.combine(one.by_when + DAY, datetime.min.time()))
    [what] = told(cast, since=midnight - HOUR, until=midnight + HOUR)
    assert what.startswith("A recommendation was to be done by ")
    assert what.endswith(", and is not done: Clara Peggotty")
    assert told(cast, since=midnight + HOUR, until=midnight + 9 * HOUR) == []


def test_what_was_done_in_time_is_not_told_as_late(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        _close("done")(cast)
        by_when = Recommendation.objects.get().by_when
    midnight = timezone.make_aware(datetime.combine(by_when + DAY, datetime.min.time()))
    assert told(cast, since=midnight - HOUR, until=midnight + HOUR) == []


def test_a_legal_reason_that_runs_out_is_told_on_the_day_after_its_last(cast: Cast) -> None:
    """Whether its last day was known from the beginning, or written down later."""
    last = timezone.localdate() - DAY
    with acting(cast.chillip.pk):
        given: dict[str, Any] = {
            "stay": cast.david.stays.get(), "by": cast.chillip, "at": LONG_AGO,
            "statute_text": "", "starts_on": LONG_AGO.date(), "review_due_on": None,
        }  # fmt: skip
        children.record_legal_reason(kind="remand", ends_on=last, **given)
        later = children.record_legal_reason(kind="welfare_s25", ends_on=None, **given)
        children.end_legal_reason(reason=later, on=last, at=now() - 9 * DAY)
    midnight = timezone.make_aware(datetime.combine(last + DAY, datetime.min.time()))
    found = told(cast, since=midnight - HOUR, until=midnight + HOUR)
    assert len(found) == 2
    assert all(one.startswith("Legal reason is over: ") for one in found)


def test_the_words_are_those_of_the_record_and_nothing_is_put_together(cast: Cast) -> None:
    """H36: only what somebody wrote stands between quotation marks."""
    with acting(cast.chillip.pk):
        _confirm(cast)
    [one] = changes(cast)
    assert [(quote.asked, quote.text) for quote in one.words] == [
        ("", "Reading aloud with the door open."),
        ("Seen", "It still helps."),
    ]


def test_a_linked_event_is_told_with_the_statement_its_title_and_the_note(cast: Cast) -> None:
    linked(cast, note="He asked for the same book.")
    [one] = changes(cast)
    assert [(quote.asked, quote.text) for quote in one.words] == [
        ("", "Reading aloud with the door open."),
        ("The event", "His aunt read to him"),
        ("In what way", "He asked for the same book."),
    ]


def test_a_linked_event_that_is_held_back_is_told_to_nobody_from_whom_it_is_held_back(
    cast: Cast,
) -> None:
    """H7: neither its title nor the note that was written about it."""
    linked(cast, note="The letter.", sharing_level="named_people", named_readers=[cast.omer])
    assert changes(cast, by="peggotty") == []
    [one] = changes(cast, by="omer")
    assert one.held_back


@pytest.mark.parametrize("level", ["team", "restricted_third_party"])
def test_an_event_that_was_put_in_other_words_since_is_told_without_the_old_ones(
    level: str, cast: Cast
) -> None:
    """H7: perhaps it was because too many read them. Held back since, it is told to few."""
    event = linked(cast, note="The letter.")
    with acting(cast.chillip.pk):
        scoping.change_event(
            event=event, by=cast.chillip, at=now(), title="Somebody read to him", kind="family",
            when=When.year(2021), text="", source="", whose_words="adult", sharing_level=level,
        )  # fmt: skip
    expected = [["Reading aloud with the door open."]]
    assert _words_about_the_link(cast, by="chillip") == expected
    assert _words_about_the_link(cast, by="peggotty") == (expected if level == "team" else [])


def _words_about_the_link(cast: Cast, *, by: str) -> list[list[str]]:
    linked_now = [one for one in changes(cast, by=by) if one.what.startswith("A life event was")]
    return [[quote.text for quote in one.words] for one in linked_now]


def test_what_an_adult_wrote_beside_the_childs_words_stands_after_them_under_their_name(
    cast: Cast,
) -> None:
    """H11"""
    with acting(cast.chillip.pk):
        _put_beside(cast)
    [one] = changes(cast)
    assert [(quote.asked, quote.text) for quote in one.words] == [
        ("", "I want to read to her."),
        ("What an adult thinks", "I think so too."),
    ]
    assert (one.by, one.childs_own_words) == ("Sam Chillip", True)


def test_what_stood_beside_words_that_were_taken_back_is_told_no_more(cast: Cast) -> None:
    """H11"""
    said = words(cast, at=now() - 20 * DAY)
    with acting(cast.chillip.pk):
        activators.add_adult_view(words=said, by=cast.chillip, at=now(), text="I think so too.")
        activators.take_words_back(
            words=said, by=cast.chillip, at=now(), taken_back_on=timezone.localdate()
        )
    assert told(cast) == ["The child took something back that was written down"]


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


@pytest.mark.parametrize("level", ["team", "named_people", "restricted_third_party"])
@pytest.mark.parametrize("reader", ["peggotty", "omer", "chillip", "rosa", "trotwood", "mell"])
def test_the_handover_holds_back_just_what_the_record_holds_back(
    reader: str, level: str, cast: Cast
) -> None:
    """H5: the same rows as any other reading, whoever reads and whatever the level."""
    named = [cast.omer.pk] if level == "named_people" else []
    with acting(cast.rosa.pk):
        at = now()
        activators.write_statement(
            child=cast.david, by=cast.rosa, at=at, text="He limps in the morning.", kind="helps",
            area="biological", time="present", said_by_role="keyworker", said_on=at.date(),
            confidence="fairly_sure", sharing_level=level, named_readers=named,
        )  # fmt: skip
    person = getattr(cast, reader)
    with acting(person.pk):
        reads = Statement.objects.filter(readable_by(person)).exists()
    assert bool(told(cast, by=reader)) == reads


@pytest.mark.parametrize("level", ["team", "named_people", "restricted_third_party"])
@pytest.mark.parametrize("reader", ["peggotty", "omer", "chillip", "rosa", "trotwood", "mell"])
@pytest.mark.parametrize("held", ["words", "recommendation", "view", "view of a statement"])
def test_what_is_held_back_around_the_formulation_is_held_back_from_the_handover(
    held: str, reader: str, level: str, cast: Cast
) -> None:
    """H5: the child’s words, recommendations and views, as any other reading of them."""
    with acting(cast.rosa.pk):
        row = _held(held, level, cast)
    person = getattr(cast, reader)
    with acting(person.pk):
        reads = type(row).objects.filter(readable_by(person), pk=row.pk).exists()
    found = [one for one in changes(cast, by=reader) if "statement:" not in one.key]
    assert bool(found) == reads
    assert all(one.held_back == (level != "team") for one in found)


def _held(held: str, level: str, cast: Cast) -> Any:
    """All by Rosa; a view has the level of the statement that it is about."""
    by: dict[str, Any] = {"child": cast.david, "by": cast.rosa, "at": now()}
    today = timezone.localdate()
    if held == "words":
        named = [cast.omer.pk] if level == "named_people" else []
        return activators.write_down_words(
            words="I limp.", told_on=today, how="asked", sharing_level=level,
            named_readers=named, **by,
        )  # fmt: skip
    if held == "recommendation":
        who = PersonAround(code="", staff=None, name="Em", part="", discipline="", agency="")
        return activators.write_recommendation(
            text="A doctor.", who=who, by_when=today, sharing_level=level, **by
        )
    if held == "view":
        return activators.write_view(
            statement=None, whose="keyworker", text="He does not.", sharing_level=level, **by
        )
    about = activators.write_statement(
        text="He limps.", kind="helps", area="biological", time="present", said_on=today,
        said_by_role="keyworker", confidence="fairly_sure", sharing_level=level,
        named_readers=[], **by,
    )  # fmt: skip
    activators.write_view(statement=about, whose="keyworker", text="He does not.", **by)
    return about


def test_the_childs_words_are_quoted_whole_and_marked_and_what_was_taken_back_is_not(
    cast: Cast,
) -> None:
    """H11"""
    said = words(cast)
    [one] = changes(cast)
    assert [quote.text for quote in one.words] == ["I want to read to her."]
    assert one.childs_own_words
    with acting(cast.chillip.pk):
        activators.take_words_back(
            words=said, by=cast.chillip, at=now(), taken_back_on=timezone.localdate()
        )
    [one] = changes(cast)
    assert one.words == ()


def test_a_version_is_told_with_the_summary_that_the_team_reads(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        _formulate(cast)
    [one] = changes(cast)
    assert [quote.text for quote in one.words] == ["He reads when he is worried."]
    assert one.place == "activators:version"


def test_every_change_leads_to_its_place(cast: Cast) -> None:
    from newel.record.overview.presenters.handover import _about

    for write in (
        *(_formulate, _confirm, _keep_safe, _need, _home, _event, _entry, _keyworker, _legal),
        *(
            _legal_ends,
            _recommend,
            words,
            _read_back,
            _take_back,
            _put_beside,
            linked,
            view,
            _settle,
        ),
    ):
        with acting(cast.chillip.pk):
            write(cast)
    for one in changes(cast):
        ids = [cast.david.public_id, *one.place_ids]
        assert _about(cast.david, one.place, *one.place_ids) == reverse(one.place, args=ids)
