"""A phone's batch: read each operation on its own, apply what can be, keep what cannot."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from diary.domain.entries import Person
from diary.domain.reading import errors_within, field_errors, within_data
from diary.domain.sync import Counter
from diary.domain.wire.operations import OperationData
from diary.domain.wire.records import RecordType
from diary.models import Alert, RefusedOperation
from diary.models.data_keys import keyed_digest
from diary.models.isolation import acting_for
from diary.operations.records import Operation, Outcome, Status, apply_operations
from diary.operations.storing import inserting, run
from diary.queries.sync import alerts_since

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """The answer to a phone's batch: one outcome per operation, in order.

    `alerts` are those that the batch itself raised or changed; with them a phone that had seen
    everything up to `before` has seen everything up to `after`.
    """

    person: Person
    before: Counter
    after: Counter
    outcomes: tuple[Outcome, ...]
    alerts: tuple[Alert, ...]


def push(
    person_id: UUID,
    raw: Sequence[Raw],
    *,
    now: datetime,
    device_id: UUID | None = None,
    sent_at: datetime | None = None,
) -> Pushed:
    """Apply the operations that can be read, in order, and say of each what became of it.

    What is refused is kept as it came, so that a mistake of ours never costs a person an entry.
    Everything is one transaction; only database errors are raised, with nothing written.
    """
    read = [_read(one, now=now) for one in raw]
    with acting_for(person_id):
        batch = apply_operations(
            person_id=person_id,
            operations=[one for one in read if isinstance(one, Operation)],
            now=now,
            device_id=device_id,
            sent_at=sent_at,
        )
        applied = iter(batch.outcomes)
        outcomes = tuple(
            one if isinstance(one, Outcome) else _pointing_into_operation(next(applied))
            for one in read
        )
        _keep_refused(person_id, raw, outcomes, now=now)
        alerts = alerts_since(person_id, batch.before.seq) if batch.after != batch.before else ()
    return Pushed(
        person=batch.person,
        before=batch.before,
        after=batch.after,
        outcomes=outcomes,
        alerts=alerts,
    )


def _read(raw: Raw, *, now: datetime) -> Operation | Outcome:
    """Return the operation, or the outcome of one that cannot be read, naming all that is wrong."""
    try:
        read = OperationData.model_validate(raw)
    except ValidationError as error:
        errors, type_ = field_errors(error), raw.get("type")
        if type_ in list(RecordType):
            errors += errors_within(RecordType(type_), raw.get("data"), now=now)
        return Outcome(op_id=None, status=Status.INVALID, errors=errors)
    return Operation(
        op_id=read.op, type=read.type, id=read.id, base_version=read.base, data=read.data
    )


def _pointing_into_operation(outcome: Outcome) -> Outcome:
    return replace(outcome, errors=within_data(outcome.errors))


def _keep_refused(
    person_id: UUID, raw: Sequence[Raw], outcomes: Sequence[Outcome], *, now: datetime
) -> None:
    """Keep the refused operations, each once however often a phone sends it."""
    refused: dict[bytes, dict[str, Any]] = {}
    for one, outcome in zip(raw, outcomes, strict=True):
        if outcome.status is Status.INVALID:
            digest = keyed_digest(person_id, json.dumps(one, sort_keys=True).encode())
            refused[digest] = {"digest": digest, "content": one, "refused_at": now}
    if refused:
        rows = (columns | {"person_id": person_id} for columns in refused.values())
        run(inserting(RefusedOperation, rows, or_skip=True))
