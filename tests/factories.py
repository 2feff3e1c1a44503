"""People, records and writes for tests: small, plain, and always through the real operations."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from diary.domain.wire.records import RecordType
from diary.models import User
from diary.operations.records import Batch, Operation, Outcome, apply_operations

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
PASSWORD = "a long enough canary of a passphrase"


def make_person(name: str = "alice") -> User:
    """Create an account that can sign in by password."""
    return User.objects.create_user(f"{name}@example.org", PASSWORD)


def moment(text: str = "2026-03-10T11:00:00+01:00", zone: str = "Europe/Berlin") -> dict[str, Any]:
    """Return a moment as a phone sends it."""
    return {"at": text, "time_zone": zone}


def episode(**fields: Any) -> dict[str, Any]:
    """Return the data of an episode: the left upper lip, just now, unless told otherwise."""
    return {
        "start": moment(),
        "sites": [{"site": "upper_lip", "side": "left"}],
        "movement": "twitch",
        "strength": 4,
    } | fields


def check_in(local_date: str = "2026-03-10", **fields: Any) -> dict[str, Any]:
    """Return the data of a quiet check-in."""
    return {"local_date": local_date, "twitched": "no", "warning_signs_asked": True} | fields


def problem(**fields: Any) -> dict[str, Any]:
    """Return the data of an intake about a lip that has twitched for a month."""
    return {
        "asked_on": "2026-03-10",
        "first_day_earliest": "2026-02-08",
        "first_day_latest": "2026-02-08",
        "still_present": True,
        "sites": [{"site": "upper_lip", "side": "left"}],
        "movement": "twitch",
    } | fields


def symptom(code: str, **fields: Any) -> dict[str, Any]:
    """Return a symptom that is present."""
    return {"symptom": code, "present": True} | fields


def operation(
    data: dict[str, Any] | None,
    *,
    type: RecordType = RecordType.EPISODE,
    id: UUID | None = None,
    base: int = 0,
    op_id: UUID | None = None,
) -> Operation:
    """Return one operation; `data` None deletes."""
    return Operation(
        op_id=op_id or uuid4(), type=type, id=id or uuid4(), base_version=base, data=data
    )


def write(person: User, *operations: Operation, now: datetime = NOW, **options: Any) -> Batch:
    """Apply operations for a person."""
    return apply_operations(person_id=person.pk, operations=operations, now=now, **options)


def write_one(person: User, one: Operation, **options: Any) -> Outcome:
    """Apply one operation and return its outcome."""
    return write(person, one, **options).outcomes[0]
