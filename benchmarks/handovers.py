"""What a handover under load tells: on each unit twelve children, and of each what a busy shift
brings. The shift before took over when everything else had been read."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

CHILDREN, NOTES, CONFIRMED = 12, 2, 3
HOUR = timedelta(hours=1)
OVERLAP = 61  # seconds: a handover looks back a minute behind the last one


def prepare() -> None:
    from newel.record.establishments.models import Post

    posts = Post.objects.filter(staff__username__startswith="made-up.worker", unit__isnull=False)
    waiting = [post for post in posts.select_related("staff", "unit__setting") if not _done(post)]
    if waiting:
        time.sleep(OVERLAP)
    for post in waiting:
        _busy_shift(post.staff, post.unit)


def _done(post: Any) -> bool:
    from newel.record.access.transactions import acting
    from newel.record.overview.models import Takeover

    with acting(post.staff_id):
        return Takeover.objects.filter(unit=post.unit).exists()


def _busy_shift(worker: Any, unit: Any) -> None:
    from newel.record.access.transactions import acting
    from newel.record.children import actions as children
    from newel.record.children import lists_queries

    at = datetime.now(UTC)
    with acting(worker.pk):
        stays = lists_queries.stays_on_unit(unit=unit, visible_to=worker, at=at)
        found = [stay.child for stay in stays]
        for number in range(CHILDREN - len(found)):
            coming = {"by": worker, "at": at, "unit": unit, "preferred_name": f"Coming {number}"}
            found.append(children.refer(**coming))
        _taken_over(worker, unit, at)
        for child in found:
            _changes(child, worker, unit)


def _taken_over(worker: Any, unit: Any, at: datetime) -> None:
    from newel.record.overview import actions, rules

    now = rules.shift_to_take_over(at, rules.PROPOSED)
    before = rules.shift_at(now.starts_at - HOUR, rules.PROPOSED)
    actions.take_over(unit=unit, shift=before, by=worker, at=at, read_until=at)


def _changes(child: Any, worker: Any, unit: Any) -> None:
    from newel.record.overview import actions
    from newel.record.stairs.activators import actions as activators
    from newel.record.stairs.activators import queries

    by: dict[str, Any] = {"by": worker, "at": datetime.now(UTC)}
    for number in range(NOTES):
        actions.write_note(
            child=child, unit=unit, text=f"He slept well and got up at {number + 6}.",
            what_helped="A light left on.", **by,
        )  # fmt: skip
    statements = queries.statements(child=child, visible_to=worker)
    for statement in statements.filter(state="agreed", time="present")[:CONFIRMED]:
        activators.confirm_statement(statement=statement, what_was_seen="Seen again today.", **by)
