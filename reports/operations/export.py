"""The person's own export: everything that is kept about them, as one ZIP file."""

from collections.abc import Generator, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.utils import translation

from diary.domain.wire.records import RecordType
from diary.models.isolation import snapshot_of
from diary.queries.everything import (
    LISTS,
    account_of,
    all_records,
    kept_records,
    listed,
    listed_endpoints,
    refused_operations,
)
from diary.queries.people import known_person, today_of
from reports.domain.words.export import ExportWords
from reports.queries import listed_reports, ready_pdfs
from reports.queries.shares import listed_shares, listed_views
from reports.render.archive import File, zipped
from reports.render.json import json_pieces
from reports.render.tables import record_lines, row_lines

FORMAT = "quiver-export"
VERSION = 1
FILE_OF_TYPE: Mapping[RecordType, str] = MappingProxyType(
    {
        RecordType.EPISODE: "episodes.csv",
        RecordType.CHECK_IN: "check-ins.csv",
        RecordType.PROBLEM: "problems.csv",
        RecordType.MEDICATION: "medications.csv",
        RecordType.HISTORY_ITEM: "history.csv",
        RecordType.REMEDY_TRIAL: "remedy-trials.csv",
    }
)


def export_of(person_id: UUID, *, now: datetime) -> Generator[bytes, None, None]:
    """Yield the ZIP file of everything kept about a person, as it was at one moment.

    Rows are read while the file is written: whoever takes it piece by piece holds one piece and a
    few hundred rows, however long the diary is. Stopping early ends the transaction.
    """
    with snapshot_of(person_id):
        yield from zipped(_files(person_id, now=now), at=now)


def _files(person_id: UUID, *, now: datetime) -> Iterator[File]:
    yield "README.txt", (_read_me(person_id, now=now),)
    yield "diary.json", json_pieces(_head(person_id, now=now), _lists(person_id))
    for type_, name in FILE_OF_TYPE.items():
        records = (
            {**record["data"], "id": record["id"]} for record in kept_records(person_id, type_)
        )
        yield name, record_lines(type_, records)
    for name in ("alerts", "accesses"):
        yield f"{name}.csv", row_lines(LISTS[name].columns, listed(person_id, name))
    for id_, pdf in ready_pdfs(person_id):
        yield f"reports/{id_}.pdf", (pdf,)


def _read_me(person_id: UUID, *, now: datetime) -> bytes:
    person = known_person(person_id)
    with translation.override(person.language):
        words = ExportWords(translation, person.language)
        return words.read_me(today_of(person, now=now)).encode()


def _head(person_id: UUID, *, now: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": now,
        **account_of(person_id),
    }


def _lists(person_id: UUID) -> dict[str, Iterator[Any]]:
    return {
        "records": all_records(person_id),
        **{name: listed(person_id, name) for name in LISTS},
        "endpoints": listed_endpoints(person_id),
        "refused_operations": refused_operations(person_id),
        "reports": listed_reports(person_id),
        "shares": listed_shares(person_id),
        "share_views": listed_views(person_id),
    }
