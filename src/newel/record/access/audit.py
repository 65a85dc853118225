"""Writing to the audit. Sealing and verifying it is in `audit_chain`.

An event goes in with the same transaction as what it tells of: when it cannot be written, the
write it belongs to is undone. It takes no lock that another writer would wait for; placing it in
its child's chain happens afterwards (`audit_chain.seal`).
"""

import hmac
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from newel.record.access import transactions
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
        message = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return keyed(b"event", message.encode())


def keyed(purpose: bytes, message: bytes) -> bytes:
    """HMAC with the audit's key, which lives outside the database."""
    key = settings.NEWEL_AUDIT_KEY.encode()
    return hmac.digest(key, purpose + b"\x00" + message, "sha256")


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
    event = _event(act, thing=thing, thing_id=thing_id, child_id=child_id, fields=fields, once=once)
    _append(event)


def _event(
    act: str,
    *,
    thing: str,
    thing_id: int | None = None,
    child_id: int | None = None,
    fields: tuple[str, ...] = (),
    once: str | None = None,
) -> Event:
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
        once=None if once is None else keyed(b"once", once.encode()).hex(),
    )


_APPEND = "access_append_audit(%s,%s,%s,%s,%s,%s,%s,%s::varchar[],%s,%s,%s,%s)"


def _append(*events: Event) -> None:
    """All of them in one query: a page about twelve children is twelve looks."""
    calls = ", ".join([_APPEND] * len(events))
    values = [value for event in events for value in _values(event)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)


def _values(event: Event) -> list[Any]:
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
        event.mac(),
    ]


@dataclass(frozen=True)
class Look:
    """That this request shows a child's record: set by the one loader of children for pages."""

    child_id: int
    act: str  # "view", "print" or "export"


def looks_at(request: HttpRequest, *, child_id: int, act: str = "view") -> None:
    request.newel_look = Look(child_id, act)  # type: ignore[attr-defined]


def looks_at_each(request: HttpRequest, *, child_ids: Sequence[int], act: str = "view") -> None:
    """That this page shows something of the records of several children: a look at each."""
    request.newel_looks = [Look(child_id, act) for child_id in child_ids]  # type: ignore[attr-defined]


def refuses(request: HttpRequest, *, child_id: int) -> None:
    """That this request asked for a child whom the person may not see."""
    request.newel_refused_child = child_id  # type: ignore[attr-defined]


def record_look(request: HttpRequest, response: HttpResponse) -> None:
    """The one place where looking is logged; the middleware calls it last of all."""
    if response.status_code >= 300:
        return
    one: Look | None = getattr(request, "newel_look", None)
    looks: list[Look] = [*([one] if one else []), *getattr(request, "newel_looks", [])]
    if looks:
        _append(*(_event_of_look(request, look) for look in looks))


def _event_of_look(request: HttpRequest, look: Look) -> Event:
    once = _once_an_hour(request, look)
    return _event(look.act, thing="page", child_id=look.child_id, once=once)


def _once_an_hour(request: HttpRequest, look: Look) -> str | None:
    """A page that polls by itself is one view an hour, not one a minute."""
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
