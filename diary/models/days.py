"""The daily rows: what every look, chart and report reads instead of the entries."""

from django.conf import settings
from django.db import models

from diary.models.base import within
from diary.models.sealing import SealedJSONField, SealedRecord


class DailyRow(SealedRecord):
    """One local date of one person, kept in the transaction that changes an entry of that date.

    A date without any entry has no row: no row means "no record", never "no twitching".
    """

    pk = models.CompositePrimaryKey("person_id", "local_date")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    local_date = models.DateField()
    episodes = models.PositiveIntegerField(default=0)
    observed = models.BooleanField(default=False)
    twitch_day = models.BooleanField(default=False)
    checked_in = models.BooleanField(default=False)
    strongest = models.PositiveSmallIntegerField(null=True)
    minutes = models.FloatField(null=True)
    strengths = models.JSONField(default=list)
    durations_seconds = models.JSONField(default=list)
    sites = models.JSONField(default=dict)
    exposures = SealedJSONField(default=dict)  # own factors are keys in it

    class Meta:
        db_table = "daily_row"
        constraints = [within("daily_row", "strongest", 0, 10)]

    def __str__(self) -> str:
        return f"{self.person_id} {self.local_date}"
