"""Forms that were sent after their writer's session had ended: kept, sealed, until they are back.

Every form carries `held_by`: who it was drawn for and on which page, signed. With it the words can
be put by for that person although nobody is signed in, and for nobody else: the database shows a
held form to its writer alone.

A held form stays until it has been saved, not only until it was shown: a browser that dies
between the two must not take the words with it. After a day it is deleted.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.core import signing
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from newel.record.access import transactions
from newel.record.access.models import HeldForm, StaffMember
from newel.record.access.sign_in import sealing

FIELD = "held_by"
TITLE = "held_title"  # of the page that the form stands on, as its tab says it
PARAMETER = "held"
LONGEST = 1_000_000  # bytes of words
AT_MOST = 20  # held at once for one person
KEPT_FOR = timedelta(hours=24)
NEVER_HELD = ("csrfmiddlewaretoken", FIELD, "credential")
SAY_RESTORED = (
    "You were signed out before this was saved. Here is what you had typed. Check it and save."
)
_ADDRESS = "held_address"
_SALT = "newel.held_by"
_PURPOSE = "held forms"


class TooLong(ValueError):
    """More words than are kept."""


@dataclass(frozen=True)
class Writer:
    """For whom a form was drawn, and on which page."""

    staff_id: int
    path: str


@dataclass(frozen=True)
class Waiting:
    """A held form, as its writer is told of it."""

    public_id: str
    title: str
    href: str
    held_at: datetime


def held_by(request: HttpRequest) -> SafeString:
    """The hidden field of every form; templates draw it as `form_extras(request)`."""
    if not request.user.is_authenticated:
        return SafeString("")
    path = _without_held(request.get_full_path())
    signed = signing.dumps([request.user.pk, path], salt=_SALT)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, signed)


def writer(request: HttpRequest) -> Writer | None:
    """For whom the form in this request was drawn, if we drew it and not long ago."""
    try:
        staff_id, path = signing.loads(request.POST.get(FIELD, ""), salt=_SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Writer(staff_id=staff_id, path=path)


def keep(request: HttpRequest, writer: Writer) -> str:
    """Put the words by. Returns the address that brings them back, once the writer is signed in."""
    return keep_words(request.POST, writer)


def keep_words(data: QueryDict, writer: Writer) -> str:
    """As `keep`: for a page that is shown in several steps and must outlive being loaded again."""
    sealed = sealing.seal(_words(data, writer.path), purpose=_PURPOSE)
    clear_expired()
    with transactions.acting(writer.staff_id):
        _make_room()
        form = HeldForm.objects.create(
            staff_id=writer.staff_id,
            path=urlsplit(writer.path).path[:500],
            sealed_words=sealed,
            held_at=timezone.now(),
        )
    return _with_held(writer.path, form.public_id)


def typed(request: HttpRequest) -> QueryDict | None:
    """What this person had typed on this page before their session ended."""
    form = _held_for(request)
    return None if form is None else _opened(form)


def _opened(form: HeldForm) -> QueryDict | None:
    try:
        words = sealing.open_sealed(bytes(form.sealed_words), purpose=_PURPOSE)
    except sealing.InvalidToken:
        return None  # sealed with a key that has since been taken away
    data = QueryDict(mutable=True)
    for name, values in json.loads(words):
        data.setlist(name, values)
    return data


def waiting(staff: StaffMember) -> list[Waiting]:
    """What this person had typed and not saved, the newest first."""
    forms = HeldForm.objects.filter(staff=staff).order_by("-held_at", "-pk")
    opened = [(form, _opened(form)) for form in forms]
    return [
        Waiting(
            public_id=form.public_id,
            title=data.get(TITLE, ""),
            href=_with_held(data.get(_ADDRESS, form.path), form.public_id),
            held_at=form.held_at,
        )
        for form, data in opened
        if data is not None
    ]


def has_waiting(staff: StaffMember) -> bool:
    return HeldForm.objects.filter(staff=staff).exists()


def throw_away(*, staff: StaffMember, public_id: str) -> None:
    HeldForm.objects.filter(staff=staff, public_id=public_id).delete()


def typed_or_held(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the words just sent, or those held, or nothing.

    A held form is bound like one that was sent: its writer had pressed the button, so what is
    missing or wrong is told at once, as it would have been then.
    """
    if request.method == "POST":
        return request.POST
    if PARAMETER not in request.GET:
        return None
    data = typed(request)
    if data is not None:
        messages.warning(request, SAY_RESTORED)
    return data


def forget(request: HttpRequest) -> None:
    """The form has been saved. (An answer that redirects is taken for that by itself.)"""
    form = _held_for(request) if PARAMETER in request.GET else None
    if form is not None:
        form.delete()


def clear_expired() -> None:
    """Nobody can see another's held form, so the database itself takes the old ones away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_forget_held_forms(make_interval(secs => %s))",
            [KEPT_FOR.total_seconds()],
        )


def _held_for(request: HttpRequest) -> HeldForm | None:
    if not request.user.is_authenticated:
        return None
    return HeldForm.objects.filter(
        public_id=request.GET.get(PARAMETER, "").replace("\x00", ""),
        staff_id=request.user.pk,
        path=request.path[:500],
    ).first()


def _words(data: QueryDict, path: str) -> bytes:
    kept = [[name, values] for name, values in data.lists() if not _is_secret(name)]
    kept.append([_ADDRESS, [path]])
    words = json.dumps(kept, ensure_ascii=False).encode()
    if len(words) > LONGEST:
        raise TooLong
    return words


def _is_secret(name: str) -> bool:
    return name in NEVER_HELD or "password" in name.casefold()


def _make_room() -> None:
    newest = HeldForm.objects.order_by("-held_at").values("pk")[: AT_MOST - 1]
    HeldForm.objects.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


def _without_held(path: str) -> str:
    parts = urlsplit(path)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != PARAMETER]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path


def _with_held(path: str, public_id: str) -> str:
    joined = "&" if "?" in path else "?"
    return f"{path}{joined}{urlencode({PARAMETER: public_id})}"
