"""Everything that is kept about one person, a row at a time, as the person may have it.

Call all of it inside `snapshot_of(person_id)`: rows are fetched while they are used, so that a
diary of any length takes the same memory. Left out is what is not theirs to know: digests of
secrets, sealed addresses, other people's ids. What is derived from the records is left out too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import models

from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import (
    AccessLogRow,
    Alert,
    Consent,
    Delivery,
    Device,
    EntryVersion,
    Erasure,
    Follow,
    Look,
    RefusedOperation,
    User,
)
from diary.models.sealing import opened_columns
from diary.queries.endpoint_list import endpoints_of
from diary.queries.people import profile_of
from diary.queries.records import TABLE_OF_TYPE, Wire, wire_of_columns

CHUNK = 500  # rows held at a time
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One table: whose column names the person, which columns are told, in which order."""

    table: type[models.Model]
    columns: tuple[str, ...]
    order: tuple[str, ...]
    owner: str = "person_id"


LISTS: Mapping[str, Listed] = MappingProxyType(
    {
        "versions": Listed(
            table=EntryVersion,
            columns=(
                "op_id", "type", "record_id", "version", "device_id", "deleted", "data", "advice",
                "at",
            ),
            order=("type", "record_id", "version"),
        ),
        "alerts": Listed(
            table=Alert,
            columns=(
                "id", "version", "seq", "deleted", "received_at", "rule", "rule_version",
                "bout_start", "level", "addressee", "state", "closed_reason", "evidence_from",
                "numbers", "entries", "first_day", "last_day", "found_on", "opened_at",
                "changed_at", "acknowledged_at", "closed_on", "snoozed_until",
                "seen_by_clinician_on", "spoke_at", "seen_at",
            ),
            order=("opened_at", "id"),
        ),
        "looks": Listed(
            table=Look,
            columns=("id", "kind", "period", "at", "today", "findings", "numbers"),
            order=("at", "id"),
        ),
        "messages": Listed(
            table=Delivery,
            columns=(
                "id", "about", "alert_ids", "kind", "urgent", "state", "attempts", "created_at",
                "finished_at", "last_error",
            ),
            order=("created_at", "id"),
            owner="recipient_id",
        ),
        "devices": Listed(
            table=Device,
            columns=(
                "id", "name", "platform", "app_version", "created_at", "signed_in_at",
                "last_seen_at", "revoked_at",
            ),
            order=("created_at", "id"),
        ),
        "followers": Listed(
            table=Follow,
            columns=(
                "id", "label", "relation", "levels", "repeats", "may_log", "invited_at",
                "accepted_at", "ended_at",
            ),
            order=("invited_at", "id"),
        ),
        "following": Listed(
            table=Follow,
            columns=(
                "id", "follower_label", "relation", "levels", "may_log", "accepted_at", "ended_at",
            ),
            order=("accepted_at", "id"),
            owner="follower_id",
        ),
        "accesses": Listed(
            table=AccessLogRow,
            columns=(
                "number", "at", "action", "what", "actor", "device_id", "network", "request_id",
            ),
            order=("number",),
        ),
        "consents": Listed(
            table=Consent,
            columns=("code", "version", "given", "at"),
            order=("at", "code"),
        ),
        "erasures": Listed(
            table=Erasure,
            columns=("receipt", "asked_at", "erase_at", "told_at"),
            order=("asked_at",),
        ),
    }
)  # fmt: skip


def all_records(person_id: UUID) -> Iterator[Wire]:
    """Yield every record, tombstones included, type by type in the order of their changes."""
    for type_ in TABLE_OF_TYPE:
        yield from _records(type_, person_id=person_id)


def kept_records(person_id: UUID, type_: RecordType) -> Iterator[Wire]:
    """Yield the records of one type that are not deleted, in the order of their changes."""
    return _records(type_, person_id=person_id, deleted=False)


def _records(type_: RecordType, **chosen: Any) -> Iterator[Wire]:
    rows = TABLE_OF_TYPE[type_].objects.filter(**chosen).order_by("seq")
    return (wire_of_columns(type_, vars(row)) for row in rows.iterator(chunk_size=CHUNK))


def listed(person_id: UUID, name: str) -> Iterator[Row]:
    """Yield the rows of one of the LISTS."""
    each = LISTS[name]
    rows = each.table._default_manager.filter(**{each.owner: person_id}).order_by(*each.order)
    for row in rows.values(*each.columns).iterator(chunk_size=CHUNK):
        yield opened_columns(each.table, row, person_id)


def listed_endpoints(person_id: UUID) -> Iterator[Row]:
    """Yield where the person is told that something is new, without the addresses."""
    return map(asdict, endpoints_of(person_id))


def refused_operations(person_id: UUID) -> Iterator[Row]:
    """Yield what a phone sent and was not accepted."""
    rows = RefusedOperation.objects.filter(person_id=person_id).order_by("refused_at", "digest")
    for row in rows.iterator(chunk_size=CHUNK):
        yield {"refused_at": row.refused_at, "operation": row.content}


def account_of(person_id: UUID) -> Row:
    """Return the account and the profile as the person wrote them."""
    account = User.objects.values("email", "date_joined").get(pk=person_id)
    profile = profile_of(person_id)
    said = {name: getattr(profile, name) for name in ProfileData.model_fields} if profile else None
    return {"account": account, "profile": said}
