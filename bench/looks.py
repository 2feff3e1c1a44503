# ruff: noqa: T201 - a script that prints its tables
"""What looks cost: a weekly look of a young and of an old diary, and the looks of a night.

Makes a database of its own on this machine's server and drops it at the end.
"""

import argparse
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from django.db import connections  # noqa: E402

from bench.throwaway import throwaway_database  # noqa: E402 - found only now
from diary.domain.entries import Day, Person  # noqa: E402
from diary.domain.escalation import LOOK_DAYS, frequency_look  # noqa: E402
from diary.domain.look_slots import LookKind  # noqa: E402
from diary.domain.severity import Measure, severity_look  # noqa: E402
from diary.domain.wire.records import RecordType  # noqa: E402
from diary.models import DailyRow, LookDue, User  # noqa: E402
from diary.models.isolation import acting_for, sweeping  # noqa: E402
from diary.operations.looks import look_at_due  # noqa: E402
from diary.operations.records import Operation, apply_operations  # noqa: E402
from diary.operations.statistical_looks import look_at_week  # noqa: E402
from diary.queries.views import days_between, weekly_view_of  # noqa: E402

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = NOW.date()
LEASE = timedelta(minutes=5)
NEXT_YEAR = NOW + timedelta(days=365)
YOUNG_DAYS, OLD_DAYS = 91, 3_652
SWEEP_DIARY_DAYS, SWEEP_ENTRY_DAYS = 200, 60
DUE_SHARE = 0.01
TARGET_MS = 2.0
FULL_NIGHT = 100_000
BATCH = 100
CHUNK = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What some looks took: CPU seconds of this process, and seconds by the clock."""

    name: str
    looks: int
    processor: float
    clock: float

    @property
    def processor_ms(self) -> float:
        """Return CPU milliseconds of this process for one look."""
        return 1_000 * self.processor / max(1, self.looks)

    @property
    def clock_ms(self) -> float:
        """Return milliseconds by the clock for one look, the database included."""
        return 1_000 * self.clock / max(1, self.looks)


def measured(name: str, work: Callable[[], int]) -> Cost:
    """Return what `work` took; it returns how many looks it made."""
    processor, clock = time.process_time(), time.perf_counter()
    looks = work()
    return Cost(
        name=name,
        looks=looks,
        processor=time.process_time() - processor,
        clock=time.perf_counter() - clock,
    )


def make_accounts(number: int) -> list[uuid.UUID]:
    """Return the ids of new persons without a diary."""
    people = [User(email=f"{uuid.uuid4()}@example.org") for _ in range(number)]
    User.objects.bulk_create(people, batch_size=CHUNK)
    return [person.pk for person in people]


def fill_diaries(people: Sequence[uuid.UUID], *, days: int) -> None:
    """Give each person so many daily rows of a steady diary in which no test speaks."""
    generator = np.random.default_rng(20_260_310)
    for person_id in people:
        counts = generator.poisson(1.0, size=days)
        rows = [
            _row(person_id, TODAY - timedelta(days=ago), int(count))
            for ago, count in enumerate(counts)
        ]
        with acting_for(person_id):
            DailyRow.objects.bulk_create(rows, batch_size=CHUNK)


def _row(person_id: uuid.UUID, day: date, count: int) -> DailyRow:
    return DailyRow(
        person_id=person_id,
        local_date=day,
        episodes=count,
        observed=True,
        twitch_day=count > 0,
        checked_in=True,
        strongest=4 if count else None,
        strengths=[4] * count,
        durations_seconds=[20.0] * count,
        sites={"upper_lip:left": count} if count else {},
        exposures={"stress": day.day % 10, "caffeine_mg": 100 * (day.day % 4)},
    )


def write_entries(person_id: uuid.UUID) -> None:
    """Log an episode every other day of the last weeks, as the state rules read entries."""
    operations = [
        Operation(
            op_id=uuid.uuid4(),
            type=RecordType.EPISODE,
            id=uuid.uuid4(),
            base_version=0,
            data={
                "start": {"at": f"{TODAY - timedelta(days=ago)}T08:00:00+00:00"},
                "sites": [{"site": "upper_lip", "side": "left"}],
                "strength": 4,
            },
        )
        for ago in range(0, SWEEP_ENTRY_DAYS, 2)
    ]
    apply_operations(person_id=person_id, operations=operations, now=NOW)


def weekly_looks(people: Sequence[uuid.UUID]) -> int:
    """Make one weekly look of each person and return how many."""
    return sum(look_at_week(person_id, now=NOW) is not None for person_id in people)


def tests_alone(diaries: Sequence[Sequence[Day]]) -> int:
    """Run the tests of a weekly look on diaries in memory and return for how many."""
    for days in diaries:
        frequency_look(days, today=TODAY)
        for measure in Measure:
            severity_look(days, today=TODAY, measure=measure)
    return len(diaries)


def verdicts(people: Sequence[uuid.UUID]) -> int:
    """Read the daily rows of each person, run the tests of a weekly look, return how many."""
    for person_id in people:
        with acting_for(person_id):
            weekly_view_of(person_id, Person(), now=NOW, today=TODAY)
    return len(people)


def read_diaries(people: Sequence[uuid.UUID]) -> list[Sequence[Day]]:
    """Return the daily rows that a weekly look of each person reads."""
    diaries: list[Sequence[Day]] = []
    for person_id in people:
        with acting_for(person_id):
            diaries.append(days_between(person_id, TODAY - timedelta(days=LOOK_DAYS - 1), TODAY))
    return diaries


def measure_ages(number: int) -> tuple[Cost, ...]:
    """Return the cost of a weekly look at 3 months and at 10 years of diary, and of its tests."""
    young, old, warm = (make_accounts(size) for size in (number, number, 5))
    for people, days in ((young, YOUNG_DAYS), (old, OLD_DAYS), (warm, YOUNG_DAYS)):
        fill_diaries(people, days=days)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    weekly_looks(warm)
    diaries = read_diaries(old)
    return (
        measured("weekly look, 3 months of diary", lambda: weekly_looks(young)),
        measured("weekly look, 10 years of diary", lambda: weekly_looks(old)),
        measured("from daily rows to verdict, 3 months", lambda: verdicts(young)),
        measured("from daily rows to verdict, 10 years", lambda: verdicts(old)),
        measured("the tests alone, 10 years", lambda: tests_alone(diaries)),
    )


def measure_night(persons: int) -> tuple[Cost, ...]:
    """Return the cost of one sweep of each kind over so many persons, 1 % of them due.

    Those due have a diary; of the others only the row that says when they are due matters.
    """
    everyone = make_accounts(persons)
    due = everyone[: max(1, round(persons * DUE_SHARE))]
    for person_id in due:
        write_entries(person_id)
        with acting_for(person_id):
            DailyRow.objects.all().delete()
    fill_diaries(due, days=SWEEP_DIARY_DAYS)
    chosen = set(due)
    for each in everyone:
        due_at = NOW if each in chosen else NEXT_YEAR
        with acting_for(each):
            LookDue.objects.all().delete()
            LookDue.objects.bulk_create(
                LookDue(person_id=each, kind=kind, due_at=due_at) for kind in LookKind
            )
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    return tuple(measured(f"{kind} sweep", partial(sweep, kind)) for kind in LookKind)


def sweep(kind: LookKind) -> int:
    """Make every look of a kind that is due, in batches, and return how many were made."""
    done = 0
    while looked := look_at_due(now=NOW, limit=BATCH, lease=LEASE, kind=kind):
        done += looked
    with sweeping():
        failed = LookDue.objects.filter(kind=kind, attempts__gt=0).count()
    if failed:
        sys.exit(f"{failed} looks failed")
    return done


def print_ages(costs: Sequence[Cost]) -> bool:
    """Print the table of ages; return whether a look of an old diary meets the target."""
    young = costs[0]
    print("| what | looks | CPU ms a look | clock ms a look | CPU to 3 months |")
    print("|---|---|---|---|---|")
    for cost in costs:
        ratio = cost.processor_ms / young.processor_ms
        print(
            f"| {cost.name} | {cost.looks} | {cost.processor_ms:.2f} | {cost.clock_ms:.2f} |"
            f" {ratio:.2f} |"
        )
    met = costs[3].processor_ms <= TARGET_MS
    verdict = "met" if met else "not met"
    print(f"\nTarget of {TARGET_MS:g} ms of CPU from daily rows to verdict: {verdict}.\n")
    return met


def print_night(persons: int, costs: Sequence[Cost]) -> None:
    """Print the sweeps as measured and, of fewer persons, as they would be with 100,000."""
    print(f"{persons} persons, {DUE_SHARE:.0%} due per kind; one worker:\n")
    print("| sweep | looks | CPU ms a look | clock ms a look | seconds |")
    print("|---|---|---|---|---|")
    for cost in costs:
        print(
            f"| {cost.name} | {cost.looks} | {cost.processor_ms:.2f} | {cost.clock_ms:.2f} |"
            f" {cost.clock:.2f} |"
        )
    if persons < FULL_NIGHT:
        looks = round(FULL_NIGHT * DUE_SHARE)
        seconds = ", ".join(f"{cost.name} {looks * cost.clock_ms / 1_000:.1f}" for cost in costs)
        print(f"\nTimes {looks} looks, which is no measurement, in seconds: {seconds}.")


def main() -> int:
    """Measure as asked and return the exit status: 1 when the target is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diaries", type=int, default=100, help="diaries of each age")
    parser.add_argument("--persons", type=int, default=2_000, help="persons of the nightly sweep")
    options = parser.parse_args()
    with throwaway_database():
        met = print_ages(measure_ages(options.diaries))
        print_night(options.persons, measure_night(options.persons))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
