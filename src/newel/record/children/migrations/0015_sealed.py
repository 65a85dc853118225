"""Sealed names go where the service cannot read them, like protected addresses (H34)."""

from pathlib import Path

from django.db import migrations

from newel.record.children.row_security import SERVICE, protect, words_stay

SEALING = (Path(__file__).parents[1] / "sql" / "sealing.sql").read_text(encoding="utf-8")
FUNCTIONS = """
DROP FUNCTION children_return(bigint, varchar, timestamptz);
DROP FUNCTION children_earlier_settings(bigint);
DROP FUNCTION children_perhaps_known(bigint, varchar[], timestamptz);
DROP FUNCTION children_sealed_names(bigint);
DROP FUNCTION children_with_sealed_history();
DROP FUNCTION children_is_sealed(bigint, timestamptz);
DROP FUNCTION children_seal(bigint, timestamptz);
"""

# Not even written by the service: only the door above puts a name in here.
UNREADABLE = f"""
REVOKE SELECT, INSERT, UPDATE ON children_sealedname FROM {SERVICE};
GRANT SELECT (id, child_id, sealing_id) ON children_sealedname TO {SERVICE};
"""
# Whoever wrote the child down must not learn whether anything was found.
FOR_WATCHERS = f"""
ALTER TABLE children_perhapssame ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON children_perhapssame TO {SERVICE}
    USING (child_id = ANY (SELECT unnest(
        coalesce(nullif(current_setting('newel.watch', true), ''), '{{}}')::bigint[])))
    WITH CHECK (child_id = ANY (SELECT unnest(
        coalesce(nullif(current_setting('newel.watch', true), ''), '{{}}')::bigint[])));
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0014_sealing")]

    operations = [
        migrations.RunSQL(SEALING, FUNCTIONS),
        protect("children_sealing", watched=True),
        protect("children_sealedname"),
        protect("children_sealopening", watched=True),
        migrations.RunSQL(UNREADABLE, migrations.RunSQL.noop),
        migrations.RunSQL(FOR_WATCHERS, "DROP POLICY reach ON children_perhapssame"),
        words_stay("children_sealing", "confirmed_by_id", "confirmed_at"),
        words_stay("children_sealedname"),
        words_stay("children_sealopening", "ends_at"),
        words_stay("children_perhapssame", "is_same", "said_by_id", "said_at"),
    ]
