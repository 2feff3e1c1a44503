"""What followers are granted and have seen, who logged an entry, and reminders."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWN_ROWS_ONLY = """
ALTER TABLE follower_saw ENABLE ROW LEVEL SECURITY;
ALTER TABLE follower_saw FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows_only ON follower_saw
    USING (person_id = nullif(current_setting('app.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('app.person', true), '')::uuid)
"""
DROP_ISOLATION = """
DROP POLICY own_rows_only ON follower_saw;
ALTER TABLE follower_saw NO FORCE ROW LEVEL SECURITY;
ALTER TABLE follower_saw DISABLE ROW LEVEL SECURITY
"""


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0003_outbox'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowerSaw',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'alert_id', 'follower_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('alert_id', models.UUIDField()),
                ('seen_at', models.DateTimeField()),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'follower_saw',
            },
        ),
        migrations.CreateModel(
            name='ReminderDue',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('due_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
                ('reminded_on', models.DateField(null=True)),
                ('silence_told_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'reminder_due',
            },
        ),
        migrations.AddField(
            model_name='entryversion',
            name='actor_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='follow',
            name='follower_label',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='follow',
            name='relation',
            field=models.TextField(default='relative'),
        ),
        migrations.AddField(
            model_name='profile',
            name='quiet_from_minutes',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='quiet_until_minutes',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='reminder_after_days',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='reminder_daily',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='profile',
            name='reminder_minutes',
            field=models.PositiveSmallIntegerField(default=1200),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['relative', 'friend', 'carer', 'clinician'])), name='follow_relation_is_known'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('reminder_minutes__isnull', True), models.Q(('reminder_minutes__gte', 0), ('reminder_minutes__lte', 1439)), _connector='OR'), name='profile_reminder_minutes_0_to_1439'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('reminder_after_days__isnull', True), models.Q(('reminder_after_days__gte', 2), ('reminder_after_days__lte', 60)), _connector='OR'), name='profile_reminder_after_days_2_to_60'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('quiet_from_minutes__isnull', True), models.Q(('quiet_from_minutes__gte', 0), ('quiet_from_minutes__lte', 1439)), _connector='OR'), name='profile_quiet_from_minutes_0_to_1439'),
        ),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.CheckConstraint(condition=models.Q(('quiet_until_minutes__isnull', True), models.Q(('quiet_until_minutes__gte', 0), ('quiet_until_minutes__lte', 1439)), _connector='OR'), name='profile_quiet_until_minutes_0_to_1439'),
        ),
        migrations.AddIndex(
            model_name='reminderdue',
            index=models.Index(fields=['due_at'], name='reminder_due_first'),
        ),
        migrations.RunSQL(OWN_ROWS_ONLY, DROP_ISOLATION),
    ]
