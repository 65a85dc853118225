"""Break-glass among children of one name: who is meant is told by a date of birth that the person
already knows. It narrows what `children_behind_glass` found and never widens it."""

from django.db import migrations

BORN = """
CREATE FUNCTION children_behind_glass_born(p_name_key varchar, p_unit bigint, p_born date)
RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(id), '{}') FROM children_child
    WHERE id = ANY (children_behind_glass(p_name_key, p_unit)) AND born_on = p_born
$$;
REVOKE ALL ON FUNCTION children_behind_glass_born(varchar, bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_behind_glass_born(varchar, bigint, date) TO newel_service;
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0002_reach")]

    operations = [
        migrations.RunSQL(BORN, "DROP FUNCTION children_behind_glass_born(varchar, bigint, date)")
    ]
