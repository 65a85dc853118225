"""Pages that name several children: a shift, a search, a warning of names that are alike.

Whoever reads such a page has seen that the child is here. That stands in the child's chain, apart
from looks at the record: once an hour for a person, a child and a page. All children of a page go
in with one statement, and when all are there already one statement is all it takes.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.http import HttpRequest, HttpResponse

from newel.record.access import audit_writers, transactions
from newel.record.access.audit import Event, Look, key_of_once
from newel.record.access.transactions import Acting

ACT = "list"
NAME_ONLY = ("preferred_name",)
_TRIES = 3


class NotWritten(RuntimeError):
    """The audit did not take what a page shows, so the page is not shown."""


def names(child_ids: Iterable[int], *, fields: tuple[str, ...] = NAME_ONLY) -> None:
    """That this request's page names these children without being about them. Said by whoever
    draws it; written last of all, when the page is there."""
    transactions.current().named.update(dict.fromkeys(child_ids, fields))


def record_named(request: HttpRequest, response: HttpResponse) -> None:
    """The one place where it is written; the middleware calls it when the page is drawn."""
    acting = transactions.current()
    look: Look | None = getattr(request, "newel_look", None)
    if not acting.named or response.status_code >= 300:
        return
    about = look.child_id if look else None
    rows = _Rows.of(acting, [child for child in acting.named if child != about])
    for _ in range(_TRIES):
        new = rows.not_yet()
        if not new or new.are_written():
            return
    raise NotWritten(acting.page)


@dataclass(frozen=True)
class _Rows:
    """What one page names, by the key that lets each child in once an hour."""

    acting: Acting
    at: datetime
    children: dict[str, int]

    @classmethod
    def of(cls, acting: Acting, child_ids: Iterable[int]) -> "_Rows":
        at = datetime.now(UTC)
        beginning = f"{ACT}|{acting.staff_id}|{acting.page}|{at:%Y%m%d%H}|"
        return cls(acting, at, {key_of_once(f"{beginning}{one}"): one for one in child_ids})

    def __bool__(self) -> bool:
        return bool(self.children)

    def not_yet(self) -> "_Rows":
        if not self.children:
            return self
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_audit_not_yet(%s::varchar[])", [list(self.children)])
            (missing,) = cursor.fetchone()
        new = {key: self.children[key] for key in missing}
        return _Rows(self.acting, self.at, new)

    def are_written(self) -> bool:
        """False when another request of this person wrote one of them meanwhile."""
        writer = audit_writers.writer_now()
        fields = self._fields()
        events = [
            self._event(key, child, fields, writer.id, writer.given + place)
            for place, (key, child) in enumerate(self.children.items(), 1)
        ]
        macs = [event.mac() for event in events]
        is_new = self._append(events, macs, fields)
        if is_new:
            audit_writers.has_written(writer, writer.given + len(events), macs[-1])
        return is_new

    def _fields(self) -> tuple[str, ...]:
        shown = (self.acting.named[child] for child in self.children.values())
        return tuple(sorted(set().union(*shown)))

    def _event(
        self, once: str, child: int, fields: tuple[str, ...], writer: uuid.UUID, number: int
    ) -> Event:
        return Event(
            event=uuid.uuid4(),
            chain=child,
            at=self.at,
            actor=self.acting.staff_id,
            act=ACT,
            thing="page",
            thing_id=None,
            fields=fields,
            page=self.acting.page,
            request=self.acting.request,
            once=once,
            writer=writer,
            number=number,
        )

    def _append(self, events: list[Event], macs: list[bytes], fields: tuple[str, ...]) -> bool:
        first = events[0]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT access_append_audit_list(%s::uuid[],%s::bigint[],%s,%s,%s,%s,"
                "%s::varchar[],%s,%s,%s::varchar[],%s,%s::bigint[],%s::bytea[])",
                [
                    [event.event for event in events],
                    [event.chain for event in events],
                    first.at,
                    first.actor,
                    first.act,
                    first.thing,
                    list(fields),
                    first.page,
                    first.request,
                    [event.once for event in events],
                    first.writer,
                    [event.number for event in events],
                    macs,
                ],
            )
            (is_new,) = cursor.fetchone()
        return bool(is_new)
