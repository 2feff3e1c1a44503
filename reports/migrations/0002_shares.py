"""Sharing a report by a link: what is granted and seen lies behind row-level security."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERSONAL_TABLES = ("share", "share_view")
# No setting means no person, and no person means no row. FORCE binds the owner as well.
OWN_ROWS_ONLY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows_only ON {table}
    USING (person_id = nullif(current_setting('app.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('app.person', true), '')::uuid)
"""
DROP_ISOLATION = """
DROP POLICY own_rows_only ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY
"""
# By the database, because the application may not delete what is only ever inserted.
VIEWS_GO_WITH_THEIR_SHARE = """
ALTER TABLE share_view ADD CONSTRAINT share_view_goes_with_its_share
    FOREIGN KEY (person_id, share_id) REFERENCES share (person_id, id) ON DELETE CASCADE
"""
DROP_TIE = "ALTER TABLE share_view DROP CONSTRAINT share_view_goes_with_its_share"


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='fhir',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='report',
            name='page',
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name='ShareSession',
            fields=[
                ('token_digest', models.TextField(primary_key=True, serialize=False)),
                ('share_id', models.UUIDField(db_index=True)),
                ('opening_id', models.UUIDField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'share_session',
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('report_id', models.UUIDField()),
                ('parameters', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('label', models.TextField(default='')),
                ('pin_hash', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('wrong_pins', models.PositiveSmallIntegerField(default=0)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'share',
                'constraints': [models.CheckConstraint(condition=models.Q(('wrong_pins__lte', 5)), name='share_wrong_pins_up_to_the_most')],
            },
        ),
        migrations.CreateModel(
            name='ShareKey',
            fields=[
                ('share_id', models.UUIDField(primary_key=True, serialize=False)),
                ('secret_digest', models.TextField(unique=True)),
                ('forget_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'share_key',
                'indexes': [models.Index(fields=['forget_at'], name='share_key_to_forget')],
            },
        ),
        migrations.CreateModel(
            name='ShareView',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('share_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('what', models.TextField()),
                ('recipient', models.TextField()),
                ('network', models.TextField()),
                ('browser', models.TextField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'share_view',
                'indexes': [models.Index(fields=['person', 'share_id', '-at'], name='share_view_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', ['opened', 'page', 'pdf', 'fhir'])), name='share_view_what_is_known')],
            },
        ),
        migrations.RunSQL(VIEWS_GO_WITH_THEIR_SHARE, DROP_TIE),
        *(
            migrations.RunSQL(
                OWN_ROWS_ONLY.format(table=table), DROP_ISOLATION.format(table=table)
            )
            for table in PERSONAL_TABLES
        ),
    ]
