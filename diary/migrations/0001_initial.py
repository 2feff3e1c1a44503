"""Tables, constraints, the counter's trigger and row-level security, from the first migration."""

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

SYNCED_TABLES = (
    "alert",
    "check_in",
    "episode",
    "history_item",
    "medication",
    "problem",
    "remedy_trial",
)
PERSONAL_TABLES = (*SYNCED_TABLES, "daily_row", "entry_version", "look", "person_sync", "profile")

# Runs with the rights of whoever writes, so row-level security holds inside it too.
STAMP_FUNCTION = """
CREATE FUNCTION stamp_seq() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO person_sync AS counter (person_id, seq) VALUES (NEW.person_id, 1)
    ON CONFLICT (person_id) DO UPDATE SET seq = counter.seq + 1
    RETURNING counter.seq INTO NEW.seq;
    RETURN NEW;
END
$$
"""
STAMP_TRIGGER = """
CREATE TRIGGER stamp_seq BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION stamp_seq()
"""
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


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
        ),
        migrations.CreateModel(
            name='PersonSync',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('epoch', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID())),
                ('seq', models.BigIntegerField(db_default=0)),
                ('floor', models.BigIntegerField(db_default=0)),
            ],
            options={
                'db_table': 'person_sync',
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('deleted', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('rule', models.TextField()),
                ('rule_version', models.PositiveSmallIntegerField()),
                ('bout_start', models.DateField(null=True)),
                ('level', models.TextField()),
                ('addressee', models.TextField()),
                ('state', models.TextField(default='open')),
                ('closed_reason', models.TextField(default='')),
                ('evidence_from', models.TextField(default='diary')),
                ('numbers', models.JSONField(default=dict)),
                ('entries', models.JSONField(default=list)),
                ('first_day', models.DateField(null=True)),
                ('last_day', models.DateField(null=True)),
                ('found_on', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('snoozed_until', models.DateTimeField(null=True)),
                ('seen_by_clinician_on', models.DateField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'alert',
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('deleted', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('symptoms', models.JSONField(default=list)),
                ('impact', models.PositiveSmallIntegerField(null=True)),
                ('interferes', models.JSONField(default=list)),
                ('distress', models.PositiveSmallIntegerField(null=True)),
                ('remedies', models.JSONField(default=list)),
                ('reported_by', models.TextField(default='self')),
                ('note', models.TextField(default='')),
                ('note_for_doctor', models.BooleanField(default=False)),
                ('ext', models.JSONField(default=dict)),
                ('local_date', models.DateField()),
                ('twitched', models.TextField()),
                ('warning_signs_asked', models.BooleanField(default=False)),
                ('caffeine_mg', models.PositiveIntegerField(null=True)),
                ('sleep_hours', models.FloatField(null=True)),
                ('stress', models.PositiveSmallIntegerField(null=True)),
                ('ill', models.BooleanField(null=True)),
                ('alcohol_units', models.FloatField(null=True)),
                ('screen_hours', models.FloatField(null=True)),
                ('exercise_minutes', models.PositiveIntegerField(null=True)),
                ('low_fluid', models.BooleanField(null=True)),
                ('medicines_changed', models.BooleanField(null=True)),
                ('factors', models.JSONField(default=list)),
                ('recorded_at', models.DateTimeField(null=True)),
                ('recorded_offset_minutes', models.SmallIntegerField(null=True)),
                ('recorded_time_zone', models.TextField(default='')),
                ('recorded_zone_source', models.TextField(default='device')),
                ('recorded_precision', models.TextField(default='minute')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'check_in',
            },
        ),
        migrations.CreateModel(
            name='DailyRow',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'local_date', blank=True, editable=False, primary_key=True, serialize=False)),
                ('local_date', models.DateField()),
                ('episodes', models.PositiveIntegerField(default=0)),
                ('observed', models.BooleanField(default=False)),
                ('twitch_day', models.BooleanField(default=False)),
                ('checked_in', models.BooleanField(default=False)),
                ('strongest', models.PositiveSmallIntegerField(null=True)),
                ('minutes', models.FloatField(null=True)),
                ('strengths', models.JSONField(default=list)),
                ('durations_seconds', models.JSONField(default=list)),
                ('sites', models.JSONField(default=dict)),
                ('exposures', models.JSONField(default=dict)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'daily_row',
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(blank=True, default='', max_length=100)),
                ('platform', models.CharField(choices=[('ios', 'Ios'), ('android', 'Android'), ('web', 'Web'), ('other', 'Other')], default='other', max_length=10)),
                ('app_version', models.CharField(blank=True, default='', max_length=40)),
                ('session_digest', models.CharField(max_length=40, null=True, unique=True)),
                ('created_at', models.DateTimeField()),
                ('signed_in_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='EntryVersion',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'op_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('op_id', models.UUIDField()),
                ('type', models.TextField()),
                ('record_id', models.UUIDField()),
                ('version', models.PositiveIntegerField()),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('device_id', models.UUIDField(null=True)),
                ('deleted', models.BooleanField()),
                ('data', models.JSONField()),
                ('advice', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'entry_version',
            },
        ),
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('deleted', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('symptoms', models.JSONField(default=list)),
                ('impact', models.PositiveSmallIntegerField(null=True)),
                ('interferes', models.JSONField(default=list)),
                ('distress', models.PositiveSmallIntegerField(null=True)),
                ('remedies', models.JSONField(default=list)),
                ('reported_by', models.TextField(default='self')),
                ('note', models.TextField(default='')),
                ('note_for_doctor', models.BooleanField(default=False)),
                ('ext', models.JSONField(default=dict)),
                ('start_at', models.DateTimeField()),
                ('start_offset_minutes', models.SmallIntegerField()),
                ('start_time_zone', models.TextField(default='')),
                ('start_zone_source', models.TextField(default='device')),
                ('start_precision', models.TextField(default='minute')),
                ('local_date', models.DateField()),
                ('time_flags', models.JSONField(default=list)),
                ('skew_ms', models.BigIntegerField(null=True)),
                ('end_at', models.DateTimeField(null=True)),
                ('end_offset_minutes', models.SmallIntegerField(null=True)),
                ('end_time_zone', models.TextField(default='')),
                ('end_zone_source', models.TextField(default='device')),
                ('end_precision', models.TextField(default='minute')),
                ('duration_seconds', models.PositiveIntegerField(null=True)),
                ('sites', models.JSONField(default=list)),
                ('movement', models.TextField(null=True)),
                ('visible', models.BooleanField(null=True)),
                ('strength', models.PositiveSmallIntegerField(null=True)),
                ('contractions', models.PositiveIntegerField(null=True)),
                ('directions', models.JSONField(default=list)),
                ('continuous', models.BooleanField(null=True)),
                ('at_rest', models.BooleanField(null=True)),
                ('in_action', models.BooleanField(null=True)),
                ('asleep', models.BooleanField(null=True)),
                ('eyes_closed', models.BooleanField(null=True)),
                ('stops_with_action', models.BooleanField(null=True)),
                ('rhythmic', models.BooleanField(null=True)),
                ('suppressible', models.BooleanField(null=True)),
                ('urge_before', models.BooleanField(null=True)),
                ('contexts', models.JSONField(default=list)),
                ('eye_closure', models.TextField(null=True)),
                ('triggers', models.JSONField(default=list)),
                ('video_recorded', models.BooleanField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'episode',
            },
        ),
        migrations.CreateModel(
            name='HistoryItem',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('deleted', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('kind', models.TextField()),
                ('status', models.TextField()),
                ('item', models.TextField(null=True)),
                ('own_label', models.TextField(default='')),
                ('since', models.JSONField(null=True)),
                ('result', models.TextField(default='')),
                ('note', models.TextField(default='')),
                ('ext', models.JSONField(default=dict)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'history_item',
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('kind', models.TextField()),
                ('period', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('today', models.DateField()),
                ('findings', models.JSONField()),
                ('numbers', models.JSONField(default=dict)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'look',
            },
        ),
        migrations.CreateModel(
            name='LookDue',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('due_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('changed', models.BigIntegerField(default=0)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'look_due',
            },
        ),
        migrations.CreateModel(
            name='Medication',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('deleted', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('name', models.TextField()),
                ('medicine_class', models.TextField(null=True)),
                ('dose', models.TextField(default='')),
                ('started', models.JSONField(null=True)),
                ('stopped', models.JSONField(null=True)),
                ('dose_changes', models.JSONField(default=list)),
                ('as_needed', models.BooleanField(default=False)),
                ('note', models.TextField(default='')),
                ('ext', models.JSONField(default=dict)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'medication',
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('deleted', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('symptoms', models.JSONField(default=list)),
                ('impact', models.PositiveSmallIntegerField(null=True)),
                ('interferes', models.JSONField(default=list)),
                ('distress', models.PositiveSmallIntegerField(null=True)),
                ('remedies', models.JSONField(default=list)),
                ('reported_by', models.TextField(default='self')),
                ('note', models.TextField(default='')),
                ('note_for_doctor', models.BooleanField(default=False)),
                ('ext', models.JSONField(default=dict)),
                ('asked_on', models.DateField()),
                ('first_day_earliest', models.DateField(null=True)),
                ('first_day_latest', models.DateField(null=True)),
                ('onset', models.TextField(null=True)),
                ('still_present', models.BooleanField(null=True)),
                ('course', models.TextField(null=True)),
                ('sites', models.JSONField(default=list)),
                ('movement', models.TextField(null=True)),
                ('visible', models.BooleanField(null=True)),
                ('continuous', models.BooleanField(null=True)),
                ('seconds_per_bout', models.JSONField(null=True)),
                ('bouts_per_day', models.JSONField(null=True)),
                ('contexts', models.JSONField(default=list)),
                ('eye_closure', models.TextField(null=True)),
                ('triggers', models.JSONField(default=list)),
                ('medicines', models.JSONField(default=list)),
                ('tests', models.JSONField(default=list)),
                ('history', models.JSONField(default=list)),
                ('question', models.TextField(default='')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'problem',
            },
        ),
        migrations.CreateModel(
            name='RemedyTrial',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('seq', models.BigIntegerField(default=0, editable=False)),
                ('deleted', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField()),
                ('remedy', models.TextField()),
                ('own_label', models.TextField(default='')),
                ('started_on', models.DateField()),
                ('stopped_on', models.DateField(null=True)),
                ('rating', models.TextField(null=True)),
                ('note', models.TextField(default='')),
                ('ext', models.JSONField(default=dict)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'remedy_trial',
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.TextField(default='')),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
                ('sex', models.TextField(default='')),
                ('language', models.TextField(default='en')),
                ('time_zone', models.TextField(default='UTC')),
                ('country', models.TextField(default='')),
                ('referral', models.TextField(default='direct')),
                ('day_boundary_minutes', models.PositiveSmallIntegerField(default=0)),
                ('diary_only', models.BooleanField(default=False)),
                ('consents', models.JSONField(default=list)),
            ],
            options={
                'db_table': 'profile',
                'constraints': [models.CheckConstraint(condition=models.Q(('birth_year__isnull', True), models.Q(('birth_year__gte', 1900), ('birth_year__lte', 2200)), _connector='OR'), name='profile_birth_year_1900_to_2200'), models.CheckConstraint(condition=models.Q(('day_boundary_minutes__isnull', True), models.Q(('day_boundary_minutes__gte', 0), ('day_boundary_minutes__lte', 360)), _connector='OR'), name='profile_day_boundary_minutes_0_to_360'), models.CheckConstraint(condition=models.Q(('sex__in', ['', 'female', 'male', 'other'])), name='profile_sex_is_known'), models.CheckConstraint(condition=models.Q(('language__in', ['en', 'zh-Hant'])), name='profile_language_is_known'), models.CheckConstraint(condition=models.Q(('referral__in', ['direct', 'via_gp'])), name='profile_referral_is_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_in_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(fields=('person', 'seq'), name='alert_person_seq'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['reassure', 'watch', 'see_doctor', 'urgent', 'emergency'])), name='alert_level_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('addressee__in', ['none', 'emergency_service', 'neurologist', 'own_doctor', 'eye_doctor', 'prescriber', 'dentist'])), name='alert_addressee_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'acknowledged', 'closed', 'retracted'])), name='alert_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('evidence_from__in', ['intake', 'diary', 'both'])), name='alert_evidence_from_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('entries', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='alert_entries_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'acknowledged'))), fields=('person', 'rule', 'bout_start'), name='alert_one_live_per_rule_and_bout', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('snoozed_until__isnull', True), models.Q(('level__in', ['emergency', 'urgent']), _negated=True), _connector='OR'), name='alert_emergency_and_urgent_are_never_snoozed'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.UniqueConstraint(fields=('person', 'seq'), name='check_in_person_seq'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('impact__isnull', True), models.Q(('impact__gte', 0), ('impact__lte', 3)), _connector='OR'), name='check_in_impact_0_to_3'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('distress__isnull', True), models.Q(('distress__gte', 0), ('distress__lte', 10)), _connector='OR'), name='check_in_distress_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('reported_by__in', ['self', 'relative', 'friend', 'carer', 'clinician'])), name='check_in_reported_by_is_known'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('symptoms', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='check_in_symptoms_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('interferes', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='check_in_interferes_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('remedies', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='check_in_remedies_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('factors', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='check_in_factors_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('twitched__in', ['yes', 'no', 'unsure'])), name='check_in_twitched_is_known'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('caffeine_mg__isnull', True), models.Q(('caffeine_mg__gte', 0), ('caffeine_mg__lte', 10000)), _connector='OR'), name='check_in_caffeine_mg_0_to_10000'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('sleep_hours__isnull', True), models.Q(('sleep_hours__gte', 0), ('sleep_hours__lte', 24)), _connector='OR'), name='check_in_sleep_hours_0_to_24'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('stress__isnull', True), models.Q(('stress__gte', 0), ('stress__lte', 10)), _connector='OR'), name='check_in_stress_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('alcohol_units__isnull', True), models.Q(('alcohol_units__gte', 0), ('alcohol_units__lte', 100)), _connector='OR'), name='check_in_alcohol_units_0_to_100'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('screen_hours__isnull', True), models.Q(('screen_hours__gte', 0), ('screen_hours__lte', 24)), _connector='OR'), name='check_in_screen_hours_0_to_24'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('exercise_minutes__isnull', True), models.Q(('exercise_minutes__gte', 0), ('exercise_minutes__lte', 1440)), _connector='OR'), name='check_in_exercise_minutes_0_to_1440'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted', False)), fields=('person', 'local_date'), name='check_in_one_per_local_date'),
        ),
        migrations.AddConstraint(
            model_name='dailyrow',
            constraint=models.CheckConstraint(condition=models.Q(('strongest__isnull', True), models.Q(('strongest__gte', 0), ('strongest__lte', 10)), _connector='OR'), name='daily_row_strongest_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='device',
            constraint=models.CheckConstraint(condition=models.Q(('platform__in', ['ios', 'android', 'web', 'other'])), name='device_platform_known'),
        ),
        migrations.AddConstraint(
            model_name='entryversion',
            constraint=models.UniqueConstraint(fields=('person', 'type', 'record_id', 'version'), name='entry_version_one_per_record_version'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(condition=models.Q(('deleted', False)), fields=['person', '-start_at', '-id'], name='episode_by_start'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(condition=models.Q(('deleted', False)), fields=['person', 'local_date'], name='episode_by_local_date'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.UniqueConstraint(fields=('person', 'seq'), name='episode_person_seq'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('impact__isnull', True), models.Q(('impact__gte', 0), ('impact__lte', 3)), _connector='OR'), name='episode_impact_0_to_3'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('distress__isnull', True), models.Q(('distress__gte', 0), ('distress__lte', 10)), _connector='OR'), name='episode_distress_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('reported_by__in', ['self', 'relative', 'friend', 'carer', 'clinician'])), name='episode_reported_by_is_known'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('symptoms', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_symptoms_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('interferes', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_interferes_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('remedies', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_remedies_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('sites', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_sites_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('directions', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_directions_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('contexts', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_contexts_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('triggers', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_triggers_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('time_flags', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='episode_time_flags_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('strength__isnull', True), models.Q(('strength__gte', 0), ('strength__lte', 10)), _connector='OR'), name='episode_strength_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('duration_seconds__isnull', True), models.Q(('duration_seconds__gte', 0), ('duration_seconds__lte', 604800)), _connector='OR'), name='episode_duration_seconds_0_to_604800'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('start_offset_minutes__isnull', True), models.Q(('start_offset_minutes__gte', -720), ('start_offset_minutes__lte', 840)), _connector='OR'), name='episode_start_offset_minutes_minus_720_to_840'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('end_offset_minutes__isnull', True), models.Q(('end_offset_minutes__gte', -720), ('end_offset_minutes__lte', 840)), _connector='OR'), name='episode_end_offset_minutes_minus_720_to_840'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('end_at__isnull', True), ('end_at__gte', models.F('start_at')), _connector='OR'), name='episode_does_not_end_before_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('end_at__isnull', True), ('end_offset_minutes__isnull', False), _connector='OR'), name='episode_end_has_an_offset'),
        ),
        migrations.AddConstraint(
            model_name='historyitem',
            constraint=models.UniqueConstraint(fields=('person', 'seq'), name='history_item_person_seq'),
        ),
        migrations.AddConstraint(
            model_name='historyitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['condition', 'surgery', 'test', 'family'])), name='history_item_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyitem',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['present', 'none_known', 'not_asked'])), name='history_item_status_is_known'),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(fields=['person', '-at'], name='look_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['state', 'weekly', 'monthly'])), name='look_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(fields=('person', 'kind', 'period'), name='look_one_per_person_and_slot'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'state'), ('period__isnull', True)), models.Q(models.Q(('kind', 'state'), _negated=True), ('period__isnull', False)), _connector='OR'), name='look_period_unless_state'),
        ),
        migrations.AddIndex(
            model_name='lookdue',
            index=models.Index(fields=['kind', 'due_at', 'person'], name='look_due_by_time'),
        ),
        migrations.AddConstraint(
            model_name='lookdue',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['state', 'weekly', 'monthly'])), name='look_due_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='medication',
            constraint=models.UniqueConstraint(fields=('person', 'seq'), name='medication_person_seq'),
        ),
        migrations.AddConstraint(
            model_name='medication',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('dose_changes', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='medication_dose_changes_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.UniqueConstraint(fields=('person', 'seq'), name='problem_person_seq'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('impact__isnull', True), models.Q(('impact__gte', 0), ('impact__lte', 3)), _connector='OR'), name='problem_impact_0_to_3'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('distress__isnull', True), models.Q(('distress__gte', 0), ('distress__lte', 10)), _connector='OR'), name='problem_distress_0_to_10'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('reported_by__in', ['self', 'relative', 'friend', 'carer', 'clinician'])), name='problem_reported_by_is_known'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('symptoms', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_symptoms_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('interferes', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_interferes_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('remedies', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_remedies_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('sites', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_sites_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('contexts', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_contexts_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('triggers', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_triggers_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('medicines', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_medicines_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('tests', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_tests_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('history', function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='problem_history_is_a_list'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_day_earliest__isnull', True), ('first_day_latest__isnull', True)), ('first_day_earliest__lte', models.F('first_day_latest')), _connector='OR'), name='problem_first_day_is_a_range'),
        ),
        migrations.AddConstraint(
            model_name='remedytrial',
            constraint=models.UniqueConstraint(fields=('person', 'seq'), name='remedy_trial_person_seq'),
        ),
        migrations.AddConstraint(
            model_name='remedytrial',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_on__isnull', True), ('stopped_on__gte', models.F('started_on')), _connector='OR'), name='remedy_trial_stops_after_it_starts'),
        ),
        migrations.RunSQL(
            "ALTER TABLE person_sync SET (fillfactor = 50)",  # every write updates it: keep it HOT
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(STAMP_FUNCTION, "DROP FUNCTION stamp_seq()"),
        *(
            migrations.RunSQL(
                STAMP_TRIGGER.format(table=table), f"DROP TRIGGER stamp_seq ON {table}"
            )
            for table in SYNCED_TABLES
        ),
        *(
            migrations.RunSQL(
                OWN_ROWS_ONLY.format(table=table), DROP_ISOLATION.format(table=table)
            )
            for table in PERSONAL_TABLES
        ),
    ]
