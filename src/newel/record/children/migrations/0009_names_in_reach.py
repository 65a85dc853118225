"""The names of the children in reach, in one pass: the same children that the policy shows.

Under the policy each of two thousand rows is looked for among two thousand ids, one by one.
"""

from django.db import migrations

NAMES = """
CREATE FUNCTION children_names_in_reach(p_kinds varchar[])
RETURNS TABLE (child_id bigint, name_key varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH reached AS MATERIALIZED (
        SELECT DISTINCT unnest(
            coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[]) AS id
    )
    SELECT c.id, c.name_key FROM reached JOIN children_child c ON c.id = reached.id
    UNION ALL
    SELECT n.child_id, n.name_key
    FROM reached JOIN children_childname n ON n.child_id = reached.id
    WHERE n.kind = ANY (p_kinds)
$$;
REVOKE ALL ON FUNCTION children_names_in_reach(varchar[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_names_in_reach(varchar[]) TO newel_service;
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0008_reach_of_one_shift")]

    operations = [
        migrations.RunSQL(NAMES, "DROP FUNCTION children_names_in_reach(varchar[])"),
    ]
