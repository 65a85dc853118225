"""What was written before a child's identity changed opens by name only (H34)."""

from django.db import migrations

from newel.record.children.row_security import seal_history

TABLES = (
    *("scoping_lifeevent", "scoping_scopingentry"),
    *("scoping_eventlist", "scoping_pathwayplace"),
)


class Migration(migrations.Migration):
    dependencies = [("scoping", "0006_lists_and_places_policies"), ("children", "0015_sealed")]

    operations = [seal_history(table) for table in TABLES]
