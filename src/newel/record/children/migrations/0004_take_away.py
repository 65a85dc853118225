"""A name or a number that was never this child's is taken away, not kept: it may be another's."""

from django.db import migrations

from newel.record.children.row_security import SERVICE

TABLES = "children_childname, children_identifier"


class Migration(migrations.Migration):
    dependencies = [("children", "0003_behind_glass_born")]

    operations = [
        migrations.RunSQL(
            f"GRANT DELETE ON {TABLES} TO {SERVICE}", f"REVOKE DELETE ON {TABLES} FROM {SERVICE}"
        )
    ]
