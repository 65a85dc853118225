"""What the child said, in the full formulation: quoted whole, with its mark, never cut (H11).

A version quotes what was told and written down before it was agreed. What the child took back is
not among what the queries give, and so in no version.
"""

from collections.abc import Iterable, Sequence

from newel.record.children.models import READ_BY_CHILD, Child
from newel.record.design_system.dates import day
from newel.record.stairs.activators.models import FormulationVersion
from newel.record.stairs.activators.presenters.checked import checked_in_words
from newel.record.stairs.activators.presenters.formulation_parts import (
    DocumentLine,
    Known,
    Leaving,
    Quoted,
)
from newel.record.stairs.activators.presenters.lines import counted
from newel.record.stairs.activators.words_models import AdultView, ChildsWords
from newel.record.stairs.activators.words_queries import Saying


def quoted(
    child: Child,
    known: Known,
    leaving: Leaving | None,
    *,
    statements: Sequence[tuple[str, DocumentLine]],
) -> tuple[Quoted, ...]:
    """`statements` in the child's words: the same words stand once, and say that they are both."""
    lines = {_plain(text): line for text, line in statements}
    return tuple(
        Quoted(
            words=words.words,
            mark=_mark(words, leaving),
            since=_since(words, child),
            beside=tuple(_beside(one) for one in _views(words, known.version, leaving)),
            as_statement=lines.get(_plain(words.words)),
        )
        for words in _that_may_stand(known, leaving)
    )


def held_words(known: Known, leaving: Leaving | None) -> Iterable[str]:
    """How much of it a copy leaves out; on the screen the database has held it back already."""
    if leaving is None:
        return
    shown = list(_that_may_stand(known, leaving))
    held = len(list(_that_may_stand(known, None))) - len(shown)
    if held:
        yield _held(held, "thing that the child said", "things that the child said")
    views = sum(
        len(_views(one, known.version, None)) - len(_views(one, known.version, leaving))
        for one in shown
    )
    if views:
        yield _held(views, "view beside the child’s words", "views beside the child’s words")


def _held(number: int, one: str, many: str) -> str:
    return (
        f"{counted(number, one, many)} {'is' if number == 1 else 'are'} held back from this copy."
    )


def _that_may_stand(known: Known, leaving: Leaving | None) -> Iterable[ChildsWords]:
    for saying in known.sayings:
        words = _that_stood(saying, known.version)
        if words is not None and _may_stand(words, saying, leaving):
            yield words


def _that_stood(saying: Saying, version: FormulationVersion) -> ChildsWords | None:
    """As the child said it when the version was agreed, latest first."""
    wordings = (saying.words, *saying.earlier)
    return next((one for one in wordings if _was_told(one, version)), None)


def _was_told(words: ChildsWords, version: FormulationVersion) -> bool:
    return words.written_at <= version.agreed_at and words.told_on <= version.agreed_on


def _may_stand(words: ChildsWords, saying: Saying, leaving: Leaving | None) -> bool:
    """On a copy, for whom the child said it was, and for whom the child says it is now."""
    if leaving is None:
        return True
    levels = (words.sharing_level, saying.words.sharing_level)
    return leaving.takes(*levels) and leaving.may_leave(words.words)


def _views(
    words: ChildsWords, version: FormulationVersion, leaving: Leaving | None
) -> list[AdultView]:
    """Nobody has read an adult's view for the child: the least copy leaves it out (H12)."""
    views: list[AdultView] = words.views_beside  # type: ignore[attr-defined]
    stood = [one for one in views if one.written_at <= version.agreed_at]
    if leaving is None:
        return stood
    if leaving.includes == READ_BY_CHILD:
        return []
    return [one for one in stood if leaving.may_leave(one.text)]


def _mark(words: ChildsWords, leaving: Leaving | None) -> str:
    """A copy that holds the least names nobody: what they do is enough."""
    by = words.written_by
    least = leaving is not None and leaving.includes == READ_BY_CHILD
    who = by.their_role.name if least else by.name
    told = f"Said on {day(words.told_on)}, written down by {who} on {day(words.written_at)}"
    return f"{told}, {checked_in_words(words)}"


def _since(words: ChildsWords, child: Child) -> str:
    return "" if words.is_current else f"{child.preferred_name} has said it differently since"


def _beside(view: AdultView) -> tuple[str, str]:
    return view.text, f"{view.written_by.name}, {day(view.written_at)}"


def _plain(text: str) -> str:
    return " ".join(text.split()).strip('“”"').casefold()
