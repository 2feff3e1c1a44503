"""The proof that what is past its time is gone."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db.models import Min
from django.utils import timezone

from diary.domain.retention import LATE, Kept
from diary.models import Erasure, User
from diary.models.isolation import acting_for, sweeping
from diary.queries.retention import Oldest, oldest_of, unverified_accounts
from reports.queries.retention import oldest_reports_of


class Command(BaseCommand):
    help = (
        "Say of each class of data how long it is kept and how old the oldest is, over all persons."
        " With --check, exit 1 when anything is still there two days after its time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        now = timezone.now()
        oldest = oldest_of_all(now=now)
        late = [kept for kept in Kept if _is_late(kept, oldest[kept], now=now)]
        for kept in Kept:
            self.stdout.write(_line(kept, oldest[kept], is_late=kept in late, now=now))
        with sweeping():
            overdue = Erasure.objects.filter(erase_at__lt=now - LATE).count()
        self.stdout.write(f"Erasures overdue: {overdue}.")
        if check and (late or overdue):
            raise CommandError("Something is still there after its time.")


def oldest_of_all(*, now: datetime) -> dict[Kept, datetime | None]:
    """Return since when the oldest of each class counts, over all persons, None where is none."""
    oldest: dict[Kept, datetime | None] = dict.fromkeys(Kept)
    ended = Session.objects.filter(expire_date__lt=now).aggregate(first=Min("expire_date"))
    oldest[Kept.SESSIONS] = ended["first"]
    unverified = User.objects.filter(pk__in=unverified_accounts(before=now))
    oldest[Kept.UNVERIFIED_ACCOUNTS] = unverified.aggregate(first=Min("date_joined"))["first"]
    for person_id in User.objects.values_list("pk", flat=True).iterator():
        with acting_for(person_id):
            _take(oldest, oldest_of(person_id))
            _take(oldest, oldest_reports_of(person_id))
    return oldest


def _take(oldest: dict[Kept, datetime | None], found: Oldest) -> None:
    for kept, since in found.items():
        oldest[kept] = min(filter(None, (oldest[kept], since)), default=None)


def _is_late(kept: Kept, since: datetime | None, *, now: datetime) -> bool:
    return since is not None and since < now - settings.RETENTION[kept] - LATE


def _line(kept: Kept, since: datetime | None, *, is_late: bool, now: datetime) -> str:
    age = "none" if since is None else f"{max(0, (now - since).days)} days"
    days = settings.RETENTION[kept].days
    return f"{kept:<20}  kept {days:>4} days  oldest {age:>9}  {'LATE' if is_late else 'within'}"
