"""An index on the episodes that warning-sign rules read with each write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('diary', '0012_noting_by_the_database'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='episode',
            index=models.Index(condition=models.Q(('deleted', False), models.Q(models.Q(('symptoms', []), _negated=True), ('movement__in', ('contraction', 'spasm')), _connector='OR')), fields=['person', 'local_date'], name='episode_telling'),
        ),
    ]
