"""Every address of the room about David, with what hangs on him, for the tests that walk them."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse

from newel.record.access import audit
from newel.record.access.transactions import acting
from newel.record.children import actions
from newel.record.children.models import Child, KeyworkerAssignment, Stay, TeamMember
from tests.cast import LONG_AGO, Cast

SOON = datetime.now(UTC) + timedelta(days=30)


def furnish(cast: Cast) -> dict[str, str]:
    """Something of every kind about David. Gives the address of each page by its name."""
    with acting(cast.chillip.pk):
        david = Child.objects.get(preferred_name="David")
        stay = Stay.objects.get(child=david)
        need = actions.record_communication_need(
            child=david, by=cast.chillip, at=LONG_AGO, need="Short sentences",
            how_to_meet="One thing at a time", review_on=SOON.date(),
        )  # fmt: skip
        reason = actions.record_legal_reason(
            stay=stay, by=cast.chillip, at=LONG_AGO, kind="remand", statute_text="",
            starts_on=LONG_AGO.date(), ends_on=None, review_due_on=None,
        )  # fmt: skip
        home = actions.add_home(
            child=david, by=cast.chillip, at=LONG_AGO, kind="place", name="The boat house",
            address="Yarmouth beach",
        )  # fmt: skip
        member = TeamMember.objects.get(child=david)
        keyworker = KeyworkerAssignment.objects.get(child=david)
    with acting(cast.strong.pk):
        grant = actions.give_access(
            child=david, staff=cast.micawber, by=cast.strong, at=LONG_AGO, purpose="Check-in",
            ends_at=SOON,
        )  # fmt: skip
        actions.end_grant(grant=grant, at=LONG_AGO)
        block = actions.block(
            child=david, staff=cast.heep, by=cast.strong, at=LONG_AGO, reason="A rival"
        )
    _looked_from_outside(cast, david)
    hanging = {
        "end_need": need,
        "end_reason": reason,
        "contact": member,
        "end_team": member,
        "end_keyworker": keyworker,
        "check_home": home,
        "end_home": home,
        "home_address": home,
        "end_grant": grant,
        "lift_block": block,
        "look_into": cast.barkis,
    }
    alone = ("find", "refer", "break_glass", "governance", "looks", "reviews")
    return {name: reverse(f"children:{name}") for name in alone} | {
        name: reverse(
            f"children:{name}",
            args=[david.public_id, *([hanging[name].public_id] if name in hanging else [])],
        )
        for name in (*ABOUT_DAVID, *GOVERNED)
    }


def _looked_from_outside(cast: Cast, david: Child) -> None:
    """Something to look into: somebody who was refused."""
    with acting(cast.barkis.pk, page="children:child"):
        audit.record("refused", thing="page", child_id=david.pk)


READ_RECORD = ("child", "around")
RECEIVE_CHILD = ("arrive", "facts", "names", "take_name_away", "numbers", "take_number_away")
KEEP_SAFE = ("communication", "end_need")
WRITE_HISTORY = ("legal", "end_reason")
PLACE_CHILD = ("move", "end_stay")
MANAGE_TEAM = ("team", "contact", "end_team", "keyworkers", "end_keyworker", "homes", "add_home",
               "check_home", "end_home", "home_address")  # fmt: skip
ABOUT_DAVID = READ_RECORD + RECEIVE_CHILD + KEEP_SAFE + WRITE_HISTORY + PLACE_CHILD + MANAGE_TEAM
GOVERNED = ("governed_child", "who_looked", "give_access", "end_grant", "set_block", "lift_block",
            "look_into")  # fmt: skip
