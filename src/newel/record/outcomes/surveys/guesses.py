"""Wrong codes are slowed down, and nothing about it is written: the counts are in the memory of the
one process, under names made with a key that dies with it, and only of codes that were wrong.

The codes cannot be guessed in the age of the earth. This keeps somebody from trying for fun.
"""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from threading import Lock

from newel.record.outcomes.surveys import rules

FOR_SECONDS = 10 * 60
_AT_MOST = 10_000  # addresses in memory
_KEY = secrets.token_bytes(32)
_wrong: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
_lock = Lock()


def too_many(address: str) -> bool:
    began, count = _wrong.get(_name(address), (0.0, 0))
    return time.monotonic() - began < FOR_SECONDS and count >= rules.number("wrong_codes")


def was_wrong(address: str) -> None:
    now, name = time.monotonic(), _name(address)
    with _lock:
        began, count = _wrong.pop(name, (now, 0))
        _wrong[name] = (began, count + 1) if now - began < FOR_SECONDS else (now, 1)
        while len(_wrong) > _AT_MOST:
            _wrong.popitem(last=False)


def forget() -> None:
    with _lock:
        _wrong.clear()


def _name(address: str) -> bytes:
    return hmac.digest(_KEY, address.encode(), hashlib.sha256)
