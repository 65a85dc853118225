"""What was written is never altered: who may read it may change, the words may not."""

from django.db import migrations

from newel.record.children.row_security import words_stay

MAY_CHANGE = ("is_current", "sharing_level", "named_readers")


class Migration(migrations.Migration):
    dependencies = [("scoping", "0003_about_age"), ("children", "0005_words_stay")]

    operations = [
        words_stay("scoping_scopingentry", *MAY_CHANGE),
        words_stay("scoping_lifeevent", *MAY_CHANGE),
    ]
