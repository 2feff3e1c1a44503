"""The JSON attached to a PDF is kept beside it."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_shares'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='document',
            field=models.BinaryField(null=True),
        ),
    ]
