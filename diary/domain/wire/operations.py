"""Operations as phones send them in a batch."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from diary.domain.wire.fields import WireModel
from diary.domain.wire.records import RecordType

Identifier = Annotated[UUID, Field(strict=False)]
LARGEST_VERSION = 2**31 - 1


class OperationData(WireModel):
    """One change: new `data` on top of version `base` (0 creates), or `deleted`."""

    op: Identifier
    id: Identifier
    type: Annotated[RecordType, Field(strict=False)]
    base: Annotated[int, Field(ge=0, le=LARGEST_VERSION)]
    data: Mapping[str, Any] | None = None
    deleted: Literal[True] | None = None

    @model_validator(mode="after")
    def writes_or_deletes(self) -> Self:
        if (self.data is None) != bool(self.deleted):
            raise PydanticCustomError("data_or_deleted", "Give `data` or `deleted`, one of the two")
        return self
