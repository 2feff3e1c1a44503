"""Accounts that are to be erased, what stays of those that were, and how the rows go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The application may not delete what is only ever inserted, nor rows of people it does not act for.
# Here, and nowhere else, the tables' owner deletes for it: one whole account, once its owner has
# asked and the time has come. History cannot be thinned out this way.
#
# What names the person is found in the database's own catalogue, so a table that is added later is
# emptied, too. Row-level security binds the owner as well: the rows about people whom the person
# followed are deleted while acting for them. Should a row be missed, its foreign key refuses to let
# the account go, and nothing is deleted at all.
ERASE_PERSON = """
CREATE FUNCTION erase_person(whom uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    previous text := coalesce(current_setting('app.person', true), '');
    diaries uuid[];
    diary uuid;
    place record;
BEGIN
    PERFORM set_config('app.person', whom::text, true);
    PERFORM FROM erasure
        WHERE person_id = whom AND begun_at IS NOT NULL AND erase_at <= now() FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no erasure of this account has begun'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM person_sync WHERE person_id = whom FOR UPDATE;  -- whoever writes now ends first
    DELETE FROM django_session WHERE session_key IN
        (SELECT session_digest FROM diary_device WHERE person_id = whom);
    DELETE FROM account_emailconfirmation WHERE email_address_id IN
        (SELECT id FROM account_emailaddress WHERE user_id = whom);
    diaries := ARRAY(SELECT DISTINCT person_id FROM follow WHERE follower_id = whom) || whom;
    FOREACH diary IN ARRAY diaries LOOP
        PERFORM set_config('app.person', diary::text, true);
        UPDATE entry_version
            SET actor_id = '00000000-0000-0000-0000-000000000000', device_id = NULL
            WHERE person_id = diary AND actor_id = whom;
        FOR place IN
            SELECT con.conrelid::regclass AS relation, att.attname AS name
            FROM pg_constraint con
            JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
            WHERE con.contype = 'f' AND con.confrelid = 'diary_user'::regclass
              AND con.conparentid = 0
        LOOP
            EXECUTE format('DELETE FROM %s WHERE %I = $1', place.relation, place.name) USING whom;
        END LOOP;
    END LOOP;
    DELETE FROM diary_user WHERE id = whom;
    PERFORM set_config('app.person', previous, true);
END
$$
"""
# Nobody may slip in tables of their own by another search path, and nobody may call it unasked.
KEEP_TO_OUR_TABLES = """
DO $$
BEGIN
    EXECUTE format(
        'ALTER FUNCTION erase_person(uuid) SET search_path = %I, pg_temp', current_schema()
    );
END
$$;
REVOKE EXECUTE ON FUNCTION erase_person(uuid) FROM PUBLIC
"""
# Which server, and which of its lives, has written here last. In a database that was restored it is
# another one: api/health.py tells, and `manage.py after_restore` sets it.
LINEAGE = """
CREATE TABLE lineage (system_identifier text NOT NULL, timeline text NOT NULL);
INSERT INTO lineage
    SELECT system_identifier::text, left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)
    FROM pg_control_system()
"""


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0006_access_log'),
        ('account', '0009_emailaddress_unique_primary_email'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('receipt', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('erase_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('begun_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'erasure',
                'indexes': [models.Index(fields=['due_at'], name='erasure_first_due')],
            },
        ),
        migrations.CreateModel(
            name='ErasureTombstone',
            fields=[
                ('person_digest', models.TextField(primary_key=True, serialize=False)),
                ('erased_on', models.DateField()),
                ('receipt_digest', models.TextField()),
            ],
            options={
                'db_table': 'erasure_tombstone',
                'indexes': [models.Index(fields=['receipt_digest'], name='erasure_tombstone_by_receipt')],
            },
        ),
        migrations.RunSQL(ERASE_PERSON, "DROP FUNCTION erase_person(uuid)"),
        migrations.RunSQL(KEEP_TO_OUR_TABLES, migrations.RunSQL.noop),
        migrations.RunSQL(LINEAGE, "DROP TABLE lineage"),
    ]
