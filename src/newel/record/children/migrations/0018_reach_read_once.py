"""Who reaches two thousand children waits no longer for the lists of them to be read.

The policies read the list of children in reach, which is a text, anew for every row that they
looked at. From here on they read it once a query (`row_security.REACH`); what they let through is
the same. And the names in reach come as two texts, by the index.
"""

from django.db import migrations

READ_ONCE = r"""
DO $$
DECLARE
    one record;
    every_row text := $re$\( SELECT (COALESCE\(NULLIF\(current_setting\('newel\.(?:reach|watch)'::text, true\), ''::text\), '\{\}'::text\)) AS "coalesce"\)\)::bigint\[\]$re$;
    once text := '( SELECT (\1)::bigint[] AS "coalesce"))::bigint[]';
BEGIN
    FOR one IN
        SELECT polrelid::regclass AS its_table, polname, pg_get_userbyid(relowner) AS owner,
            pg_get_expr(polqual, polrelid) AS seen, pg_get_expr(polwithcheck, polrelid) AS written
        FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
        WHERE relnamespace = 'public'::regnamespace
          AND pg_get_expr(polqual, polrelid) ~ every_row
    LOOP
        EXECUTE format('SET LOCAL ROLE %I', one.owner);
        EXECUTE format('ALTER POLICY %I ON %s USING (%s)', one.polname, one.its_table,
            regexp_replace(one.seen, every_row, once, 'g'));
        IF one.written IS NOT NULL THEN
            EXECUTE format('ALTER POLICY %I ON %s WITH CHECK (%s)', one.polname, one.its_table,
                regexp_replace(one.written, every_row, once, 'g'));
        END IF;
        EXECUTE 'RESET ROLE';
    END LOOP;
END $$;
"""  # noqa: E501 - as PostgreSQL writes it out

NAMES = r"""
DROP FUNCTION children_names_in_reach(varchar[]);
CREATE FUNCTION children_names_in_reach(p_kinds varchar[], OUT owners text, OUT keys text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH reached AS MATERIALIZED (
        SELECT coalesce(nullif(current_setting('newel.reach', true), ''), '{}')::bigint[] AS ids
    ), named AS (
        SELECT c.id, c.name_key FROM children_child c
        WHERE c.id = ANY ((SELECT ids FROM reached)::bigint[])
        UNION ALL
        SELECT n.child_id, n.name_key FROM children_childname n
        WHERE n.child_id = ANY ((SELECT ids FROM reached)::bigint[]) AND n.kind = ANY (p_kinds)
    )
    SELECT coalesce(string_agg(id::text, ' '), ''), coalesce(string_agg(name_key, E'\n'), '')
    FROM named
$$;
REVOKE ALL ON FUNCTION children_names_in_reach(varchar[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_names_in_reach(varchar[]) TO newel_service;
"""
NAMES_BEFORE = """
DROP FUNCTION children_names_in_reach(varchar[]);
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
    dependencies = [("children", "0017_nothing_lost")]

    operations = [
        migrations.RunSQL(READ_ONCE, migrations.RunSQL.noop),
        migrations.RunSQL(NAMES, NAMES_BEFORE),
    ]
