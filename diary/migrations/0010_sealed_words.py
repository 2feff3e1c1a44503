"""Sealing what people write: a key for each person, and their words under it."""

import hmac
import json

import django.db.models.deletion
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import migrations, models

import diary.models.sealing
from diary.migrations._sealing import Sealing, seal_everything
from diary.models.keyring import keyring

OWN_ROWS_ONLY = """
ALTER TABLE data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows_only ON data_key
    USING (person_id = nullif(current_setting('app.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('app.person', true), '')::uuid)
"""
# By the database, which row-level security does not hold up: no account leaves its key behind.
KEYS_GO_WITH_THEIR_ACCOUNT = """
ALTER TABLE data_key ADD CONSTRAINT data_key_goes_with_its_account
    FOREIGN KEY (person_id) REFERENCES diary_user (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
"""
PLACE_OF_KIND = {"web_push": "endpoint", "fcm": "token", "webhook": "url", "email": "email"}


def keyed(keys, content):
    return hmac.digest(keys.digests, content, "sha256")


def keyed_fingerprint(row, keys):
    return {"fingerprint": keyed(keys, bytes(row["fingerprint"]))}


def content_of_refused(row, keys):
    """Return what lay under SECRET_KEY, None for what that opens no more: the row goes."""
    try:
        content = keyring("quiver refused operations").decrypt(bytes(row["content"]))
    except InvalidToken:
        return None
    return {"content": content, "digest": keyed(keys, content)}


def opened_address(row, keys):
    """Return what lay under SECRET_KEY, None for what that opens no more: the row goes."""
    try:
        address = keyring("quiver endpoint address").decrypt(bytes(row["address"]))
    except InvalidToken:
        return None
    place = json.loads(address)[PLACE_OF_KIND[row["kind"]]]
    place = place.lower() if row["kind"] == "email" else place
    digest = keyed(keys, f"{row['kind']}\0{place}".encode()).hex()
    return {"address": address, "address_digest": digest}


OF_ALL = {"note": "", "ext": "{}"}
TABLES = (
    Sealing(table="check_in", columns=OF_ALL | {"remedies": "[]", "factors": "[]"}),
    Sealing(table="episode", columns=OF_ALL | {"remedies": "[]", "triggers": "[]"}),
    Sealing(
        table="problem",
        columns=OF_ALL
        | {"remedies": "[]", "triggers": "[]", "medicines": "[]", "history": "[]", "question": ""},
    ),
    Sealing(table="medication", columns=OF_ALL | {"name": None, "dose": "", "dose_changes": "[]"}),
    Sealing(table="history_item", columns=OF_ALL | {"own_label": "", "result": ""}),
    Sealing(table="remedy_trial", columns=OF_ALL | {"own_label": ""}),
    Sealing(table="daily_row", columns={"exposures": "{}"}, key=("local_date",)),
    Sealing(table="look", columns={"numbers": "{}"}),
    Sealing(table="profile", columns={"name": ""}, key=()),
    Sealing(table="diary_device", columns={"name": ""}),
    Sealing(table="follow", columns={"label": ""}),
    Sealing(table="follow", columns={"follower_label": ""}, owner="follower_id"),
    Sealing(
        table="endpoint",
        columns={"address": None, "label": ""},
        renewed=opened_address,
        also_read=("kind",),
    ),
    Sealing(
        table="entry_version",
        columns={"data": None},
        key=("op_id",),
        renewed=keyed_fingerprint,
        also_read=("fingerprint",),
    ),
    Sealing(
        table="refused_operation",
        columns={"content": None},
        key=("digest",),
        renewed=content_of_refused,
    ),
)


def seal_rows(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        seal_everything(cursor, TABLES)


class Migration(migrations.Migration):

    dependencies = [("diary", "0009_retention_round")]

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('person', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('wrapped', models.BinaryField()),
                ('wrapped_by', models.TextField()),
            ],
            options={
                'db_table': 'data_key',
            },
        ),
        migrations.RunSQL(KEYS_GO_WITH_THEIR_ACCOUNT),
        migrations.RunSQL(OWN_ROWS_ONLY),
        *(migrations.RunSQL(statement) for each in TABLES for statement in each.before()),
        migrations.RunPython(seal_rows),
        *(migrations.RunSQL(statement) for each in TABLES for statement in each.after()),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(
                    model_name='checkin',
                    name='check_in_remedies_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='checkin',
                    name='check_in_factors_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='episode',
                    name='episode_remedies_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='episode',
                    name='episode_triggers_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='medication',
                    name='medication_dose_changes_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='problem',
                    name='problem_remedies_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='problem',
                    name='problem_triggers_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='problem',
                    name='problem_medicines_is_a_list',
                ),
                migrations.RemoveConstraint(
                    model_name='problem',
                    name='problem_history_is_a_list',
                ),
                migrations.AlterField(
                    model_name='checkin',
                    name='ext',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='checkin',
                    name='factors',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='checkin',
                    name='note',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='checkin',
                    name='remedies',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='dailyrow',
                    name='exposures',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='device',
                    name='name',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='endpoint',
                    name='address',
                    field=diary.models.sealing.SealedJSONField(),
                ),
                migrations.AlterField(
                    model_name='endpoint',
                    name='label',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='entryversion',
                    name='data',
                    field=diary.models.sealing.SealedJSONField(),
                ),
                migrations.AlterField(
                    model_name='episode',
                    name='ext',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='episode',
                    name='note',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='episode',
                    name='remedies',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='episode',
                    name='triggers',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='follow',
                    name='follower_label',
                    field=diary.models.sealing.SealedTextField(default='', owner='follower_id'),
                ),
                migrations.AlterField(
                    model_name='follow',
                    name='label',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='historyitem',
                    name='ext',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='historyitem',
                    name='note',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='historyitem',
                    name='own_label',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='historyitem',
                    name='result',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='look',
                    name='numbers',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='medication',
                    name='dose',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='medication',
                    name='dose_changes',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='medication',
                    name='ext',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='medication',
                    name='name',
                    field=diary.models.sealing.SealedTextField(),
                ),
                migrations.AlterField(
                    model_name='medication',
                    name='note',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='problem',
                    name='ext',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='problem',
                    name='history',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='problem',
                    name='medicines',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='problem',
                    name='note',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='problem',
                    name='question',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='problem',
                    name='remedies',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='problem',
                    name='triggers',
                    field=diary.models.sealing.SealedJSONField(default=list),
                ),
                migrations.AlterField(
                    model_name='profile',
                    name='name',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='refusedoperation',
                    name='content',
                    field=diary.models.sealing.SealedJSONField(),
                ),
                migrations.AlterField(
                    model_name='remedytrial',
                    name='ext',
                    field=diary.models.sealing.SealedJSONField(default=dict),
                ),
                migrations.AlterField(
                    model_name='remedytrial',
                    name='note',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='remedytrial',
                    name='own_label',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
            ]
        ),
    ]
