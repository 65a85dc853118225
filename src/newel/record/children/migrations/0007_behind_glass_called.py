"""Break-glass by any name that the child goes by now, in the spellings that Python gives: short
forms. Every typed word has to be a whole word of
one of the names, never a part of one.

There is no way back: it takes the older, narrower functions away."""

from django.db import migrations

CALLED = """
CREATE FUNCTION children_behind_glass_called(p_spellings varchar[], p_unit bigint, p_born date)
RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH me AS (
        SELECT nullif(current_setting('newel.actor', true), '')::bigint AS id
    ), here AS (
        SELECT DISTINCT c.id, c.name_key, c.born_on
        FROM children_unitstay us
        JOIN children_stay s ON s.id = us.stay_id AND s.ended_at IS NULL
        JOIN children_child c ON c.id = us.child_id
        JOIN establishments_post p ON p.setting_id = s.setting_id
        JOIN me ON me.id = p.staff_id
        WHERE us.unit_id = p_unit AND us.ends_at IS NULL
          AND p.starts_at <= now() AND (p.ends_at IS NULL OR p.ends_at > now())
    ), names AS (
        SELECT id, name_key FROM here
        UNION
        SELECT here.id, n.name_key FROM here JOIN children_childname n ON n.child_id = here.id
        WHERE n.kind IN ('legal', 'also_known_as')
    ), words AS (
        SELECT id, string_to_array(string_agg(name_key, ' '), ' ') AS every,
               array_agg(replace(name_key, ' ', '')) AS run_together
        FROM names GROUP BY id
    )
    SELECT coalesce(array_agg(here.id), '{}')
    FROM here JOIN words ON words.id = here.id, me
    WHERE (p_born IS NULL OR here.born_on = p_born)
      AND EXISTS (
        SELECT FROM unnest(p_spellings) AS spelling
        WHERE string_to_array(spelling, ' ') <@ words.every
           OR replace(spelling, ' ', '') = ANY (words.run_together))
      AND NOT EXISTS (
        SELECT FROM children_block b
        WHERE b.child_id = here.id AND b.staff_id = me.id AND b.lifted_at IS NULL)
$$;
REVOKE ALL ON FUNCTION children_behind_glass_called(varchar[], bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_behind_glass_called(varchar[], bigint, date) TO newel_service;

-- Two doors fewer.
DROP FUNCTION children_behind_glass_born(varchar, bigint, date);
DROP FUNCTION children_behind_glass(varchar, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0006_safety_check")]

    operations = [migrations.RunSQL(CALLED)]
