"""The estate under load, and who is signed in to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
    from newel.record.demo import generating, queries

    there = queries.generated_settings() * generating.CHILDREN_A_UNIT * generating.UNITS_A_SETTING
    if there < children:
        generating.generate(children=children - there, seed=1, say=print)
    readers = _readers()
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
        agreed = [child.public_id for child in _with_a_long_formulation(worker, reached)]
    return Reader(
        cookie=_session(worker),
        addresses={
            "baseline": ["/baseline/"],
            "one page": [f"/children/{child}/how-to-be-with-me/" for child in children],
            "shift": ["/shift/"],
            "timeline": [f"/children/{child}/scoping/timeline/" for child in children],
            "comparison": [
                f"/children/{child}/understanding/versions/compare/" for child in agreed
            ],
            "full formulation": [
                f"/children/{child}/understanding/formulation/" for child in agreed
            ],
            "versions": [f"/children/{child}/understanding/versions/" for child in agreed],
        },
    )


def _with_a_long_formulation(worker: object, children: Iterable[Any]) -> list[Any]:
    """Two children of each reader have 120 agreed statements and a version of them: a third has
    been put in other words since, a sixth was taken out and as many are new."""
    from newel.record.access.models import StaffMember
    from newel.record.access.transactions import acting

    chosen = list(children)[:2]
    for child in chosen:
        if not child.formulation_versions.exists():
            house = worker.username.split(".")[2]  # type: ignore[attr-defined]
            leads = StaffMember.objects.get(username=f"made-up.psychologist.{house}")
            with acting(leads.pk):
                _formulate(child, leads)
    return chosen


def _formulate(child: Any, leads: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from newel.record.stairs.activators import actions
    from newel.record.stairs.activators.version_queries import PersonAround

    began = timezone.now() - timedelta(days=20)
    for number in range(120 - child.statement_rows.filter(state="agreed").count()):
        _agreed(child, leads, began, number)
    rows = list(child.statement_rows.filter(state="agreed").order_by("pk"))
    actions.agree_formulation(
        child=child,
        agreement=actions.Agreement(
            on=began.date(), summary="Made up.", summary_level="team", involvement="direct",
            others=[("Made up", "nobody")],
        ),
        seen=actions.Seen(statements=frozenset(row.public_id for row in rows)),
        by=leads,
        at=began + timedelta(days=1),
    )  # fmt: skip
    nobody = PersonAround(
        code="", staff=leads, name=leads.name, part="made up", discipline="", agency=""
    )
    for number in range(10):
        actions.write_recommendation(
            child=child, text=f"Made up, {number}.", who=nobody, by_when=timezone.localdate(),
            by=leads, at=began,
        )  # fmt: skip
    since = {"by": leads, "at": timezone.now() - timedelta(days=1)}
    for row in rows[:40]:
        words = _wording(f"{row.text} At night above all, and when nobody has said why.")
        actions.replace_statement(statement=row, **since, **words)
    for row in rows[40:60]:
        actions.retire_statement(statement=row, because="Made up.", **since)
    for number in range(20):
        _agreed(child, leads, since["at"], 200 + number)


def _agreed(child: Any, leads: Any, at: Any, number: int) -> None:
    from newel.record.stairs.activators import actions

    words = _wording(f"In made-up case {number} a door that shuts brings back another door.")
    draft = actions.write_statement(child=child, by=leads, at=at, **words)
    actions.agree_statement(statement=draft, by=leads, at=at)


def _wording(text: str) -> dict[str, Any]:
    from datetime import date

    return {
        "text": text, "kind": "sets_off", "area": "psychological", "time": "present",
        "said_by_role": "keyworker", "said_on": date(2026, 1, 5), "confidence": "fairly_sure",
        "five_ps": ["perpetuating"],
    }  # fmt: skip


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
