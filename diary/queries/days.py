"""What daily rows are made of: of each entry only the columns that a day counts."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

from diary.domain import entries
from diary.models import CheckIn, Episode
from diary.queries.records import entries_of


def episodes_of_days(person_id: UUID, dates: Collection[date]) -> tuple[entries.Episode, ...]:
    """Return the episodes of these local dates with their times, length, strength and sites only.

    A busy batch touches hundreds: reading them whole costs more than writing them.
    """
    rows = Episode.objects.filter(person_id=person_id, deleted=False, local_date__any_of=dates)
    columns = ("id", "local_date", "start_at", "end_at", "duration_seconds", "strength", "sites")
    return tuple(
        entries.Episode(
            id=id_,
            local_date=local_date,
            start=_instant(start_at),
            duration_seconds=duration if end_at is None else _seconds(start_at, end_at),
            strength=strength,
            sites=tuple(_site(**site) for site in sites),
        )
        for id_, local_date, start_at, end_at, duration, strength, sites in rows.values_list(
            *columns
        ).order_by("start_at", "id")
    )


def check_ins_of_days(person_id: UUID, dates: Collection[date]) -> tuple[entries.CheckIn, ...]:
    """Return the check-ins of these local dates."""
    rows = CheckIn.objects.filter(person_id=person_id, deleted=False, local_date__any_of=dates)
    return entries_of(rows.order_by("local_date", "id"))


def _seconds(start_at: datetime, end_at: datetime) -> int:
    return int((end_at - start_at).total_seconds())


def _instant(at: datetime) -> entries.Moment:
    return entries.Moment(
        instant=at, local=at.astimezone(UTC).replace(tzinfo=None), utc_offset_minutes=0
    )


def _site(*, site: str, side: str | None = None) -> entries.SitedSide:
    return entries.SitedSide(site=site, side=None if side is None else entries.Side(side))
