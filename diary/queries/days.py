"""What daily rows are made of: of each episode only the columns that a day counts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from diary.domain import entries

# A busy batch touches hundreds of them: reading them whole costs more than writing them.
EPISODE_COLUMNS = (
    "id",
    "local_date",
    "start_at",
    "end_at",
    "duration_seconds",
    "strength",
    "sites",
)


def episode_of_day(values: Sequence[Any]) -> entries.Episode:
    """Return an episode of the EPISODE_COLUMNS, as JSON holds them: it knows nothing else."""
    id_, local_date, start_at, end_at, seconds, strength, sites = values
    start = datetime.fromisoformat(start_at)
    if end_at is not None:
        seconds = int((datetime.fromisoformat(end_at) - start).total_seconds())
    return entries.Episode(
        id=UUID(id_),
        local_date=date.fromisoformat(local_date),
        start=_instant(start),
        duration_seconds=seconds,
        strength=strength,
        sites=tuple(_site(**site) for site in sites),
    )


def _instant(at: datetime) -> entries.Moment:
    return entries.Moment(
        instant=at, local=at.astimezone(UTC).replace(tzinfo=None), utc_offset_minutes=0
    )


def _site(*, site: str, side: str | None = None) -> entries.SitedSide:
    return entries.SitedSide(site=site, side=None if side is None else entries.Side(side))
