"""Anonymous surveys: the tables, and the functions that alone reach slips and answers."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import newel.record.access.public_ids

_SURVEYS = (Path(__file__).parents[1] / "sql" / "surveys.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("establishments", "0003_stays_on_record"),
        ("outcomes", "0004_opened_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SurveyResult",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("measure", models.CharField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("residents", "Children and young people who live there"),
                        ],
                        max_length=10,
                    ),
                ),
                ("forms", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                ("difference", models.JSONField(blank=True, default=dict)),
                ("worked_out_at", models.DateTimeField()),
                (
                    "setting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.setting",
                    ),
                ),
                (
                    "worked_out_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wave",
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
                ("measure", models.CharField(max_length=40)),
                ("version", models.PositiveSmallIntegerField(help_text="Of the definition.")),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField(help_text="The last day on which a slip works.")),
                ("planned_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "setting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.setting",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaveGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("residents", "Children and young people who live there"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="outcomes.surveyresult",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="outcomes.wave",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveySlip",
            fields=[
                ("code_hash", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("spent", models.BooleanField(default=False)),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.wavegroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyForm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                (
                    "answers",
                    models.JSONField(
                        help_text="Item and value; nothing where they did not answer."
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.wavegroup",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="surveyresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("forms__gte", 5)), name="outcomes_result_of_five_forms"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="outcomes_wave_closes_after_opening",
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="outcomes_wave_closed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("measure", "setting", "unit"),
                name="outcomes_wave_one_open_a_place",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="wavegroup",
            constraint=models.UniqueConstraint(
                fields=("wave", "asked"), name="outcomes_wavegroup_once"
            ),
        ),
        migrations.RunSQL(_SURVEYS, migrations.RunSQL.noop),
    ]
