"""Asking for entries, events, places, lists of them, and who may read what."""

from newel.record.stairs.scoping.forms.bringing import BringForm
from newel.record.stairs.scoping.forms.listed import ListForm
from newel.record.stairs.scoping.forms.listed_lines import ListedLine, boxes_of
from newel.record.stairs.scoping.forms.places import PlaceForm
from newel.record.stairs.scoping.forms.taking_back import TakeBackForm
from newel.record.stairs.scoping.forms.written import EntryForm, EventForm, ReadersForm, like

__all__ = [
    "BringForm",
    "EntryForm",
    "EventForm",
    "ListForm",
    "ListedLine",
    "PlaceForm",
    "ReadersForm",
    "TakeBackForm",
    "boxes_of",
    "like",
]
