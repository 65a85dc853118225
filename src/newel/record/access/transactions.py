"""In whose name the database is asked.

`newel_begin` (made by the migrations of `children`, where reach is decided) tells PostgreSQL, for
this transaction only, who acts and which children they reach. Without it every table about a
child is empty: that is the fourth lock.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from django.db import connection, transaction


@dataclass(frozen=True)
class Acting:
    """Who acts, and on which page or command."""

    staff_id: int | None = None
    page: str = ""
    request: uuid.UUID = field(default_factory=uuid.uuid4)
    # Children whom the page of this request names, without being about them, and what it shows.
    named: dict[int, tuple[str, ...]] = field(default_factory=dict)


_acting: ContextVar[Acting | None] = ContextVar("newel_acting", default=None)


class NobodyActing(RuntimeError):
    """Something was to be written or audited outside a transaction that names a person."""


def current() -> Acting:
    acting = _acting.get()
    if acting is None:
        raise NobodyActing("Open a transaction with `acting(…)` first.")
    return acting


def reach_again() -> None:
    """After an action that changes who reaches whom: ask the database anew."""
    _tell_database(current().staff_id)


@contextmanager
def acting(staff_id: int | None, *, page: str = "") -> Iterator[None]:
    """One transaction in one person's name. Nested, the outer person acts again afterwards."""
    before = _acting.get()
    with transaction.atomic():
        _tell_database(staff_id)
        token = _acting.set(Acting(staff_id=staff_id, page=page))
        try:
            yield
        finally:
            _acting.reset(token)
        if before is not None and connection.in_atomic_block:
            _tell_database(before.staff_id)


@contextmanager
def request_in_nobodys_name(page: str = "") -> Iterator[None]:
    """A request begins as nobody; `continue_as` names the person once the session is read."""
    token = _acting.set(Acting(page=page))
    try:
        with transaction.atomic():
            yield
    finally:
        _acting.reset(token)


def continue_as(staff_id: int | None) -> None:
    _tell_database(staff_id)
    _acting.set(replace(current(), staff_id=staff_id))


def on_page(page: str) -> None:
    _acting.set(replace(current(), page=page))


def _tell_database(staff_id: int | None) -> None:
    if not connection.in_atomic_block:
        raise NobodyActing("The person is named for one transaction: open one first.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT newel_begin(%s)", [staff_id])
