"""A place for operations that could not be accepted, behind row-level security from the start."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWN_ROWS_ONLY = """
ALTER TABLE refused_operation ENABLE ROW LEVEL SECURITY;
ALTER TABLE refused_operation FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows_only ON refused_operation
    USING (person_id = nullif(current_setting('app.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('app.person', true), '')::uuid)
"""
DROP_ISOLATION = """
DROP POLICY own_rows_only ON refused_operation;
ALTER TABLE refused_operation NO FORCE ROW LEVEL SECURITY;
ALTER TABLE refused_operation DISABLE ROW LEVEL SECURITY
"""


class Migration(migrations.Migration):

    dependencies = [("diary", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RefusedOperation",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "digest",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("content", models.BinaryField()),
                ("refused_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "refused_operation"},
        ),
        migrations.RunSQL(OWN_ROWS_ONLY, DROP_ISOLATION),
    ]
