"""Keys and recovery codes of the person who is signed in."""

from typing import Any

from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from newel.record.access import audit
from newel.record.access.pages import for_everyone_signed_in
from newel.record.access.sign_in import keys, presenters, second_factor
from newel.record.access.sign_in.adapters import KEY_FAILED
from newel.record.access.sign_in.forms import AddKeyForm, ProveWithCodeForm
from newel.record.access.sign_in.second_factor import opens_before_second_factor
from newel.record.access.sign_in.views import safe_next
from newel.record.design_system.render import render_page

JUST_MADE = "newel_codes_just_made"


class AddKey(AddWebAuthnView):
    form_class = AddKeyForm

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        staff_id = self.request.user.pk
        audit.record("second_factor_added", thing="staff_member", thing_id=staff_id)
        self.request.session.cycle_key()
        second_factor.mark(self.request.session)
        return response

    def get_success_url(self) -> str:
        if not self.did_generate_recovery_codes:
            return reverse("access:your_account")
        self.request.session[JUST_MADE] = True
        return reverse("mfa_view_recovery_codes")

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        page = presenters.add_key(
            form=context["form"],
            options=context["js_data"]["creation_options"],
            first=not second_factor.has_key(self.request.user),
            key_errors=[KEY_FAILED] if context["form"].errors.get("credential") else [],
        )
        return render_page(self.request, "sign_in/add_key.jinja", page)


class _Prove:
    """The same page for both ways: with the key, or with a code."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        second_factor.mark(self.request.session)
        return super().form_valid(form)  # type: ignore[misc]

    def form_invalid(self, form: Any) -> HttpResponse:
        staff_id = self.request.user.pk
        audit.record("second_factor_failed", thing="staff_member", thing_id=staff_id)
        return self.render_to_response({"form": form})

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        form = context["form"]
        with_code = isinstance(form, ProveWithCodeForm)
        page = presenters.prove(
            form=form if with_code else ProveWithCodeForm(user=self.request.user),
            options=begin_authentication(self.request.user),
            next=safe_next(self.request),
            key_errors=[] if with_code or not form.errors else [KEY_FAILED],
        )
        return render_page(self.request, "sign_in/prove.jinja", page)


class ProveWithKey(_Prove, ReauthenticateWebAuthnView):
    pass


class ProveWithCode(_Prove, ReauthenticateView):
    form_class = ProveWithCodeForm


class RecoveryCodes(ViewRecoveryCodesView):
    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        page = presenters.recovery_codes(
            codes=context["unused_codes"],
            just_made=self.request.session.pop(JUST_MADE, False),
        )
        return render_page(self.request, "sign_in/recovery_codes.jinja", page)


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """The old sheet stops working at once."""

    http_method_names = ["post"]

    def form_valid(self, form: Any) -> HttpResponse:
        staff_id = self.request.user.pk
        audit.record("recovery_codes_made", thing="staff_member", thing_id=staff_id)
        self.request.session[JUST_MADE] = True
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return redirect("mfa_add_webauthn")  # codes without a key would be a second factor alone


add_key = for_everyone_signed_in(opens_before_second_factor(AddKey.as_view()))
prove_with_key = for_everyone_signed_in(opens_before_second_factor(ProveWithKey.as_view()))
prove_with_code = for_everyone_signed_in(opens_before_second_factor(ProveWithCode.as_view()))
recovery_codes = for_everyone_signed_in(RecoveryCodes.as_view())
new_recovery_codes = for_everyone_signed_in(NewRecoveryCodes.as_view())


@for_everyone_signed_in
@require_POST
def remove_key(request: HttpRequest, key_mark: str) -> HttpResponse:
    """One's own. The last one stays: without it nobody could sign in here again."""
    mine = keys.of(request.user)  # type: ignore[arg-type]
    key = next((one for one in mine if one.mark == key_mark), None)
    if key is None:
        raise Http404
    if len(mine) > 1:
        remove_authenticator(request, keys.authenticator(key))
        audit.record("second_factor_removed", thing="staff_member", thing_id=request.user.pk)
    return redirect("access:your_account")
