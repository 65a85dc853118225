"""No child is entered before the setting has on record what comes first (H35, H40)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newel.record.access.models import StaffMember
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child, Stay
from newel.record.children.policies import NotNow
from newel.record.establishments import actions as places
from newel.record.establishments import readiness_actions, readiness_queries
from newel.record.establishments.models import (
    Agency,
    DataProtectionAssessment,
    SafetyOfficer,
    Setting,
    SharingAgreement,
    Unit,
)
from newel.record.establishments.policies import AlreadyThere
from tests.cast import LONG_AGO, Cast, put_on_record

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
AHEAD = date(2190, 1, 1)


@pytest.fixture
def gateshead(cast: Cast) -> Unit:
    """A unit of a new setting, where the psychologist and the governance lead have a post."""
    with acting(cast.spenlow.pk):
        setting = places.add_setting(name="Gateshead", setting_type="secure_childrens_home")
        unit = places.add_unit(setting=setting, name="Nursery")
        for staff in (cast.chillip, cast.strong):
            places.start_post(
                staff=staff, setting=setting, unit=None, discipline="psychology",
                agency=Agency.objects.all()[0], at=LONG_AGO,
            )  # fmt: skip
    return unit


def dated(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


TODAY = timezone.localdate(NOW)
ASSESSMENT = (
    {"reference": "Folder 9", "signed_by": "Bessie Lee, manager"}
    | dated("signed_on", TODAY)
    | dated("review_on", TODAY + timedelta(days=300))
)
OFFICER = {"name": "Robert Lloyd", "registration": "Apothecary, 12"} | dated("appointed_on", TODAY)


def agreement() -> dict[str, str]:
    return (
        {"reference": "Agreement 1", "agencies": Agency.objects.get(name="Suffolk Care").public_id}
        | dated("agreed_on", TODAY)
        | dated("review_on", TODAY + timedelta(days=300))
    )


def record_at(kind: str, setting: Setting) -> str:
    return reverse("establishments:put_on_record", args=[setting.public_id, kind])


def test_a_referral_is_refused_and_says_what_is_missing(cast: Cast, gateshead: Unit) -> None:
    with acting(cast.chillip.pk), pytest.raises(NotNow) as refused:
        children.refer(by=cast.chillip, at=NOW, unit=gateshead, preferred_name="Helen")
    assert "No child can be entered at Gateshead yet" in str(refused.value)
    assert "a sharing agreement" in str(refused.value)


def test_the_same_record_does_not_go_on_there_either(cast: Cast, gateshead: Unit) -> None:
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="Gateshead"):
        children.refer_again(child=cast.david, by=cast.chillip, at=NOW, unit=gateshead)


@pytest.mark.parametrize("kind", ["assessment", "officer", "agreement"])
def test_all_three_are_needed(kind: str, cast: Cast, gateshead: Unit) -> None:
    with acting(cast.strong.pk):
        put_on_record(gateshead.setting, by=cast.strong)
        row = readiness_queries.on_record(setting=gateshead.setting, kind=kind).get()
        readiness_actions.withdraw(row=row, by=cast.strong, at=NOW, because="She left")
    with acting(cast.chillip.pk), pytest.raises(NotNow, match="Gateshead"):
        children.refer(by=cast.chillip, at=NOW, unit=gateshead, preferred_name="Helen")


def test_the_database_refuses_it_whatever_path_leads_there(cast: Cast, gateshead: Unit) -> None:
    david = cast.david
    with pytest.raises(IntegrityError, match="comes before children"), acting(cast.chillip.pk):
        Stay.objects.create(
            child=david, setting=gateshead.setting, referred_at=NOW, entered_by=cast.chillip
        )
    with pytest.raises(IntegrityError, match="comes before children"), acting(cast.chillip.pk):
        Stay.objects.filter(child=david).update(setting=gateshead.setting)


@pytest.mark.parametrize("kind", ["assessment", "officer", "agreement"])
def test_the_database_asks_for_all_three_by_itself(kind: str, cast: Cast, gateshead: Unit) -> None:
    with acting(cast.strong.pk):
        put_on_record(gateshead.setting, by=cast.strong)
        assert _is_ready(gateshead.setting)
        row = readiness_queries.on_record(setting=gateshead.setting, kind=kind).get()
        readiness_actions.withdraw(row=row, by=cast.strong, at=NOW, because="She left")
        assert not _is_ready(gateshead.setting)


def _is_ready(setting: Setting) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT establishments_is_ready(%s)", [setting.pk])
        return bool(cursor.fetchone()[0])


def _a_child_without_a_stay(by: StaffMember) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_new_child()")
        Child.objects.create(
            id=cursor.fetchone()[0], preferred_name="Helen", name_key="helen", entered_at=NOW,
            entered_by=by,
        )  # fmt: skip
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_child_without_a_stay_is_no_way_around_it(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="together with a stay"), acting(cast.chillip.pk):
        _a_child_without_a_stay(cast.chillip)


def test_a_governance_lead_makes_a_setting_ready_and_children_can_come(
    cast: Cast, gateshead: Unit, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    page = lead.get(reverse("establishments:ready")).content.decode()
    assert "No child can be entered here yet" in page
    for kind, given in (
        ("assessment", ASSESSMENT), ("officer", OFFICER), ("agreement", agreement()),
    ):  # fmt: skip
        assert lead.post(record_at(kind, gateshead.setting), given).status_code == 302
    assert (
        "No child can be entered" not in lead.get(reverse("establishments:ready")).content.decode()
    )
    with acting(cast.chillip.pk):
        children.refer(by=cast.chillip, at=NOW, unit=gateshead, preferred_name="Helen")
        assert Child.objects.filter(preferred_name="Helen").exists()


def test_who_tries_is_told_what_is_missing_and_whom_to_ask_and_keeps_the_words(
    cast: Cast, gateshead: Unit, signed_in: type[Client]
) -> None:
    sent = {"preferred_name": "Helen Burns", "interpreter": "no", "unit": gateshead.public_id,
            "first_language": "English"}  # fmt: skip
    answer = signed_in(cast.chillip).post(reverse("children:refer"), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "No child can be entered at Gateshead yet" in page
    assert "Data protection impact assessment (DPIA)" in page
    assert "Ask Annie Strong, information governance lead." in page
    assert 'value="Helen Burns"' in page
    assert "What you typed is still here" in page


def test_a_setting_without_a_governance_lead_says_how_to_get_one(
    cast: Cast, gateshead: Unit, signed_in: type[Client]
) -> None:
    gateshead.setting.posts.filter(staff=cast.strong).update(ends_at=NOW)
    page = signed_in(cast.chillip).get(reverse("children:refer")).content.decode()
    assert "Gateshead has no information governance lead in Newel" in page


def test_a_child_who_is_written_down_already_arrives_whatever_is_withdrawn(cast: Cast) -> None:
    with acting(cast.chillip.pk):
        child = children.refer(by=cast.chillip, at=NOW, unit=cast.rookery, preferred_name="Emily")
    with acting(cast.strong.pk):
        row = SafetyOfficer.objects.get(setting=cast.rookery.setting)
        readiness_actions.withdraw(row=row, by=cast.strong, at=NOW, because="She left")
    with acting(cast.chillip.pk):
        stay = child.stays.get()
        children.arrive(stay=stay, at=NOW)
        children.move_unit(stay=stay, unit=cast.yarmouth, at=NOW)
        assert Stay.objects.get(pk=stay.pk).arrived_at == NOW


def late(cast: Cast, setting: Setting) -> None:
    with acting(cast.strong.pk):
        readiness_actions.record_assessment(
            setting=setting, by=cast.strong, at=NOW, reference="Folder 8", signed_by="A manager",
            signed_on=date(2024, 1, 1), review_on=date(2025, 1, 1),
            replaces=DataProtectionAssessment.objects.get(setting=setting),
        )  # fmt: skip


@pytest.mark.parametrize("person", ["trotwood", "chillip"])
def test_a_review_that_is_late_is_said_and_stops_nobody(
    person: str, cast: Cast, signed_in: type[Client]
) -> None:
    late(cast, cast.rookery.setting)
    browser = signed_in(getattr(cast, person))
    said = "was to be looked at again by 1 January 2025"
    assert said in browser.get(reverse("children:refer")).content.decode()
    sent = {"preferred_name": "Helen Burns", "interpreter": "no", "unit": cast.rookery.public_id}
    assert browser.post(reverse("children:refer"), sent).status_code == 302
    assert said in signed_in(cast.strong).get(reverse("establishments:ready")).content.decode()


def test_an_agreement_that_has_ended_is_said_too(cast: Cast, signed_in: type[Client]) -> None:
    with acting(cast.strong.pk):
        readiness_actions.record_agreement(
            setting=cast.rookery.setting, by=cast.strong, at=NOW, reference="Old",
            agencies=list(Agency.objects.all()), agreed_on=date(2020, 1, 1),
            review_on=date(2021, 1, 1), ends_on=date(2021, 6, 1),
        )  # fmt: skip
    page = signed_in(cast.strong).get(reverse("establishments:ready")).content.decode()
    assert "it ended on 1 June 2021" in page


def test_a_new_row_replaces_the_old_one_and_the_old_one_stays(
    cast: Cast, signed_in: type[Client]
) -> None:
    setting = cast.rookery.setting
    old = DataProtectionAssessment.objects.get(setting=setting)
    ids = [setting.public_id, "assessment", old.public_id]
    where = reverse("establishments:replace_on_record", args=ids)
    lead = signed_in(cast.strong)
    assert "Folder 7, first shelf" in lead.get(where).content.decode()
    assert lead.post(where, ASSESSMENT | {"shown": old.public_id}).status_code == 302
    before = reverse("establishments:on_record_before", args=ids[:2])
    page = lead.get(before).content.decode()
    assert page.index("Folder 9") < page.index("Folder 7, first shelf") < page.index("Replaced on")


def test_the_second_of_two_sees_what_the_first_recorded_and_keeps_their_own(
    cast: Cast, signed_in: type[Client]
) -> None:
    setting = cast.rookery.setting
    old = DataProtectionAssessment.objects.get(setting=setting)
    where = reverse(
        "establishments:replace_on_record", args=[setting.public_id, "assessment", old.public_id]
    )
    late(cast, setting)
    lead = signed_in(cast.strong)
    answer = lead.post(where, ASSESSMENT | {"shown": old.public_id})
    page = answer.content.decode()
    assert "Somebody else has recorded this while you were typing" in page
    assert "Folder 8" in page
    assert 'value="Folder 9"' in page
    newer = DataProtectionAssessment.objects.get(setting=setting, reference="Folder 8")
    assert f'value="{newer.public_id}"' in page
    assert lead.post(where, ASSESSMENT | {"shown": newer.public_id}).status_code == 302


def test_the_action_refuses_to_replace_what_no_longer_counts(cast: Cast) -> None:
    setting = cast.rookery.setting
    old = DataProtectionAssessment.objects.get(setting=setting)
    late(cast, setting)
    with acting(cast.strong.pk), pytest.raises(AlreadyThere, match="Somebody else"):
        readiness_actions.record_assessment(
            setting=setting, by=cast.strong, at=NOW, reference="x", signed_by="y",
            signed_on=TODAY, review_on=AHEAD, replaces=old,
        )  # fmt: skip


@pytest.mark.parametrize("model", [DataProtectionAssessment, SafetyOfficer, SharingAgreement])
def test_nothing_on_record_is_altered(model: type, cast: Cast) -> None:
    row = model.objects.get(setting=cast.rookery.setting)
    with pytest.raises(IntegrityError, match="stays as it was recorded"), acting(cast.strong.pk):
        model.objects.filter(pk=row.pk).update(recorded_at=NOW)


def test_what_was_withdrawn_stays_withdrawn(cast: Cast) -> None:
    row = SafetyOfficer.objects.get(setting=cast.rookery.setting)
    with acting(cast.strong.pk):
        readiness_actions.withdraw(row=row, by=cast.strong, at=NOW, because="She left")
        with pytest.raises(AlreadyThere, match="already withdrawn"):
            readiness_actions.withdraw(row=row, by=cast.strong, at=NOW, because="Again")
    with pytest.raises(IntegrityError, match="stays as it was"), acting(cast.strong.pk):
        SafetyOfficer.objects.filter(pk=row.pk).update(withdrawn_at=None)


def test_a_fiction_counts_in_the_demo_only(
    cast: Cast, gateshead: Unit, settings: LazySettings
) -> None:
    """H40"""
    with acting(cast.strong.pk):
        for record, given in (
            (readiness_actions.record_assessment, {"reference": "x", "signed_by": "y",
             "signed_on": TODAY, "review_on": AHEAD}),
            (readiness_actions.record_officer, {"name": "x", "registration": "y",
             "appointed_on": TODAY}),
            (readiness_actions.record_agreement, {"reference": "x", "agreed_on": TODAY,
             "agencies": list(Agency.objects.all()), "review_on": AHEAD}),
        ):  # fmt: skip
            record(setting=gateshead.setting, by=cast.strong, at=NOW, is_fiction=True, **given)  # type: ignore[operator]
    assert not readiness_queries.readiness(setting=gateshead.setting).is_ready
    settings.NEWEL_DEMO = True
    assert readiness_queries.readiness(setting=gateshead.setting).is_ready


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reference": ""}, "Enter where the assessment is kept"),
        ({"signed_by": ""}, "Enter who signed it"),
        (dated("signed_on", TODAY + timedelta(days=2)), "must not be after"),
        (dated("review_on", TODAY - timedelta(days=1)), "must not be before"),
        ({"review_on-year": ""}, "must have a year"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    sent: dict[str, str], said: str, cast: Cast, gateshead: Unit, signed_in: type[Client]
) -> None:
    given = ASSESSMENT | sent
    page = signed_in(cast.strong).post(record_at("assessment", gateshead.setting), given)
    words = page.content.decode()
    assert said in words
    assert given["reference"] in words
    assert given["signed_by"] in words
    assert not DataProtectionAssessment.objects.filter(setting=gateshead.setting).exists()


def test_an_agreement_is_looked_at_again_before_it_ends(
    cast: Cast, gateshead: Unit, signed_in: type[Client]
) -> None:
    given = agreement() | dated("ends_on", TODAY + timedelta(days=100))
    page = signed_in(cast.strong).post(record_at("agreement", gateshead.setting), given)
    assert "It has to be looked at again before it ends" in page.content.decode()


def test_another_settings_lead_finds_nothing_here(cast: Cast, signed_in: type[Client]) -> None:
    lead = signed_in(cast.eshton)
    setting = cast.rookery.setting
    officer = SafetyOfficer.objects.get(setting=setting)
    ids = [setting.public_id, "officer"]
    for where in (
        reverse("establishments:put_on_record", args=ids),
        reverse("establishments:on_record_before", args=ids),
        reverse("establishments:replace_on_record", args=[*ids, officer.public_id]),
        reverse("establishments:withdraw_on_record", args=[*ids, officer.public_id]),
    ):
        assert lead.get(where).status_code == 404
        assert lead.post(where, OFFICER).status_code == 404
    assert "Blunderstone House" not in lead.get(reverse("establishments:ready")).content.decode()
    assert SafetyOfficer.objects.filter(setting=setting).count() == 1


@pytest.mark.parametrize("person", ["chillip", "trotwood", "peggotty", "spenlow", "heep"])
def test_only_a_governance_lead_makes_a_setting_ready(
    person: str, cast: Cast, signed_in: type[Client]
) -> None:
    """An administrator opens the gate neither."""
    browser = signed_in(getattr(cast, person))
    assert browser.get(reverse("establishments:ready")).status_code == 403
    where = record_at("officer", cast.rookery.setting)
    assert browser.post(where, OFFICER).status_code == 403


def test_the_page_takes_as_many_queries_for_many_settings_as_for_one(
    cast: Cast, signed_in: type[Client]
) -> None:
    lead = signed_in(cast.strong)
    _queries(lead)  # the first page of a session asks for more
    few = _queries(lead)
    with acting(cast.spenlow.pk):
        for number in range(12):
            setting = places.add_setting(name=f"House {number}", setting_type="secure_school")
            places.start_post(
                staff=cast.strong, setting=setting, unit=None, discipline="admin",
                agency=Agency.objects.all()[0], at=LONG_AGO,
            )  # fmt: skip
            put_on_record(setting, by=cast.strong)
    assert _queries(lead) == few


def _queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(reverse("establishments:ready")).status_code == 200
    return len(asked)
