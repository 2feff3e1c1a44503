"""The body of a batch as phones should send it, for the OpenAPI document.

The service reads each operation on its own and answers a wrong one as `invalid` within its 200, so
that a phone's queue is never stuck; see `api.v1.sync_wire.PushBody` for what refuses a batch.
"""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, create_model

from diary.domain.sync import LARGEST_BATCH
from diary.domain.wire.fields import OffsetInstant, WireModel
from diary.domain.wire.records import DATA_OF_TYPE, RecordType


class Operation(WireModel):
    """One change. `op` is its own id, made once and sent again unchanged."""

    op: UUID
    id: UUID
    base: Annotated[int, Field(ge=0, description="The version it started from; 0 creates.")]


class DeleteOperation(Operation):
    """A deletion: a tombstone stays for other phones."""

    type: RecordType
    deleted: Literal[True]


def _write_operation(type_: RecordType) -> Any:
    name = f"{type_.value.title().replace('_', '')}Operation"
    kind = Literal.__getitem__(type_.value)
    fields: Any = {"type": (kind, ...), "data": (DATA_OF_TYPE[type_], ...)}
    return create_model(name, __base__=Operation, __doc__="The whole data of a record.", **fields)


AnyOperation: Any = reduce(or_, map(_write_operation, RecordType), DeleteOperation)


class PushRequest(WireModel):
    """A batch, in the order the operations were made. `sent_at` is the phone's clock at sending."""

    ops: Annotated[list[AnyOperation], Field(max_length=LARGEST_BATCH)]
    sent_at: OffsetInstant | None = None
