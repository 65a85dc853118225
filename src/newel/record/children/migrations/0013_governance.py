"""Doors for governance leads, and what was decided stays as it was decided."""

from pathlib import Path

from django.db import migrations

from newel.record.children.row_security import SERVICE, words_stay

GOVERNANCE = (Path(__file__).parents[1] / "sql" / "governance.sql").read_text(encoding="utf-8")
FUNCTIONS = """
DROP FUNCTION children_looks_counted(bigint[], bigint, timestamptz, varchar[], varchar[]);
DROP FUNCTION children_looks_from_outside(bigint[], bigint, timestamptz, varchar[], varchar[]);
DROP FUNCTION children_care(bigint[]);
DROP FUNCTION children_end_places_in(bigint, bigint, date, date);
DROP FUNCTION children_access_in(bigint, timestamptz);
DROP FUNCTION children_governs(bigint);
"""

# What a governance lead found out is theirs: nobody who works with the child reads it.
LOOKED_INTO = f"""
ALTER TABLE children_lookedinto ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON children_lookedinto TO {SERVICE}
    USING (child_id = ANY (SELECT unnest(
        coalesce(nullif(current_setting('newel.watch', true), ''), '{{}}')::bigint[])))
    WITH CHECK (child_id = ANY (SELECT unnest(
        coalesce(nullif(current_setting('newel.watch', true), ''), '{{}}')::bigint[])));
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0012_review"), ("access", "0003_privileges")]

    operations = [
        migrations.RunSQL(GOVERNANCE, FUNCTIONS),
        migrations.RunSQL(LOOKED_INTO, "DROP POLICY reach ON children_lookedinto"),
        words_stay("children_accessreview", "finished_by_id", "finished_at"),
        words_stay("children_accessdecision"),
        words_stay("children_lookedinto"),
    ]
