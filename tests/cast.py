"""The one cast of people in all tests, made through the rooms' own actions.

Blunderstone House (a secure children's home) has two units, Rookery and Yarmouth. Millcote (a
young offender institution) has one, Ferndean. David lives on Rookery, Tommy on Yarmouth, Jane on
Ferndean. Everyone is from a novel.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from newel.record.access.models import StaffMember
from newel.record.access.names import sort_key
from newel.record.access.transactions import acting
from newel.record.children import actions as children
from newel.record.children.models import Child
from newel.record.establishments import actions as places
from newel.record.establishments import readiness_actions as on_record
from newel.record.establishments.models import Agency, Setting, Unit

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    role: str
    setting: str = ""
    unit: str = ""
    discipline: str = "residential"


PEOPLE = (
    Person("peggotty", "Clara Peggotty", "residential_worker", "Blunderstone House", "Rookery"),
    Person("barkis", "Will Barkis", "residential_worker", "Blunderstone House", "Yarmouth"),
    Person("omer", "Minnie Omer", "keyworker", "Blunderstone House", "Rookery"),
    Person("chillip", "Sam Chillip", "psychologist", "Blunderstone House", "", "psychology"),
    Person("rosa", "Rosa Dartle", "health_lead", "Blunderstone House", "", "health"),
    Person("mell", "Charles Mell", "education_lead", "Blunderstone House", "", "education"),
    Person("trotwood", "Betsey Trotwood", "manager", "Blunderstone House", "", "management"),
    Person("strong", "Annie Strong", "governance_lead", "Blunderstone House", "", "admin"),
    Person("spenlow", "Dora Spenlow", "administrator", "Blunderstone House", "", "admin"),
    Person("heep", "Uriah Heep", "evaluator"),
    Person("quinion", "Ed Quinion", "training_lead"),
    Person("waterbrook", "Henry Waterbrook", "commissioner"),
    Person("wickfield", "Agnes Wickfield", "social_worker"),
    Person("micawber", "Wilkins Micawber", "youth_justice_worker"),
    Person("leah", "Leah Abbot", "residential_worker", "Millcote", "Ferndean"),
    Person("fairfax", "Alice Fairfax", "psychologist", "Millcote", "", "psychology"),
    Person("eshton", "Mary Eshton", "governance_lead", "Millcote", "", "admin"),
)


def make() -> None:
    """Fill an empty, migrated database with the cast."""
    with acting(None):
        for person in PEOPLE:
            _add(person)
    spenlow = StaffMember.objects.get(username="spenlow")
    with acting(spenlow.pk):
        _add_places()
    for lead, setting in (("strong", "Blunderstone House"), ("eshton", "Millcote")):
        with acting(_staff(lead).pk):
            put_on_record(Setting.objects.get(name=setting), by=_staff(lead))
    with acting(_staff("chillip").pk):
        _add_david()
        _add_tommy()
    with acting(_staff("fairfax").pk):
        _add_jane()


def _staff(username: str) -> StaffMember:
    return StaffMember.objects.get(username=username)


def _add(person: Person) -> None:
    StaffMember.objects.create(
        username=person.username,
        name=person.name,
        name_key=sort_key(person.name),
        role=person.role,
        started_at=LONG_AGO,
    )


def _add_places() -> None:
    care = places.add_agency(name="Suffolk Care", kind="care_provider")
    places.add_agency(name="Suffolk Council", kind="local_authority")
    house = places.add_setting(name="Blunderstone House", setting_type="secure_childrens_home")
    millcote = places.add_setting(name="Millcote", setting_type="young_offender_institution")
    for setting, name in ((house, "Rookery"), (house, "Yarmouth"), (millcote, "Ferndean")):
        places.add_unit(setting=setting, name=name)
    for person in PEOPLE:
        if person.setting:
            _start_post(person, care)


def put_on_record(setting: Setting, *, by: StaffMember) -> None:
    """What comes before children. The next review is far ahead, whatever day the tests run."""
    ahead = date(2190, 1, 1)
    on_record.record_assessment(
        setting=setting, by=by, at=LONG_AGO, reference="Folder 7, first shelf",
        signed_by="Betsey Trotwood, manager", signed_on=LONG_AGO.date(), review_on=ahead,
    )  # fmt: skip
    on_record.record_officer(
        setting=setting, by=by, at=LONG_AGO, name="Rosa Dartle", registration="Nurse, 00A0000A",
        appointed_on=LONG_AGO.date(),
    )  # fmt: skip
    on_record.record_agreement(
        setting=setting, by=by, at=LONG_AGO, reference="Agreement 12",
        agencies=list(Agency.objects.all()), agreed_on=LONG_AGO.date(), review_on=ahead,
    )  # fmt: skip


def _start_post(person: Person, agency: Agency) -> None:
    setting = Setting.objects.get(name=person.setting)
    places.start_post(
        staff=_staff(person.username),
        setting=setting,
        unit=setting.units.filter(name=person.unit).first(),
        discipline=person.discipline,
        agency=agency,
        at=LONG_AGO,
    )


def _add_david() -> None:
    child = _arrived("David", "Rookery", "chillip", date(2011, 3, 4))
    stay = child.stays.get()
    council = Agency.objects.get(name="Suffolk Council")
    children.add_name(child=child, name="Trotwood Copperfield", kind="also_known_as")
    children.add_name(child=child, name="Davy Murdstone", kind="former")
    children.assign_keyworker(stay=stay, staff=_staff("omer"), on=LONG_AGO.date())
    children.add_team_member(
        stay=stay,
        staff=_staff("wickfield"),
        name="Agnes Wickfield",
        part="Social worker",
        agency=council,
        discipline="social_work",
        starts_on=LONG_AGO.date(),
    )


def _add_tommy() -> None:
    _arrived("Tommy", "Yarmouth", "chillip", date(2010, 9, 30))


def _add_jane() -> None:
    _arrived("Jane", "Ferndean", "fairfax", date(2010, 5, 12))


def _arrived(name: str, unit: str, by: str, born_on: date) -> Child:
    child = children.refer(
        by=_staff(by),
        at=LONG_AGO,
        unit=Unit.objects.get(name=unit),
        preferred_name=name,
        born_on=born_on,
    )
    children.arrive(stay=child.stays.get(), at=LONG_AGO)
    return child


class Cast:
    """`cast.peggotty` is a staff member; `cast.david` a child, seen as somebody who reaches him."""

    def __getattr__(self, username: str) -> StaffMember:
        return _staff(username)

    @cached_property
    def david(self) -> Child:
        return self._child("David", "chillip")

    @cached_property
    def tommy(self) -> Child:
        return self._child("Tommy", "chillip")

    @cached_property
    def jane(self) -> Child:
        return self._child("Jane", "fairfax")

    @cached_property
    def rookery(self) -> Unit:
        return Unit.objects.select_related("setting").get(name="Rookery")

    @cached_property
    def yarmouth(self) -> Unit:
        return Unit.objects.select_related("setting").get(name="Yarmouth")

    @cached_property
    def ferndean(self) -> Unit:
        return Unit.objects.select_related("setting").get(name="Ferndean")

    def _child(self, name: str, seen_by: str) -> Child:
        with acting(_staff(seen_by).pk):
            return Child.objects.get(preferred_name=name)
