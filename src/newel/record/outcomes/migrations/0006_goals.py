"""Goals in people's own words, and which of them a form asks about.

Whoever answers by their own hand sees the goals of their one form and writes none.
"""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import newel.record.access.public_ids
from newel.record.children.row_security import REACH, SERVICE, seal_history, words_stay

_SQL = (Path(__file__).parents[1] / "sql" / "goals.sql").read_text(encoding="utf-8")
_DROP = """
DROP TRIGGER answer_is_asked ON outcomes_answer;
DROP TRIGGER goal_on_its_form ON outcomes_goalonform;
DROP TRIGGER goal_follows ON outcomes_goal;
DROP FUNCTION outcomes_answer_is_asked(), outcomes_goal_on_its_form(), outcomes_goal_follows();
"""
_IN_REACH = f"child_id = ANY ({REACH})"
_FORM = "(SELECT nullif(current_setting('newel.form', true), '')::bigint)"
_ASKED = f"""EXISTS (SELECT FROM outcomes_goalonform asked
    WHERE asked.goal_id = outcomes_goal.id AND asked.form_id = {_FORM})"""


def _protect(table: str, *, asked: str) -> migrations.RunSQL:
    """Read by whoever reaches the child or answers the form; written by the former alone."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY reach ON {table} TO {SERVICE}
            USING ({_IN_REACH} OR {asked}) WITH CHECK ({_IN_REACH});
        """,
        f"DROP POLICY reach ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0017_nothing_lost"),
        ("outcomes", "0005_surveys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=newel.record.access.public_ids.new_public_id,
                        editable=False,
                        max_length=14,
                        unique=True,
                    ),
                ),
                (
                    "whose",
                    models.CharField(
                        choices=[
                            ("self", "The child"),
                            ("carer", "A parent or carer"),
                            ("worker", "A worker who knows the child"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("place", models.PositiveSmallIntegerField()),
                ("since", models.DateField()),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "I asked, and the child said it to me"),
                            ("unasked", "The child said it without being asked"),
                            ("keyworker", "The child told the keyworker, who told me"),
                            ("drawn", "The child drew it, and said what it is"),
                            ("wrote", "The child wrote it, and I copied it"),
                            ("interpreter", "Through an interpreter, or with signs"),
                            ("other", "In another way"),
                        ],
                        max_length=20,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="children.child",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="outcomes.goal",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoalOnForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                ("written_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="children.child",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="outcomes.form",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="on_forms",
                        to="outcomes.goal",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("is_current", True)),
                fields=("child", "whose", "place"),
                name="outcomes_goal_one_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                models.F("child"),
                models.F("whose"),
                django.db.models.functions.text.Lower("words"),
                condition=models.Q(("ended_at__isnull", True), ("is_current", True)),
                name="outcomes_goal_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="outcomes_goal_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__gte", 1)), name="outcomes_goal_has_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("whose", "self"), models.Q(("how", ""), _negated=True)),
                    models.Q(models.Q(("whose", "self"), _negated=True), ("how", "")),
                    _connector="OR",
                ),
                name="outcomes_goal_how_the_child_told_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True),
                        ("ended_because", ""),
                        ("ended_by__isnull", True),
                        ("ended_on__isnull", True),
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ended_on__gte", models.F("since")),
                        ("is_current", True),
                        models.Q(("ended_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outcomes_goal_ends_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalonform",
            constraint=models.UniqueConstraint(
                fields=("form", "item"), name="outcomes_goalonform_one_an_item"
            ),
        ),
        migrations.AddConstraint(
            model_name="goalonform",
            constraint=models.UniqueConstraint(
                fields=("form", "goal"), name="outcomes_goalonform_goal_once"
            ),
        ),
        _protect("outcomes_goalonform", asked=f"form_id = {_FORM}"),
        _protect("outcomes_goal", asked=_ASKED),
        seal_history("outcomes_goal"),
        seal_history("outcomes_goalonform"),
        words_stay(
            "outcomes_goal",
            *("is_current", "ended_on", "ended_because", "ended_by_id", "ended_at"),
        ),
        words_stay("outcomes_goalonform"),
        migrations.RunSQL(_SQL, _DROP),
    ]
