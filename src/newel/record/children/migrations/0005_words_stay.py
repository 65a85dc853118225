"""The trigger that keeps what was written as it was written; each room says on which tables."""

from pathlib import Path

from django.db import migrations

WORDS_STAY = (Path(__file__).parents[1] / "sql" / "words_stay.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("children", "0004_take_away")]

    operations = [migrations.RunSQL(WORDS_STAY, "DROP FUNCTION children_words_stay()")]
