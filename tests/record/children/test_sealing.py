"""A changed identity (H34): two people seal it, and nobody finds, sees or prints it any more."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test import Client
from django.urls import reverse

from newel.record.access.transactions import acting
from newel.record.children import actions, finding_queries, sealing_queries
from newel.record.children.models import Child, ChildName, Identifier, PerhapsSame, Sealing, Stay
from newel.record.children.policies import NotNow
from newel.record.stairs.activators.models import Statement
from newel.record.stairs.scoping.models import LifeEvent
from tests.architecture import furnished
from tests.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
OLD_NAME, OLD_NUMBER = "Davy Murdstone", "9990000018"


def url(name: str, cast: Cast, *more: str) -> str:
    return reverse(f"children:{name}", args=[cast.david.public_id, *more])


def ask(cast: Cast, **what: Any) -> Sealing:
    with acting(cast.chillip.pk):
        return actions.ask_to_seal(
            child=cast.david, by=cast.chillip, at=NOW, why="Adoption", **what
        )


def confirm(cast: Cast, sealing: Sealing) -> None:
    with acting(cast.strong.pk):
        actions.confirm_sealing(sealing=sealing, by=cast.strong, at=datetime.now(UTC))


def everything(cast: Cast) -> dict[str, list[Any]]:
    with acting(cast.chillip.pk):
        actions.add_identifier(child=cast.david, system=Identifier.NHS_NUMBER, value=OLD_NUMBER)
        return {
            "names": list(ChildName.objects.filter(name=OLD_NAME)),
            "numbers": list(Identifier.objects.filter(value=OLD_NUMBER)),
        }


def open_to(cast: Cast, person: str, sealing: Sealing) -> None:
    with acting(cast.strong.pk):
        actions.open_seal(
            sealing=sealing, staff=getattr(cast, person), by=cast.strong, at=datetime.now(UTC),
            why="A court asks", ends_at=datetime.now(UTC) + timedelta(days=2),
        )  # fmt: skip


def test_nothing_is_sealed_before_the_second_person_confirms(cast: Cast) -> None:
    sealing = ask(cast, **everything(cast), new_name="Thomas")
    with acting(cast.chillip.pk):
        assert ChildName.objects.filter(name=OLD_NAME).exists()
    confirm(cast, sealing)
    with acting(cast.chillip.pk):
        assert not ChildName.objects.filter(name=OLD_NAME).exists()
        assert not Identifier.objects.filter(value=OLD_NUMBER).exists()
        assert Child.objects.get(pk=cast.david.pk).preferred_name == "Thomas"


def test_the_database_wants_a_governance_lead_who_did_not_ask(cast: Cast) -> None:
    sealing = ask(cast, new_name="Thomas")
    for person in ("chillip", "trotwood", "eshton", "spenlow"):
        staff = getattr(cast, person)
        with pytest.raises(DatabaseError, match="who did not ask"), acting(staff.pk):
            _seal_in_the_database(sealing)
    with pytest.raises(IntegrityError, match="two_people"), acting(cast.chillip.pk):
        Sealing.objects.filter(pk=sealing.pk).update(confirmed_by=cast.chillip)


def _seal_in_the_database(sealing: Sealing) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_seal(%s, now())", [sealing.pk])


def test_no_page_shows_a_sealed_name_to_anybody(cast: Cast, signed_in: type[Client]) -> None:
    pages = furnished.furnish(cast)
    with acting(cast.chillip.pk):
        actions.add_name(child=cast.david, name="Zebedee Quillfeather", kind="legal")
        name = ChildName.objects.filter(name="Zebedee Quillfeather")
        Sealing.objects.filter(confirmed_at=None)
    with acting(cast.strong.pk):
        waiting = Sealing.objects.get(confirmed_at=None)
        actions.confirm_sealing(sealing=waiting, by=cast.strong, at=datetime.now(UTC))
    with acting(cast.chillip.pk):
        sealing = actions.ask_to_seal(
            child=cast.david, by=cast.chillip, at=NOW, why="Adoption", names=list(name)
        )
    confirm(cast, sealing)
    for person in ("chillip", "trotwood", "peggotty", "strong", "wickfield"):
        browser = signed_in(getattr(cast, person))
        for address in pages.values():
            answer = browser.get(address)
            if answer.status_code == 200 and not answer.streaming:
                assert b"Quillfeather" not in answer.content, (person, address)


@pytest.mark.parametrize("words", [OLD_NAME, "Murdstone", "David"])
def test_a_sealed_name_finds_nothing(words: str, cast: Cast, signed_in: type[Client]) -> None:
    confirm(cast, ask(cast, **everything(cast), new_name="Thomas"))
    for person in ("chillip", "peggotty", "trotwood"):
        found = signed_in(getattr(cast, person)).get(reverse("children:find"), {"q": words})
        assert "Thomas" not in found.content.decode()
    with acting(cast.barkis.pk):
        assert finding_queries.behind_glass(name=words, unit=cast.rookery) == []
        assert finding_queries.behind_glass(name="Thomas", unit=cast.rookery) == [cast.david.pk]


def test_a_referral_under_the_old_name_and_number_reveals_nothing(
    cast: Cast, signed_in: type[Client]
) -> None:
    confirm(cast, ask(cast, **everything(cast), new_name="Thomas"))
    sent = {"preferred_name": "David", "interpreter": "no", "unit": cast.rookery.public_id,
            "nhs_number": OLD_NUMBER}  # fmt: skip
    answer = signed_in(cast.chillip).post(reverse("children:refer"), sent)
    assert answer.status_code == 302


def test_the_service_may_not_read_the_column(cast: Cast) -> None:
    confirm(cast, ask(cast, new_name="Thomas"))
    for question in (
        "SELECT name FROM children_sealedname",
        "SELECT * FROM children_sealedname",
        "UPDATE children_sealedname SET kind = name",
        "INSERT INTO children_sealedname (child_id, sealing_id, name, kind) VALUES (1, 1, '', '')",
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="permission denied"), acting(cast.chillip.pk):
            _ask_the_database(question)


def _ask_the_database(question: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(question)


def sealed_names(cast: Cast, person: str) -> list[tuple[str, str]]:
    with acting(getattr(cast, person).pk):
        return sealing_queries.sealed_names(child=cast.david)


def test_it_opens_only_by_name_until_its_end_and_to_who_reaches_the_child(cast: Cast) -> None:
    sealing = ask(cast, new_name="Thomas")
    david = cast.david
    confirm(cast, sealing)
    assert sealed_names(cast, "chillip") == []
    open_to(cast, "chillip", sealing)
    open_to(cast, "fairfax", sealing)
    assert sealed_names(cast, "chillip") == [("David", "preferred")]
    assert sealed_names(cast, "trotwood") == []
    assert sealed_names(cast, "fairfax") == []
    with acting(cast.strong.pk):
        for opening in sealing_queries.openings(child=david):
            actions.close_seal(opening=opening, at=NOW)
    assert sealed_names(cast, "chillip") == []


def test_who_read_what_is_sealed_is_named_to_the_governance_lead(
    cast: Cast, signed_in: type[Client]
) -> None:
    sealing = ask(cast, new_name="Thomas")
    confirm(cast, sealing)
    open_to(cast, "chillip", sealing)
    assert "David" in signed_in(cast.chillip).get(url("sealed", cast)).content.decode()
    page = signed_in(cast.strong).get(url("who_looked", cast)).content.decode()
    assert "Looked at what is sealed" in page
    assert "David" not in page


def test_who_opens_it_does_not_open_it_to_themselves(cast: Cast) -> None:
    sealing = ask(cast, new_name="Thomas")
    confirm(cast, sealing)
    with pytest.raises(NotNow, match="to yourself"):
        open_to(cast, "strong", sealing)


@pytest.fixture
def with_history(cast: Cast) -> Cast:
    furnished.furnish(cast)
    with acting(cast.strong.pk):
        waiting = Sealing.objects.get(confirmed_at=None)
        actions.confirm_sealing(sealing=waiting, by=cast.strong, at=datetime.now(UTC))
    return cast


def test_the_history_before_a_day_opens_by_name_only(with_history: Cast) -> None:
    cast = with_history
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    sealing = ask(cast, history_before=tomorrow)
    assert written(cast, "chillip") == (True, True)
    confirm(cast, sealing)
    assert written(cast, "chillip") == (False, False)
    assert written(cast, "trotwood") == (False, False)
    open_to(cast, "chillip", sealing)
    assert written(cast, "chillip") == (True, True)
    assert written(cast, "trotwood") == (False, False)


def written(cast: Cast, person: str) -> tuple[bool, bool]:
    with acting(getattr(cast, person).pk):
        return (
            LifeEvent.objects.filter(child=cast.david).exists(),
            Statement.objects.filter(child=cast.david).exists(),
        )


def test_what_is_written_after_that_day_is_read_as_ever(with_history: Cast) -> None:
    cast = with_history
    confirm(cast, ask(cast, history_before=date(2020, 1, 1)))
    assert written(cast, "chillip") == (True, True)


def test_a_governance_lead_confirms_without_reading_a_name(
    cast: Cast, signed_in: type[Client]
) -> None:
    sealing = ask(cast, **everything(cast), new_name="Thomas")
    lead = signed_in(cast.strong)
    where = url("confirm_sealing", cast, sealing.public_id)
    page = lead.get(where).content.decode()
    assert "Other names that are sealed: 1" in page
    assert OLD_NAME not in page
    assert "<title>Error:" in lead.post(where, {}).content.decode()
    assert "Waits to be confirmed" in lead.get(url("governed_child", cast)).content.decode()
    assert lead.post(where, {"decision": "seal"}).status_code == 302
    governed = lead.get(url("governed_child", cast)).content.decode()
    assert "Sealed. Confirmed by Annie Strong" in governed
    assert "David" not in governed


def test_what_was_asked_for_by_mistake_is_set_aside_and_asked_for_anew(
    cast: Cast, signed_in: type[Client]
) -> None:
    sealing = ask(cast, new_name="Thomas")
    with pytest.raises(NotNow, match="already asked"):
        ask(cast, new_name="Tom")
    lead = signed_in(cast.strong)
    where = url("confirm_sealing", cast, sealing.public_id)
    assert lead.post(where, {"decision": "aside"}).status_code == 302
    governed = lead.get(url("governed_child", cast)).content.decode()
    assert "Set aside by Annie Strong" in governed
    assert "Open it to one person" not in governed
    assert lead.get(where).status_code == 404
    with pytest.raises(NotNow, match="already set this aside"):
        confirm(cast, sealing)
    with pytest.raises(DatabaseError, match="who did not ask"), acting(cast.strong.pk):
        _seal_in_the_database(sealing)
    assert cast.david.preferred_name == "David"
    confirm(cast, ask(cast, new_name="Tom"))


def test_asking_for_nothing_is_said(cast: Cast, signed_in: type[Client]) -> None:
    page = signed_in(cast.chillip).post(url("ask_to_seal", cast), {"why": "Adoption"})
    assert "Choose what is sealed" in page.content.decode()


def refer_elsewhere(cast: Cast, name: str = "David") -> Child:
    """At Millcote somebody writes down a child whose record they cannot open."""
    with acting(cast.fairfax.pk):
        return actions.refer(
            by=cast.fairfax, at=datetime.now(UTC), unit=cast.ferndean, preferred_name=name,
            born_on=date(2011, 3, 4),
        )  # fmt: skip


def pairs(cast: Cast, lead: str) -> list[PerhapsSame]:
    staff = getattr(cast, lead)
    with acting(staff.pk):
        return sealing_queries.perhaps_same(by=staff)


def test_only_the_governance_lead_learns_that_a_child_may_be_known(cast: Cast) -> None:
    refer_elsewhere(cast)
    (pair,) = pairs(cast, "eshton")
    assert pair.earlier_id == cast.david.pk
    assert pairs(cast, "strong") == []
    with acting(cast.fairfax.pk):
        assert not PerhapsSame.objects.exists()


@pytest.mark.parametrize("name", ["Davy Murdstone", "Thomas"])
def test_a_name_of_before_or_another_name_asks_nobody(name: str, cast: Cast) -> None:
    refer_elsewhere(cast, name)
    assert pairs(cast, "eshton") == []


def test_a_sealed_name_asks_nobody(cast: Cast) -> None:
    confirm(cast, ask(cast, new_name="Thomas"))
    refer_elsewhere(cast)
    assert pairs(cast, "eshton") == []


def test_a_child_who_came_back_has_the_earlier_record_again(
    cast: Cast, signed_in: type[Client]
) -> None:
    david = cast.david
    with acting(cast.chillip.pk):
        actions.end_stay(stay=Stay.objects.get(child=david), at=datetime.now(UTC))
    refer_elsewhere(cast)
    lead = signed_in(cast.eshton)
    assert "from before?" in lead.get(reverse("children:governance")).content.decode()
    where = reverse("children:same_child", args=[pairs(cast, "eshton")[0].public_id])
    assert "It was kept at Blunderstone House" in lead.get(where).content.decode()
    record = reverse("children:child", args=[david.public_id])
    assert signed_in(cast.fairfax).get(record).status_code == 404
    assert lead.post(where, {"same": "yes"}).status_code == 302
    assert signed_in(cast.fairfax).get(record).status_code == 200
    assert signed_in(cast.leah).get(record).status_code == 200
    assert signed_in(cast.chillip).get(record).status_code == 404
    assert lead.get(where).status_code == 404


@pytest.fixture
def two_records(cast: Cast) -> tuple[Child, Child]:
    """(the earlier record, the new one) of a child who came back, at Millcote."""
    earlier = cast.david
    with acting(cast.chillip.pk):
        actions.end_stay(stay=Stay.objects.get(child=earlier), at=datetime.now(UTC))
    new = refer_elsewhere(cast)
    with acting(cast.eshton.pk):
        actions.say_same(pair=pairs(cast, "eshton")[0], by=cast.eshton, at=datetime.now(UTC))
    return earlier, new


def on(child: Child, name: str = "child") -> str:
    return reverse(f"children:{name}", args=[child.public_id])


def test_the_new_record_is_read_but_not_written_to_and_points_to_the_earlier_one(
    two_records: tuple[Child, Child], cast: Cast, signed_in: type[Client]
) -> None:
    earlier, new = two_records
    reader = signed_in(cast.fairfax)
    page = reader.get(on(new)).content.decode()
    assert "Nothing more is written here" in page
    assert f'href="{on(earlier)}">Go to the earlier record<' in page
    assert "another child here has a name like this" not in page
    assert "Write down the arrival" not in page
    assert "Carry over what was written here" in page
    sent = {"name": "Trot, as his aunt calls him", "kind": "also_known_as"}
    answer = reader.post(on(new, "names"), sent)
    assert answer.status_code == 409
    assert "Trot, as his aunt calls him" in answer.content.decode()
    assert on(earlier) in answer.content.decode()
    with acting(cast.fairfax.pk):
        assert not ChildName.objects.filter(child=new).exists()
    assert reader.post(on(earlier, "names"), sent).status_code == 302


def test_the_earlier_record_points_to_the_new_one_until_its_stay_ends(
    two_records: tuple[Child, Child], cast: Cast, signed_in: type[Client]
) -> None:
    earlier, new = two_records
    reader = signed_in(cast.fairfax)
    assert f'href="{on(new)}">Read it too<' in reader.get(on(earlier)).content.decode()
    with acting(cast.fairfax.pk):
        actions.end_stay(stay=Stay.objects.get(child=new), at=datetime.now(UTC))
    page = reader.get(on(earlier)).content.decode()
    assert "second record" not in page
    assert reader.get(on(new)).status_code == 404


def test_the_manager_ends_the_stay_on_the_new_record(cast: Cast, signed_in: type[Client]) -> None:
    """Jane, who was at Millcote, comes to Blunderstone House."""
    with acting(cast.chillip.pk):
        new = actions.refer(
            by=cast.chillip, at=datetime.now(UTC), unit=cast.rookery, preferred_name="Jane",
            born_on=date(2010, 5, 12),
        )  # fmt: skip
    with acting(cast.strong.pk):
        actions.say_same(pair=pairs(cast, "strong")[0], by=cast.strong, at=datetime.now(UTC))
    manager = signed_in(cast.trotwood)
    assert "End the stay on this record" in manager.get(on(new)).content.decode()
    assert manager.post(on(new, "facts"), {}).status_code == 409
    assert manager.post(on(new, "end_stay"), {}).status_code == 302
    assert manager.get(on(new)).status_code == 404
    with acting(cast.strong.pk):
        assert Stay.objects.get(child=new).ended_at is not None


def test_one_name_never_leads_to_the_other_once_an_identity_is_sealed(
    two_records: tuple[Child, Child], cast: Cast, signed_in: type[Client]
) -> None:
    earlier, new = two_records
    with acting(cast.fairfax.pk):
        sealing = actions.ask_to_seal(
            child=earlier, by=cast.fairfax, at=NOW, why="Adoption", new_name="Thomas"
        )
    with acting(cast.eshton.pk):
        actions.confirm_sealing(sealing=sealing, by=cast.eshton, at=datetime.now(UTC))
    reader = signed_in(cast.fairfax)
    closed = reader.get(on(new)).content.decode()
    assert "Nothing more is written here" in closed
    assert earlier.public_id not in closed
    assert "Thomas" not in closed.replace("St Thomas", "")
    assert new.public_id not in reader.get(on(earlier)).content.decode()
    answer = reader.post(on(new, "names"), {"name": "Trot", "kind": "also_known_as"})
    assert answer.status_code == 409
    assert earlier.public_id not in answer.content.decode()


def test_another_child_opens_nothing_and_closes_nothing(
    cast: Cast, signed_in: type[Client]
) -> None:
    david = cast.david
    refer_elsewhere(cast)
    lead = signed_in(cast.eshton)
    where = reverse("children:same_child", args=[pairs(cast, "eshton")[0].public_id])
    assert lead.post(where, {"same": "no"}).status_code == 302
    record = reverse("children:child", args=[david.public_id])
    assert signed_in(cast.fairfax).get(record).status_code == 404


@pytest.mark.parametrize("person", ["strong", "fairfax", "chillip", "trotwood", "leah"])
def test_nobody_but_the_lead_of_that_setting_says_so(
    person: str, cast: Cast, signed_in: type[Client]
) -> None:
    refer_elsewhere(cast)
    pair = pairs(cast, "eshton")[0]
    where = reverse("children:same_child", args=[pair.public_id])
    assert signed_in(getattr(cast, person)).post(where, {"same": "yes"}).status_code in (403, 404)
    staff = getattr(cast, person)
    with pytest.raises(DatabaseError, match="only a governance lead"), acting(staff.pk):
        _ask_the_database(f"SELECT children_return({pair.pk}, 'abcdefghjkmnpq', now())")


def test_the_words_of_a_sealing_are_never_altered(cast: Cast) -> None:
    sealing = ask(cast, new_name="Thomas")
    with pytest.raises(DatabaseError, match="stay as they were"), acting(cast.chillip.pk):
        Sealing.objects.filter(pk=sealing.pk).update(why="Else", asked_at=LONG_AGO)
