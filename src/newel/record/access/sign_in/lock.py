"""After five wrong tries with one username it stays shut for five minutes.

Counted in the cache that all workers share, under a digest: no username is kept. That the
account exists or not makes no difference to what is said.
"""

import hashlib
from datetime import datetime, timedelta

from django.core.cache import cache

TRIES = 5
WITHIN = timedelta(minutes=5)


def failed(username: str, *, at: datetime) -> bool:
    """Count a wrong try. True if the username is shut from now on."""
    tries = [*_tries(username, at=at), at]
    cache.set(_key(username), tries, WITHIN.total_seconds())
    return len(tries) >= TRIES


def shut_until(username: str, *, at: datetime) -> datetime | None:
    tries = _tries(username, at=at)
    return max(tries) + WITHIN if len(tries) >= TRIES else None


def forget(username: str) -> None:
    cache.delete(_key(username))


def _tries(username: str, *, at: datetime) -> list[datetime]:
    return [one for one in cache.get(_key(username), []) if one > at - WITHIN]


def _key(username: str) -> str:
    return f"sign_in_tries:{hashlib.sha256(username.casefold().encode()).hexdigest()}"
