"""What was written before a child's identity changed opens by name only (H34)."""

from django.db import migrations

from newel.record.children.row_security import seal_history


class Migration(migrations.Migration):
    dependencies = [("overview", "0004_handover_policies"), ("children", "0015_sealed")]

    operations = [seal_history("overview_handovernote")]
