"""Wire data as the columns of its table."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
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


def wire_of(type_: RecordType, data: AnyData) -> dict[str, Any]:
    """Return the data as JSON values, equal to what `queries.records` reads back."""
    wire = data.model_dump(mode="json")
    for name in MOMENTS_OF_TYPE.get(type_, ()):
        if wire[name] is not None:
            wire[name]["at"] = getattr(data, name).at.isoformat()
    return wire


def columns_of(type_: RecordType, wire: Mapping[str, Any]) -> dict[str, Any]:
    """Return the column values that hold wire data; the inverse of what `queries.records` does."""
    columns = dict(wire)
    for name in MOMENTS_OF_TYPE.get(type_, ()):
        columns |= _moment_columns(name, columns.pop(name) or {})
    return columns


def _moment_columns(name: str, moment: Mapping[str, Any]) -> dict[str, Any]:
    at = moment.get("at")
    return {
        f"{name}_at": at,
        f"{name}_offset_minutes": at and _offset_minutes(at),
        f"{name}_time_zone": moment.get("time_zone", ""),
        f"{name}_zone_source": moment.get("zone_source", "device"),
        f"{name}_precision": moment.get("precision", entries.MomentPrecision.MINUTE.value),
    }


def _offset_minutes(at: str) -> int:
    offset = datetime.fromisoformat(at).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)


@cache
def blank_columns(type_: RecordType) -> Mapping[str, Any]:
    """Return the column values of a tombstone: nothing of what was recorded stays in the row."""
    columns = columns_of(type_, wire_of(type_, _BLANK[type_]))
    if type_ is RecordType.EPISODE:
        columns |= {"local_date": _LONG_AGO, "time_flags": [], "skew_ms": None}
    return MappingProxyType(columns)
