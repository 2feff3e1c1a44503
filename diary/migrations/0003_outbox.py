"""Endpoints, followers, what was told and what is on its way."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


OWN_ROWS_ONLY = """
ALTER TABLE alert_push ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_push FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows_only ON alert_push
    USING (person_id = nullif(current_setting('app.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('app.person', true), '')::uuid)
"""
DROP_ISOLATION = """
DROP POLICY own_rows_only ON alert_push;
ALTER TABLE alert_push NO FORCE ROW LEVEL SECURITY;
ALTER TABLE alert_push DISABLE ROW LEVEL SECURITY
"""
# By the database, because the application may not delete what is only ever inserted.
ATTEMPTS_GO_WITH_THEIR_DELIVERY = """
ALTER TABLE delivery_attempt ADD CONSTRAINT delivery_attempt_goes_with_its_delivery
    FOREIGN KEY (delivery_id) REFERENCES delivery (id) ON DELETE CASCADE
"""
DROP_TIE = "ALTER TABLE delivery_attempt DROP CONSTRAINT delivery_attempt_goes_with_its_delivery"


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0002_refused_operation'),
    ]

    operations = [
        migrations.AddField(
            model_name='alert',
            name='seen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='alert',
            name='spoke_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='AlertPush',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'alert_id', 'spoke_at', blank=True, editable=False, primary_key=True, serialize=False)),
                ('alert_id', models.UUIDField()),
                ('spoke_at', models.DateTimeField()),
                ('pushed_at', models.DateTimeField()),
                ('urgent', models.BooleanField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'alert_push',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('about', models.TextField(default='alert')),
                ('alert_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('endpoint_id', models.UUIDField()),
                ('kind', models.TextField()),
                ('urgent', models.BooleanField()),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('state', models.TextField(default='pending')),
                ('again', models.BooleanField(default=False)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('first_due_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('set_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(default='')),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'delivery',
            },
        ),
        migrations.CreateModel(
            name='DeliveryAttempt',
            fields=[
                ('pk', models.CompositePrimaryKey('delivery_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('outcome', models.TextField()),
                ('error', models.TextField(default='')),
                ('delivery', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='attempts_made', to='diary.delivery')),
            ],
            options={
                'db_table': 'delivery_attempt',
            },
        ),
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('kind', models.TextField()),
                ('address', models.BinaryField()),
                ('address_digest', models.TextField()),
                ('label', models.TextField(default='')),
                ('device_id', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField()),
                ('failing_since', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'endpoint',
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('code_digest', models.TextField(default='')),
                ('label', models.TextField(default='')),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('repeats', models.PositiveSmallIntegerField(default=0)),
                ('may_log', models.BooleanField(default=False)),
                ('invited_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('follower', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'follow',
            },
        ),
        migrations.CreateModel(
            name='PushDue',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('urgent', models.BooleanField()),
                ('due_at', models.DateTimeField()),
                ('set_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'push_due',
                'indexes': [models.Index(fields=['-urgent', 'due_at', 'person'], name='push_due_next'), models.Index(fields=['set_at'], name='push_due_set')],
            },
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['again', '-urgent', 'due_at'], name='delivery_next'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['set_at'], name='delivery_set'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'dead')), fields=['finished_at'], name='delivery_dead'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['subject', '-created_at'], name='delivery_by_subject'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['recipient', 'endpoint_id', '-created_at'], name='delivery_by_endpoint'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['alert', 'reminder'])), name='delivery_about_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'delivered', 'dropped', 'dead'])), name='delivery_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['web_push', 'fcm', 'webhook', 'email'])), name='delivery_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', 'alert'), models.Q(('alert_ids', []), _negated=True)), models.Q(('about', 'reminder'), ('alert_ids', [])), _connector='OR'), name='delivery_of_alerts_names_them'),
        ),
        migrations.AddConstraint(
            model_name='endpoint',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['web_push', 'fcm', 'webhook', 'email'])), name='endpoint_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='endpoint',
            constraint=models.UniqueConstraint(fields=('person', 'address_digest'), name='endpoint_one_per_person_and_address'),
        ),
        migrations.AddIndex(
            model_name='follow',
            index=models.Index(fields=['person'], name='follow_by_person'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('follower__isnull', False)), fields=('person', 'follower'), name='follow_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('code_digest', ''), _negated=True), fields=('code_digest',), name='follow_code_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('follower')), _negated=True), name='follow_nobody_follows_themselves'),
        ),
        migrations.RunSQL(OWN_ROWS_ONLY, DROP_ISOLATION),
        migrations.RunSQL(ATTEMPTS_GO_WITH_THEIR_DELIVERY, DROP_TIE),
    ]
