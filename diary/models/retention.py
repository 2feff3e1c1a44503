"""How far today's round over all persons has come."""

from django.db import models


class RetentionRound(models.Model):
    """The only row: parts of the persons that were looked at since `begun_at`."""

    id = models.SmallIntegerField(primary_key=True)
    parts_done = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()

    class Meta:
        db_table = "retention_round"

    def __str__(self) -> str:
        return str(self.id)
