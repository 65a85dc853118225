"""Writing down what the child said, reading it back, taking it back. Nothing changes it (H11)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.children.policies import NotNow
from newel.record.stairs.activators import policies
from newel.record.stairs.activators.actions.opening import check_may_open, check_words
from newel.record.stairs.activators.actions.page_version import bump_page
from newel.record.stairs.activators.words_models import (
    AdultView,
    ChildsWords,
    WordsChecked,
    WordsTakenBack,
)


@transaction.atomic
def write_down_words(
    *,
    child: Child,
    by: StaffMember,
    at: datetime,
    words: str,
    told_on: date,
    how: str,
    sharing_level: str,
    where_told: str = "",
    named_readers: Sequence[int] = (),
    child_allows_page: bool = False,
    replaces: ChildsWords | None = None,
) -> ChildsWords:
    """Word for word. `replaces`: the child said it again, or differently; what was written down
    before stays readable as earlier words."""
    old = None if replaces is None else _in_place(replaces)
    new = ChildsWords(
        child=child,
        words=words,
        told_on=told_on,
        how=how,
        where_told=where_told,
        whose_words="child",
        sharing_level=sharing_level,
        named_readers=list(named_readers),
        child_allows_page=child_allows_page and sharing_level == READ_BY_CHILD,
        replaces=old,
        **({"saying": old.saying} if old else {}),
        written_by=by,
        written_at=at,
    )
    if new.child_allows_page and by.may(Capability.OPEN_TO_CHILD):
        _open(new, by=by, at=at)
    new.save()
    if new.opened_at or (old and old.opened_at):
        bump_page(child=child, at=at)
    _tell("write_down_words", new, "words", "told_on", "how", "sharing_level", "child_allows_page")
    return new


def _in_place(words: ChildsWords) -> ChildsWords:
    """The words that the child says differently now: still there, still the newest."""
    old = _locked(words)
    policies.check_is_what_the_child_says(old)
    old.is_current = False
    old.save(update_fields=["is_current"])
    return old


def _locked(words: ChildsWords) -> ChildsWords:
    """As they are now. Whoever waited for the lock looks again: words that were taken back in the
    meantime are nowhere to be seen."""
    rows = ChildsWords.objects.filter(pk=words.pk)
    waited_for = rows.select_for_update().values_list("pk", flat=True)
    found = rows.select_related("child").first() if list(waited_for) else None
    if found is None:
        raise NotNow("The child has taken these words back meanwhile.")
    return found


@transaction.atomic
def check_words_with_child(
    *,
    words: ChildsWords,
    by: StaffMember,
    at: datetime,
    outcome: str,
    checked_on: date,
    what_child_said: str = "",
) -> WordsChecked:
    """What came of reading the words back. If the child says it differently, that is written down
    as words of their own: a check changes nothing."""
    words = _locked(words)
    policies.check_is_what_the_child_says(words)
    if checked_on < words.told_on:
        raise NotNow("This is before the day on which the child said it.", field="checked_on")
    check = WordsChecked.objects.create(
        child_id=words.child_id,
        words=words,
        outcome=outcome,
        what_child_said=what_child_said,
        checked_on=checked_on,
        checked_by=by,
        written_at=at,
    )
    if words.opened_at:
        bump_page(child=words.child, at=at)
    _tell("check_words_with_child", words, "outcome", "what_child_said", "checked_on")
    return check


@transaction.atomic
def add_adult_view(*, words: ChildsWords, by: StaffMember, at: datetime, text: str) -> AdultView:
    """Beside the words, under the name of the adult; the words stay as they are."""
    words = _locked(words)
    policies.check_is_what_the_child_says(words)
    view = AdultView.objects.create(
        child_id=words.child_id, words=words, text=text, written_by=by, written_at=at
    )
    _tell("add_adult_view", words, "adult_views")
    return view


@transaction.atomic
def let_words_stand_on_page(*, words: ChildsWords, by: StaffMember, at: datetime) -> ChildsWords:
    """The child allows it, and somebody who may decide has read it for paper (H12)."""
    words = _locked(words)
    policies.check_can_stand_on_page(words)
    _open(words, by=by, at=at)
    words.save(update_fields=["opened_by", "opened_at"])
    bump_page(child=words.child, at=at)
    _tell("let_words_stand_on_page", words, "opened_at")
    return words


def _open(words: ChildsWords, *, by: StaffMember, at: datetime) -> None:
    check_may_open(by)
    check_words(words.words, child=words.child, by=by, at=at, field="child_allows_page")
    words.opened_by, words.opened_at = by, at


@transaction.atomic
def take_words_back(
    *, words: ChildsWords, by: StaffMember, at: datetime, taken_back_on: date
) -> WordsTakenBack:
    """The child does not want this here any more: it goes, with every earlier wording and with
    what adults wrote beside it, out of everybody's sight. The mark that it happened stays."""
    words = _locked(words)
    policies.check_is_what_the_child_says(words)
    if words.opened_at:
        bump_page(child=words.child, at=at)
    mark = WordsTakenBack.objects.create(
        child_id=words.child_id,
        saying=words.saying,
        taken_back_on=taken_back_on,
        written_by=by,
        written_at=at,
    )
    _tell("take_words_back", words, "saying", "taken_back_on")
    return mark


def _tell(act: str, words: ChildsWords, *fields: str) -> None:
    audit.record(
        act, thing="childs_words", thing_id=words.pk, child_id=words.child_id, fields=fields
    )
