"""Consents get a history; those of the profiles become its first acts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Before the new table is closed off: row-level security binds the owner, too.
TAKE_ALONG = """
ALTER TABLE profile NO FORCE ROW LEVEL SECURITY;
INSERT INTO consent (person_id, id, code, version, given, at)
    SELECT person_id, gen_random_uuid(), one->>'code', one->>'version', true,
        (one->>'given_at')::timestamptz
    FROM profile, jsonb_array_elements(consents) AS one;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE profile FORCE ROW LEVEL SECURITY
"""
OWN_ROWS_ONLY = """
ALTER TABLE consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows_only ON consent
    USING (person_id = nullif(current_setting('app.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('app.person', true), '')::uuid)
"""
DROP_ISOLATION = """
DROP POLICY own_rows_only ON consent;
ALTER TABLE consent NO FORCE ROW LEVEL SECURITY;
ALTER TABLE consent DISABLE ROW LEVEL SECURITY
"""
# The version before still writes the column; it goes with a later release.
LET_GO = "ALTER TABLE profile ALTER COLUMN consents SET DEFAULT '[]'"
TAKE_BACK = "ALTER TABLE profile ALTER COLUMN consents DROP DEFAULT"


class Migration(migrations.Migration):
    old_version_serves = (
        "it goes on writing profile.consents, which has a default for the new one; the copy of a"
        " few texts per profile is over in seconds"
    )

    dependencies = [
        ('diary', '0007_erasure'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('code', models.TextField()),
                ('version', models.TextField()),
                ('given', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'consent',
                'indexes': [models.Index(fields=['person', 'code', '-at'], name='consent_newest')],
            },
        ),
        migrations.RunSQL(TAKE_ALONG, migrations.RunSQL.noop),
        migrations.RunSQL(OWN_ROWS_ONLY, DROP_ISOLATION),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LET_GO, TAKE_BACK)],
            state_operations=[migrations.RemoveField(model_name='profile', name='consents')],
        ),
    ]
