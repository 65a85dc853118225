"""The estate under load, and who is signed in to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import django

from newel.record.config import demonstrating

SEARCHED = 2000  # children, with two names each
STATEMENTS = 120
SEQUENCE = ("sets_off", "early_sign", "helps")


@dataclass(frozen=True)
class Reader:
    """One signed-in worker and the addresses they open."""

    cookie: str
    addresses: dict[str, list[str]]


def prepare(children: int) -> list[Reader]:
    code = demonstrating.demonstrate(port=0, reset=False, children=0, seed=1, load_only=True)
    if code:
        raise SystemExit(code)
    django.setup()
    from benchmarks import handovers
    from newel.record.demo import generating

    generating.generate(children=children, seed=1, say=print)
    readers = [*_readers(), _finder()]
    handovers.prepare()
    _analyse()
    return readers


def _finder() -> Reader:
    """Somebody who reaches two thousand children at once, which nobody should: the worst case."""
    from newel.record.access.models import StaffMember

    finder = StaffMember.objects.filter(username="made-up.finder").first() or _great_house()
    # One name that fifty have, misspelt ones, whole names either way round; and nobody's.
    asked = ("emily", "Waltr", "georgeson", "Frederik Kateson", "Tomson Ruth", "nobody at all")
    return Reader(
        cookie=_session(finder),
        addresses={"search": [f"/children/find/?q={quote(words)}" for words in asked]},
    )


def _great_house() -> object:
    import random
    from datetime import UTC, datetime

    from newel.record.access import actions as accounts
    from newel.record.access.models import StaffMember
    from newel.record.access.transactions import acting
    from newel.record.children import actions as children
    from newel.record.demo import queries
    from newel.record.demo.on_record import put_on_record
    from newel.record.demo.words import FIRST_NAMES
    from newel.record.establishments import actions as places
    from newel.record.establishments.models import Agency

    chance, now = random.Random(1), datetime.now(UTC)
    with acting(queries.first_administrator().pk, page="benchmark"):
        setting = places.add_setting(name="Great House", setting_type="secure_training_centre")
        unit = places.add_unit(setting=setting, name="Great Hall")
        finder = accounts.add_staff(
            by=None, at=now, name="Made-up finder", username="made-up.finder", role="psychologist"
        )
        places.start_post(
            staff=finder, setting=setting, unit=None, discipline="psychology",
            agency=Agency.objects.order_by("pk")[0], at=now,
        )  # fmt: skip
    lead = StaffMember.objects.filter(role="governance_lead").order_by("pk")[0]
    with acting(lead.pk, page="benchmark"):
        put_on_record(setting, by=lead, at=now, agencies=list(Agency.objects.order_by("pk")[:1]))
    with acting(finder.pk, page="benchmark"):
        for _ in range(SEARCHED):
            name = f"{chance.choice(FIRST_NAMES)} {chance.choice(FIRST_NAMES)}son"
            child = children.refer(by=finder, at=now, unit=unit, preferred_name=name)
            children.add_name(child=child, name=f"{name} {name[::-1]}", kind="legal")
    return finder


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
        # in this order and without those whom the handover adds: a second run asks for the same
        reached = reached.filter(statement_rows__state="agreed").distinct().order_by("pk")
        children = [child.public_id for child in reached]
        if reached:
            _much_understood(reached[0], worker)
        agreed = [child.public_id for child in _with_a_long_formulation(worker, reached)]
    maps = f"/children/{children[0]}/understanding/maps" if children else ""
    return Reader(
        cookie=_session(worker),
        addresses={
            "baseline": ["/baseline/"],
            "one page": [f"/children/{child}/how-to-be-with-me/" for child in children],
            "shift": ["/shift/"],
            "handover": ["/handover/"],
            "5 Ps": [f"{maps}/five-ps/"],
            "life map": [f"{maps}/life/"],
            "what helps": [f"{maps}/what-helps/"],
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


def _much_understood(child: object, worker: object) -> None:
    """Up to 120 statements, each somewhere else on the maps, and every third linked."""
    from django.utils import timezone

    from newel.record.stairs.activators.map_models import AREAS, FIVE_PS, LIFE_STAGES, GoesWith
    from newel.record.stairs.activators.models import Statement

    there = list(Statement.objects.filter(child=child, is_current=True))
    pattern = next(one for one in there if one.state == "agreed")
    now = timezone.now()
    for number in range(len(there), STATEMENTS):
        statement = Statement(**_like(pattern))
        statement.kind = SEQUENCE[number % 3]
        statement.area = AREAS[number % 3][0]
        statement.five_ps = [FIVE_PS[number % 5][0]]
        statement.life_stage = LIFE_STAGES[number % 6][0]
        statement.save()
        there.append(statement)
    if not GoesWith.objects.filter(child=child).exists():
        made = [one for one in there if one.life_stage]
        triples = zip(made[::3], made[1::3], made[2::3], strict=False)
        for pair in (pair for a, b, c in triples for pair in ((a, b), (b, c))):
            first, then = sorted(pair, key=lambda one: SEQUENCE.index(one.kind))
            GoesWith.objects.create(
                child=child,  # type: ignore[misc]
                first=first,
                then=then,
                said_by=worker,  # type: ignore[misc]
                said_at=now,
            )


def _like(pattern: object) -> dict[str, object]:
    fields = pattern._meta.concrete_fields  # type: ignore[attr-defined]
    own = {"id", "public_id"}
    return {f.attname: getattr(pattern, f.attname) for f in fields if f.attname not in own}


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
