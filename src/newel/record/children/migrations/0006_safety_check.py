"""Every safety check of a home stays as it was written; those made so far are the first."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from newel.record.children.row_security import protect, words_stay

# Last: a table with rows that wait to be checked cannot be changed. What stands on each home now.
SO_FAR = """
INSERT INTO children_safetycheck (home_id, child_id, found, note, checked_by_id, checked_at)
SELECT id, child_id, safety_check, safety_note, checked_by_id, checked_at
FROM children_home WHERE safety_check <> 'not_done' AND checked_by_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0005_words_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SafetyCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("safe", "Checked: safe"),
                            ("safe_with_conditions", "Checked: safe with conditions"),
                            ("not_safe", "Checked: not safe"),
                        ],
                        max_length=30,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("checked_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="children.child",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="children.home",
                    ),
                ),
            ],
        ),
        protect("children_safetycheck"),
        words_stay("children_safetycheck"),
        migrations.RunSQL(SO_FAR, migrations.RunSQL.noop),
    ]
