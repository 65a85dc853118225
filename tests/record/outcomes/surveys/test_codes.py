"""The code on a slip: long enough, typed by a child, and never mistaken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newel.record.outcomes.surveys import codes
from newel.record.outcomes.surveys.codes import ALPHABET, Mistyped


def test_a_code_holds_128_random_bits_and_no_two_are_the_same() -> None:
    made = {codes.new_code() for _ in range(2000)}
    assert len(made) == 2000
    assert {len(one) for one in made} == {28}
    assert 32**26 >= 2**128
    # Every place of the 26 that carry bits, but the first with its three, takes every letter.
    assert all(len({one[place] for one in made}) == 32 for place in range(1, 26))
    assert len({one[0] for one in made}) == 8


def test_it_is_read_however_it_is_spaced_and_whatever_is_taken_for_nought_and_one() -> None:
    code = codes.new_code()
    parts = codes.in_groups(code)
    assert [len(part) for part in parts] == [4] * 7
    for typed in (" ".join(parts), "-".join(parts).lower(), code.replace("0", "O"),
                  code.replace("1", "l"), code.replace("1", "I")):  # fmt: skip
        assert codes.read(typed) == code


@given(st.integers(0, 27), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_always_found(place: int, letter: str) -> None:
    code = codes.new_code()
    typed = code[:place] + letter + code[place + 1 :]
    if typed == code:
        assert codes.read(typed) == code
    else:
        with pytest.raises(Mistyped, match="One letter or number is not right"):
            codes.read(typed)


@given(st.integers(0, 24))
def test_two_letters_changed_over_are_always_found(place: int) -> None:
    code = codes.new_code()
    one, other = code[place], code[place + 1]
    if one != other:
        with pytest.raises(Mistyped):
            codes.read(code[:place] + other + one + code[place + 2 :])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the code"),
        ("  -- ", "Type the code"),
        ("ABCD", "too short: it has 4 letters and numbers and should have 28"),
        ("A" * 40, "too long"),
        ("U" * 28, "No code has “U” in it"),
        ("٣" * 28, "No code has “٣” in it"),
        ("名" * 28, "No code has “名” in it"),
    ],
)
def test_what_cannot_be_a_code_is_told_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(Mistyped, match=said):
        codes.read(typed)


def test_a_hash_leads_back_to_no_code() -> None:
    code = codes.new_code()
    assert len(codes.hash_of(code)) == 32
    assert code.encode() not in codes.hash_of(code)
