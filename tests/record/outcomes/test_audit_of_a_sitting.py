"""What was done by nobody who signs in stands in the audit too, and the audit stays whole."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from newel.record.access import audit_chain
from newel.record.access.models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.outcomes import actions
from tests.cast import Cast
from tests.record.outcomes.asking import form


def test_the_audit_of_a_sitting_is_whole_and_names_nobody(
    fresh_database: str, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    """H30: with real commits, sealed, and verified."""
    settings.NEWEL_AUDIT_HEADS = tmp_path / "heads.jsonl"
    with acting(cast.chillip.pk):
        begun = form(cast.david, cast, at=datetime.now(UTC))
        secret = actions.hand_over(form=begun, by=cast.chillip, at=datetime.now(UTC))
    tablet = Client()
    tablet.cookies["newel_sitting"] = secret
    tablet.post("/answer/begin/")
    tablet.post(reverse("answering:question", args=[4]), {"value": "1"})
    tablet.post("/answer/stop/")
    audit_chain.seal()
    assert audit_chain.verify() == []
    with acting(cast.chillip.pk):
        events = AuditEvent.objects.filter(chain=begun.child_id, actor=None).order_by("pk")
        told = [(one.act, one.page, list(one.fields)) for one in events]
    assert told == [
        ("begin_sitting", "answering:begin", []),
        ("ask_for_talk", "answering:question", []),
        ("answer", "answering:question", ["yp_core_04"]),
        ("end_sitting", "answering:stop", ["stopped"]),
    ]
    connection.close()
