"""Making, changing and ending accounts, and what each role may do."""

import html
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access import actions, audit, queries, transactions
from newel.record.access.models import AuditEvent, StaffMember
from newel.record.access.policies import NotPossible
from newel.record.access.roles import IN_WORDS, LASTING_ROLES, ROLES, Capability
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LITTIMER = {"name": "Zoë Littimer", "username": "littimer", "role": "residential_worker"}
PASSWORD = "yellow pebble under the boat"


def url(name: str, *args: object) -> str:
    return reverse(f"access:{name}", args=args)


def one_time_password(words: str) -> str:
    found = re.search(r"<code>([^<]+)</code>", words)
    assert found
    return found[1]


def test_an_administrator_adds_somebody_and_hands_over_a_password(
    cast: Cast, signed_in: type[Client]
):
    shown = signed_in(cast.spenlow).post(url("add_staff"), LITTIMER).content.decode()

    assert cast.littimer.check_password(one_time_password(shown))
    assert cast.littimer.must_choose_password


def test_whoever_signs_in_for_the_first_time_chooses_a_password_then_adds_a_key(
    cast: Cast, signed_in: type[Client], client: Client
):
    shown = signed_in(cast.spenlow).post(url("add_staff"), LITTIMER).content.decode()
    client.post("/sign-in/", {"login": "littimer", "password": one_time_password(shown)})

    assert client.get(url("your_account")).headers["Location"] == url("choose_password")
    client.post(url("choose_password"), {"password": PASSWORD})

    assert cast.littimer.check_password(PASSWORD)
    assert client.get(url("your_account")).headers["Location"] == reverse("mfa_add_webauthn")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "The password is too short"),
        ("password1234", "Many people use this password"),
        ("Sam-Chillip-1", "too much like"),
        ("", "Enter a new password"),
        ("a\x00b", "hidden character"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(
    cast: Cast, signed_in: type[Client], password: str, said: str
):
    answer = signed_in(cast.chillip).post(url("choose_password"), {"password": password})

    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("username", "peggotty", "Somebody already has this username"),
        ("username", "PEGGOTTY", "Somebody already has this username"),
        ("username", "two words", "Use only small letters"),
        ("username", "litt\x00imer", "hidden character"),
        ("username", "", "Enter a username"),
        ("name", "...", "Enter a name with letters in it"),
        ("name", "x" * 121, "Use 120 characters or fewer"),
        ("role", "", "Choose a role"),
        ("role", "king", "Choose a role from the list"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_lost(
    cast: Cast, signed_in: type[Client], field: str, value: str, said: str
):
    before = StaffMember.objects.count()
    answer = signed_in(cast.spenlow).post(url("add_staff"), {**LITTIMER, field: value})
    words = answer.content.decode()

    assert said in words
    assert "There is a problem" in words
    assert field == "name" or "Zoë Littimer" in words
    assert StaffMember.objects.count() == before


def test_a_username_is_kept_in_small_letters(cast: Cast):
    with transactions.acting(cast.spenlow.pk):
        staff = actions.add_staff(
            name="Æthel Straße",
            username=" Straße ",
            role="keyworker",
            by=cast.spenlow,
            at=timezone.now(),
        )

    assert staff.username == "strasse"
    assert not staff.has_usable_password()


def test_the_first_administrator_is_refused_a_weak_password_in_words():
    with transactions.acting(None), pytest.raises(ValidationError, match="too short"):
        actions.add_staff(
            name="A", username="a", role="administrator", by=None, at=timezone.now(), password="x"
        )


def test_when_the_audit_fails_no_account_is_made(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the audit cannot be written")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError), transactions.acting(cast.spenlow.pk):
        actions.add_staff(**LITTIMER, by=cast.spenlow, at=timezone.now())

    assert not queries.is_username_taken(username="littimer")


def test_a_new_role_counts_from_the_next_click(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.trotwood)
    assert client.get(url("staff")).status_code == 403

    signed_in(cast.spenlow).post(
        url("change_role", cast.trotwood.public_id), {"role": "administrator"}
    )

    assert client.get(url("staff")).status_code == 200


def test_an_account_that_ends_is_signed_out_at_once(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.peggotty)

    signed_in(cast.spenlow).post(url("end_staff", cast.peggotty.public_id))

    assert not cast.peggotty.is_active
    assert cast.peggotty.ended_at is not None
    assert client.get(url("your_account")).status_code == 302


def test_ending_an_account_is_asked_first_with_what_ends_and_what_stays(
    cast: Cast, signed_in: type[Client]
):
    browser = signed_in(cast.spenlow)
    theirs = browser.get(url("staff_member", cast.peggotty.public_id)).content.decode()
    assert f'href="{url("end_staff", cast.peggotty.public_id)}"' in theirs
    asked = browser.get(url("end_staff", cast.peggotty.public_id)).content.decode()
    for words in ("What ends", "What stays", "What they wrote, with their name", "Leave it open"):
        assert words in asked
    assert cast.peggotty.is_active


def test_an_account_that_cannot_be_ended_says_so_before_anything_is_asked(
    cast: Cast, signed_in: type[Client]
):
    answer = signed_in(cast.spenlow).get(url("end_staff", cast.spenlow.public_id))
    assert answer.status_code == 409
    assert "You cannot end your own account" in answer.content.decode()


@pytest.mark.parametrize("username", ["quinion", "waterbrook"])
def test_a_role_without_pages_of_its_own_is_told_so_and_that_nothing_is_broken(
    username: str, cast: Cast, signed_in: type[Client]
):
    page = signed_in(getattr(cast, username)).get("/", follow=True).content.decode()
    assert "Newel has no other page for it yet" in page
    assert "Newel has no other page" not in _account_of(cast.peggotty, signed_in)


def _account_of(staff: object, signed_in: type[Client]) -> str:
    return signed_in(staff).get(url("your_account")).content.decode()


def test_a_lost_key_is_removed_with_its_sessions_and_password(cast: Cast, signed_in: type[Client]):
    Authenticator.objects.create(
        user=cast.peggotty, type="webauthn", data={"name": "Blue", "credential": {"id": "a"}}
    )
    client = signed_in(cast.peggotty)

    shown = signed_in(cast.spenlow).post(url("replace_lost_keys", cast.peggotty.public_id))

    assert not Authenticator.objects.filter(user=cast.peggotty).exists()
    assert cast.peggotty.check_password(one_time_password(shown.content.decode()))
    assert client.get(url("your_account")).headers["Location"].startswith("/sign-in/")


def test_nobody_ends_or_promotes_themselves(cast: Cast, signed_in: type[Client]):
    answer = signed_in(cast.spenlow).post(url("end_staff", cast.spenlow.public_id))

    assert answer.status_code == 409
    assert "You cannot end your own account" in answer.content.decode()
    assert cast.spenlow.is_active


def test_the_last_administrator_stays(cast: Cast):
    with transactions.acting(None), pytest.raises(NotPossible, match="only administrator"):
        actions.end_staff(staff=cast.spenlow, by=None, at=timezone.now())
    with transactions.acting(None), pytest.raises(NotPossible, match="only administrator"):
        actions.change_role(staff=cast.spenlow, role="manager", by=None, at=timezone.now())


def test_every_change_of_an_account_is_audited(cast: Cast, signed_in: type[Client]):
    client = signed_in(cast.spenlow)
    client.post(url("add_staff"), LITTIMER)
    client.post(url("change_role", cast.littimer.public_id), {"role": "keyworker"})
    client.post(url("give_password", cast.littimer.public_id))
    client.post(url("end_staff", cast.littimer.public_id))

    with transactions.acting(cast.strong.pk):
        acts = AuditEvent.objects.filter(thing="staff_member", thing_id=cast.littimer.pk)
        assert [(one.act, one.actor) for one in acts.order_by("pk")] == [
            ("add_staff", cast.spenlow.pk),
            ("change_role", cast.spenlow.pk),
            ("give_password", cast.spenlow.pk),
            ("end_staff", cast.spenlow.pk),
        ]


def test_staff_are_found_without_regard_to_case_and_accents(cast: Cast):
    staff = cast.peggotty
    staff.name, staff.name_key = "Clára Peggotty", "clara peggotty"
    staff.save()

    assert [one.username for one in queries.staff_list(search="CLARA pegg")] == ["peggotty"]
    assert list(queries.staff_list(search="%")) == list(queries.staff_list())
    assert list(queries.staff_list(search="pegg\x00otty")) == [staff]


@pytest.mark.parametrize("role", [role.code for role in LASTING_ROLES])
def test_only_those_who_manage_staff_open_the_pages_about_staff(
    cast: Cast, signed_in: type[Client], role: str
):
    staff = StaffMember.objects.filter(role=role).first()
    expected = 200 if Capability.MANAGE_STAFF in ROLES[role].capabilities else 403

    assert signed_in(staff).get(url("staff")).status_code == expected
    assert signed_in(staff).get(url("staff_member", cast.heep.public_id)).status_code == expected


def test_the_page_of_roles_is_the_truth_about_every_role(cast: Cast, signed_in: type[Client]):
    words = signed_in(cast.peggotty).get(url("roles")).content.decode()
    table = words[words.index("<tbody") : words.index("</tbody>")]
    lines = re.findall(r"</span>([^<]+)</th>.*?</span>([^<]+)</td>", table, re.DOTALL)
    shown = {what.casefold(): set(html.unescape(who).split("; ")) for what, who in lines}

    assert shown == {
        IN_WORDS[capability].casefold(): {
            role.name for role in ROLES.values() if capability in role.capabilities
        }
        for capability in Capability
    }


@pytest.mark.parametrize(
    ("role", "capability", "may"),
    [
        ("administrator", Capability.READ_ONE_PAGE, False),
        ("administrator", Capability.READ_RECORD, False),
        ("governance_lead", Capability.READ_RECORD, False),
        ("evaluator", Capability.READ_ONE_PAGE, False),
        ("residential_worker", Capability.READ_ONE_PAGE, True),
        ("residential_worker", Capability.MANAGE_STAFF, False),
        ("psychologist", Capability.AGREE_UNDERSTANDING, True),
        ("keyworker", Capability.AGREE_UNDERSTANDING, False),
    ],
)
def test_roles_say_what_people_expect_of_them(role: str, capability: Capability, may: bool):
    assert (capability in ROLES[role].capabilities) is may


def test_ones_own_account_says_what_one_may_do(cast: Cast, signed_in: type[Client]):
    words = signed_in(cast.peggotty).get(url("your_account")).content.decode()

    assert "Clara Peggotty" in words
    assert "Looks after the children on their unit" in words
    assert "confirm a statement with what they saw" in words
    assert "You have no recovery codes" in words
