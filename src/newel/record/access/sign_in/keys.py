"""The keys and codes that somebody has, as their account page lists them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from newel.record.access.models import StaffMember

MARK_LENGTH = 16


@dataclass(frozen=True)
class Key:
    pk: int
    name: str
    added_at: datetime
    last_used_at: datetime | None
    # Names the key in an address, without its number in the database.
    mark: str


def of(staff: StaffMember) -> list[Key]:
    rows = Authenticator.objects.filter(user=staff, type=Authenticator.Type.WEBAUTHN)
    return [_key(one) for one in rows.order_by("created_at", "pk")]


def authenticator(key: Key) -> Authenticator:
    return Authenticator.objects.get(pk=key.pk)


def codes_left(staff: StaffMember) -> int | None:
    """None: there is no sheet of codes."""
    codes = Authenticator.objects.filter(user=staff, type=Authenticator.Type.RECOVERY_CODES).first()
    return None if codes is None else len(codes.wrap().get_unused_codes())


def _key(one: Authenticator) -> Key:
    credential = str(one.data["credential"].get("id", one.pk))
    return Key(
        pk=one.pk,
        name=one.wrap().name,
        added_at=one.created_at,
        last_used_at=one.last_used_at,
        mark=hashlib.sha256(credential.encode()).hexdigest()[:MARK_LENGTH],
    )
