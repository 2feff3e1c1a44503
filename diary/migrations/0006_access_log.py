"""The access log: append-only for the application, and one narrow way to forget its oldest rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
TABLES = ("access_log", "access_log_beginning")
# By the database, because the application may not delete what is only ever inserted.
GOES_WITH_ITS_ACCOUNT = """
ALTER TABLE {table} ADD CONSTRAINT {table}_goes_with_its_account
    FOREIGN KEY (person_id) REFERENCES diary_user (id) ON DELETE CASCADE
"""
DROP_TIE = "ALTER TABLE {table} DROP CONSTRAINT {table}_goes_with_its_account"

# Runs with the rights of the tables' owner, for the person acted for, and never on rows of the last
# year by the database's clock: who has the application's rights cannot use it to hide anything.
# The schema is named and temporary tables come last, so that nobody can slip another table in.
FORGETTING = """
DO $make$ BEGIN EXECUTE format($function$
CREATE FUNCTION %1$I.forget_access_log(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, %1$I, pg_temp AS $body$
DECLARE
    acting uuid := nullif(current_setting('app.person', true), '')::uuid;
    kept_from bigint;
    forgotten bigint;
BEGIN
    IF before > now() - interval '1 year' THEN
        RAISE EXCEPTION 'the access log is kept for a year at least';
    END IF;
    SELECT coalesce(min(number) FILTER (WHERE at >= before), max(number) + 1) INTO kept_from
        FROM access_log WHERE person_id = acting;
    INSERT INTO access_log_beginning (person_id, number, hash, until)
        SELECT person_id, number, hash, at FROM access_log
        WHERE person_id = acting AND number = kept_from - 1
        ON CONFLICT (person_id) DO UPDATE
            SET number = excluded.number, hash = excluded.hash, until = excluded.until;
    DELETE FROM access_log WHERE person_id = acting AND number < kept_from;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $body$
$function$, current_schema()); END $make$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0005_news_of_a_share'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessLogBeginning',
            fields=[
                ('person', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('number', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
                ('until', models.DateTimeField()),
            ],
            options={
                'db_table': 'access_log_beginning',
            },
        ),
        migrations.CreateModel(
            name='AccessLogRow',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('action', models.TextField()),
                ('what', models.TextField()),
                ('actor', models.TextField()),
                ('actor_id', models.UUIDField(null=True)),
                ('device_id', models.UUIDField(null=True)),
                ('network', models.TextField()),
                ('request_id', models.UUIDField(null=True)),
                ('previous_hash', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'access_log',
                'indexes': [models.Index(fields=['person', '-at'], name='access_log_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('actor__in', ['person', 'follower', 'clinician', 'staff', 'service'])), name='access_log_actor_is_known'), models.CheckConstraint(condition=models.Q(('action__regex', '^[a-z0-9_.:=/ -]{0,200}$'), ('network__regex', '^[a-z0-9_.:=/ -]{0,200}$'), ('what__regex', '^[a-z0-9_.:=/ -]{0,200}$')), name='access_log_holds_codes_only')],
            },
        ),
        *(
            migrations.RunSQL(OWN_ROWS_ONLY.format(table=table), DROP_ISOLATION.format(table=table))
            for table in TABLES
        ),
        *(
            migrations.RunSQL(
                GOES_WITH_ITS_ACCOUNT.format(table=table), DROP_TIE.format(table=table)
            )
            for table in TABLES
        ),
        migrations.RunSQL(FORGETTING, "DROP FUNCTION forget_access_log(timestamptz)"),
    ]
