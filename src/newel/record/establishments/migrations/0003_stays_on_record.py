"""What a setting has on record stays as it was recorded, and says whether children may come."""

from pathlib import Path

from django.db import migrations

ON_RECORD = (Path(__file__).parents[1] / "sql" / "on_record.sql").read_text(encoding="utf-8")
FUNCTIONS = """
DROP FUNCTION establishments_is_ready(bigint);
DROP FUNCTION establishments_stays_on_record();
"""
WITHDRAWN = "'withdrawn_by_id', 'withdrawn_at', 'withdrawn_because'"
STAY = {
    "establishments_dataprotectionassessment": WITHDRAWN,
    "establishments_safetyofficer": WITHDRAWN,
    "establishments_sharingagreement": WITHDRAWN,
    "establishments_sharingagreement_agencies": "",
    "establishments_confirmdays": "",
    "establishments_sharingchoice": "",
}


def _stays(table: str, may_change: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER stays_on_record BEFORE UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION establishments_stays_on_record({may_change})",
        f"DROP TRIGGER stays_on_record ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("establishments", "0002_on_record")]

    operations = [
        migrations.RunSQL(ON_RECORD, FUNCTIONS),
        *(_stays(table, may_change) for table, may_change in STAY.items()),
    ]
