"""What has a day, or a time that somebody gives, also keeps when it was written down: a handover
tells of what was written since the last one, however long ago it happened."""

from django.db import migrations, models


def _moment(model: str, name: str) -> migrations.AddField:
    return migrations.AddField(model, name, models.DateTimeField(blank=True, null=True))


class Migration(migrations.Migration):
    dependencies = [("children", "0009_names_in_reach")]

    operations = [
        _moment("stay", "arrival_written_at"),
        _moment("teammember", "written_at"),
        _moment("teammember", "end_written_at"),
        _moment("keyworkerassignment", "written_at"),
        _moment("keyworkerassignment", "end_written_at"),
    ]
