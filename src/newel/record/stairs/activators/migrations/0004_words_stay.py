"""What was written is never altered: triggers on what this room holds."""

from django.db import migrations

from newel.record.children.row_security import words_stay

STATEMENT_MAY_CHANGE = (
    *("state", "is_current", "sharing_level", "agreed_by_id", "agreed_at", "confirmed_on"),
    *("confirm_by", "ended_because", "ended_at", "ended_by_id"),
)


class Migration(migrations.Migration):
    dependencies = [("activators", "0003_statement_ended"), ("children", "0005_words_stay")]

    operations = [
        words_stay("activators_statement", *STATEMENT_MAY_CHANGE),
        words_stay("activators_keepingsafe", "is_current"),
        words_stay("activators_confirmation"),
        words_stay("activators_evidence"),
    ]
