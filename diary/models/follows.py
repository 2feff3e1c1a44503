"""Which alerts of a person somebody who follows them has seen."""

from django.conf import settings
from django.db import models


class FollowerSaw(models.Model):
    """When a follower has seen an alert: what it says is not repeated to them from then on."""

    pk = models.CompositePrimaryKey("person_id", "alert_id", "follower_id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    alert_id = models.UUIDField()
    follower = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "follower_saw"

    def __str__(self) -> str:
        return str(self.alert_id)
