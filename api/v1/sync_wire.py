"""The bodies of the phone protocol."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from api.input_errors import field_errors
from api.v1.answers import AdviceAnswer, FindingAnswer, alert_json
from api.v1.wire import AnyRecord, SyncedAnswer, record_json
from diary.domain.entries import Person
from diary.domain.sync import LARGEST_BATCH, Counter, Cursor, Status
from diary.domain.wire.fields import OffsetInstant, WireModel
from diary.models import Alert
from diary.operations.records import Outcome
from diary.queries.sync import ALERT, Change

ALERT_RECORD_FIELDS = ("id", "seq", "alert_version")  # stand beside `data` in a synced record


class PushBody(WireModel):
    """A batch. Each operation is read on its own, so that one bad one never holds up the others."""

    ops: Annotated[list[dict[str, Any]], Field(max_length=LARGEST_BATCH)]
    sent_at: OffsetInstant | None = None


class InputErrorAnswer(WireModel):
    """One wrong field of an operation."""

    pointer: str
    code: str
    detail: str


class AlertData(FindingAnswer):
    """What became of a finding that was raised."""

    state: str
    closed_reason: str
    opened_at: datetime
    changed_at: datetime
    seen_at: datetime | None
    acknowledged_at: datetime | None
    snoozed_until: datetime | None
    seen_by_clinician_on: date | None


class AlertRecord(SyncedAnswer):
    """An alert among the changes; only the server writes them."""

    type: Literal["alert"]
    data: AlertData


class OperationResult(WireModel):
    """What became of one operation. Which members are there depends on `status`."""

    op: str | None
    status: Status
    version: int | None = None
    derived: dict[str, Any] | None = None
    advice: list[AdviceAnswer] | None = None
    server: AnyRecord | None = None
    errors: list[InputErrorAnswer] | None = None


class PushAnswer(WireModel):
    """One result per operation, in order."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    server_time: datetime
    results: list[OperationResult]
    changes: list[AlertRecord]


class PullAnswer(WireModel):
    """One page of what changed, oldest change first."""

    changes: list[AnyRecord | AlertRecord]
    cursor: str
    more: bool
    server_time: datetime


def outcome_json(raw: Mapping[str, Any], outcome: Outcome) -> dict[str, Any]:
    """Return what became of an operation; `op` is repeated as it came."""
    op = raw.get("op")
    body: dict[str, Any] = {"op": op if isinstance(op, str) else None, "status": outcome.status}
    if outcome.version is not None:
        body["version"] = outcome.version
    if outcome.status in {Status.APPLIED, Status.DUPLICATE}:
        body["advice"] = outcome.advice
    if outcome.status is Status.APPLIED and outcome.touched:
        body["derived"] = outcome.touched.derived
    if outcome.status is Status.CONFLICT:
        body["server"] = record_json(outcome.record) if outcome.record else None
    if outcome.errors:
        errors = field_errors(outcome.errors, prefix=())
        body["errors"] = [error.as_json() for error in errors]
    return body


def change_json(change: Change, person: Person) -> dict[str, Any]:
    """Return a synced record; an alert looks like one, in the person's words."""
    return alert_record_json(change, person) if isinstance(change, Alert) else change


def alert_record_json(alert: Alert, person: Person) -> dict[str, Any]:
    """Return an alert as a synced record."""
    data = alert_json(alert, person)
    return {
        "type": ALERT,
        "id": str(alert.id),
        "version": alert.version,
        "seq": alert.seq,
        "deleted": alert.deleted,
        "received_at": alert.received_at.isoformat(),
        "data": {name: data[name] for name in data if name not in ALERT_RECORD_FIELDS},
        "derived": {},
    }


def cursor_at(counter: Counter, seq: int | None = None) -> str:
    """Return the cursor of the counter, or of an earlier `seq`, as phones keep it."""
    return Cursor(epoch=counter.epoch, seq=counter.seq if seq is None else seq).token
