"""The secret of a sitting: the browser holds it, the database only its hash."""

import hashlib
import secrets

BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(BYTES)


def hash_of(secret: str) -> bytes:
    """A random secret of 32 bytes needs no salt and no slow hash: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).digest()
