"""A talk that waits reaches somebody who can open it, wherever the child is by then (H9)."""

from pathlib import Path

from django.db import migrations

_TALKS = (Path(__file__).parents[1] / "sql" / "talks.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0008_files"), ("children", "0016_reason_ended")]

    operations = [
        migrations.RunSQL(
            _TALKS,
            "DROP FUNCTION outcomes_talks_watched(varchar[], timestamptz, timestamptz),"
            " outcomes_can_be_told(bigint, varchar[], bigint[], timestamptz),"
            " outcomes_reached_by(bigint, timestamptz)",
        ),
    ]
