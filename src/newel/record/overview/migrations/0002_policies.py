from django.db import migrations

from newel.record.children.row_security import protect_own


class Migration(migrations.Migration):
    dependencies = [("overview", "0001_initial"), ("children", "0002_reach")]

    operations = [protect_own("overview_lasthere")]
