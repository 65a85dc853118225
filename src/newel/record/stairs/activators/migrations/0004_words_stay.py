"""What was written is never altered: triggers on what this room holds."""

from pathlib import Path

from django.db import migrations

WORDS_STAY = (Path(__file__).parents[1] / "sql" / "words_stay.sql").read_text(encoding="utf-8")
BACK = """
DROP TRIGGER words_stay ON activators_evidence;
DROP TRIGGER words_stay ON activators_confirmation;
DROP TRIGGER words_stay ON activators_keepingsafe;
DROP TRIGGER words_stay ON activators_statement;
DROP FUNCTION activators_words_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("activators", "0003_statement_ended")]

    operations = [migrations.RunSQL(WORDS_STAY, BACK)]
