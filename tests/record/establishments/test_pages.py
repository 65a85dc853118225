"""Places and posts through the pages: what a post opens is open, and closed, at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newel.record.access.audit_models import AuditEvent
from newel.record.access.transactions import acting
from newel.record.design_system.dates import day
from newel.record.establishments import actions
from newel.record.establishments.models import Agency, Post, Setting, Unit
from newel.record.establishments.policies import AlreadyThere
from tests.cast import PEOPLE, Cast

pytestmark = pytest.mark.django_db


def places(cast: Cast) -> dict[str, str]:
    post = Post.objects.get(staff=cast.peggotty)
    staff = cast.peggotty.public_id
    return {
        "places": reverse("establishments:places"),
        "add_setting": reverse("establishments:add_setting"),
        "add_agency": reverse("establishments:add_agency"),
        "add_unit": reverse("establishments:add_unit", args=[cast.rookery.setting.public_id]),
        "posts": reverse("establishments:posts", args=[staff]),
        "move_post": reverse("establishments:move_post", args=[staff, post.public_id]),
        "end_post": reverse("establishments:end_post", args=[staff, post.public_id]),
    }


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.username)
def test_each_page_opens_for_the_administrator_alone(
    person: object, cast: Cast, signed_in: type[Client]
) -> None:
    username: str = person.username  # type: ignore[attr-defined]
    browser = signed_in(getattr(cast, username))
    expected = 200 if username == "spenlow" else 403
    assert {browser.get(url).status_code for url in places(cast).values()} == {expected}


def record_of_david(cast: Cast) -> str:
    return reverse("children:child", args=[cast.david.public_id])


def test_the_end_of_a_post_closes_the_record_at_once_where_somebody_is_signed_in(
    cast: Cast, signed_in: type[Client]
) -> None:
    worker, administrator = signed_in(cast.peggotty), signed_in(cast.spenlow)
    assert worker.get(record_of_david(cast)).status_code == 200
    assert administrator.post(places(cast)["end_post"]).status_code == 302
    assert worker.get(record_of_david(cast)).status_code == 404


def test_a_move_closes_the_old_unit_and_opens_the_new_one(
    cast: Cast, signed_in: type[Client]
) -> None:
    worker, administrator = signed_in(cast.peggotty), signed_in(cast.spenlow)
    tommy = reverse("children:child", args=[cast.tommy.public_id])
    administrator.post(places(cast)["move_post"], {"place": cast.yarmouth.public_id})
    assert worker.get(record_of_david(cast)).status_code == 404
    assert worker.get(tommy).status_code == 200


def test_a_post_that_starts_opens_the_unit_at_once(cast: Cast, signed_in: type[Client]) -> None:
    worker, administrator = signed_in(cast.leah), signed_in(cast.spenlow)
    assert worker.get(record_of_david(cast)).status_code == 404
    sent = {
        "place": cast.rookery.public_id,
        "discipline": "residential",
        "agency": Agency.objects.get(name="Suffolk Care").public_id,
    }
    administrator.post(reverse("establishments:posts", args=[cast.leah.public_id]), sent)
    assert worker.get(record_of_david(cast)).status_code == 200


def test_the_same_post_does_not_start_twice(cast: Cast, signed_in: type[Client]) -> None:
    sent = {
        "place": cast.rookery.public_id,
        "discipline": "residential",
        "agency": Agency.objects.get(name="Suffolk Care").public_id,
    }
    page = signed_in(cast.spenlow).post(places(cast)["posts"], sent).content.decode()
    assert "Clara Peggotty works on Rookery already." in page
    assert Post.objects.filter(staff=cast.peggotty).count() == 1


def test_a_post_that_has_ended_does_not_end_again_and_stays_as_history(
    cast: Cast, signed_in: type[Client]
) -> None:
    administrator, urls = signed_in(cast.spenlow), places(cast)
    administrator.post(urls["end_post"])
    assert "already ended" in administrator.post(urls["end_post"]).content.decode()
    page = administrator.get(urls["posts"]).content.decode()
    assert "works nowhere now" in page
    assert "Blunderstone House: Rookery" in page


def post_from_tomorrow(cast: Cast) -> Post:
    at = timezone.now()
    with acting(cast.spenlow.pk):
        return actions.start_post(
            staff=cast.peggotty, setting=cast.yarmouth.setting, unit=cast.yarmouth,
            discipline="residential", agency=Agency.objects.get(name="Suffolk Care"),
            at=at + timedelta(days=1),
        )  # fmt: skip


def test_of_two_who_move_somebody_at_once_the_second_is_told(cast: Cast) -> None:
    """H29: both had the page open; nobody is left with a unit that they have gone from."""
    first, second = (Post.objects.get(staff=cast.peggotty) for _ in range(2))
    at = timezone.now()
    with acting(cast.spenlow.pk):
        actions.move_to_unit(post=first, unit=cast.yarmouth, at=at)
        with pytest.raises(AlreadyThere, match="already ended"):
            actions.move_to_unit(post=second, unit=cast.ferndean, at=at)
    now = Post.objects.now(at).filter(staff=cast.peggotty)
    assert [post.unit.name for post in now if post.unit] == ["Yarmouth"]


def test_a_post_that_moves_ends_when_it_would_have_ended(cast: Cast) -> None:
    until = timezone.now() + timedelta(hours=6)
    Post.objects.filter(staff=cast.peggotty).update(ends_at=until)
    with acting(cast.spenlow.pk):
        moved = actions.move_to_unit(
            post=Post.objects.get(staff=cast.peggotty), unit=cast.yarmouth, at=timezone.now()
        )
    assert moved.ends_at == until


def test_a_post_from_a_day_to_come_is_said_and_can_be_ended_before_it_begins(
    cast: Cast, signed_in: type[Client]
) -> None:
    administrator, post = signed_in(cast.spenlow), post_from_tomorrow(cast)
    staff = cast.peggotty.public_id
    posts = reverse("establishments:posts", args=[staff])
    assert f"From {day(post.starts_at)}" in administrator.get(posts).content.decode()
    end = reverse("establishments:end_post", args=[staff, post.public_id])
    assert administrator.post(end).status_code == 302
    assert "Before</h2>" not in administrator.get(posts).content.decode()
    assert not Post.objects.now(post.starts_at).filter(pk=post.pk).exists()


def test_a_post_that_would_run_into_a_later_one_is_refused_in_a_sentence(
    cast: Cast, signed_in: type[Client]
) -> None:
    post = post_from_tomorrow(cast)
    sent = {
        "place": cast.yarmouth.public_id,
        "discipline": "residential",
        "agency": Agency.objects.get(name="Suffolk Care").public_id,
    }
    posts = reverse("establishments:posts", args=[cast.peggotty.public_id])
    page = signed_in(cast.spenlow).post(posts, sent).content.decode()
    said = f"Clara Peggotty has a post on Yarmouth from {day(post.starts_at)}. End that one first."
    assert said in page


def test_anothers_post_is_not_reached_through_a_wrong_address(
    cast: Cast, signed_in: type[Client]
) -> None:
    post = Post.objects.get(staff=cast.peggotty)
    wrong = reverse("establishments:end_post", args=[cast.leah.public_id, post.public_id])
    assert signed_in(cast.spenlow).post(wrong).status_code == 404


def test_a_setting_a_unit_and_an_agency_are_set_up(cast: Cast, signed_in: type[Client]) -> None:
    administrator = signed_in(cast.spenlow)
    sent = {"name": " Wuthering   Heights ", "setting_type": "secure_school", "in_scope": "no"}
    administrator.post(reverse("establishments:add_setting"), sent)
    heights = Setting.objects.get(name="Wuthering Heights")
    assert heights.in_scope_of_commissioning is False
    add_unit = reverse("establishments:add_unit", args=[heights.public_id])
    administrator.post(add_unit, {"name": "Penistone"})
    assert Unit.objects.get(setting=heights).name == "Penistone"
    agency = {"name": "Yorkshire Care", "kind": "nhs"}
    administrator.post(reverse("establishments:add_agency"), agency)
    page = administrator.get(reverse("establishments:places")).content.decode()
    for said in ("Wuthering Heights", "Units: Penistone", "Yorkshire Care: NHS trust"):
        assert said in page
    with acting(cast.strong.pk):
        acts = set(AuditEvent.objects.filter(chain=0).values_list("act", flat=True))
    assert {"add_setting", "add_unit", "add_agency"} <= acts


@pytest.mark.parametrize(
    ("page", "sent", "said"),
    [
        ("add_setting", {"name": "BLUNDERSTONE house"}, "a setting of this name already"),
        ("add_unit", {"name": "Róokery"}, "has a unit of this name already"),
        ("add_agency", {"name": "suffolk care"}, "an agency of this name already"),
        ("add_unit", {"name": "🦊"}, "Use at least one letter or number"),
        ("add_unit", {"name": "ﷺ" * 100}, "This name is too long"),
        ("add_unit", {"name": "Rook\x00"}, "hidden character"),
        ("add_unit", {"name": "x" * 200_000}, "Use 120 characters or fewer"),
    ],
)
def test_what_is_there_or_cannot_be_is_said_and_what_was_typed_stays(
    page: str, sent: dict[str, str], said: str, cast: Cast, signed_in: type[Client]
) -> None:
    rest = {"setting_type": "secure_school", "in_scope": "yes", "kind": "nhs"}
    before = (Setting.objects.count(), Unit.objects.count(), Agency.objects.count())
    answer = signed_in(cast.spenlow).post(places(cast)[page], rest | sent)
    text = answer.content.decode()
    assert said in text
    assert sent["name"].replace("\x00", "") in text
    assert before == (Setting.objects.count(), Unit.objects.count(), Agency.objects.count())


def test_no_page_of_places_says_anything_of_a_child(cast: Cast, signed_in: type[Client]) -> None:
    administrator = signed_in(cast.spenlow)
    for url in places(cast).values():
        page = administrator.get(url).content.decode()
        for name in ("David", "Tommy", "Jane"):
            assert name not in page
