"""Reading children. What finds a child takes `visible_to`: the person who asks. What reads on
from a child takes the child that such a query gave."""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import CharField, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from newel.record.access.compiled import Compiled
from newel.record.access.models import StaffMember
from newel.record.access.names import are_alike, sort_key
from newel.record.access.roles import Capability
from newel.record.children.models import (
    BreakGlass,
    Child,
    ChildName,
    CommunicationNeed,
    EarlierFact,
    Home,
    Identifier,
    KeyworkerAssignment,
    LegalReason,
    OpenAddress,
    ProtectedAddress,
    SafetyCheck,
    Stay,
    TeamMember,
    UnitStay,
)
from newel.record.children.models.visible_to import ChildQuerySet, on_the_day, running
from newel.record.establishments import queries as establishments
from newel.record.establishments.models import SharingChoice, Unit

# What a list of found children shows of each, as the audit has it: names of fields, never words.
FOUND_SHOWS = ("born_on", "preferred_name", "unit")


def children(*, visible_to: StaffMember, at: datetime) -> ChildQuerySet:
    return Child.objects.visible_to(visible_to, at=at).order_by("name_key", "pk")


def child(*, public_id: str, visible_to: StaffMember, at: datetime) -> Child | None:
    """The child with what the banner needs (unit stays, communication needs, an emergency's end),
    or nothing for a stranger."""
    if not (visible_to.is_open(at=at) and visible_to.reads_children):
        return None
    asked = _ONE_CHILD.ask(
        public_id=public_id, staff=visible_to.pk, at=at, today=timezone.localdate(at)
    )
    found = Child.objects.raw(*asked).prefetch_related(_open_unit_stays())
    return next(iter(found), None)


def _one_child() -> QuerySet[Child]:
    somebody = StaffMember(pk=_STAND_INS["staff"], is_active=True)
    somebody.reads_children = True
    at: datetime = _STAND_INS["at"]
    return (
        children(visible_to=somebody, at=at)
        .filter(public_id=_STAND_INS["public_id"])
        .annotate(
            opened_in_emergency_until=_emergency_ends(somebody, at),
            needs_in_words=needs_now(),
            goes_on_at=_pointed_to("children_goes_on_at"),
            still_beside=_pointed_to("children_still_beside"),
        )
    )


# On every page of a record, so it is made once, with all that goes around `visible_to`.
_STAND_INS: dict[str, Any] = {
    "public_id": "?public_id",
    "staff": -7150,
    "at": datetime(1901, 2, 3, 12, tzinfo=UTC),
    "today": date(1901, 2, 3),
}
_ONE_CHILD = Compiled(_one_child, _STAND_INS)


def _emergency_ends(staff: StaffMember, at: datetime) -> Subquery:
    broken = BreakGlass.objects.filter(running(at), child=OuterRef("pk"), staff=staff)
    return Subquery(broken.order_by("-ends_at").values("ends_at")[:1])


def needs_now(child: str = "pk") -> ArraySubquery:
    """Which communication needs somebody has, beside another row of theirs."""
    needs = CommunicationNeed.objects.filter(child=OuterRef(child), ended_at__isnull=True)
    return ArraySubquery(needs.order_by("need").values("need"))


def _pointed_to(door: str) -> Func:
    """The public id of the other record of a child who came back, as the database gives it."""
    return Func(F("pk"), function=door, output_field=CharField(null=True))


def _open_unit_stays() -> Prefetch:
    rows = UnitStay.objects.filter(ends_at__isnull=True).select_related("unit__setting", "stay")
    return Prefetch("unit_stays", queryset=rows, to_attr="open_unit_stays")


def goes_on_at(child: Child) -> str | None:
    """Where the record goes on, once a governance lead has said that Newel knew the child: the
    public id of the earlier one, or nothing where that must not be said. None: it goes on here."""
    earlier: str | None = getattr(child, "goes_on_at", None)
    return earlier


