"""Writing to the audit. Sealing and verifying it is in `audit_chain`.

An event goes in with the same transaction as what it tells of: when it cannot be written, the
write it belongs to is undone. It takes no lock that another writer would wait for; placing it in
its child's chain happens afterwards (`audit_chain.seal`).
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from newel.record.access import audit_writers, transactions
from newel.record.access.audit_key import keyed
from newel.record.access.audit_models import HOUSE_CHAIN
from newel.record.access.transactions import Acting


@dataclass(frozen=True)
class Event:
    """What one row of the audit says; `mac` is over exactly this."""

    event: uuid.UUID
    chain: int
    at: datetime
    actor: int | None
    act: str
    thing: str
    thing_id: int | None
    fields: tuple[str, ...]
    page: str
    request: uuid.UUID | None
    once: str | None
    writer: uuid.UUID | None
    number: int | None

    def mac(self) -> bytes:
        parts = [
            str(self.event),
            self.chain,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.actor,
            self.act,
            self.thing,
            self.thing_id,
            list(self.fields),
            self.page,
            str(self.request) if self.request else None,
            self.once,
        ]
        if self.writer is not None:  # events from before there were writers have their old MAC
            parts += [str(self.writer), self.number]
        message = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return keyed(b"event", message.encode())


def record(
    act: str,
    *,
    thing: str,
    thing_id: int | None = None,
    child_id: int | None = None,
    fields: tuple[str, ...] = (),
    once: str | None = None,
) -> None:
    """Tell the audit what is being done in this transaction. Ids and field names only.

    once: of all events that give the same text here, only the first is written.
    """
    writer = audit_writers.writer_now()
    event = _event(writer, 1, act, thing, thing_id, child_id, fields, once)
    _append(writer, event)


def _event(
    writer: audit_writers.Writer,
    place: int,
    act: str,
    thing: str,
    thing_id: int | None,
    child_id: int | None,
    fields: tuple[str, ...] = (),
    once: str | None = None,
) -> Event:
    """`place` counts from 1 where several go in together."""
    acting = transactions.current()
    return Event(
        event=uuid.uuid4(),
        chain=HOUSE_CHAIN if child_id is None else child_id,
        at=datetime.now(UTC),
        actor=acting.staff_id,
        act=act,
        thing=thing,
        thing_id=thing_id,
        fields=fields,
        page=acting.page,
        request=acting.request,
        once=None if once is None else key_of_once(once),
        writer=writer.id,
        number=writer.given + place,
    )


def key_of_once(once: str) -> str:
    return keyed(b"once", once.encode()).hex()


_APPEND = "SELECT access_append_audit(%s,%s,%s,%s,%s,%s,%s,%s::varchar[],%s,%s,%s,%s,%s,%s)"
# However many, the SQL is the same, and PostgreSQL keeps its plan.
_APPEND_EACH = """
SELECT access_append_audit(each.event, each.chain, each.at, %s, %s, %s, NULL, %s::varchar[], %s,
    %s, NULL, %s, each.number, each.mac)
FROM unnest(%s::uuid[], %s::bigint[], %s::timestamptz[], %s::bigint[], %s::bytea[])
    AS each (event, chain, at, number, mac)
"""


def _append(writer: audit_writers.Writer, event: Event) -> None:
    mac = event.mac()
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, _values(event, mac))
        is_new = cursor.fetchone()[0] is not None
    if is_new:
        audit_writers.has_written(writer, writer.given + 1, mac)


def _values(event: Event, mac: bytes) -> list[Any]:
    return [
        event.event,
        event.chain,
        event.at,
        event.actor,
        event.act,
        event.thing,
        event.thing_id,
        list(event.fields),
        event.page,
        event.request,
        event.once,
        event.writer,
        event.number,
        mac,
    ]


def _append_each(writer: audit_writers.Writer, events: Sequence[Event]) -> None:
    """Of one page and one kind, all of them with one statement. None is about one thing of a
    child's, and none has a `once`: one that was there already would leave a gap in the numbers."""
    first, macs = events[0], [event.mac() for event in events]
    values = [
        first.actor,
        first.act,
        first.thing,
        list(first.fields),
        first.page,
        first.request,
        first.writer,
        [event.event for event in events],
        [event.chain for event in events],
        [event.at for event in events],
        [event.number for event in events],
        macs,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_APPEND_EACH, values)
    audit_writers.has_written(writer, writer.given + len(events), macs[-1])


@dataclass(frozen=True)
class Look:
    """That this request shows a child's record: set by the one loader of children for pages."""

    child_id: int
    act: str  # "view", "print" or "export"
    once: str | None = None  # what tells this look from one that is told a second time


def looks_at(
    request: HttpRequest, *, child_id: int, act: str = "view", once: str | None = None
) -> None:
    request.newel_look = Look(child_id, act, once)  # type: ignore[attr-defined]


def looks_at_each(request: HttpRequest, *, child_ids: Sequence[int], act: str = "view") -> None:
    """That this page shows something of the records of several children: a look at each."""
    request.newel_looks = (act, tuple(child_ids))  # type: ignore[attr-defined]


def refuses(request: HttpRequest, *, child_id: int) -> None:
    """That this request asked for a child whom the person may not see."""
    request.newel_refused_child = child_id  # type: ignore[attr-defined]


def record_look(request: HttpRequest, response: HttpResponse) -> None:
    """The one place where looking is logged; the middleware calls it last of all."""
    if response.status_code >= 300:
        return
    look: Look | None = getattr(request, "newel_look", None)
    if look is not None:
        record(look.act, thing="page", child_id=look.child_id, once=_once_an_hour(request, look))
    _record_looks(*getattr(request, "newel_looks", ("view", ())))


def _record_looks(act: str, child_ids: Sequence[int]) -> None:
    if child_ids:
        writer = audit_writers.writer_now()
        events = [
            _event(writer, place, act, "page", None, child_id)
            for place, child_id in enumerate(child_ids, 1)
        ]
        _append_each(writer, events)


def _once_an_hour(request: HttpRequest, look: Look) -> str | None:
    """A page that polls by itself is one view an hour, not one a minute."""
    if look.once:
        return f"{look.once}|{transactions.current().staff_id}"
    if request.headers.get("HX-Trigger-Name") != "poll" and "poll" not in request.GET:
        return None
    acting = transactions.current()
    hour = datetime.now(UTC).strftime("%Y%m%d%H")
    return f"{look.act}|{acting.staff_id}|{look.child_id}|{acting.page}|{hour}"


def record_refusal(request: HttpRequest, response: HttpResponse, acted: Acting) -> None:
    """After the refused request was rolled back, in a transaction of its own."""
    if acted.staff_id is None:
        return
    child_id: int | None = getattr(request, "newel_refused_child", None)
    if child_id is None and response.status_code != 403:
        return  # a mistyped address is not an attempt on anybody
    with transactions.acting(acted.staff_id, page=acted.page):
        record("refused", thing="page", child_id=child_id)
