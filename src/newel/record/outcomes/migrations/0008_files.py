"""What left as a file, and what came in from one; who sees it, and that it stays as it was."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import newel.record.access.public_ids
from newel.record.children.row_security import protect, seal_history, words_stay


class Migration(migrations.Migration):
    dependencies = [
        ("children", "0017_nothing_lost"),
        ("outcomes", "0007_judgements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("elsewhere", "In another system, brought in as a file"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="BroughtFile",
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
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("xlsx", "Excel"),
                            ("csv", "CSV"),
                            ("fhir", "FHIR (JSON, release 4)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "source",
                    models.CharField(help_text="Where it comes from, in words.", max_length=200),
                ),
                ("reference", models.CharField(max_length=64)),
                ("brought_at", models.DateTimeField()),
                (
                    "brought_by",
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
            ],
        ),
        migrations.CreateModel(
            name="BroughtForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("id_there", models.CharField(blank=True, max_length=64)),
                (
                    "goals_there",
                    models.JSONField(blank=True, default=dict, help_text="Item and the goal’s id."),
                ),
                (
                    "left_unanswered",
                    models.JSONField(blank=True, default=dict, help_text="Item and what stood."),
                ),
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="outcomes.broughtfile",
                    ),
                ),
                (
                    "form",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brought",
                        to="outcomes.form",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GivenOut",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("xlsx", "Excel"),
                            ("csv", "CSV"),
                            ("fhir", "FHIR (JSON, release 4)"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True, help_text="Answered on this day or later.", null=True
                    ),
                ),
                ("with_unfinished", models.BooleanField(default=False)),
                (
                    "who_it_is",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("name", "The name they like"),
                                ("date_of_birth", "Date of birth"),
                                ("nhs_number", "NHS number"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        help_text="What of who the child is stands in it. Usually nothing.",
                        size=None,
                    ),
                ),
                ("why_who_it_is", models.CharField(blank=True, max_length=300)),
                ("for_whom", models.CharField(max_length=160)),
                ("why", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="children.child",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="broughtfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="outcomes_broughtfile_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="broughtform",
            constraint=models.UniqueConstraint(
                condition=models.Q(("id_there", ""), _negated=True),
                fields=("child", "id_there"),
                name="outcomes_broughtform_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="givenout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("for_whom", ""), _negated=True), models.Q(("why", ""), _negated=True)
                ),
                name="outcomes_givenout_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="givenout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("who_it_is__len", 0),
                    models.Q(("why_who_it_is", ""), _negated=True),
                    _connector="OR",
                ),
                name="outcomes_givenout_who_only_with_a_reason",
            ),
        ),
        protect("outcomes_givenout"),
        protect("outcomes_broughtfile"),
        protect("outcomes_broughtform"),
        seal_history("outcomes_givenout", at="made_at"),
        seal_history("outcomes_broughtfile", at="brought_at"),
        seal_history("outcomes_broughtform"),
        words_stay("outcomes_givenout"),
        words_stay("outcomes_broughtfile"),
        words_stay("outcomes_broughtform"),
    ]
