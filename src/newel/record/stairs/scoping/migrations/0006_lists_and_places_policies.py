"""Who sees lists, places and what was taken back; and their words stay."""

from django.db import migrations

from newel.record.children.row_security import protect, protect_through_any, words_stay

MAY_CHANGE = ("is_current", "sharing_level", "named_readers")


class Migration(migrations.Migration):
    dependencies = [("scoping", "0005_lists_and_places"), ("children", "0005_words_stay")]

    operations = [
        protect("scoping_eventlist", sharing=True),
        protect("scoping_pathwayplace", sharing=True),
        protect_through_any(
            "scoping_takenback",
            parents={"event_id": "scoping_lifeevent", "place_id": "scoping_pathwayplace"},
        ),
        words_stay("scoping_eventlist", *MAY_CHANGE),
        words_stay("scoping_pathwayplace", *MAY_CHANGE),
        words_stay("scoping_takenback"),
    ]
