"""The audit's tables, functions and rights. There is no way back: nothing takes an audit away."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).parents[1] / "sql" / "audit.sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunSQL(_SQL.read_text(encoding="utf-8"))]
