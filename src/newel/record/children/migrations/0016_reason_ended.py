"""When somebody wrote down the last day of a legal reason: for the handover."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("children", "0015_sealed")]

    operations = [
        migrations.AddField(
            "legalreason",
            "end_written_at",
            models.DateTimeField(
                blank=True,
                help_text="When somebody wrote down the last day, if later.",
                null=True,
            ),
        ),
    ]
