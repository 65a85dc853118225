"""Structured professional judgement: the reasons beside the ratings, and who judged until when."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import newel.record.access.public_ids
from newel.record.children.row_security import protect, seal_history, words_stay

_SQL = (Path(__file__).parents[1] / "sql" / "judgements.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0017_nothing_lost"),
        ("outcomes", "0006_goals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Judgement",
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
                    "assessors",
                    models.TextField(
                        blank=True, help_text="A person a line, with their profession."
                    ),
                ),
                (
                    "are_trained",
                    models.BooleanField(default=False, help_text="All of them, as they say."),
                ),
                (
                    "sources_used",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("talked", "Talks with the young person"),
                                (
                                    "own_words",
                                    "The young person’s own words in Newel, and what they answered",
                                ),
                                ("family", "Parents, carers or others from home"),
                                (
                                    "unit_staff",
                                    "Those who work with them on the unit, day and night",
                                ),
                                ("education", "Education"),
                                ("health", "Health and therapy"),
                                (
                                    "records",
                                    "Records: from before, from youth justice, from social care",
                                ),
                                ("other_people", "Other professionals"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("more_sources", models.TextField(blank=True)),
                (
                    "heard",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("heard", "Yes: they were heard, and what they said is in it"),
                            ("did_not_want", "They were asked, and did not want to"),
                            ("not_heard", "Not heard"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "heard_words",
                    models.TextField(
                        blank=True, help_text="What they said of it, or why not heard."
                    ),
                ),
                ("conclusion", models.TextField(blank=True)),
                ("look_again_on", models.DateField(blank=True, null=True)),
                ("look_again_because", models.CharField(blank=True, max_length=300)),
                ("written_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("reasons", "Why it was judged so"),
                            ("what_it_is", "What it is, in the words of those who judged"),
                        ],
                        default="reasons",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
            ],
        ),
        migrations.AlterField(
            model_name="form",
            name="answered_by",
            field=models.CharField(
                choices=[
                    ("self", "The child"),
                    ("carer", "A parent or carer"),
                    ("worker", "A worker who knows the child"),
                    ("assessor", "Trained professionals, who judge"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="form",
            name="way",
            field=models.CharField(
                choices=[
                    ("tablet", "On a tablet, by their own hand"),
                    ("together", "Together with an adult"),
                    ("paper", "On paper, typed in afterwards"),
                    ("link", "By a personal link"),
                    ("judged", "Judged by professionals, from several sources"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="plan",
            name="answered_by",
            field=models.CharField(
                choices=[
                    ("self", "The child"),
                    ("carer", "A parent or carer"),
                    ("worker", "A worker who knows the child"),
                    ("assessor", "Trained professionals, who judge"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_by", "assessor"), ("way", "judged")),
                    models.Q(
                        models.Q(("answered_by", "assessor"), _negated=True),
                        models.Q(("way", "judged"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outcomes_form_judged_by_assessors",
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="children.child"
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="judgements",
                to="outcomes.form",
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="outcomes.judgement",
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="children.child"
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reasons",
                to="outcomes.form",
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="outcomes.reason",
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("form",),
                name="outcomes_judgement_one_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("form", "item", "part"),
                name="outcomes_reason_one_current",
            ),
        ),
        protect("outcomes_reason"),
        protect("outcomes_judgement"),
        seal_history("outcomes_reason"),
        seal_history("outcomes_judgement"),
        words_stay("outcomes_reason", "is_current"),
        words_stay("outcomes_judgement", "is_current"),
        migrations.RunSQL(
            _SQL,
            """
            DROP TRIGGER by_assessors_only ON outcomes_sitting;
            DROP TRIGGER by_assessors_only ON outcomes_answer;
            DROP TRIGGER judgement_is_open ON outcomes_reason;
            DROP TRIGGER judgement_is_open ON outcomes_judgement;
            DROP FUNCTION outcomes_by_assessors_only(), outcomes_judgement_is_open();
            """,
        ),
    ]
