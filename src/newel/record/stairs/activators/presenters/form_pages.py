"""Pages with a form about one statement, and what they show when somebody else was quicker."""

from dataclasses import dataclass
from datetime import date

from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link, Page
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.lines import Line, address_of, line


@dataclass(frozen=True, kw_only=True)
class Newer:
    """What somebody else put in place while this person was writing."""

    line: Line
    by: str


@dataclass(kw_only=True)
class StatementFormPage(Page):
    """`line` is the statement that the form is about; none when a new one is written."""

    line: Line | None = None
    newer: Newer | None = None
    paragraphs: tuple[str, ...] = ()


@dataclass(kw_only=True)
class ActPage(Page):
    line: Line
    newer: Newer | None = None
    paragraphs: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def back_to(child: Child, statement: Statement | None) -> Link:
    if statement is None:
        return Link(text="What we understand", href=address_of("understanding", child))
    return Link(text="The statement", href=address_of("statement", child, statement.public_id))


def newer(child: Child, statement: Statement, newest: Statement, today: date) -> Newer | None:
    if newest.pk == statement.pk:
        return None
    return Newer(
        line=line(newest, child=child, today=today),
        by=f"{newest.written_by.name}, {day_time(newest.written_at)}",
    )


LEAVES_PAGE = (
    "The child may read the words that are there now, so they stand on “How to be with me”. Your "
    "role does not decide what the child may read: your words will not stand there until a "
    "psychologist opens them."
)


def remarks_on_replacing(statement: Statement, *, may_open: bool) -> tuple[str, ...]:
    first = "The words that are there now stay readable in the story of this statement."
    if statement.sharing_level == READ_BY_CHILD and not may_open:
        return (first, LEAVES_PAGE)
    return (first,)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that is done with a statement: its address, and the words of its page."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    done: str
    may_write_instead: bool = False


AGREE = Act(
    name="agree_statement",
    title="Mark as agreed",
    paragraphs=(
        "Agreed means: this is the team’s best understanding for now. It is not a diagnosis, and "
        "not a fact about the child for ever.",
    ),
    done="It is agreed.",
)
CONFIRM = Act(
    name="confirm_statement",
    title="Is it still so?",
    paragraphs=(
        "If it is no longer so, do not confirm it. Write what you saw as a new statement instead, "
        "and tell the psychologist or the manager.",
    ),
    done="It is confirmed, with what you saw.",
    may_write_instead=True,
)
RETIRE = Act(
    name="retire_statement",
    title="Stop using this statement",
    paragraphs=("It leaves “How to be with me” at once. The words and your reason stay readable.",),
    done="It is no longer used.",
)
OPEN = Act(
    name="open_to_child",
    title="Let the child read it",
    paragraphs=(
        "What the child may read can stand on “How to be with me”, on the screen and on paper. "
        "Paper gets found: it never has an offence, anything sexual, an address, or another "
        "child’s name.",
    ),
    done="The child may read it.",
)
LINK = Act(
    name="add_evidence",
    title="Link an event",
    paragraphs=(
        "Link what speaks against it too. A statement that only ever finds proof becomes a label.",
    ),
    done="The event is linked.",
)

SEEN = Act(
    name="note_what_was_seen",
    title="What was seen",
    paragraphs=(
        "For it or against it: both are wanted. This confirms nothing and changes nothing. It is "
        "there when the statement is looked at again.",
    ),
    done="It is written down, with the statement.",
)
LOOK_AGAIN = Act(
    name="look_again",
    title="Look at it again",
    paragraphs=(
        "The words stay the same, agreed anew as you are sure of them now. How sure we were before "
        "and your reason stay readable. Until when it is to be confirmed stays as it was.",
        "If the words are wrong, put it in other words instead, or stop using it.",
    ),
    done="It was looked at again, and says how sure we are now.",
)


def act_page(
    act: Act, *, child: Child, statement: Statement, newest: Statement, back: Link, today: date
) -> ActPage:
    write = Link(text="Write a new statement", href=address_of("write_statement", child))
    return ActPage(
        title=act.title,
        back=back,
        line=line(statement, child=child, today=today),
        newer=newer(child, statement, newest, today),
        paragraphs=act.paragraphs,
        links=(write,) if act.may_write_instead else (),
    )
