"""Who reaches whom, in SQL, and the policies on every table of this room."""

from pathlib import Path

from django.db import migrations

from newel.record.children.row_security import SERVICE, protect

REACH = (Path(__file__).parents[1] / "sql" / "reach.sql").read_text(encoding="utf-8")
FUNCTIONS = """
DROP FUNCTION children_behind_glass(varchar, bigint);
DROP FUNCTION children_id_behind(varchar);
DROP FUNCTION children_new_child();
DROP FUNCTION newel_begin(bigint);
DROP FUNCTION children_watch(bigint, timestamptz);
DROP FUNCTION children_reach(bigint, timestamptz);
"""

# Breaking the glass is the one thing a person may write about a child out of reach, for themselves.
BREAK_GLASS = f"""
ALTER TABLE children_breakglass ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON children_breakglass TO {SERVICE}
    USING (staff_id = (SELECT nullif(current_setting('newel.actor', true), '')::bigint)
        OR child_id = ANY (SELECT unnest(
            coalesce(nullif(current_setting('newel.watch', true), ''), '{{}}')::bigint[])))
    WITH CHECK (staff_id = (SELECT nullif(current_setting('newel.actor', true), '')::bigint));
"""

# The service writes a protected address and cannot read it back.
PROTECTED_ADDRESS = """
REVOKE SELECT ON children_protectedaddress FROM newel_service;
GRANT SELECT (id, home_id, child_id) ON children_protectedaddress TO newel_service;
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0001_initial"), ("establishments", "0001_initial")]

    operations = [
        migrations.RunSQL(REACH, FUNCTIONS),
        protect("children_child", child="id", watched=True),
        protect("children_childname"),
        protect("children_identifier"),
        protect("children_communicationneed"),
        protect("children_stay", watched=True),
        protect("children_unitstay"),
        protect("children_legalreason"),
        protect("children_teammember"),
        protect("children_keyworkerassignment"),
        protect("children_home"),
        protect("children_openaddress"),
        protect("children_protectedaddress"),
        protect("children_grant", watched=True),
        protect("children_block", watched=True),
        protect("children_notice", watched=True),
        migrations.RunSQL(BREAK_GLASS, "DROP POLICY reach ON children_breakglass"),
        migrations.RunSQL(PROTECTED_ADDRESS, migrations.RunSQL.noop),
    ]