def still_beside(child: Child) -> str | None:
    """The new record of a child who came back, until what was written on it is carried over."""
    beside: str | None = getattr(child, "still_beside", None)
    return beside


def hidden_id(*, public_id: str) -> int | None:
    """The id of a child whom the person may not see: only for the audit of the refusal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_id_behind(%s)", [public_id])
        found: int | None = cursor.fetchone()[0]
    return found


def on_unit(*, unit: Unit, visible_to: StaffMember, at: datetime) -> ChildQuerySet:
    """The children whom a unit looks after or expects, to ask further about."""
    here = UnitStay.objects.filter(running(at), unit=unit, stay__ended_at__isnull=True)
    return children(visible_to=visible_to, at=at).filter(pk__in=here.values("child"))


def named_alike(*, child: Child, visible_to: StaffMember, at: datetime) -> list[Child]:
    """Other children in the same settings whose names could be mistaken for this child's.

    On every page of a record, so: names alone first, the children themselves only if any is alike.
    """
    settings = [stay.unit.setting_id for stay in child.open_unit_stays]  # type: ignore[attr-defined]
    staying = Stay.objects.filter(setting__in=settings, ended_at__isnull=True)
    keys = staying.exclude(child=child).values_list("child_id", "child__name_key")
    alike = {pk for pk, key in keys if are_alike(child.name_key, key)}
    if not alike:
        return []
    return list(children(visible_to=visible_to, at=at).filter(pk__in=alike))


def perhaps_the_same(
    *, name: str, nhs_number: str, visible_to: StaffMember, at: datetime
) -> list[Child]:
    """Children in reach who may be the one that is being referred (`has_this_number` on each)."""
    key = sort_key(name)
    reach = children(visible_to=visible_to, at=at)
    keys = [*reach.values_list("pk", "name_key"), *_current_other_names(reach)]
    alike = {pk for pk, other in keys if are_alike(key, other)}
    theirs = Identifier.objects.filter(
        child=OuterRef("pk"), system=Identifier.NHS_NUMBER, value=nhs_number
    )
    numbered = reach.annotate(has_this_number=Exists(theirs))
    found = numbered.filter(Q(pk__in=alike) | Q(has_this_number=True))
    return list(found.prefetch_related(_open_unit_stays()))


def _current_other_names(reach: ChildQuerySet) -> QuerySet[Any]:
    """A former name finds nothing (H34)."""
    names = ChildName.objects.filter(child__in=reach).exclude(kind="former")
    return names.values_list("child_id", "name_key")


def open_stay(*, child: Child) -> Stay | None:
    return (
        Stay.objects.filter(child=child, ended_at__isnull=True)
        .select_related("setting")
        .order_by("-referred_at")
        .first()
    )


def sharing_choice(*, child: Child) -> SharingChoice | None:
    """What the setting in which the child stays has said about who usually reads what."""
    stay = open_stay(child=child)
    return establishments.sharing_choice(setting=stay.setting if stay else None)


def other_units(*, stay: Stay) -> QuerySet[Unit]:
    """Where in the same setting the child could move to."""
    here = UnitStay.objects.filter(stay=stay, ends_at__isnull=True).values("unit")
    units = Unit.objects.filter(setting=stay.setting_id).exclude(pk__in=here)
    return units.select_related("setting").order_by("name_key")


def team_now(*, child: Child, at: datetime) -> QuerySet[TeamMember]:
    return (
        TeamMember.objects.filter(on_the_day(at), child=child, stay__ended_at__isnull=True)
        .select_related("agency", "staff")
        .order_by("discipline", "name")
    )


def keyworkers_now(*, child: Child, at: datetime) -> QuerySet[KeyworkerAssignment]:
    return KeyworkerAssignment.objects.filter(
        on_the_day(at), child=child, stay__ended_at__isnull=True
    ).select_related("staff", "stay")


def keyworkers_ever(*, child: Child) -> QuerySet[KeyworkerAssignment]:
    """Now and before: how long each adult stayed matters to the child."""
    return (
        KeyworkerAssignment.objects.filter(child=child)
        .select_related("staff", "stay__setting")
        .order_by("-starts_on", "-pk")
    )


def team_before(*, child: Child, at: datetime) -> QuerySet[TeamMember]:
    """Who was in the team once, the latest first."""
    now = team_now(child=child, at=at).values("pk")
    return TeamMember.objects.filter(child=child).exclude(pk__in=now).order_by("-ends_on", "name")


def stays_of(*, child: Child) -> QuerySet[Stay]:
    """Those that the child came to, the latest first."""
    rows = Stay.objects.filter(child=child, arrived_at__isnull=False)
    return rows.select_related("setting").order_by("-arrived_at")


def homes(*, child: Child) -> QuerySet[Home]:
    """Who and where home is now, and whether an address is held: never the address."""
    open_address = OpenAddress.objects.filter(home=OuterRef("pk")).values("pk")
    protected = ProtectedAddress.objects.filter(home=OuterRef("pk")).values("pk")
    return (
        Home.objects.filter(child=child, ended_at__isnull=True)
        .annotate(has_open_address=Exists(open_address), has_protected_address=Exists(protected))
        .select_related("checked_by")
        .order_by("kind", "name", "pk")
    )


def with_earlier_checks(found: QuerySet[Home]) -> QuerySet[Home]:
    """With every safety check of each home, the newest first: that is the one that counts."""
    checks = SafetyCheck.objects.select_related("checked_by").order_by("-checked_at", "-pk")
    return found.prefetch_related(Prefetch("checks", queryset=checks, to_attr="every_check"))


def open_address(*, home: Home) -> str:
    """The address that somebody asked for; nothing when it is protected or not held."""
    found = OpenAddress.objects.filter(home=home, home__address_is_protected=False).first()
    return found.address if found else ""


def legal_reasons(*, child: Child) -> QuerySet[LegalReason]:
    return (
        LegalReason.objects.filter(child=child)
        .select_related("stay__setting", "recorded_by")
        .order_by("-starts_on", "-pk")
    )


def communication_needs(*, child: Child) -> QuerySet[CommunicationNeed]:
    return CommunicationNeed.objects.filter(child=child, ended_at__isnull=True).order_by("need")


def other_names(*, child: Child, visible_to: StaffMember) -> QuerySet[ChildName]:
    """Names from before only for those who read what is held back (H34)."""
    names = ChildName.objects.filter(child=child).order_by("kind", "name_key")
    if visible_to.may(Capability.READ_RESTRICTED):
        return names
    return names.exclude(kind="former")


def earlier_facts(*, child: Child, visible_to: StaffMember) -> QuerySet[EarlierFact]:
    """What stood there before, the latest first. A name the child was called by is held back like
    one from before (H34)."""
    facts = EarlierFact.objects.filter(child=child).select_related("changed_by")
    facts = facts.order_by("-changed_at", "-pk")
    if visible_to.may(Capability.READ_RESTRICTED):
        return facts
    return facts.exclude(fact="preferred_name")


def one_of(rows: QuerySet[Any], public_id: str) -> Any:
    """One row of a child's, by the id in an address: another child's row is not found here."""
    return rows.filter(public_id=public_id).first()


def identifiers(*, child: Child) -> QuerySet[Identifier]:
    return Identifier.objects.filter(child=child).order_by("system", "value")


def staff_called(*, words: str) -> list[StaffMember]:
    """Who signs in with this name, or else everybody who is called so."""
    active = StaffMember.objects.filter(is_active=True)
    signs_in = active.filter(username=words.strip().casefold()).first()
    if signs_in is not None:
        return [signs_in]
    key = sort_key(words)
    return list(active.filter(name_key=key)) if key else []
