"""What the child says: the words, whole and quoted; what adults wrote stands beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.design_system.dates import day, day_time
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators.presenters.lines import READERS_IN_WORDS, address_of
from newel.record.stairs.activators.presenters.understanding import NextThing
from newel.record.stairs.activators.words_models import (
    HOW_TOLD,
    OUTCOMES,
    AdultView,
    ChildsWords,
    WordsChecked,
    WordsTakenBack,
)
from newel.record.stairs.activators.words_queries import Saying

_HOW, _OUTCOMES = dict(HOW_TOLD), dict(OUTCOMES)
NOT_CHECKED = "Not yet checked with the child"


@dataclass(frozen=True, kw_only=True)
class Said:
    """One wording. `about` says who wrote it down, when and how it was told."""

    words: str
    about: str
    checks: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What the child says now, with what was said before and what can be done."""

    public_id: str
    now: Said
    readers: str
    on_page: str
    earlier: tuple[Said, ...]
    links: tuple[Link, ...]


@dataclass(kw_only=True)
class WordsPage(Page):
    next_thing: NextThing | None
    quotes: tuple[Quote, ...]
    taken_back: tuple[str, ...]


def words_page(
    *,
    child: Child,
    sayings: Sequence[Saying],
    taken_back: Iterable[WordsTakenBack],
    person: StaffMember,
) -> WordsPage:
    return WordsPage(
        title="In their own words",
        caption=f"What {child.preferred_name} says, written down by adults",
        back=Link(text="What we understand", href=address_of("understanding", child)),
        next_thing=_next_thing(child, sayings, person),
        quotes=tuple(quote(one, child=child, person=person) for one in sayings),
        taken_back=tuple(taken_back_in_words(one, child) for one in taken_back),
    )


def quote(saying: Saying, *, child: Child, person: StaffMember) -> Quote:
    words = saying.words
    return Quote(
        public_id=words.public_id,
        now=_said(words),
        readers=READERS_IN_WORDS[words.sharing_level],
        on_page=_on_page(words),
        earlier=tuple(map(_said, saying.earlier)),
        links=_links(words, child, person),
    )


def _said(words: ChildsWords) -> Said:
    where = f", {words.where_told}" if words.where_told else ""
    return Said(
        words=words.words,
        about=(
            f"{day(words.told_on)}{where}. {_HOW[words.how]}. The child’s words, written down by "
            f"{words.written_by.name}, {day_time(words.written_at)}"
        ),
        checks=tuple(map(_check, words.checks_made)) or (NOT_CHECKED,),  # type: ignore[attr-defined]
        beside=tuple(map(_beside, words.views_beside)),  # type: ignore[attr-defined]
    )


def _check(row: WordsChecked) -> str:
    said = f" “{row.what_child_said}”" if row.what_child_said else ""
    return f"{_OUTCOMES[row.outcome]}.{said} {day(row.checked_on)}, {row.checked_by.name}"


def _beside(row: AdultView) -> tuple[str, str]:
    return row.text, f"{row.written_by.name}, {day_time(row.written_at)}"


def _on_page(words: ChildsWords) -> str:
    if words.opened_at is not None:
        return "It stands on “How to be with me”."
    if words.child_allows_page:
        return "The child allows it on “How to be with me”; a psychologist has to read it first."
    return ""


def taken_back_in_words(row: WordsTakenBack, child: Child) -> str:
    return (
        f"{child.preferred_name} took something back on {day(row.taken_back_on)}. It was written "
        f"down by {row.written_by.name}. Nobody can read it any more."
    )


_ACTS = (
    ("Read it back to the child", "check_words_with_child", Capability.CONFIRM_UNDERSTANDING),
    ("The child says it differently", "say_again", Capability.WRITE_UNDERSTANDING),
    ("Write what you think beside it", "add_adult_view", Capability.WRITE_UNDERSTANDING),
    ("Let it stand on “How to be with me”", "let_words_stand_on_page", Capability.OPEN_TO_CHILD),
    ("The child takes it back", "take_words_back", Capability.CONFIRM_UNDERSTANDING),
)


