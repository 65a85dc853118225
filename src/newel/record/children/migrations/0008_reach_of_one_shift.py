"""An account for one shift reaches nobody once the shift is over, whatever else opens a record to
it: a post that somebody forgot to end, the team around a child, named access, an emergency."""

from django.db import migrations

OPEN_ACCOUNTS = """
ALTER FUNCTION children_reach(bigint, timestamptz) RENAME TO children_opened_to;

CREATE FUNCTION children_reach(p_staff bigint, p_at timestamptz) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM access_staffmember WHERE id = p_staff AND open_until <= p_at)
            THEN '{}'::bigint[]
        ELSE children_opened_to(p_staff, p_at)
    END
$$;
REVOKE ALL ON FUNCTION children_reach(bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION children_reach(bigint, timestamptz) TO newel_service;
REVOKE ALL ON FUNCTION children_opened_to(bigint, timestamptz) FROM newel_service;
"""
BACK = """
DROP FUNCTION children_reach(bigint, timestamptz);
ALTER FUNCTION children_opened_to(bigint, timestamptz) RENAME TO children_reach;
GRANT EXECUTE ON FUNCTION children_reach(bigint, timestamptz) TO newel_service;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0007_behind_glass_called"),
        ("access", "0005_one_shift_and_saved_once"),
    ]

    operations = [migrations.RunSQL(OPEN_ACCOUNTS, BACK)]
