"""Who and where home is; and a protected address that no page ever shows (H5, H6)."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.children.models import Home, OpenAddress, ProtectedAddress, SafetyCheck
from tests.cast import LONG_AGO, Cast
from tests.record.children import addresses

pytestmark = pytest.mark.django_db
SECRET = "7 Nobody Knows Lane"
OPEN = "The boat house, Yarmouth"


def url(name: str, cast: Cast, *more: str) -> str:
    return reverse(f"children:{name}", args=[cast.david.public_id, *more])


def home_form(**answers: str) -> dict[str, str]:
    return {"kind": "person", "name": "Clara Copperfield", "address_kept": "none"} | answers


def add(browser: Client, cast: Cast, **answers: str) -> Home:
    answer = browser.post(url("add_home", cast), home_form(**answers))
    assert answer.status_code == 302, answer.content.decode()
    with acting(cast.chillip.pk):
        return Home.objects.get(ended_at__isnull=True)


def test_home_may_be_several_and_each_says_whether_it_was_checked(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.omer)
    home = add(browser, cast)
    assert "Not checked yet" in browser.get(url("homes", cast)).content.decode()
    sent = {"safety_check": "safe_with_conditions", "safety_note": "Visits with Peggotty there"}
    browser.post(url("check_home", cast, home.public_id), sent)
    page = browser.get(url("homes", cast)).content.decode()
    assert "Checked: safe with conditions" in page
    assert "Visits with Peggotty there" in page


def test_a_new_check_does_not_write_over_the_one_before(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.omer)
    home = add(browser, cast)
    for found, note in (("not_safe", "He drinks and shouts"), ("safe", "She came alone")):
        sent = {"safety_check": found, "safety_note": note}
        browser.post(url("check_home", cast, home.public_id), sent)
    page = browser.get(url("homes", cast)).content.decode()
    assert "She came alone" in page
    assert "Before: Checked: not safe" in page
    assert "He drinks and shouts" in page
    with acting(cast.omer.pk), pytest.raises(DatabaseError, match="stay as they were written"):
        SafetyCheck.objects.filter(found="not_safe").update(found="safe")


def test_a_check_without_words_is_not_a_check(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.omer)
    home = add(browser, cast)
    page = browser.post(url("check_home", cast, home.public_id), {"safety_check": "safe"})
    assert "Enter what was checked" in page.content.decode()
    page = browser.post(
        url("check_home", cast, home.public_id), {"safety_check": "not_done", "safety_note": "x"}
    )
    assert page.status_code == 200, "nobody can write down that nothing was checked as a check"


def test_an_open_address_is_shown_only_on_its_own_page_and_that_is_audited(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.omer)
    home = add(browser, cast, address_kept="open", open_address=OPEN)
    for name in ("child", "homes"):
        assert OPEN not in browser.get(url(name, cast)).content.decode()
    assert OPEN in browser.get(url("home_address", cast, home.public_id)).content.decode()
    with acting(cast.chillip.pk):
        looks = AuditEvent.objects.filter(page="children:home_address", act="view")
        assert looks.get().chain == cast.david.pk


def test_a_protected_address_is_on_no_page_at_all(cast: Cast, signed_in: type[Client]) -> None:
    """Every address of Newel that is about David, by everybody who may open it."""
    addresses.furnish(cast)
    with acting(cast.chillip.pk):
        Home.objects.update(ended_at=LONG_AGO)
    home = add(signed_in(cast.omer), cast, address_kept="protected", protected_address=SECRET)
    opened = 0
    for person in ("omer", "chillip", "trotwood", "peggotty", "wickfield", "strong", "spenlow"):
        browser = signed_in(getattr(cast, person))
        for place in addresses_about(cast, home):
            answer = browser.get(place)
            opened += answer.status_code == 200
            assert SECRET.encode() not in answer.content, (person, place)
    assert opened > 40


def addresses_about(cast: Cast, home: Home) -> list[str]:
    """All addresses that need nothing but the child, whichever room they are of; and home's own."""
    found = []
    for room, (_, resolver) in get_resolver().namespace_dict.items():
        for name in {n for n in resolver.reverse_dict if isinstance(n, str)}:
            for kwargs in ({"child_id": cast.david.public_id}, {}):
                try:
                    found.append(reverse(f"{room}:{name}", kwargs=kwargs))
                except Exception:  # noqa: S112 - needs more than that
                    continue
    homes = ("check_home", "end_home", "home_address")
    return found + [url(name, cast, home.public_id) for name in homes]


def test_a_protected_address_says_only_that_it_is_held(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.omer)
    home = add(browser, cast, address_kept="protected", protected_address=SECRET)
    page = browser.get(url("homes", cast)).content.decode()
    assert "An address is held and protected. Newel shows it to nobody." in page
    assert browser.get(url("home_address", cast, home.public_id)).status_code == 404


def test_newel_itself_cannot_read_a_protected_address_back(
    cast: Cast, signed_in: type[Client]
) -> None:
    add(signed_in(cast.omer), cast, address_kept="protected", protected_address=SECRET)
    with acting(cast.chillip.pk):
        assert ProtectedAddress.objects.values_list("home_id").count() == 1
        assert not OpenAddress.objects.exists()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            list(ProtectedAddress.objects.values_list("address"))


def test_no_address_is_kept_unless_it_is_said_which_kind_it_is(
    cast: Cast, signed_in: type[Client]
) -> None:
    browser = signed_in(cast.omer)
    sent = home_form(protected_address=SECRET)
    del sent["address_kept"]
    page = browser.post(url("add_home", cast), sent).content.decode()
    assert "Answer “Is there an address to keep?”" in page
    add(browser, cast, open_address=SECRET)
    with acting(cast.chillip.pk):
        assert not OpenAddress.objects.exists()


def test_what_is_no_longer_home_is_not_shown_as_home(cast: Cast, signed_in: type[Client]) -> None:
    browser = signed_in(cast.omer)
    home = add(browser, cast)
    browser.post(url("end_home", cast, home.public_id))
    page = browser.get(url("child", cast)).content.decode()
    assert "Nobody has entered who or where home is." in page
