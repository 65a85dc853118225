"""A role and accounts for one shift, and forms that are saved once however often they are sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SERVICE = "newel_service"
SAVED_FORMS = f"""
REVOKE UPDATE ON access_savedform FROM {SERVICE};
ALTER TABLE access_savedform ENABLE ROW LEVEL SECURITY;
CREATE POLICY writer ON access_savedform TO {SERVICE}
    USING (staff_id = (SELECT nullif(current_setting('newel.actor', true), '')::bigint))
    WITH CHECK (staff_id = (SELECT nullif(current_setting('newel.actor', true), '')::bigint));

-- Nobody sees another person's, so the service cannot find the old ones by itself.
CREATE FUNCTION access_forget_saved_forms(p_older_than interval) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM access_savedform WHERE saved_at < now() - greatest(p_older_than, interval '1 hour')
$$;
REVOKE ALL ON FUNCTION access_forget_saved_forms(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_forget_saved_forms(interval) TO {SERVICE};
"""  # noqa: S608 - a constant


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_audit_writers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_id", models.CharField(max_length=40)),
                ("words_digest", models.BinaryField()),
                ("then", models.TextField()),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="staffmember",
            name="access_staffmember_known_role",
        ),
        migrations.AddField(
            model_name="staffmember",
            name="first_password_until",
            field=models.DateTimeField(
                blank=True, help_text="After it the handed-over password opens nothing.", null=True
            ),
        ),
        migrations.AddField(
            model_name="staffmember",
            name="open_until",
            field=models.DateTimeField(
                blank=True, help_text="When an account for one shift closes by itself.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="staffmember",
            name="role",
            field=models.CharField(
                choices=[
                    ("residential_worker", "Residential worker or officer"),
                    ("agency_worker", "Agency worker, for one shift"),
                    ("keyworker", "Keyworker or custody support plan officer"),
                    ("psychologist", "Psychologist or formulation lead"),
                    ("health_lead", "Health lead, nurse or therapist"),
                    ("education_lead", "Teacher or education lead"),
                    ("social_worker", "Social worker or placing authority"),
                    ("youth_justice_worker", "Youth justice case manager"),
                    ("manager", "Unit or registered manager, governor"),
                    ("training_lead", "Training lead"),
                    ("evaluator", "Evaluator or assistant psychologist"),
                    ("commissioner", "Commissioner or national team"),
                    ("governance_lead", "Information governance lead or Caldicott Guardian"),
                    ("administrator", "System administrator"),
                ],
                max_length=40,
            ),
        ),
        # What a generated column is worked out from cannot be altered: it is made anew.
        migrations.RemoveField(model_name="staffmember", name="reads_children"),
        migrations.AddField(
            model_name="staffmember",
            name="reads_children",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        role__in=(
                            "residential_worker",
                            "agency_worker",
                            "keyworker",
                            "psychologist",
                            "health_lead",
                            "education_lead",
                            "social_worker",
                            "youth_justice_worker",
                            "manager",
                        ),
                        then=models.Value(True),
                    ),
                    default=models.Value(False),
                ),
                output_field=models.BooleanField(),
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "residential_worker",
                            "agency_worker",
                            "keyworker",
                            "psychologist",
                            "health_lead",
                            "education_lead",
                            "social_worker",
                            "youth_justice_worker",
                            "manager",
                            "training_lead",
                            "evaluator",
                            "commissioner",
                            "governance_lead",
                            "administrator",
                        ],
                    )
                ),
                name="access_staffmember_known_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("open_until__isnull", False), ("role__in", ("agency_worker",))),
                    models.Q(
                        models.Q(("role__in", ("agency_worker",)), _negated=True),
                        ("open_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="access_staffmember_one_shift_ends",
            ),
        ),
        migrations.AddField(
            model_name="savedform",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="savedform",
            constraint=models.UniqueConstraint(
                fields=("staff", "form_id", "words_digest"), name="access_savedform_saved_once"
            ),
        ),
        migrations.RunSQL(SAVED_FORMS, migrations.RunSQL.noop),
    ]