def _links(words: ChildsWords, child: Child, person: StaffMember) -> tuple[Link, ...]:
    return tuple(
        Link(text=text, href=address_of(name, child, words.public_id), about=words.words[:60])
        for text, name, capability in _ACTS
        if person.may(capability) and (name != "let_words_stand_on_page" or _may_stand(words))
    )


def _may_stand(words: ChildsWords) -> bool:
    allowed = words.child_allows_page and words.sharing_level == READ_BY_CHILD
    return allowed and words.opened_at is None


def _next_thing(child: Child, sayings: Sequence[Saying], person: StaffMember) -> NextThing | None:
    if not person.may(Capability.WRITE_UNDERSTANDING):
        return NextThing(
            text="Open “How to be with me”",
            href=address_of("one_page", child),
            why="The one page has what matters for being with this child.",
        )
    unchecked = [one.words for one in sayings if not one.words.checks_made]  # type: ignore[attr-defined]
    if unchecked:
        return NextThing(
            text="Read the oldest back to the child",
            href=address_of("check_words_with_child", child, unchecked[-1].public_id),
            why="Some words have not been checked with the child yet. The child may say no.",
        )
    return NextThing(
        text="Write down what the child said",
        href=address_of("write_down_words", child),
        why=f"What does {child.preferred_name} say about it?",
    )


@dataclass(frozen=True, kw_only=True)
class Act:
    name: str
    title: str
    paragraphs: tuple[str, ...]
    done: str


WRITE = Act(
    name="write_down_words",
    title="Write down what the child said",
    paragraphs=(
        "Nobody has to tell you anything. If the child stops, stop.",
        "If it names somebody who could be harmed by it, or is about harm to a child, follow your "
        "safeguarding procedure as well: writing it here tells nobody.",
    ),
    done="It is written down, word for word.",
)
AGAIN = Act(
    name="say_again",
    title="The child says it differently",
    paragraphs=(
        "Also when it was taken down wrongly. The new words stand beside; what was written down "
        "before stays readable as earlier words.",
    ),
    done="The new words are written down. What was there before are earlier words.",
)
CHECK = Act(
    name="check_words_with_child",
    title="Read it back to the child",
    paragraphs=("Read it as it stands. The child may say yes, no, or nothing at all.",),
    done="It is written down what the child said about it.",
)
BESIDE = Act(
    name="add_adult_view",
    title="Write what you think beside it",
    paragraphs=("Your view, beside the child’s words. The child may read both one day.",),
    done="It stands beside the words, under your name.",
)
ON_PAGE = Act(
    name="let_words_stand_on_page",
    title="Let it stand on “How to be with me”",
    paragraphs=(
        "The child allows it. Paper gets found: it never has an offence, anything sexual, an "
        "address, or another child’s name. If there is one in it, leave it off the page; the words "
        "stay as they are.",
    ),
    done="It stands on “How to be with me”.",
)
TAKE_BACK = Act(
    name="take_words_back",
    title="The child takes it back",
    paragraphs=(
        "From then on nobody can read it in Newel: not the words, not what was said before, not "
        "what adults wrote beside it. A mark stays that something was taken back. This cannot be "
        "undone; the child can say it again.",
    ),
    done="It is taken back. Nobody can read it any more.",
)


@dataclass(kw_only=True)
class WordsActPage(Page):
    """`now` is what the child says now, where the form is about something said already."""

    paragraphs: tuple[str, ...]
    now: Said | None = None


def act_page(act: Act, *, child: Child, saying: Saying | None = None) -> WordsActPage:
    return WordsActPage(
        title=act.title,
        back=Link(text="In their own words", href=address_of("childs_words", child)),
        paragraphs=act.paragraphs,
        now=None if saying is None else _said(saying.words),
    )
