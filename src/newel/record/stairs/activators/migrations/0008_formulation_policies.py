"""Who sees a version and what hangs on it, and that none of it is ever altered.

A statement in a version shows when its reader could read it on the day and may read it now.
"""

from django.db import migrations

from newel.record.children.row_security import protect, protect_through, words_stay

BECAME = ("became", "outcome", "outcome_on", "outcome_at", "outcome_by_id", "is_current")
SETTLED = ("is_current", "settled_because", "settled_at", "settled_by_id")


class Migration(migrations.Migration):
    dependencies = [
        ("activators", "0007_formulation_versions"),
        ("children", "0005_words_stay"),
    ]

    operations = [
        protect("activators_formulationversion"),
        protect("activators_participant"),
        protect("activators_copymade"),
        protect("activators_recommendation", sharing=True),
        protect_through(
            "activators_statementasagreed",
            column="statement_id",
            parent="activators_statement",
            sharing=True,
        ),
        protect_through(
            "activators_differingview",
            column="statement_id",
            parent="activators_statement",
            sharing=True,
            may_hang_loose=True,
        ),
        words_stay("activators_formulationversion"),
        words_stay("activators_statementasagreed"),
        words_stay("activators_participant"),
        words_stay("activators_copymade"),
        words_stay("activators_recommendation", *BECAME),
        words_stay("activators_differingview", *SETTLED),
    ]
