"""The sample person: an account anybody at this machine may use, with the synthetic diary in it."""

import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.contrib.auth import login
from django.http import HttpRequest

from diary.domain.sample import NAMESPACE, SampleRecord, sample_diary
from diary.domain.wire.profile import ProfileData
from diary.models import Profile
from diary.models.isolation import acting_for
from diary.models.people import DevicePlatform, User
from diary.models.sessions import SessionStore, session_digest
from diary.operations.devices import DeviceDescription, register_device
from diary.operations.people import open_verified_account
from diary.operations.profile import save_profile
from diary.operations.records import Operation, Status, apply_operations

EMAIL = "sample@quiver.example"
TIME_ZONE = "Asia/Taipei"
PHONE = DeviceDescription(
    id=uuid.uuid5(NAMESPACE, "phone"), name="Sample phone", platform=DevicePlatform.OTHER
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAccess:
    """How to use the sample person. `records_written` is 0 when the diary was there already."""

    person_id: uuid.UUID
    email: str
    password: str
    token: str
    records_written: int


def open_sample_diary(*, now: datetime) -> SampleAccess:
    """Return fresh access to the sample person, who and whose diary are made on first use.

    A new random password and a new session each time: what was printed before signs nobody in any
    more. The diary itself stays as it is, with whatever was logged since.
    """
    password = secrets.token_urlsafe(12)
    person = open_verified_account(EMAIL, password)
    written = _write_diary(person.pk, now=now)
    return SampleAccess(
        person_id=person.pk,
        email=EMAIL,
        password=password,
        token=_sign_in(person, now=now),
        records_written=written,
    )


def _write_diary(person_id: uuid.UUID, *, now: datetime) -> int:
    """Write the diary as a phone would have, one batch a day, all or nothing."""
    today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
    diary = sample_diary(today=today, time_zone=TIME_ZONE)
    with acting_for(person_id):
        if Profile.objects.filter(person_id=person_id).exists():
            return 0
        profile = ProfileData.model_validate(diary.profile)
        save_profile(person_id, profile, base_version=0, now=now)
        for sent_at, operations in _batches(diary.records):
            batch = apply_operations(
                person_id=person_id,
                operations=operations,
                now=min(sent_at, now),
                device_id=PHONE.id,
                sent_at=min(sent_at, now),
            )
            refused = [o for o in batch.outcomes if o.status is not Status.APPLIED]
            if refused:
                raise RuntimeError(f"{len(refused)} records of the sample diary were refused.")
    return len(diary.records)


def _batches(records: tuple[SampleRecord, ...]) -> Iterator[tuple[datetime, list[Operation]]]:
    """Yield the records of each day with the end of that day, when the phone sends them."""
    for day, written in groupby(records, key=lambda record: record.written_on):
        yield _end_of(day), [_creation(record) for record in written]


def _end_of(day: date) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(TIME_ZONE))
    return midnight.astimezone(UTC)


def _creation(record: SampleRecord) -> Operation:
    return Operation(
        op_id=uuid.uuid5(NAMESPACE, f"create {record.id}"),
        type=record.type,
        id=record.id,
        base_version=0,
        data=record.data,
    )


def _sign_in(person: User, *, now: datetime) -> str:
    """Return a new session token of the sample phone; the session it held before ends."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, person)
    request.session.save()
    token = request.session.session_key
    if token is None:
        raise RuntimeError("Signing in must leave a stored session.")
    register_device(person.pk, session_digest=session_digest(token), description=PHONE, now=now)
    return token
