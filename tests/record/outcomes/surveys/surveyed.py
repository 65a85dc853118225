"""A wave on Rookery, its slips, and people who answer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from newel.evidence.measures import measure as definition
from newel.record.access.transactions import acting, request_in_nobodys_name
from newel.record.outcomes.surveys import actions, rules
from newel.record.outcomes.surveys.models import Wave, WaveGroup
from tests.cast import Cast

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
AFTER = NOW + timedelta(days=20)
BOTH = ["staff", "residents"]


def wave(cast: Cast, *, unit: str = "rookery", at: datetime = NOW, **given: Any) -> Wave:
    """EssenCES on Rookery for a week, planned by Betsey Trotwood, whose post is the whole house."""
    place = getattr(cast, unit)
    said = {"measure": "essences", "asked": BOTH, "opens_on": at.date()} | given
    said.setdefault("closes_on", said["opens_on"] + timedelta(days=7))
    with acting(cast.trotwood.pk):
        return actions.plan_wave(setting=place.setting, unit=place, by=cast.trotwood, at=at, **said)


def open_now(cast: Cast, **given: Any) -> Wave:
    """For pages, which read the clock: open today, whatever day that is."""
    return wave(cast, at=datetime.now(UTC), **given)


def group(of: Wave, asked: str = "staff") -> WaveGroup:
    return WaveGroup.objects.select_related("wave__setting", "wave__unit").get(wave=of, asked=asked)


def slips(
    cast: Cast, of: Wave, asked: str = "staff", *, number: int = 6, today: date | None = None
) -> list[str]:
    with acting(cast.trotwood.pk):
        return actions.make_slips(
            group=group(of, asked), number=number, by=cast.trotwood, at=NOW,
            today=today or of.opens_on,
        )  # fmt: skip


def said(
    measure: str = "essences", *, every: float | None = 2, **some: float | None
) -> dict[str, Any]:
    """said(every=3, _16=None): 3 to each item, and to item 16 nothing."""
    given: dict[str, Any] = {one.id: every for one in definition(measure).items}
    return given | {f"{measure}_{item[1:]}": value for item, value in some.items()}


def hand_in(codes: Sequence[str], *answers: dict[str, Any], today: date = TODAY) -> list[str]:
    """Each code with its answers, or all with the same."""
    became = []
    for place, code in enumerate(codes):
        given = answers[place] if len(answers) > 1 else (answers[0] if answers else said())
        with request_in_nobodys_name():
            became.append(actions.hand_in(code=code, answers=given, today=today))
    return became


def close(cast: Cast, of: Wave, *, at: datetime = AFTER) -> Wave:
    with acting(cast.trotwood.pk):
        return actions.close_wave(wave=of, by=cast.trotwood, at=at, today=at.date())


def answered(
    cast: Cast, *, forms: int, asked: str = "staff", unit: str = "rookery", at: datetime = NOW
) -> Wave:
    """A wave of one group that so many have answered, still open."""
    made = wave(cast, unit=unit, at=at, asked=[asked])
    hand_in(slips(cast, made, asked, number=forms, today=at.date())[:forms], today=at.date())
    return made


def through_the_pages(
    client: Client, code: str, answers: dict[str, Any], *, asked: str, measure: str = "essences"
) -> Any:
    """As a person does it: code, about, each screen, the last button. Returns the last answer."""
    address = reverse("survey:answer")
    client.post(address, {"code": code})
    found = definition(measure)
    screens = rules.screens(found, one_by_one=asked == "residents")
    typed: dict[str, str] = {"code": code}
    client.post(address, typed | {"go": "begin", "screen": "0"})
    for number, items in enumerate(screens):
        typed |= {id: "declined" if answers[id] is None else f"{answers[id]:g}" for id in items}
        client.post(address, typed | {"go": "next", "screen": str(number)})
    return client.post(address, typed | {"go": "send", "screen": str(len(screens))})
