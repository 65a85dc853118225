"""The pages on which a setting is made ready for children, and on which it says that it is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.design_system.dates import day
from newel.record.design_system.pages import Link, Page
from newel.record.establishments.models import (
    DataProtectionAssessment,
    OnRecord,
    SafetyOfficer,
    Setting,
    SharingAgreement,
)
from newel.record.establishments.readiness import (
    AGREEMENT,
    WORDS,
    Readiness,
    has_ended,
    kind_of,
    missing_in_words,
    overdue,
)

FICTION = "Made up for the demo"


@dataclass(frozen=True, kw_only=True)
class RowShown:
    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KindShown:
    heading: str
    why: str
    rows: tuple[RowShown, ...]
    nothing: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class SettingReady:
    name: str
    where_it_stands: str
    to_look_at: tuple[str, ...]
    kinds: tuple[KindShown, ...]
    next_step: Link | None
    next_why: str


@dataclass(kw_only=True)
class ReadyPage(Page):
    settings: list[SettingReady]


@dataclass(kw_only=True)
class OnRecordFormPage(Page):
    paragraphs: tuple[str, ...]
    now: tuple[RowShown, ...]


@dataclass(kw_only=True)
class HistoryPage(Page):
    rows: list[RowShown]


@dataclass(frozen=True, kw_only=True)
class NotReady:
    """For whoever wants to enter a child: what is missing, and whom to ask."""

    setting: str
    missing: tuple[str, ...]
    ask: str


def ready_page(readiness: Iterable[Readiness], *, on: date) -> ReadyPage:
    return ReadyPage(title="Ready for children", settings=[_setting(one, on) for one in readiness])


def _setting(readiness: Readiness, on: date) -> SettingReady:
    late = overdue(readiness, on=on)
    first = readiness.missing[0] if readiness.missing else None
    return SettingReady(
        name=readiness.setting.name,
        where_it_stands=where_it_stands(readiness),
        to_look_at=tuple(late_in_words(row, on=on) for row in late),
        kinds=tuple(_kind(readiness, kind, on) for kind in WORDS),
        next_step=_record(readiness.setting, first) if first else _look_again(late),
        next_why=f"{readiness.setting.name}: {_why(readiness, late)}",
    )


def where_it_stands(readiness: Readiness) -> str:
    if readiness.is_ready:
        return "Children can be entered here."
    return f"No child can be entered here yet: {missing_in_words(readiness.missing)} is missing."


def _why(readiness: Readiness, late: list[OnRecord]) -> str:
    if readiness.missing:
        return f"no child can be entered before {len(readiness.missing)} more is on record."
    return "its day has passed." if late else ""


def _record(setting: Setting, kind: str) -> Link:
    return Link(
        text=f"Put on record: {WORDS[kind]['words']}",
        href=reverse("establishments:put_on_record", args=[setting.public_id, kind]),
    )


def _look_again(late: list[OnRecord]) -> Link | None:
    return _replace(late[0], kind_of(late[0])) if late else None


def late_in_words(row: OnRecord, *, on: date) -> str:
    what = WORDS[kind_of(row)]["words"]
    if has_ended(row, on=on):
        return f"{what}: it ended on {day(row.ends_on)}. Put the new one on record, or withdraw it."  # type: ignore[attr-defined]
    return f"{what}: was to be looked at again by {day(row.review_on)}."  # type: ignore[attr-defined]


def _kind(readiness: Readiness, kind: str, on: date) -> KindShown:
    rows = readiness.rows(kind)
    setting = readiness.setting
    about = f": {WORDS[kind]['words']}, {setting.name}"
    ids = [setting.public_id, kind]
    links = [
        Link(
            text="What was on record before",
            href=reverse("establishments:on_record_before", args=ids),
            about=about,
        )
    ]
    if not rows or kind == AGREEMENT:
        text = "Put another on record" if rows else "Put on record"
        href = reverse("establishments:put_on_record", args=ids)
        links.insert(0, Link(text=text, href=href, about=about))
    return KindShown(
        heading=WORDS[kind]["words"],
        why=WORDS[kind]["why"],
        rows=tuple(RowShown(lines=in_words(row, on=on), links=_links(row, kind)) for row in rows),
        nothing="Not on record yet.",
        links=tuple(links),
    )


def _links(row: OnRecord, kind: str) -> tuple[Link, ...]:
    ids = [row.setting.public_id, kind, row.public_id]
    withdraw = reverse("establishments:withdraw_on_record", args=ids)
    about = f": {WORDS[kind]['words']}, {row.setting.name}"
    return (_replace(row, kind), Link(text="Withdraw it", href=withdraw, about=about))


def _replace(row: OnRecord, kind: str) -> Link:
    ids = [row.setting.public_id, kind, row.public_id]
    href = reverse("establishments:replace_on_record", args=ids)
    return Link(
        text="Put the new one on record",
        href=href,
        about=f": {WORDS[kind]['words']}, {row.setting.name}",
    )


def in_words(row: OnRecord, *, on: date) -> tuple[str, ...]:
    facts: tuple[str, ...] = (FICTION,) if row.is_fiction else ()
    if isinstance(row, DataProtectionAssessment):
        facts += (
            row.reference,
            f"Signed by {row.signed_by} on {day(row.signed_on)}",
            _review_in_words(row.review_on, on),
        )
    if isinstance(row, SafetyOfficer):
        facts += (
            row.name,
            f"Registration as given: {row.registration}",
            f"Appointed {day(row.appointed_on)}",
        )
    if isinstance(row, SharingAgreement):
        facts += (
            row.reference,
            f"Binds {', '.join(sorted(agency.name for agency in row.agencies.all()))}",
            f"Agreed {day(row.agreed_on)}",
            _review_in_words(row.review_on, on),
            *((_end_in_words(row.ends_on, on),) if row.ends_on else ()),
        )
    return (*facts, f"Recorded by {row.recorded_by.name} on {day(row.recorded_at)}")


def _review_in_words(review_on: date, on: date) -> str:
    late = review_on < on
    return f"{'Was to' if late else 'To'} be looked at again by {day(review_on)}"


def _end_in_words(ends_on: date, on: date) -> str:
    return f"{'Ended' if ends_on < on else 'Ends'} on {day(ends_on)}"


def back_to_ready() -> Link:
    return Link(text="Ready for children", href=reverse("establishments:ready"))


def on_record_page(*, setting: Setting, kind: str, now: OnRecord | None, on: date) -> Page:
    return OnRecordFormPage(
        title=WORDS[kind]["words"],
        caption=setting.name,
        paragraphs=(WORDS[kind]["why"],),
        now=(RowShown(lines=in_words(now, on=on)),) if now else (),
        back=back_to_ready(),
    )


def withdraw_page(*, row: OnRecord, kind: str, on: date) -> Page:
    return OnRecordFormPage(
        title=f"Withdraw: {WORDS[kind]['words']}",
        caption=row.setting.name,
        paragraphs=(
            "If nothing else of this kind is on record, no further child can be entered here until "
            "there is. Children who are written down already are not touched.",
        ),
        now=(RowShown(lines=in_words(row, on=on)),),
        back=back_to_ready(),
    )


def history_page(*, setting: Setting, kind: str, rows: Iterable[OnRecord], on: date) -> Page:
    return HistoryPage(
        title=f"On record: {WORDS[kind]['words']}",
        caption=setting.name,
        rows=[RowShown(lines=(*in_words(row, on=on), _fate(row))) for row in rows],
        back=back_to_ready(),
    )


def _fate(row: OnRecord) -> str:
    if row.withdrawn_by is not None:
        when = day(row.withdrawn_at)
        return f"Withdrawn by {row.withdrawn_by.name} on {when}: {row.withdrawn_because}"
    if hasattr(row, "replaced_by"):
        return f"Replaced on {day(row.replaced_by.recorded_at)}"
    return "Counts now"


def not_ready(readiness: Readiness, leads: list[StaffMember]) -> NotReady:
    return NotReady(
        setting=readiness.setting.name,
        missing=tuple(WORDS[kind]["words"] for kind in readiness.missing),
        ask=_whom_to_ask(readiness.setting, leads),
    )


def _whom_to_ask(setting: Setting, leads: list[StaffMember]) -> str:
    if not leads:
        return (
            f"{setting.name} has no information governance lead in Newel. Ask your manager who it "
            "is, and your system administrator to give them a post for the whole setting."
        )
    return f"Ask {' or '.join(lead.name for lead in leads)}, information governance lead."
