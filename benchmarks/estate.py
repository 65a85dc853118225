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
    """In bulk, but for what makes the version."""
    from datetime import timedelta

    from django.utils import timezone

    from newel.record.stairs.activators import actions
    from newel.record.stairs.activators.models import Recommendation, Statement

    began, since = timezone.now() - timedelta(days=20), timezone.now() - timedelta(days=1)
    there = child.statement_rows.filter(state="agreed").count()
    Statement.objects.bulk_create(
        _agreed(child, leads, began, f"In made-up case {number} a door brings back another door.")
        for number in range(120 - there)
    )
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
    ended = Statement.objects.filter(pk__in=[row.pk for row in rows[:60]])
    ended.update(
        state="superseded", is_current=False, ended_at=since, ended_by=leads, ended_because="So."
    )
    new = [(f"{row.text} At night above all, when nobody has said why.", row) for row in rows[:40]]
    new += [(f"In made-up case {number} a window does too.", None) for number in range(20)]
    Statement.objects.bulk_create(
        _agreed(child, leads, since, text, replaces=row) for text, row in new
    )
    Recommendation.objects.bulk_create(
        Recommendation(
            child=child, text=f"Made up, {number}.", person=leads, name=leads.name,
            by_when=began.date(), written_by=leads, written_at=began,
        )
        for number in range(10)
    )  # fmt: skip


def _agreed(child: Any, leads: Any, at: Any, text: str, replaces: Any = None) -> Any:
    from datetime import timedelta

    from newel.record.stairs.activators.models import Statement

    return Statement(
        child=child, written_by=leads, written_at=at, text=text, kind="sets_off",
        area="psychological", time="present", said_by_role="keyworker", said_on=at.date(),
        confidence="fairly_sure", five_ps=["perpetuating"], state="agreed", agreed_by=leads,
        agreed_at=at, confirmed_on=at.date(), confirm_by=at.date() + timedelta(days=90),
        replaces=replaces,
    )  # fmt: skip


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
