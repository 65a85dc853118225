"""Writers and their numbers in the audit. There is no way back: nothing takes an audit away."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).parents[1] / "sql" / "audit_writers.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0003_privileges")]

    operations = [migrations.RunSQL(_SQL.read_text(encoding="utf-8"))]
