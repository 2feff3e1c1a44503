"""The profile: what a person says about themselves and how their diary shall behave."""

from django.conf import settings
from django.db import models

from diary.domain.entries import Referral
from diary.models.base import one_of, within
from diary.models.sealing import SealedRecord, SealedTextField


class Profile(SealedRecord):
    """One per person. `version` serves as ETag."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, primary_key=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    name = SealedTextField(default="")
    birth_year = models.PositiveSmallIntegerField(null=True)
    sex = models.TextField(default="")
    language = models.TextField(default="en")
    time_zone = models.TextField(default="UTC")
    country = models.TextField(default="")
    referral = models.TextField(default=Referral.DIRECT.value)
    day_boundary_minutes = models.PositiveSmallIntegerField(default=0)
    diary_only = models.BooleanField(default=False)
    reminder_minutes = models.PositiveSmallIntegerField(default=20 * 60)
    reminder_daily = models.BooleanField(default=False)
    reminder_after_days = models.PositiveSmallIntegerField(null=True)
    quiet_from_minutes = models.PositiveSmallIntegerField(null=True)
    quiet_until_minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "profile"
        constraints = [
            within("profile", "birth_year", 1900, 2200),
            within("profile", "day_boundary_minutes", 0, 360),
            within("profile", "reminder_minutes", 0, 1439),
            within("profile", "reminder_after_days", 2, 60),
            within("profile", "quiet_from_minutes", 0, 1439),
            within("profile", "quiet_until_minutes", 0, 1439),
            one_of("profile", "sex", ["", "female", "male", "other"]),
            one_of("profile", "language", ["en", "zh-Hant"]),
            one_of("profile", "referral", list(Referral)),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
