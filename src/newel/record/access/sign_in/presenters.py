"""What the pages of signing in show."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from newel.record.access.sign_in import held
from newel.record.access.sign_in.forms import NewelForm
from newel.record.design_system.dates import day_time
from newel.record.design_system.pages import Link, Page

ENDED = {
    "idle": "You were signed out because nobody used this page for a while.",
    "shift_over": (
        "Your shift is over, and with it your account. If you go on working, a manager can let you "
        "in for another shift."
    ),
    "slip_too_old": (
        "The password on your slip had to be used sooner. Ask the manager for a new slip."
    ),
    "too_long": (
        "What you had typed was too long to be kept. "
        "Go back with your browser and copy it before you sign in."
    ),
}
TAB_ENDS_WITH = " – Newel"
HELD = "What you had typed is kept. Sign in and you get it back."


@dataclass(kw_only=True)
class KeyPage(Page):
    """A page with a button that asks the browser for a key."""

    post_to: str
    # What the browser is asked for, as JSON; empty: the script fetches it when the button is used.
    options: str = ""
    next: str = ""
    key_errors: list[str] = field(default_factory=list)
    asks_for_key: bool = True
    ask_at_once: bool = False

    @property
    def has_errors(self) -> bool:
        return bool(self.key_errors) or super().has_errors


@dataclass(kw_only=True)
class RecoveryCodesPage(Page):
    codes: list[str]
    just_made: bool


@dataclass(frozen=True)
class Unsaved:
    title: str
    when: str
    href: str
    throw_away: str


@dataclass(kw_only=True)
class UnsavedPage(Page):
    waiting: list[Unsaved]


def unsaved(*, waiting: list[held.Waiting]) -> UnsavedPage:
    return UnsavedPage(
        title="You had not saved this",
        waiting=[
            Unsaved(
                title=one.title.removesuffix(TAB_ENDS_WITH) or "A form",
                when=day_time(one.held_at),
                href=one.href,
                throw_away=reverse("throw_away", args=[one.public_id]),
            )
            for one in waiting
        ],
    )


def sign_in(
    *,
    form: NewelForm,
    next: str = "",
    ended: str = "",
    key_errors: list[str] | None = None,
    ask_at_once: bool = False,
) -> KeyPage:
    return KeyPage(
        ask_at_once=ask_at_once,
        title="Sign in",
        form=form,
        next=next,
        notice=_why_here(ended, next),
        post_to=reverse("mfa_login_webauthn"),
        key_errors=key_errors or [],
    )


def with_key(
    *, form: NewelForm, options: dict[str, object], key_errors: list[str], has_key: bool
) -> KeyPage:
    if not has_key:
        code: Any = form.fields["code"]
        code.label, code.hint = "Code from your slip", "8 numbers. Each code works once."
    return KeyPage(
        title="Use your key" if has_key else "Enter a code from your slip",
        asks_for_key=has_key,
        form=form,
        post_to=reverse("mfa_authenticate"),
        options=json.dumps(options),
        key_errors=key_errors,
    )


def prove(
    *, form: NewelForm, options: dict[str, object], next: str, key_errors: list[str]
) -> KeyPage:
    code = f"{reverse('mfa_reauthenticate')}?{urlencode({'next': next})}"
    form.action = code
    return KeyPage(
        title="Show that it is you",
        form=form,
        post_to=reverse("mfa_reauthenticate_webauthn"),
        options=json.dumps(options),
        next=next,
        key_errors=key_errors,
    )


def add_key(
    *, form: NewelForm, options: dict[str, object], first: bool, key_errors: list[str]
) -> KeyPage:
    return KeyPage(
        title="Add your key" if first else "Add another key",
        form=form,
        back=None if first else Link(text="Your account", href=reverse("access:your_account")),
        post_to=reverse("mfa_add_webauthn"),
        options=json.dumps(options),
        key_errors=key_errors,
    )


def recovery_codes(*, codes: list[str], just_made: bool) -> RecoveryCodesPage:
    return RecoveryCodesPage(
        title="Your recovery codes",
        codes=[f"{code[:4]} {code[4:]}" for code in codes],
        just_made=just_made,
        back=None if just_made else Link(text="Your account", href=reverse("access:your_account")),
    )


def _why_here(ended: str, next: str) -> list[str]:
    is_held = f"{held.PARAMETER}=" in next.partition("?")[2]
    return ([ENDED[ended]] if ended in ENDED else []) + ([HELD] if is_held else [])
