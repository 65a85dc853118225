"""Addresses, answers and texts of the pages of statements, for their tests."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from newel.record.stairs.scoping.models import LifeEvent
from tests.cast import Cast
from tests.record.stairs.activators.wording import DOOR

NOW = timezone.now()
TODAY = timezone.localdate()


def address(name: str, child: Any, *more: str) -> str:
    return reverse(f"activators:{name}", args=[child.public_id, *more])


def answers(**changed: Any) -> dict[str, Any]:
    day = {"said_on-day": TODAY.day, "said_on-month": TODAY.month, "said_on-year": TODAY.year}
    said = {k: v for k, v in DOOR.items() if k != "said_on"}
    return said | day | {"whose_words": "adult", "sharing_level": "team"} | changed


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def life_event(cast: Cast, **more: Any) -> LifeEvent:
    return LifeEvent.objects.create(
        child=cast.david,
        written_by=cast.chillip,
        written_at=NOW,
        kind="harm",
        precision="unknown",
        **more,
    )
