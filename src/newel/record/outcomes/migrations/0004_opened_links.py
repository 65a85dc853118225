"""A link that was opened is a sitting of its own, in the browser that opened it."""

from django.db import migrations, models

ENDINGS = [
    ("finished", "Everything was answered"),
    ("stopped", "They stopped"),
    ("time", "The time was over"),
    ("taken_back", "The worker took it back"),
    ("used", "The link was opened"),
]
KINDS = [
    ("tablet", "A tablet that was handed over"),
    ("link", "A personal link, also as a QR code, that nobody has opened yet"),
    ("opened", "A personal link that was opened, in the browser that opened it"),
]


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0003_taken_back")]

    operations = [
        migrations.AlterField(
            model_name="sitting",
            name="ended_because",
            field=models.CharField(blank=True, choices=ENDINGS, max_length=12),
        ),
        migrations.AlterField(
            model_name="sitting",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10),
        ),
    ]
