"""The turn to note an access comes with the last row, and a failed row takes nothing with it."""

from django.db import migrations

# A new snapshot is taken after the turn came, which one statement of SQL could not do.
TURN = """
CREATE FUNCTION access_log_turn(
    person uuid, patient boolean, OUT number bigint, OUT hash bytea, OUT failure text
) LANGUAGE plpgsql AS $$
DECLARE
    turn bigint := hashtextextended('access_log ' || person, 0);
BEGIN
    IF patient THEN
        PERFORM pg_advisory_xact_lock(turn);
    ELSIF NOT pg_try_advisory_xact_lock(turn) THEN
        failure := 'busy';
        RETURN;
    END IF;
    SELECT l.number, l.hash INTO number, hash
        FROM access_log AS l WHERE l.person_id = person ORDER BY l.number DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT b.number, b.hash INTO number, hash
            FROM access_log_beginning AS b WHERE b.person_id = person;
    END IF;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    IF patient THEN
        RAISE;
    END IF;
    failure := SQLSTATE;
END
$$
"""
# Returns why the rows could not be written; whatever they are about goes on.
NOTE = """
CREATE FUNCTION note_accesses(rows jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO access_log SELECT * FROM jsonb_populate_recordset(NULL::access_log, rows);
    RETURN NULL;
EXCEPTION WHEN query_canceled OR OTHERS THEN
    RETURN SQLSTATE;
END
$$
"""


class Migration(migrations.Migration):

    old_version_serves = 'it does not call them'

    dependencies = [
        ('diary', '0011_isolation_of_all'),
    ]

    operations = [
        migrations.RunSQL(TURN, "DROP FUNCTION access_log_turn(uuid, boolean)"),
        migrations.RunSQL(NOTE, "DROP FUNCTION note_accesses(jsonb)"),
    ]
