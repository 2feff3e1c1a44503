"""What a person has agreed to, and what they took back."""

from django.conf import settings
from django.db import models


class Consent(models.Model):
    """One act: the person agreed to a version of a text, or took that back. Only ever inserted."""

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    id = models.UUIDField()
    code = models.TextField()
    version = models.TextField()
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "consent"
        # The newest act of each code is what holds.
        indexes = [models.Index(fields=["person", "code", "-at"], name="consent_newest")]

    def __str__(self) -> str:
        return str(self.id)
