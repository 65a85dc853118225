"""Words that rest in the database encrypted, with keys that live outside it and can be changed.

The first key seals; every key of SECRET_KEY_FALLBACKS still opens.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

__all__ = ["InvalidToken", "open_sealed", "seal"]


def seal(words: bytes, *, purpose: str) -> bytes:
    return _keys(purpose).encrypt(words)


def open_sealed(sealed: bytes, *, purpose: str) -> bytes:
    """Raises InvalidToken for what no key of ours has sealed for this purpose."""
    return _keys(purpose).decrypt(sealed)


def _keys(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_key(str(secret), purpose) for secret in secrets])


def _key(secret: str, purpose: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"newel {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(made.derive(secret.encode())))
