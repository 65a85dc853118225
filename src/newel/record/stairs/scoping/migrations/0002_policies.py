from django.db import migrations

from newel.record.children.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("scoping", "0001_initial"), ("children", "0002_reach")]

    operations = [
        protect("scoping_scopingentry", sharing=True),
        protect("scoping_lifeevent", sharing=True),
    ]
