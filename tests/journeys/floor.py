"""A setting’s shared PC with the cast at it: people with keys of their own, not in a demo."""

from django.utils import timezone
from playwright.sync_api import CDPSession, Page, expect

from newel.record.access import actions, transactions
from newel.record.access.models import StaffMember

PASSWORD = "yellow pebble under the boat"
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": False,
}


def give_passwords(*usernames: str) -> None:
    for username in usernames:
        staff = StaffMember.objects.get(username=username)
        with transactions.acting(staff.pk):
            actions.choose_password(staff=staff, password=PASSWORD, at=timezone.now())


class Key:
    """Somebody's key, in their pocket until they touch the reader with it."""

    def __init__(self, devtools: CDPSession) -> None:
        self.devtools = devtools
        added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        self.id = added["authenticatorId"]

    def hold_to_the_reader(self, there: bool = True) -> None:
        self.devtools.send(
            "WebAuthn.setAutomaticPresenceSimulation",
            {"authenticatorId": self.id, "enabled": there},
        )


def add_key(page: Page, key: Key, username: str) -> None:
    """The first sign-in of somebody who has a password, and then out again."""
    key.hold_to_the_reader()
    page.goto("/sign-in/?next=/your-account/")
    type_password(page, username, PASSWORD)
    page.get_by_role("button", name="Add this key").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    key.hold_to_the_reader(False)
    page.context.clear_cookies()


def type_password(page: Page, username: str, password: str) -> None:
    page.get_by_label("Username").press_sequentially(username)
    page.get_by_role("textbox", name="Password").press_sequentially(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_in(page: Page, key: Key) -> None:
    key.hold_to_the_reader()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Use your key").click()
    expect(page.get_by_role("button", name="Change person")).to_be_visible()
    key.hold_to_the_reader(False)
