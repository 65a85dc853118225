"""The estate under load, and who is signed in to it."""

from dataclasses import dataclass

import django

from newel.record.config import demonstrating


@dataclass(frozen=True)
class Reader:
    """One signed-in residential worker and the addresses they open."""

    cookie: str
    addresses: dict[str, list[str]]


def prepare(children: int) -> list[Reader]:
    code = demonstrating.demonstrate(port=0, reset=False, children=0, seed=1, load_only=True)
    if code:
        raise SystemExit(code)
    django.setup()
    from benchmarks import handovers
    from newel.record.demo import generating, queries

    there = queries.generated_settings() * generating.CHILDREN_A_UNIT * generating.UNITS_A_SETTING
    if there < children:
        generating.generate(children=children - there, seed=1, say=print)
    readers = _readers()
    handovers.prepare()
    _analyse()
    return readers


def _readers() -> list[Reader]:
    from newel.record.access.models import StaffMember

    workers = StaffMember.objects.filter(username__startswith="made-up.worker").order_by("pk")
    readers = [_reader(worker) for worker in workers]
    return [one for one in readers if one.addresses["one page"]]  # the last house may be half full


def _reader(worker: object) -> Reader:
    from django.utils import timezone

    from newel.record.access.transactions import acting
    from newel.record.children import queries

    with acting(worker.pk):  # type: ignore[attr-defined]
        reached = queries.children(visible_to=worker, at=timezone.now())  # type: ignore[arg-type]
        children = [child.public_id for child in reached]
    return Reader(
        cookie=_session(worker),
        addresses={
            "baseline": ["/baseline/"],
            "one page": [f"/children/{child}/how-to-be-with-me/" for child in children],
            "shift": ["/shift/"],
            "handover": ["/handover/"],
            "timeline": [f"/children/{child}/scoping/timeline/" for child in children],
        },
    )


def _session(worker: object) -> str:
    """A session such as signing in makes, without driving the sign-in page."""
    from django.conf import settings
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from newel.record.access.sign_in import second_factor

    session = SessionStore()
    session[SESSION_KEY] = str(worker.pk)  # type: ignore[attr-defined]
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = worker.get_session_auth_hash()  # type: ignore[attr-defined]
    second_factor.mark(session, second_factor.IN_DEMO)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _analyse() -> None:
    from newel.record.config.migrating import as_owner
    from newel.record.config.starting import DEMO_DATABASE

    with as_owner(DEMO_DATABASE) as owner:
        owner.execute("ANALYZE")
