"""When the next look of a person is made."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.look_slots import LookKind, next_slot
from diary.models import LookDue


def next_look_on(person_id: UUID, kind: LookKind, time_zone: str, *, now: datetime) -> date:
    """Return the local date of the next look, today when it is due already.

    Before the first write nothing is due; then it is the slot that a write now would give.
    """
    due_at = LookDue.objects.filter(person_id=person_id, kind=kind).values_list("due_at", flat=True)
    known = due_at.first() or next_slot(kind, person_id, time_zone, now=now)
    return max(known, now).astimezone(ZoneInfo(time_zone)).date()
