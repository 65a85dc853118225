"""After five wrong tries with one username it stays shut for five minutes.

Counted in the cache that all workers share, under a digest: no username is kept. That the
account exists or not makes no difference to what is said. Other doors at which somebody could
try one thing after another have a count of their own.
"""

import hashlib
from datetime import datetime, timedelta

from django.core.cache import cache

TRIES = 5
WITHIN = timedelta(minutes=5)
SIGN_IN = "sign_in_tries"


def failed(username: str, *, at: datetime, door: str = SIGN_IN) -> bool:
    """Count a wrong try. True if the username is shut from now on."""
    tries = [*_tries(username, at=at, door=door), at]
    cache.set(_key(username, door), tries, WITHIN.total_seconds())
    return len(tries) >= TRIES


def shut_until(username: str, *, at: datetime, door: str = SIGN_IN) -> datetime | None:
    tries = _tries(username, at=at, door=door)
    return max(tries) + WITHIN if len(tries) >= TRIES else None


def forget(username: str, *, door: str = SIGN_IN) -> None:
    cache.delete(_key(username, door))


def _tries(username: str, *, at: datetime, door: str) -> list[datetime]:
    return [one for one in cache.get(_key(username, door), []) if one > at - WITHIN]


def _key(username: str, door: str) -> str:
    return f"{door}:{hashlib.sha256(username.casefold().encode()).hexdigest()}"
