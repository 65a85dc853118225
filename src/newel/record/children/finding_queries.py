"""Finding a child: by name among those in reach, and behind the glass in an emergency."""

from datetime import date, datetime
from itertools import islice, product

from django.db import connection

from newel.record.access.models import StaffMember
from newel.record.access.name_search import whose
from newel.record.access.names import forms_of, sort_key
from newel.record.children.lists_queries import Placed, placed
from newel.record.establishments.models import Unit

# What a child goes by now. A name from before finds nothing, nor any kind not named here (H34).
SEARCHED_KINDS = ["legal", "also_known_as"]
MOST_SPELLINGS = 200


def search(*, words: str, visible_to: StaffMember, at: datetime, at_most: int) -> list[Placed]:
    """The children who go by a name like this, the likeliest first.

    The names are of the reach that the database worked out. Whoever is shown is asked for again
    with `visible_to`: a child whom only one of the two locks lets through is not shown.
    """
    meant = whose(words, *_names_in_reach())[:at_most]
    if not meant:
        return []
    found = placed(ids=meant, visible_to=visible_to, at=at)
    return sorted(found, key=lambda one: meant.index(one.child.pk))


def _names_in_reach() -> tuple[str, str]:
    """Whose, and the keys of the names, one a line: a key has letters, digits and single spaces in
    it and nothing else. To fetch thousands of rows costs more than to look through them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM children_names_in_reach(%s)", [SEARCHED_KINDS])
        owners, keys = cursor.fetchone()
    return owners, keys


def behind_glass(*, name: str, unit: Unit, born_on: date | None = None) -> list[int]:
    """Ids of children on a unit who go by this name, out of reach until the glass is broken."""
    spellings = _spellings(sort_key(name))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT children_behind_glass_called(%s, %s, %s)", [spellings, unit.pk, born_on]
        )
        found: list[int] = cursor.fetchone()[0]
    return found if spellings else []


def _spellings(key: str) -> list[str]:
    """As typed and with short forms, but never a guess: an emergency opens one child."""
    forms = product(*(sorted(forms_of(word)) for word in key.split()))
    said = (" ".join(words) for words in forms)
    return list(dict.fromkeys([key, *islice(said, MOST_SPELLINGS)])) if key else []
