"""Reports under row-level security, and their queue, which holds ids and times only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# No setting means no person, and no person means no row. FORCE binds the owner as well.
OWN_ROWS_ONLY = """
ALTER TABLE report ENABLE ROW LEVEL SECURITY;
ALTER TABLE report FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows_only ON report
    USING (person_id = nullif(current_setting('app.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('app.person', true), '')::uuid)
"""
DROP_ISOLATION = """
DROP POLICY own_rows_only ON report;
ALTER TABLE report NO FORCE ROW LEVEL SECURITY;
ALTER TABLE report DISABLE ROW LEVEL SECURITY
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('diary', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('state', models.TextField(choices=[('queued', 'Queued'), ('running', 'Running'), ('ready', 'Ready'), ('failed', 'Failed')], default='queued')),
                ('parameters', models.JSONField()),
                ('basis', models.JSONField()),
                ('requested_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('pdf', models.BinaryField(null=True)),
                ('failure', models.TextField(default='')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'report',
                'indexes': [models.Index(fields=['person', '-requested_at'], name='report_newest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'ready', 'failed'])), name='report_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), ('pdf__isnull', False), _connector='OR'), name='report_ready_has_a_pdf')],
            },
        ),
        migrations.CreateModel(
            name='ReportDue',
            fields=[
                ('report_id', models.UUIDField(primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'report_due',
                'indexes': [models.Index(fields=['due_at', 'report_id'], name='report_due_by_time')],
            },
        ),
        migrations.RunSQL(OWN_ROWS_ONLY, DROP_ISOLATION),
    ]
