"""What a person shares, and who has looked at it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Model, QuerySet

from diary.domain.errors import RecordNotFound
from diary.models.sealing import opened_columns
from reports.domain.sharing import ShareState, state_of
from reports.models import Share, ShareView

MOST_VIEWS_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedShare:
    """A share as the person sees it."""

    share: Share
    state: ShareState
    last_viewed_at: datetime | None


def shares_of(person_id: UUID, *, now: datetime) -> tuple[ListedShare, ...]:
    """Return what the person shares or has shared lately, the newest first.

    Call inside `acting_for(person_id)`, as `share_of` and `views_of`.
    """
    rows = Share.objects.filter(person_id=person_id)
    return tuple(_listed(person_id, rows.order_by("-created_at", "id"), now=now))


def share_of(person_id: UUID, share_id: UUID, *, now: datetime) -> ListedShare:
    """Return one share. Raises RecordNotFound."""
    rows = Share.objects.filter(person_id=person_id, id=share_id)
    for listed in _listed(person_id, rows, now=now):
        return listed
    raise RecordNotFound


def views_of(person_id: UUID, share_id: UUID) -> tuple[ShareView, ...]:
    """Return the newest looks at one share, the newest first."""
    views = ShareView.objects.filter(person_id=person_id, share_id=share_id)
    return tuple(views.order_by("-at", "id")[:MOST_VIEWS_SHOWN])


def listed_shares(person_id: UUID) -> Iterator[Mapping[str, Any]]:
    """Yield every share that is kept, with nothing that opens it, oldest first."""
    rows = Share.objects.filter(person_id=person_id).order_by("created_at", "id")
    columns = ("id", "report_id", "parameters", "made_at", "label", "created_at", "expires_at")
    return _opened(Share, rows.values(*columns, "ended_at", "wrong_pins"), person_id)


def listed_views(person_id: UUID) -> Iterator[Mapping[str, Any]]:
    """Yield every look at a share that is kept, oldest first."""
    rows = ShareView.objects.filter(person_id=person_id).order_by("at", "id")
    columns = ("id", "share_id", "at", "what", "recipient", "network", "browser")
    return _opened(ShareView, rows.values(*columns), person_id)


def _opened(
    table: type[Model], rows: Iterable[Mapping[str, Any]], person_id: UUID
) -> Iterator[Mapping[str, Any]]:
    return (opened_columns(table, row, person_id) for row in rows)


def _listed(person_id: UUID, rows: QuerySet[Share], *, now: datetime) -> Iterator[ListedShare]:
    views = ShareView.objects.filter(person_id=person_id)
    last_of = dict(views.values_list("share_id").annotate(Max("at")).order_by())
    for share in rows:
        yield ListedShare(
            share=share,
            state=state_of(
                ended_at=share.ended_at,
                expires_at=share.expires_at,
                wrong_pins=share.wrong_pins,
                now=now,
            ),
            last_viewed_at=last_of.get(share.id),
        )
