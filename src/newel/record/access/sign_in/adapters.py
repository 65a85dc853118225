"""Where django-allauth asks us: its hooks, so that no signal has to be listened to.

Everything audited here happens in the request's own transaction. Before somebody is signed in
nobody acts in it, so a failed try has no actor, and never a name that was typed.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from newel.record.access import audit, transactions
from newel.record.access.models import StaffMember
from newel.record.access.sign_in import held, idle, lock, sealing, second_factor
from newel.record.design_system import dates

ASK_FOR_HELP = "A manager or a system administrator can help you."
TOO_MANY_TRIES = f"There were too many wrong tries. Wait 5 minutes, then try again. {ASK_FOR_HELP}"
KEY_FAILED = "The key was not accepted. Try again, or use a recovery code"


class NewelAccounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": (
            "The username and password do not match. Check both and try again"
        ),
        "too_many_login_attempts": TOO_MANY_TRIES,
        "rate_limited": TOO_MANY_TRIES,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses without a host: what follows a sign-in is always on this site."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=set()))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Each page says itself what has happened."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        until = lock.shut_until(credentials["username"], at=timezone.now())
        if until is not None:
            raise ValidationError(
                f"There were too many wrong tries with this username. "
                f"You can try again at {dates.time_of_day(until)}. {ASK_FOR_HELP}",
                code="locked",
            )
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        username = credentials["username"]
        known = StaffMember.objects.filter(username=username).values_list("pk", flat=True).first()
        audit.record("sign_in_failed", thing="staff_member", thing_id=known)
        if lock.failed(username, at=timezone.now()):
            audit.record("sign_in_locked", thing="staff_member", thing_id=known)

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """An account for one shift opens until the shift is over, and its slip is used soon."""
        closed = idle.why_closed(user, at=timezone.now())
        if not closed:
            return super().pre_login(request, user, **kwargs)
        audit.record("sign_in_refused", thing="staff_member", thing_id=user.pk)
        request.session[idle.ENDED_BECAUSE] = closed
        return redirect(settings.LOGIN_URL)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        if any(one["method"] == "mfa" for one in get_authentication_records(request, user)):
            second_factor.mark(request.session)
        transactions.continue_as(user.pk)
        audit.record("sign_in", thing="staff_member", thing_id=user.pk)
        lock.forget(user.get_username())
        held.clear_expired()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To one's shift; first of all to words that one had not saved."""
        if held.has_waiting(request.user):  # type: ignore[arg-type]
            return reverse("unsaved")
        return str(super().get_login_redirect_url(request))

    def logout(self, request: HttpRequest) -> None:
        audit.record("sign_out", thing="staff_member", thing_id=request.user.pk)
        super().logout(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With the key or a code. A password alone opens nothing."""
        if not user.is_authenticated or not second_factor.has_key(user):
            return []
        return [
            {"id": f"mfa_reauthenticate{kind}", "description": text, "url": reverse(name)}
            for kind, text, name in (
                (":webauthn", "Use your key", "mfa_reauthenticate_webauthn"),
                ("", "Use a recovery code", "mfa_reauthenticate"),
            )
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for a first key (there is nothing to prove it with), nor right after signing in."""
        request = self.request
        if second_factor.is_fresh(request):
            return False
        return second_factor.has_key(request.user)


class NewelSecondFactor(DefaultMFAAdapter):
    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        """A sheet of codes counts without a key too: it is all that an agency worker holds."""
        codes = [Authenticator.Type.RECOVERY_CODES] if types else []
        return bool(super().is_mfa_enabled(user, types=[*types, *codes] if types else None))

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code was not accepted. Check it, or use another one",
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text.encode(), purpose="recovery codes").decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_sealed(encrypted_text.encode(), purpose="recovery codes").decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        return f"Key {user.authenticator_set.filter(type=type).count() + 1}"  # type: ignore[attr-defined]

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Newel"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        shown = {"display_name": user.name, "name": user.get_username()}  # type: ignore[attr-defined]
        return super().get_public_key_credential_user_entity(user) | shown
