"""The states of a statement in one table, and the drawing made from it."""

from dataclasses import dataclass

from newel.record.stairs.activators.models import AGREED, DRAFT, STATES, SUPERSEDED


@dataclass(frozen=True)
class Move:
    act: str
    before: str
    after: str
    words: str


MOVES = (
    Move("change", DRAFT, SUPERSEDED, "changed: a new draft takes its place"),
    Move("agree", DRAFT, AGREED, "agreed"),
    Move("retire", DRAFT, SUPERSEDED, "withdrawn, with a reason"),
    Move("confirm", AGREED, AGREED, "confirmed, with what was seen"),
    Move("replace", AGREED, SUPERSEDED, "replaced: a new agreed wording takes its place"),
    Move("retire", AGREED, SUPERSEDED, "retired, with a reason"),
    Move("open_to_child", DRAFT, DRAFT, "opened to the child"),
    Move("open_to_child", AGREED, AGREED, "opened to the child"),
)
_NAMES = dict(STATES)


def moves_from(state: str) -> frozenset[str]:
    return frozenset(move.act for move in MOVES if move.before == state)


def states_in_words() -> str:
    """The whole of docs/generated/statement_states.md."""
    return "\n".join((*_HEAD, *_drawing(), *_table(), ""))


_HEAD = (
    "# The states of a statement",
    "",
    "Made from `newel.record.stairs.activators.rules.states.MOVES`; do not edit it here.",
    "",
)


def _drawing() -> tuple[str, ...]:
    arrows = (
        f"    {move.before} --> {move.after}: {move.words.replace(':', ',')}" for move in MOVES
    )
    return (
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {code}: {words}" for code, words in STATES),
        f"    [*] --> {DRAFT}: written",
        *arrows,
        f"    {SUPERSEDED} --> [*]",
        "```",
        "",
    )


def _table() -> tuple[str, ...]:
    rows = (
        f"| {_NAMES[move.before]} | {move.act} | {_NAMES[move.after]} | {move.words} |"
        for move in MOVES
    )
    return ("| from | act | to | in words |", "|---|---|---|---|", *rows)
