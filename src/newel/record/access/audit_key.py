"""The audit's key, which lives outside the database."""

import hmac

from django.conf import settings


def keyed(purpose: bytes, message: bytes) -> bytes:
    """HMAC with the audit's key. Whoever has only the database cannot make one."""
    key = settings.NEWEL_AUDIT_KEY.encode()
    return hmac.digest(key, purpose + b"\x00" + message, "sha256")
