"""When the next look of a person is made."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.look_slots import LookKind, next_slot
from diary.models import LookDue
from diary.models.isolation import acting_for


def next_look_on(person_id: UUID, kind: LookKind, time_zone: str, *, now: datetime) -> date:
    """Return the local date of the next look, today when it is due already.

    Before the first write nothing is due; then it is the slot that a write now would give.
    """
    with acting_for(person_id):
        due = LookDue.objects.filter(person_id=person_id, kind=kind).first()
    known = due.due_at if due else next_slot(kind, person_id, time_zone, now=now)
    return max(known, now).astimezone(ZoneInfo(time_zone)).date()
