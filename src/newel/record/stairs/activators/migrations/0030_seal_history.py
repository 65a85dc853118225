"""What was written before a child's identity changed opens by name only (H34)."""

from django.db import migrations

from newel.record.children.row_security import seal_history

TABLES = ("activators_statement", "activators_keepingsafe")


class Migration(migrations.Migration):
    dependencies = [("activators", "0004_words_stay"), ("children", "0034_sealed")]

    operations = [seal_history(table) for table in TABLES]
