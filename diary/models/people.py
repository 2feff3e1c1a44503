"""Who has an account, and which devices may speak for it.

The account is read before anybody is acting, so it stays outside row-level security and holds
nothing about health. A device is found by the digest of its session; all else lies inside.
"""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models.functions import Lower
from django.utils import timezone

from diary.models.sealing import SealedRecord, SealedTextField


class UserManager(BaseUserManager["User"]):
    """Creates accounts; e-mail addresses are kept in lower case."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new account; without a password it cannot sign in by password."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new account that may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One account. Signs in by e-mail; the public id is the primary key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # With the unique index this makes addresses unique whatever their case.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)


class DevicePlatform(models.TextChoices):
    """What kind of client a device runs."""

    IOS = "ios"
    ANDROID = "android"
    WEB = "web"
    OTHER = "other"


class DeviceQuerySet(models.QuerySet["Device"]):
    """Devices, always narrowed to one person before anything else."""

    def of_person(self, person_id: uuid.UUID) -> Self:
        """Return the devices of this person only."""
        return self.filter(person_id=person_id)

    def of_session(self, session_digest: str) -> "Device | None":
        """Return the device last signed in with this session, whoever is acting: one statement."""
        # By cursor, because `raw` does not know composite keys.
        columns = [field.attname for field in self.model._meta.concrete_fields]
        statement = f"SELECT {', '.join(columns)} FROM device_of_session(%s)"  # noqa: S608 - our names
        with connection.cursor() as cursor:
            cursor.execute(statement, [session_digest])
            row = cursor.fetchone()
        return None if row is None else self.model.from_db(self.db, columns, row)

    def signed_in(self, *, now: datetime) -> Self:
        """Return the devices that hold a session at `now` and were not revoked."""
        sessions = Session.objects.filter(
            session_key=models.OuterRef("session_digest"), expire_date__gt=now
        )
        return self.filter(models.Exists(sessions), revoked_at=None)


class Device(SealedRecord):
    """A phone or browser that signed in for a person.

    `id` is the phone's own; the key starts with the person, so the id of somebody else's phone
    can neither collide nor be probed. `session_digest` names the session row, never the token.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    id = models.UUIDField(default=uuid.uuid4, editable=False)
    name = SealedTextField(default="")
    platform = models.CharField(max_length=10, choices=DevicePlatform, default=DevicePlatform.OTHER)
    app_version = models.CharField(max_length=40, blank=True, default="")
    session_digest = models.CharField(max_length=40, unique=True, null=True)
    created_at = models.DateTimeField()
    signed_in_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(platform__in=DevicePlatform.values), name="device_platform_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
