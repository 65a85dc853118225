"""A note shows to those who reach the child. What is about a unit, and who took it over, shows to
those whose post opens that unit."""

from django.db import migrations

from newel.record.children.row_security import SERVICE, protect, words_stay

_ACTOR = "(SELECT nullif(current_setting('newel.actor', true), '')::bigint)"


def _open_to_post(table: str) -> migrations.RunSQL:
    """The same as `establishments.queries.units_open_to`."""
    seen = f"""EXISTS (
        SELECT FROM establishments_unit u
        JOIN establishments_post p ON p.setting_id = u.setting_id
            AND (p.unit_id IS NULL OR p.unit_id = u.id)
        WHERE u.id = {table}.unit_id AND p.staff_id = {_ACTOR}
          AND p.starts_at <= now() AND (p.ends_at IS NULL OR p.ends_at > now()))"""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY post ON {table} TO {SERVICE} USING ({seen}) WITH CHECK ({seen});
        """,
        f"DROP POLICY post ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("overview", "0003_handover"), ("children", "0005_words_stay")]

    operations = [
        protect("overview_handovernote", sharing=True),
        words_stay("overview_handovernote", "is_current"),
        _open_to_post("overview_unitnote"),
        words_stay("overview_unitnote", "is_current"),
        _open_to_post("overview_takeover"),
        # Who took over is said for a month, and then forgotten.
        migrations.RunSQL(
            f"GRANT DELETE ON overview_takeover TO {SERVICE}",
            f"REVOKE DELETE ON overview_takeover FROM {SERVICE}",
        ),
    ]
