"""A version says where each statement stood on the maps on the day it was agreed.

Versions from before get the placing that stood then; without one, where it was written.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from newel.record.stairs.activators.map_models import AREAS, FIVE_PS, LIFE_STAGES

# `words_stay` lets nobody alter a version; it is set aside for this one filling in.
# Constraints at once: a table that waits for them cannot have its trigger set back.
FILL_IN = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE activators_statementasagreed DISABLE TRIGGER words_stay;
UPDATE activators_statementasagreed a
SET five_ps = s.five_ps, area = s.area, life_stage = s.life_stage
FROM activators_statement s WHERE s.id = a.statement_id;
UPDATE activators_statementasagreed a
SET five_ps = p.five_ps, area = p.area, life_stage = p.life_stage
FROM activators_placing p, activators_formulationversion v
WHERE v.id = a.version_id AND p.id = (
    SELECT last.id FROM activators_placing last
    WHERE last.statement_id = a.statement_id AND last.placed_at <= v.agreed_at
    ORDER BY last.placed_at DESC, last.id DESC LIMIT 1
);
SET CONSTRAINTS ALL IMMEDIATE;  -- what still waits to be checked would keep the table from changing
ALTER TABLE activators_statementasagreed ENABLE TRIGGER words_stay;
"""


class Migration(migrations.Migration):
    dependencies = [("activators", "0009_seal_history")]

    operations = [
        migrations.AddField(
            "statementasagreed",
            "five_ps",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=FIVE_PS, max_length=20),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            "statementasagreed",
            "area",
            models.CharField(choices=AREAS, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            "statementasagreed",
            "life_stage",
            models.CharField(blank=True, choices=LIFE_STAGES, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL_IN, migrations.RunSQL.noop),
    ]
