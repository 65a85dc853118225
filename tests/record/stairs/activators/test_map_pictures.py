"""The pictures of the maps: nothing overlaps, nothing runs out of its card, nothing is left out."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from newel.record.children.models import Child
from newel.record.stairs.activators.map_models import Placing
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.activators.presenters.maps import five_ps, life, sequence
from newel.record.stairs.activators.presenters.maps.cards import (
    MANY,
    SIZE,
    WIDE,
    Card,
    Mapped,
    card,
    numbered,
)
from newel.record.stairs.activators.presenters.maps.strips import Strip
from newel.record.stairs.activators.rules.places import may_go_with
from newel.record.stairs.activators.rules.wrapping import (
    runs_right_to_left,
    width_of,
    wrapped,
)

TODAY = date(2026, 11, 2)
LONG = "When a door is locked behind him he shouts, hits the wall and then goes very quiet. " * 6
TEXTS = ("Short.", LONG, "A" * 300, "他被锁在门后时会大喊。" * 9, "هو يحب القراءة", "😀 " * 80)
PS = ["presenting", "predisposing", "precipitating", "perpetuating", "protective"]
AREAS = ["biological", "psychological", "social", "developmental"]
STAGES = ["", "before_birth", "first_school", "here_now"]
KINDS = ["sets_off", "early_sign", "helps"]

Rows = list[tuple[Statement, Mapped]]


def rows(count: int) -> Rows:
    """Statements in every place, with every kind of text."""
    child = Child(public_id="abcdefghjkmnpq", preferred_name="David")
    made = [_statement(number, child) for number in range(count)]
    return numbered(made, child=child, today=TODAY, move="five-ps", moves=True)


def _statement(number: int, child: Child) -> Statement:
    one = Statement(
        pk=number + 1,
        public_id="s" * 11 + _three(number),
        child=child,
        text=TEXTS[number % len(TEXTS)],
        kind=KINDS[number % 3],
        area=AREAS[number % 4],
        five_ps=PS[: number % 6],
        life_stage=STAGES[number % 4],
        time="past" if number % 7 == 0 else "present",
        state="draft" if number % 5 == 0 else "agreed",
        said_by_role="keyworker",
        said_on=TODAY,
        confirmed_on=TODAY,
        confirm_by=TODAY,
        whose_words="child" if number % 4 == 0 else "adult",
    )
    one.placings_now = []  # type: ignore[attr-defined]
    return one


def _three(number: int) -> str:
    """Of the letters that a public id has."""
    letters = "23456789abcdefghjkmnpqrstvwxyz"
    return letters[0] + letters[number // 30] + letters[number % 30]


def links(found: Rows) -> list[tuple[str, str]]:
    """Every third statement with the two after it, as far as kinds allow: far ones too."""
    pairs = combinations(found[: max(len(found) // 2, 3)], 2)
    return [
        (a.number, b.number)
        for (one, a), (other, b) in pairs
        if may_go_with(first=one.kind, then=other.kind) and abs(int(a.number) - int(b.number)) < 4
    ]


def drawn(which: str, count: int) -> tuple[list[Strip], Rows]:
    found = rows(count)
    said = [mapped for _, mapped in rows(2)]
    rest: dict[str, Any] = {"said": said, "count": count, "name": "David"}
    if which == "five_ps":
        return five_ps.strips(five_ps.groups(found), **rest), found
    if which == "life":
        return life.strips(life.groups(found), **rest), found
    pairs = links(found)
    linked, alone = sequence.chains(found, pairs)
    return sequence.strips(linked, alone, pairs, **rest), found


MAPS = pytest.mark.parametrize("which", ["five_ps", "life", "sequence"])
COUNTS = pytest.mark.parametrize("count", [0, 1, 15, 120])


@MAPS
@COUNTS
def test_no_card_lies_on_another_or_out_of_the_picture(which: str, count: int) -> None:
    for strip in drawn(which, count)[0]:
        for one in strip.cards:
            assert one.x >= 0 and one.x + one.width <= WIDE
            assert one.y >= 0 and one.y + one.height <= strip.height
        for one, other in combinations(strip.cards, 2):
            assert not _overlap(one, other), (one.mapped.number, other.mapped.number)


def _overlap(one: Card, other: Card) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@MAPS
@COUNTS
def test_every_line_of_words_fits_its_card(which: str, count: int) -> None:
    for strip in drawn(which, count)[0]:
        for one in strip.cards:
            for text in one.lines:
                assert width_of(text) * SIZE / 1000 <= one.width - 44


@MAPS
@COUNTS
def test_no_heading_lies_on_a_card(which: str, count: int) -> None:
    for strip in drawn(which, count)[0]:
        lowest = max((w.y + 19 * (len(w.lines) - 1) for w in strip.words), default=0)
        assert lowest <= strip.height
        if any(w.kind == "heading" for w in strip.words):
            assert not strip.cards


@MAPS
@COUNTS
def test_every_statement_is_on_the_map(which: str, count: int) -> None:
    strips, found = drawn(which, count)
    shown = {one.mapped.number for strip in strips for one in strip.cards}
    assert {mapped.number for _, mapped in found} <= shown


@COUNTS
def test_a_line_never_crosses_a_card(count: int) -> None:
    for strip in drawn("sequence", count)[0]:
        for line in strip.lines:
            for piece in _pieces(line.path):
                for one in strip.cards:
                    assert not _crosses(piece, one), (line.path, one.mapped.number)


def _pieces(path: str) -> list[tuple[int, int, int, int]]:
    """(x, y) to (x, y) of each straight piece of M, H and V."""
    spaced = path.replace("M", "").replace("H", " H ").replace("V", " V ").split()
    x, y = int(spaced[0]), int(spaced[1])
    pieces = []
    for way, to in zip(spaced[2::2], map(int, spaced[3::2]), strict=True):
        here = (x, y)
        x, y = (to, y) if way == "H" else (x, to)
        pieces.append((*here, x, y))
    return pieces


def _crosses(piece: tuple[int, int, int, int], one: Card) -> bool:
    """Touching an edge is how a line begins and ends."""
    left, right = sorted((piece[0], piece[2]))
    top, bottom = sorted((piece[1], piece[3]))
    return (
        left < one.x + one.width and right > one.x and top < one.y + one.height and bottom > one.y
    )


def test_a_text_that_is_cut_says_so_and_few_texts_are_whole() -> None:
    _, mapped = rows(2)[1]
    assert card(mapped, width=200, most=3).lines[-1].endswith("…")
    whole = card(mapped, width=200, most=400).lines
    assert " ".join(whole).strip("“”") == LONG.strip()


def test_the_state_is_said_in_words_and_by_a_shape() -> None:
    words = {mapped.state: card(mapped, width=200, most=3).foot[0] for _, mapped in rows(MANY)}
    assert words == {
        "draft": "Draft",
        "past": "In the past",
        "needs-confirming": "Needs confirming",
    }


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("one two", ("one two",)),
        ("aaaa bbbb cccc", ("aaaa", "bbbb", "cccc")),
        ("aaaa\nbbbb", ("aaaa", "bbbb")),
    ],
)
def test_words_break_at_spaces(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, width=56, size=15, most=9) == lines


def test_a_word_longer_than_a_line_is_cut_and_nothing_of_it_is_lost() -> None:
    lines = wrapped("x" * 50, width=60, size=15, most=99)
    assert "".join(lines) == "x" * 50
    assert len(lines) > 4


def test_words_run_as_their_first_letter_does() -> None:
    assert runs_right_to_left("“هو يحب")
    assert not runs_right_to_left("12 He reads هو")


def test_the_same_statement_has_the_same_number_on_every_map() -> None:
    found = rows(9)
    on_sequence = {one.pk: m.number for one, m in sequence.in_sequence(found)}
    assert on_sequence == {one.pk: m.number for one, m in found if one.kind in KINDS}


def test_what_nobody_linked_is_in_a_lane_of_its_own() -> None:
    found = rows(6)
    linked, alone = sequence.chains(found, [("1", "2")])
    assert [[m.number for _, m in chain] for chain in linked] == [["1", "2"]]
    assert [m.number for _, m in alone] == ["3", "4", "5", "6"]


def test_a_statement_that_was_moved_stands_where_it_was_put() -> None:
    found = rows(1)
    found[0][0].placings_now = [  # type: ignore[attr-defined]
        Placing(five_ps=["protective"], area="social", life_stage="teenage")
    ]
    assert [code for code, _, here in five_ps.groups(found) if here] == ["protective"]
    placed = [(s, a) for s, _, areas in life.groups(found) for a, _, here in areas if here]
    assert placed == [("teenage", "social")]
