"""When one shift ends and the next begins, seen from one person's visits."""

from datetime import datetime, timedelta

A_NEW_SHIFT_AFTER = timedelta(hours=4)
FIRST_LOOK_BACK = timedelta(hours=24)


def since_when(*, here_at: datetime | None, before_at: datetime | None, now: datetime) -> datetime:
    """From when on changes are new to this person.

    Somebody who was here minutes ago is still on the same shift: what was new stays new until
    they have been away for four hours.
    """
    if here_at is None or before_at is None:
        return now - FIRST_LOOK_BACK
    if now - here_at >= A_NEW_SHIFT_AFTER:
        return here_at
    return before_at
