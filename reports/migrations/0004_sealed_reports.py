"""Sealing the finished reports and the names around a share."""

from django.db import migrations

import diary.models.sealing
from diary.migrations._sealing import Sealing, seal_everything

TABLES = (
    Sealing(
        table="report",
        columns={"pdf": None, "page": None, "fhir": None, "document": None},
        nullable=True,
    ),
    Sealing(table="share", columns={"label": ""}),
    Sealing(table="share_view", columns={"recipient": ""}),
)


def seal_rows(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        seal_everything(cursor, TABLES)


class Migration(migrations.Migration):

    dependencies = [("reports", "0003_report_document"), ("diary", "0010_sealed_words")]

    operations = [
        *(migrations.RunSQL(statement) for each in TABLES for statement in each.before()),
        migrations.RunPython(seal_rows),
        *(migrations.RunSQL(statement) for each in TABLES for statement in each.after()),
        migrations.RunSQL(
            "ALTER TABLE report ADD CONSTRAINT report_ready_has_a_pdf"
            " CHECK (state <> 'ready' OR pdf IS NOT NULL)"
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='report',
                    name='document',
                    field=diary.models.sealing.SealedBytesField(null=True),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='fhir',
                    field=diary.models.sealing.SealedBytesField(null=True),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='page',
                    field=diary.models.sealing.SealedBytesField(null=True),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='pdf',
                    field=diary.models.sealing.SealedBytesField(null=True),
                ),
                migrations.AlterField(
                    model_name='share',
                    name='label',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
                migrations.AlterField(
                    model_name='shareview',
                    name='recipient',
                    field=diary.models.sealing.SealedTextField(default=''),
                ),
            ]
        ),
    ]
