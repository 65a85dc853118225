"""Signing in and out. django-allauth decides; these views ask it and draw the answer."""

from datetime import timedelta
from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from newel.record.access import audit
from newel.record.access.pages import for_everyone
from newel.record.access.sign_in import actions, idle, presenters, refusals, second_factor
from newel.record.access.sign_in.adapters import KEY_FAILED, TOO_MANY_TRIES, NewelAccounts
from newel.record.access.sign_in.forms import RecoveryCodeForm, SignInForm
from newel.record.design_system.pages import ErrorPage, Link
from newel.record.design_system.render import render_page

SIGN_IN = "sign_in/sign_in.jinja"


# On this browser people sign in by touching a key: the next one is asked for it at once. It says
# nothing about who they were: no name of a worker is shown to whoever stands before the screen.
TOUCHED = "newel_keys_used_here"
TOUCHED_FOR = timedelta(days=30)
CHANGING = "next-person"


def _note_that_keys_are_used_here(response: HttpResponse) -> None:
    response.set_cookie(
        TOUCHED,
        "1",
        max_age=TOUCHED_FOR,
        path=resolve_url("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked and NewelAccounts().is_safe_url(asked) else ""


class SignIn(LoginView):
    form_class = SignInForm

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        page = presenters.sign_in(
            form=context["form"],
            next=safe_next(self.request),
            ended=self.request.session.pop(idle.ENDED_BECAUSE, ""),
            ask_at_once=CHANGING in self.request.GET and TOUCHED in self.request.COOKIES,
        )
        return render_page(self.request, SIGN_IN, page)


class SignInWithKey(LoginWebAuthnView):
    """One touch: no username, no password."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _note_that_keys_are_used_here(response)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        audit.record("sign_in_failed", thing="key")
        page = presenters.sign_in(
            form=SignInForm(), next=safe_next(self.request), key_errors=[KEY_FAILED]
        )
        return render_page(self.request, SIGN_IN, page)


class SecondStep(AuthenticateView):
    """After the password: the key, or a printed code."""

    form_class = RecoveryCodeForm

    def form_invalid(self, form: Any) -> HttpResponse:
        staff_id = self.stage.login.user.pk
        audit.record("second_factor_failed", thing="staff_member", thing_id=staff_id)
        return super().form_invalid(form)

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        page = presenters.with_key(
            form=context["form"],
            options=context["js_data"]["request_options"],
            key_errors=[KEY_FAILED] if context["webauthn_form"].errors else [],
            has_key=second_factor.has_key(self.stage.login.user),
        )
        return render_page(self.request, "sign_in/with_key.jinja", page)


class SignOut(LogoutView):
    """Sign out, or change person: one press, and nothing of this person is left in the browser.

    It takes no token: a press must end the session even on a page from before the last sign-in,
    and the session's cookie is not sent with what another site posts.
    """

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(settings.LOGIN_URL)

    @method_decorator(csrf_exempt)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.sign_out(self.request)
        response = redirect(f"{resolve_url(settings.LOGIN_URL)}?{CHANGING}")
        actions.forget_person(response)
        return response


sign_in = for_everyone(SignIn.as_view())
sign_in_with_key = for_everyone(SignInWithKey.as_view())
second_step = for_everyone(SecondStep.as_view())
sign_out = for_everyone(SignOut.as_view())


@for_everyone
def account_ended(request: HttpRequest) -> HttpResponse:
    page = ErrorPage(
        title="This account has ended",
        paragraphs=(
            "You cannot sign in with it any more.",
            "If you still work here, ask a manager or a system administrator.",
        ),
        next_step=Link(text="Go to the sign-in page", href=resolve_url(settings.LOGIN_URL)),
    )
    return render_page(request, "design_system/error.jinja", page, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refusals.too_old(request)


def too_many_tries(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What django-allauth shows when its limit for one computer is reached."""
    page = ErrorPage(
        title="There were too many tries from this computer",
        paragraphs=(TOO_MANY_TRIES,),
        next_step=Link(text="Go to the sign-in page", href=resolve_url(settings.LOGIN_URL)),
    )
    return render_page(request, "design_system/error.jinja", page, status=429)
