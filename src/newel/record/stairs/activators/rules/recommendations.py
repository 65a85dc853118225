"""Which recommendations stood with a version, and what had become of them by then."""

from collections.abc import Iterable
from datetime import datetime

from newel.record.stairs.activators.models import Recommendation


def stood_with(
    rows: Iterable[Recommendation], *, since: datetime | None, until: datetime | None
) -> list[Recommendation]:
    """Those written before `until` in the wording they had then, but for what was closed before
    `since`. None: from the beginning, and until now."""
    return [one for one in rows if _stood(one, since, until)]


def _stood(one: Recommendation, since: datetime | None, until: datetime | None) -> bool:
    if until is not None and one.written_at >= until:
        return False
    if since is not None and one.outcome_at is not None and one.outcome_at < since:
        return False
    newer = getattr(one, "replaced_by", None)
    if newer is None:
        return one.is_current
    return until is not None and newer.written_at >= until


def was_closed(one: Recommendation, *, until: datetime | None) -> bool:
    """Whether what became of it was written down by then."""
    return one.outcome_at is not None and (until is None or one.outcome_at < until)
