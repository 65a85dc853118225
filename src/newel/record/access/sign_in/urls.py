"""The addresses of signing in, under the names that django-allauth asks for. No others of its
addresses exist: nobody signs up, and no password is reset by e-mail."""

from django.urls import path, re_path

from newel.record.access.sign_in import key_views, unsaved_views, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/key/", views.sign_in_with_key, name="mfa_login_webauthn"),
    path("sign-in/second-step/", views.second_step, name="mfa_authenticate"),
    path("sign-in/account-ended/", views.account_ended, name="account_inactive"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("unsaved/", unsaved_views.unsaved, name="unsaved"),
    path("unsaved/put-by/", unsaved_views.put_by, name="put_by"),
    path("unsaved/<public_id:form_id>/throw-away/", unsaved_views.throw_away, name="throw_away"),
    path("your-account/keys/add/", key_views.add_key, name="mfa_add_webauthn"),
    re_path(
        r"^your-account/keys/(?P<key_mark>[0-9a-f]{16})/remove/$",
        key_views.remove_key,
        name="remove_key",
    ),
    path("your-account/codes/", key_views.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "your-account/codes/new/", key_views.new_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("your-account/prove/", key_views.prove_with_key, name="mfa_reauthenticate_webauthn"),
    path("your-account/prove/code/", key_views.prove_with_code, name="mfa_reauthenticate"),
]
