"""django-allauth's forms with the fields of this house and errors in plain words."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from newel.record.access import policies
from newel.record.access.models import StaffMember
from newel.record.design_system import nhs
from newel.record.design_system.fields import NhsBoundField, PasswordField, TextField
from newel.record.design_system.forms import NewelForm

CODE_WIDTH = 20


class UsernameField(TextField):
    """Has the cursor: on a shared PC the next person types at once."""

    def draw(self, bound: NhsBoundField) -> str:
        params = self.shared_params(bound) | {
            "value": bound.typed,
            "width": self.width,
            "autocomplete": "username",
            "spellcheck": False,
            "attributes": {"autofocus": True, "autocapitalize": "none"},
        }
        return nhs.component("input", params)


class SignInForm(LoginForm, NewelForm):
    submit_label = "Sign in"
    keep_words = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": UsernameField(
                label="Username", called="your username", width=20, max_length=60
            ),
            "password": PasswordField(label="Password", called="your password"),
        }

    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).strip().casefold()


class _CodeForm(NewelForm):
    keep_words = False
    submit_label = "Use this code"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = TextField(
            label="Recovery code",
            called="a recovery code",
            hint="8 numbers from the sheet you printed. Each code works once.",
            inputmode="numeric",
            width=CODE_WIDTH,
            max_length=60,
        )


class RecoveryCodeForm(AuthenticateForm, _CodeForm):
    """Second step of signing in, without the key."""


class ProveWithCodeForm(ReauthenticateForm, _CodeForm):
    """Before changing keys, without the key."""


class AddKeyForm(AddWebAuthnForm, NewelForm):
    keep_words = False
    name = TextField(
        label="What do you want to call this key?",
        hint="So that you know it from your other keys. For example, blue key on my lanyard.",
        called="a name for this key",
        required=False,
        max_length=60,
        width=30,
    )
    passwordless = None  # every key may open without a password, if it can ask for a PIN or finger


class ChoosePasswordForm(NewelForm):
    """One box, shown on request: a second box only teaches people to copy and paste."""

    submit_label = "Save password"
    keep_words = False
    password = PasswordField(
        label="New password",
        hint="At least 12 characters. Three words that do not belong together work well.",
        autocomplete="new-password",
        called="a new password",
    )

    def __init__(self, *args: Any, staff: StaffMember, **kwargs: Any) -> None:
        self.staff = staff
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        policies.check_password_strength(password, staff=self.staff)
        if self.staff.check_password(password):
            raise forms.ValidationError("Choose a password that is not the one you have now")
        return password
