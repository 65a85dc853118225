"""What surrounds every page: where this person can go, who they are, and how they change over."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from newel.record.access.models import StaffMember
from newel.record.access.roles import Capability
from newel.record.design_system.pages import Chrome, NavigationItem

PLACES = (
    ("My shift", "overview:shift", Capability.SEE_SHIFT),
    ("Handover", "overview:handover", Capability.SEE_SHIFT),
    ("My children", "overview:my_children", Capability.READ_ONE_PAGE),
    ("Find a child", "children:find", Capability.READ_ONE_PAGE),
    ("Agency staff", "establishments:one_shift", Capability.LET_IN_FOR_A_SHIFT),
    ("Surveys", "surveys:waves", Capability.RUN_SURVEYS),
    ("Who sees what", "children:governance", Capability.GOVERN_ACCESS),
    ("Ready for children", "establishments:ready", Capability.GOVERN_ACCESS),
    ("Staff", "access:staff", Capability.MANAGE_STAFF),
    ("Places", "establishments:places", Capability.MANAGE_PLACES),
    ("Shift times", "overview:shift_times", Capability.MANAGE_PLACES),
)


def chrome(request: HttpRequest) -> Chrome:
    staff = getattr(request, "user", None)
    if not isinstance(staff, StaffMember):
        return Chrome(demo=settings.NEWEL_DEMO, home=reverse(settings.LOGIN_URL))
    return Chrome(
        navigation=_navigation(staff, request.path),
        home=reverse("overview:home"),
        signed_in_as=staff.name,
        person=staff.public_id,
        change_person=reverse("account_logout"),
        put_words_by=reverse("put_by"),
        demo=settings.NEWEL_DEMO,
    )


def _navigation(staff: StaffMember, path: str) -> tuple[NavigationItem, ...]:
    items = [
        NavigationItem(text=text, href=reverse(name), current=path.startswith(reverse(name)))
        for text, name, capability in PLACES
        if staff.may(capability) and not (name == "overview:my_children" and _has_shift(staff))
    ]
    account = reverse("access:your_account")
    items.append(NavigationItem(text="Your account", href=account, current=path == account))
    return tuple(items)


def _has_shift(staff: StaffMember) -> bool:
    return staff.may(Capability.SEE_SHIFT)
