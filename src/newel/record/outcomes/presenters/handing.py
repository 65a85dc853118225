"""Handing over a tablet, and a personal link: the worker's pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.urls import reverse
from django.utils import timezone

from newel.evidence.measures import measure as definition
from newel.record.access.models import StaffMember
from newel.record.children.banner import banner
from newel.record.children.models import Child
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link, Page
from newel.record.outcomes.actions.sitting import (
    LINK_OPENS_WITHIN,
    OPENED_LINK_LASTS,
    TABLET_LASTS,
)
from newel.record.outcomes.models import LINK, Form, Sitting
from newel.record.outcomes.policies import why_not_alone
from newel.record.outcomes.rules import age_warning

QUIET_ZONE = 4  # white modules around the code, as the standard of QR codes asks for


@dataclass(kw_only=True)
class HandOverPage(Page):
    measure: str
    minutes: int
    link_days: int
    link_minutes: int
    talk: str
    why_not: str
    age: str = ""
    out_now: str = ""
    take_back: str = ""


@dataclass(frozen=True, kw_only=True)
class QrCode:
    """As a drawing: `side` modules wide, its dark modules as one path."""

    side: int
    path: str


@dataclass(kw_only=True)
class LinkPage(Page):
    """Shown once. Its sheet, which is all that is printed, says nothing about the child."""

    link: str
    code: QrCode
    until: str
    minutes: int
    again: str


def hand_over_page(
    *,
    child: Child,
    form: Form,
    out: Sitting | None,
    person: StaffMember,
    at: datetime,
) -> HandOverPage:
    measure = definition(form.measure)
    return HandOverPage(
        title="Answer by their own hand",
        banner=banner(child=child, visible_to=person, at=at),
        back=Link(
            text=measure.short_name,
            href=reverse("outcomes:form", args=[child.public_id, form.public_id]),
        ),
        measure=measure.name,
        minutes=_minutes(TABLET_LASTS),
        link_days=LINK_OPENS_WITHIN.days,
        link_minutes=_minutes(OPENED_LINK_LASTS),
        talk=_talk(form),
        why_not=why_not_alone(form, measure),
        age=age_warning(measure, born_on=child.born_on, on=timezone.localdate(at)),
        out_now=_out(out, at),
        take_back="End this link" if out is not None and out.kind == LINK else "Take it back",
    )


def _minutes(length: Any) -> int:
    return int(length.total_seconds() // 60)


def _talk(form: Form) -> str:
    if form.talk_to is None or form.cover is None:
        return ""
    return (
        f"They are told that {form.talk_to.name}, or else {form.cover.name}, will come and talk "
        "with them if an answer says that somebody is not safe."
    )


def _out(out: Sitting | None, at: datetime) -> str:
    if out is None or out.ends_at <= at:
        return ""
    what = "A link was made" if out.kind == LINK else "It was handed over"
    return f"{what} by {out.made_by.name}. It is open until {day_time(out.ends_at)}."


def link_page(
    *, child: Child, link: str, again: str, person: StaffMember, at: datetime
) -> LinkPage:
    return LinkPage(
        title="A link to the questions",
        banner=banner(child=child, visible_to=person, at=at),
        back=Link(text="Back", href=again),
        link=link,
        code=qr_code(link),
        until=day_time(at + LINK_OPENS_WITHIN),
        minutes=_minutes(OPENED_LINK_LASTS),
        again=again,
    )


def qr_code(text: str) -> QrCode:
    code = segno.make(text, error="m", micro=False)
    rows = list(code.matrix)
    dark = [
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    ]
    return QrCode(side=len(rows) + 2 * QUIET_ZONE, path="".join(dark))
