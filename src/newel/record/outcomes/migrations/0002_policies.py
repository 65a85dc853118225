"""Rows of children in reach; and, for whoever answers by their own hand, their one form."""

from pathlib import Path

from django.db import migrations

from newel.record.children.row_security import REACH, policy, protect, seal_history, words_stay

_SITTING = (Path(__file__).parents[1] / "sql" / "sitting.sql").read_text(encoding="utf-8")
_FORM = "(SELECT nullif(current_setting('newel.form', true), '')::bigint)"


def _protect(table: str, *, form: str) -> migrations.RunSQL:
    """As `protect`, and open to whoever holds the secret of this one form."""
    seen = f"(child_id = ANY ({REACH}) OR {table}.{form} = {_FORM})"
    return policy(table, seen)


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_initial"), ("children", "0015_sealed")]

    operations = [
        protect("outcomes_plan"),
        _protect("outcomes_form", form="id"),
        _protect("outcomes_answer", form="form_id"),
        _protect("outcomes_sitting", form="form_id"),
        _protect("outcomes_talk", form="form_id"),
        seal_history("outcomes_plan", at="planned_at"),
        seal_history("outcomes_form", at="opened_at"),
        seal_history("outcomes_answer"),
        seal_history("outcomes_sitting", at="made_at"),
        seal_history("outcomes_talk", at="asked_at"),
        words_stay("outcomes_plan", "ended_by_id", "ended_at", "ended_because"),
        words_stay(
            "outcomes_form",
            *("way", "state", "answered_on", "ended_at", "set_aside_because"),
            *("talk_to_id", "cover_id"),
        ),
        words_stay("outcomes_answer", "is_current"),
        words_stay("outcomes_sitting", "begun_at", "ended_at", "ended_because"),
        words_stay("outcomes_talk", "seen_by_id", "seen_at", "what_was_done"),
        migrations.RunSQL(
            _SITTING,
            "DROP FUNCTION outcomes_begin_sitting(bytea), outcomes_why_closed(bytea)",
        ),
    ]
