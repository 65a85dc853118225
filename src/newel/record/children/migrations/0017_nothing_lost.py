"""What stood in the record before a fact was changed is kept; a returned child's two records point
to each other; and a sealing that was asked for by mistake can be set aside."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from newel.record.children.row_security import protect, seal_history, words_stay

SQL = Path(__file__).parents[1] / "sql"
EARLIER_NAMES = (SQL / "earlier_names.sql").read_text(encoding="utf-8")
SAME_CHILD = (SQL / "same_child.sql").read_text(encoding="utf-8")
POINTERS = """
DROP FUNCTION children_still_beside(bigint);
DROP FUNCTION children_goes_on_at(bigint);
DROP FUNCTION children_may_point(bigint, bigint);
"""
# A name the child was called by shows only to those who read what is held back, and to whoever
# changed it.
HELD_BACK = """
    child_id = ANY (
        (SELECT coalesce(nullif(current_setting('newel.reach', true), ''), '{}'))::bigint[])
    AND (fact <> 'preferred_name'
         OR (SELECT coalesce(current_setting('newel.restricted', true), '') = 't')
         OR changed_by_id = (SELECT nullif(current_setting('newel.actor', true), '')::bigint))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0016_reason_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact",
                    models.CharField(
                        choices=[
                            ("preferred_name", "Name they like"),
                            ("pronouns", "Pronouns"),
                            ("born_on", "Born"),
                            ("first_language", "First language"),
                            ("interpreter_needed", "Interpreter"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, help_text="Empty: nothing stood there.", max_length=160
                    ),
                ),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="sealing",
            name="children_sealing_one_asked_at_a_time",
        ),
        migrations.AddField(
            model_name="sealing",
            name="set_aside_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sealing",
            name="set_aside_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="sealing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", True), ("set_aside_at__isnull", True), _connector="OR"
                ),
                name="children_sealing_confirmed_or_set_aside",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", True), ("set_aside_at__isnull", True)),
                fields=("child",),
                name="children_sealing_one_asked_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="earlierfact",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="earlierfact",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="earlier_facts",
                to="children.child",
            ),
        ),
        migrations.AddIndex(
            model_name="earlierfact",
            index=models.Index(
                fields=["child", "-changed_at"], name="children_ea_child_i_869d99_idx"
            ),
        ),
        protect("children_earlierfact"),
        migrations.RunSQL(
            f"ALTER POLICY reach ON children_earlierfact USING ({HELD_BACK}) "
            f"WITH CHECK ({HELD_BACK})",
            migrations.RunSQL.noop,
        ),
        seal_history("children_earlierfact", at="changed_at"),
        words_stay("children_earlierfact"),
        migrations.RunSQL("DROP TRIGGER words_stay ON children_sealing", migrations.RunSQL.noop),
        words_stay(
            "children_sealing",
            "confirmed_by_id",
            "confirmed_at",
            "set_aside_by_id",
            "set_aside_at",
        ),
        migrations.RunSQL(EARLIER_NAMES, migrations.RunSQL.noop),
        migrations.RunSQL(SAME_CHILD, POINTERS),
    ]
