"""What was written before a child's identity changed opens by name only (H34)."""

from pathlib import Path

from django.db import migrations

from newel.record.children.row_security import seal_history

TABLES = (
    *("activators_statement", "activators_keepingsafe"),
    *("activators_childswords", "activators_recommendation"),
)
LAST_VERSION = (Path(__file__).parents[1] / "sql" / "last_version.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("activators", "0008_formulation_policies"), ("children", "0015_sealed")]

    operations = [
        *(seal_history(table) for table in TABLES),
        seal_history("activators_formulationversion", at="agreed_at"),
        migrations.RunSQL(LAST_VERSION, "DROP FUNCTION activators_last_version(bigint)"),
    ]
