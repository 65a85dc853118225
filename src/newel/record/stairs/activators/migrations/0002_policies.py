from django.db import migrations

from newel.record.children.row_security import protect, protect_through


class Migration(migrations.Migration):
    dependencies = [
        ("activators", "0001_initial"),
        ("children", "0002_reach"),
        ("scoping", "0002_policies"),
    ]

    operations = [
        protect("activators_statement", sharing=True),
        protect_through(
            "activators_evidence", column="statement_id", parent="activators_statement"
        ),
        protect_through(
            "activators_confirmation", column="statement_id", parent="activators_statement"
        ),
        protect("activators_keepingsafe", sharing=True),
        protect("activators_onepage"),
        protect("activators_pageopened"),
    ]
