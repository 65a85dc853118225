"""The code on a slip: 128 random bits, written so that a child can type them.

26 characters hold the bits and two check them, so that a mistype is told from a slip that there is
not. Nothing is in it that looks like something else; what people type instead is understood.
"""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_BITS, _LONG, _GROUP = 128, 26, 4
_CHECK = 1021  # the largest prime below 32 squared
LENGTH = _LONG + 2
_MEANT = str.maketrans("OIL", "011")


class Mistyped(ValueError):
    """It cannot be a code. The message is for the person."""


def new_code() -> str:
    bits = secrets.randbits(_BITS)
    return _written(bits, _LONG) + _written(bits % _CHECK, 2)


def in_groups(code: str) -> list[str]:
    return [code[at : at + _GROUP] for at in range(0, len(code), _GROUP)]


def read(typed: str) -> str:
    """The code that was typed, however it was spaced. Raises Mistyped."""
    kept = "".join(one for one in typed.upper() if one.isalnum()).translate(_MEANT)
    if not kept:
        raise Mistyped("Type the code that is on your slip")
    strange = sorted({one for one in kept if one not in ALPHABET})
    if strange:
        raise Mistyped(f"No code has “{strange[0]}” in it. Look at the slip again")
    if len(kept) != LENGTH:
        which = "short" if len(kept) < LENGTH else "long"
        raise Mistyped(
            f"The code is too {which}: it has {len(kept)} letters and numbers and should have "
            f"{LENGTH}, in seven groups of four"
        )
    if _number(kept[:_LONG]) % _CHECK != _number(kept[_LONG:]):
        raise Mistyped(
            "One letter or number is not right. Compare it with the slip, group by group"
        )
    return kept


def hash_of(code: str) -> bytes:
    """All that is kept of it. 128 random bits need no salt and no slow hash."""
    return hashlib.sha256(b"newel survey slip " + code.encode()).digest()


def _written(number: int, long: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(long)))


def _number(written: str) -> int:
    number = 0
    for one in written:
        number = number * 32 + ALPHABET.index(one)
    return number
