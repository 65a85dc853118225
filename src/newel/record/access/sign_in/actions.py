"""What signing in changes, where it is not django-allauth that does it."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.access.sign_in import second_factor


def sign_in_without_second_factor(request: HttpRequest, staff: StaffMember) -> None:
    """One click, for the demo's fictional people only."""
    if not settings.NEWEL_DEMO:
        raise PermissionDenied("Only a demo signs people in without a key.")
    get_adapter().login(request, staff)
    second_factor.mark(request.session, second_factor.IN_DEMO)


def after_sign_in(request: HttpRequest) -> str:
    """Where somebody begins who was not on the way to a page."""
    return str(get_adapter().get_login_redirect_url(request))


def remove_keys(*, staff: StaffMember) -> None:
    """All of somebody's keys and codes. Their next sign-in asks for a new key."""
    removed, _ = Authenticator.objects.filter(user=staff).delete()
    if removed:
        audit.record("second_factor_removed", thing="staff_member", thing_id=staff.pk)
    end_sessions(staff=staff)


def make_codes(*, staff: StaffMember) -> list[str]:
    """A sheet of codes that work once each. What was on an older sheet works no more."""
    Authenticator.objects.filter(user=staff, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(staff).get_unused_codes()
    audit.record("recovery_codes_made", thing="staff_member", thing_id=staff.pk)
    return codes


def sign_out(request: HttpRequest) -> None:
    """Of this browser. Whoever uses it next begins with nothing of this person."""
    logout(request)
    rotate_token(request)


def forget_person(response: HttpResponse) -> None:
    """Nothing of whoever was signed in comes back by Back, or stands in a notice."""
    response.headers["Clear-Site-Data"] = '"cache"'
    response.delete_cookie("messages")


def end_sessions(*, staff: StaffMember) -> None:
    """Wherever this person is signed in, they are not any more."""
    running = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [
        one.pk
        for one in running.iterator()
        if one.get_decoded().get("_auth_user_id") == str(staff.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
