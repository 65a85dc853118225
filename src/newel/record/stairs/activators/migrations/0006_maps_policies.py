"""Locks on the tables of the maps and of the child's words, and what stays as it is in them."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

from newel.record.children.row_security import REACH, SERVICE, protect, protect_through, words_stay

HELD_BACK = (Path(__file__).parents[1] / "sql" / "held_back.sql").read_text(encoding="utf-8")

# What goes with what shows when both of the statements show.
_BOTH = " AND ".join(
    (
        f"child_id = ANY ({REACH})",
        "EXISTS (SELECT FROM activators_statement s WHERE s.id = activators_goeswith.first_id)",
        "EXISTS (SELECT FROM activators_statement s WHERE s.id = activators_goeswith.then_id)",
    )
)
BOTH_SHOW = RunSQL(
    f"""
    ALTER TABLE activators_goeswith ENABLE ROW LEVEL SECURITY;
    CREATE POLICY reach ON activators_goeswith TO {SERVICE} USING ({_BOTH}) WITH CHECK ({_BOTH});
    """,
    """
    DROP POLICY reach ON activators_goeswith;
    ALTER TABLE activators_goeswith DISABLE ROW LEVEL SECURITY;
    """,
)

# What the child has taken back is seen by nobody, whoever asks and however (H11).
NOT_TAKEN_BACK = RunSQL(
    """
    DO $$
    DECLARE seen text;
    BEGIN
        SELECT pg_get_expr(polqual, polrelid) INTO seen FROM pg_policy
        WHERE polrelid = 'activators_childswords'::regclass AND polname = 'reach';
        EXECUTE format(
            'ALTER POLICY reach ON activators_childswords USING ((%1$s) AND NOT EXISTS (SELECT '
            'FROM activators_wordstakenback b WHERE b.saying = activators_childswords.saying)) '
            'WITH CHECK (%1$s)', seen);
    END $$;
    """,
    migrations.RunSQL.noop,
)


class Migration(migrations.Migration):
    dependencies = [("activators", "0005_maps_and_childs_words")]

    operations = [
        protect_through("activators_placing", column="statement_id", parent="activators_statement"),
        protect_through(
            "activators_seennote", column="statement_id", parent="activators_statement"
        ),
        BOTH_SHOW,
        protect("activators_childswords", sharing=True),
        protect("activators_wordstakenback"),
        NOT_TAKEN_BACK,
        protect_through(
            "activators_wordschecked", column="words_id", parent="activators_childswords"
        ),
        protect_through("activators_adultview", column="words_id", parent="activators_childswords"),
        words_stay("activators_placing", "is_current"),
        words_stay("activators_goeswith", "ended_by_id", "ended_at"),
        words_stay("activators_seennote"),
        words_stay("activators_childswords", "is_current", "opened_by_id", "opened_at"),
        words_stay("activators_wordschecked"),
        words_stay("activators_adultview"),
        words_stay("activators_wordstakenback"),
        RunSQL(HELD_BACK, "DROP FUNCTION activators_held_back(bigint)"),
    ]
