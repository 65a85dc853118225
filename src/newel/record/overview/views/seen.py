"""Which handover somebody had on the screen, signed, so that they take over what they read."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

_SALT = "newel.handover"
OLDEST = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Seen:
    staff_id: int
    unit_id: int
    shift_starts_at: datetime
    at: datetime
    fingerprint: str

    def sign(self) -> str:
        began, at = self.shift_starts_at.timestamp(), self.at.timestamp()
        parts = [self.staff_id, self.unit_id, began, at, self.fingerprint]
        return signing.dumps(parts, salt=_SALT)


def read(token: str) -> Seen | None:
    try:
        staff_id, unit_id, began, at, fingerprint = signing.loads(token, salt=_SALT, max_age=OLDEST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Seen(
        staff_id=staff_id,
        unit_id=unit_id,
        shift_starts_at=datetime.fromtimestamp(began, UTC),
        at=datetime.fromtimestamp(at, UTC),
        fingerprint=fingerprint,
    )
