"""What the state of a stay allows, apart from who may do it."""

from datetime import datetime

from newel.record.children.models import Stay
from newel.record.establishments.models import Unit


class NotNow(Exception):
    """What was asked for does not fit the state of things. The message is for the person."""


def check_can_arrive(stay: Stay) -> None:
    if stay.ended_at is not None:
        raise NotNow("This stay has ended. Write a new referral instead.")
    if stay.arrived_at is not None:
        raise NotNow("Somebody has already written down that this child arrived.")


def check_can_end(stay: Stay, at: datetime) -> None:
    if stay.ended_at is not None:
        raise NotNow("This stay has already ended.")
    if stay.arrived_at is not None and at < stay.arrived_at:
        raise NotNow("A stay cannot end before the child arrived.")


def check_unit_of_stay(stay: Stay, unit: Unit) -> None:
    if stay.ended_at is not None:
        raise NotNow("This stay has ended.")
    if unit.setting_id != stay.setting_id:
        raise NotNow("That unit belongs to another setting. A move there is a new stay.")
