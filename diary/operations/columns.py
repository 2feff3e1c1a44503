"""Wire data as the columns of its table."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from diary.domain import entries
from diary.domain.wire.parts import Moment
from diary.domain.wire.records import (
    AnyData,
    CheckInData,
    EpisodeData,
    HistoryItemData,
    MedicationData,
    ProblemData,
    RecordType,
    RemedyTrialData,
)
from diary.queries.records import MOMENTS_OF_TYPE

_LONG_AGO = date(1970, 1, 1)
_BLANK: Mapping[RecordType, AnyData] = MappingProxyType(
    {
        RecordType.EPISODE: EpisodeData(start=Moment(at=datetime(1970, 1, 1, tzinfo=UTC))),
        RecordType.CHECK_IN: CheckInData(local_date=_LONG_AGO, twitched=entries.Twitched.UNSURE),
        RecordType.PROBLEM: ProblemData(asked_on=_LONG_AGO),
        RecordType.MEDICATION: MedicationData(name="-"),
        RecordType.HISTORY_ITEM: HistoryItemData(
            kind=entries.HistoryKind.CONDITION, status=entries.HistoryStatus.NOT_ASKED
        ),
        RecordType.REMEDY_TRIAL: RemedyTrialData(remedy="rest", started_on=_LONG_AGO),
    }
)


def columns_of(type_: RecordType, data: AnyData) -> dict[str, Any]:
    """Return the column values that hold the data; the inverse of `queries.records.data_of`."""
    columns = data.model_dump(mode="json")
    for name in MOMENTS_OF_TYPE.get(type_, ()):
        del columns[name]
        columns |= _moment_columns(name, getattr(data, name))
    return columns


def _moment_columns(name: str, moment: Moment | None) -> dict[str, Any]:
    if moment is None:
        return {f"{name}_at": None, f"{name}_offset_minutes": None}
    return {
        f"{name}_at": moment.at,
        f"{name}_offset_minutes": moment.offset_minutes,
        f"{name}_time_zone": moment.time_zone,
        f"{name}_zone_source": moment.zone_source,
        f"{name}_precision": moment.precision.value,
    }


def blank_columns(type_: RecordType) -> dict[str, Any]:
    """Return the column values of a tombstone: nothing of what was recorded stays in the row."""
    columns = columns_of(type_, _BLANK[type_])
    if type_ is RecordType.EPISODE:
        columns |= {"local_date": _LONG_AGO, "time_flags": [], "skew_ms": None}
    return columns
