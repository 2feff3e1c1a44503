# ruff: noqa: T201 - a script that prints its tables
"""What looks cost: a weekly look of a young and of an old diary, and the looks of a night.

Makes a database of its own on this machine's server and drops it at the end.
"""

import argparse
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.figures import quantile  # noqa: E402
from bench.machine import machine  # noqa: E402
from bench.night import (  # noqa: E402
    ALL_KINDS,
    NOW,
    explain_due,
    let_owner_fill,
    measure_claims,
    measure_sweeps,
    owner,
    print_shared,
)
from bench.throwaway import throwaway_database  # noqa: E402 - found only now
from diary.domain.entries import Person  # noqa: E402
from diary.domain.escalation import CountedDay, frequency_look  # noqa: E402
from diary.domain.severity import Measure, severity_look  # noqa: E402
from diary.domain.wire.records import RecordType  # noqa: E402
from diary.models import DailyRow, LookDue, User  # noqa: E402
from diary.models.isolation import acting_for, sweeping  # noqa: E402
from diary.operations.records import Operation, apply_operations  # noqa: E402
from diary.operations.statistical_looks import look_at_week  # noqa: E402
from diary.queries.looks import before_week, counted_days, weekly_view_of  # noqa: E402

TODAY = NOW.date()
NEXT_YEAR = NOW + timedelta(days=365)
YOUNG_DAYS, OLD_DAYS = 91, 3_652
SWEEP_DIARY_DAYS, SWEEP_ENTRY_DAYS = 200, 60
DUE_SHARE = 0.01
TARGET_MS = 2.0
CHUNK = 5_000
BY_TURNS = 10  # looks of one kind, before those of the next


@dataclass(frozen=True, slots=True)
class Measurement:
    """Something that is done for one person after the other, and what each took, in ms."""

    name: str
    work: Callable[[uuid.UUID], object]
    people: Sequence[uuid.UUID]
    processor: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)

    def go_on(self, number: int) -> None:
        """Do it for so many more persons."""
        done = len(self.clock)
        for person_id in self.people[done : done + number]:
            processor, clock = time.process_time(), time.perf_counter()
            self.work(person_id)
            self.processor.append(1_000 * (time.process_time() - processor))
            self.clock.append(1_000 * (time.perf_counter() - clock))

    @property
    def is_done(self) -> bool:
        return len(self.clock) >= len(self.people)


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


def look(person_id: uuid.UUID, *, now: datetime = NOW) -> None:
    """Make one weekly look."""
    if look_at_week(person_id, now=now, changed=0) is None:
        sys.exit("a look was not made")


def verdict(person_id: uuid.UUID) -> None:
    """Read the daily rows of one person and run the tests of a weekly look."""
    with acting_for(person_id):
        days = before_week(person_id, now=NOW).days
        weekly_view_of(person_id, Person(), days, now=NOW, today=TODAY)


def tests_alone(days: Sequence[CountedDay]) -> None:
    """Run the tests of a weekly look on daily rows in memory."""
    frequency_look(days, today=TODAY)
    for measure in Measure:
        severity_look(days, today=TODAY, measure=measure)


def days_of(person_id: uuid.UUID) -> Sequence[CountedDay]:
    """Return the daily rows that a weekly look of one person reads."""
    with acting_for(person_id):
        return counted_days(person_id, today=TODAY)


def measure_ages(number: int) -> Sequence[Measurement]:
    """Return the cost of a weekly look at 3 months and at 10 years of diary, and of its tests."""
    young, old, warm = (make_accounts(size) for size in (number, number, 5))
    for people, days in ((young, YOUNG_DAYS), (old, OLD_DAYS), (warm, YOUNG_DAYS)):
        fill_diaries(people, days=days)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    for person_id in (*young, *old, *warm):  # each then has a look before it, as nearly all have
        look(person_id, now=NOW - timedelta(days=7))
    for person_id in warm:
        look(person_id)
    diaries = {person_id: days_of(person_id) for person_id in old}
    measurements = (
        Measurement("weekly look, 3 months of diary", look, young),
        Measurement("weekly look, 10 years of diary", look, old),
        Measurement("from daily rows to verdict, 3 months", verdict, young),
        Measurement("from daily rows to verdict, 10 years", verdict, old),
        Measurement("the tests alone, 10 years", lambda one: tests_alone(diaries[one]), old),
    )
    while not all(each.is_done for each in measurements):  # whatever else runs meets all
        for each in measurements:
            each.go_on(BY_TURNS)
    return measurements


def make_night(persons: int) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Return so many persons, and those 1 % of them whose looks are due and who have a diary.

    Of the others only the row that says when they are due matters.
    """
    let_owner_fill("look_due", "look")
    everyone = make_accounts(persons)
    due = everyone[: max(1, round(persons * DUE_SHARE))]
    for person_id in due:
        write_entries(person_id)
        with acting_for(person_id):
            DailyRow.objects.all().delete()
    fill_diaries(due, days=SWEEP_DIARY_DAYS)
    owner("DELETE FROM look_due")
    owner(
        "INSERT INTO look_due (person_id, kind, due_at, attempts, changed)"  # noqa: S608 - our own
        f" SELECT id, kind, %s, 0, 0 FROM unnest(%s::uuid[]) AS ids (id),"
        f" (VALUES {ALL_KINDS}) AS kinds (kind)",
        [NEXT_YEAR, everyone],
    )
    owner("VACUUM ANALYZE")
    return everyone, due


def print_ages(measurements: Sequence[Measurement]) -> bool:
    """Print the table of ages; return whether a look of an old diary meets the target."""
    young = measurements[0]
    print("| what | looks | CPU ms: median | quickest tenth | clock ms: median | CPU to 3 months |")
    print("|---|---|---|---|---|---|")
    for each in measurements:
        ratio = median(each.processor) / median(young.processor)
        print(
            f"| {each.name} | {len(each.clock)} | {median(each.processor):.2f} |"
            f" {quantile(each.processor, 0.1):.2f} | {median(each.clock):.2f} | {ratio:.2f} |"
        )
    whole, rows = (median(measurements[place].processor) <= TARGET_MS for place in (1, 3))
    print(f"\nAt most {TARGET_MS:g} ms of CPU: whole look {_met(whole)}, from rows {_met(rows)}.\n")
    return whole


def _met(is_met: bool) -> str:  # noqa: FBT001
    return "met" if is_met else "NOT MET"


def measure_night(persons: int, workers: Sequence[int]) -> None:
    """Print what a night's looks, and their claims, take by each number of worker processes."""
    everyone, due = make_night(persons)
    print(f"{persons} persons, {DUE_SHARE:.0%} due per kind:\n")
    costs = measure_sweeps(due, workers)
    with sweeping():
        failed = LookDue.objects.failed().count()
    if failed:
        sys.exit(f"{failed} looks failed")
    print_shared([*costs, *measure_claims(everyone, workers)])


def main() -> int:
    """Measure as asked and return the exit status: 1 when the target is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diaries", type=int, default=100, help="diaries of each age")
    parser.add_argument("--persons", type=int, default=2_000, help="persons of the nightly sweep")
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[1, 2], help="processes that share the sweep"
    )
    parser.add_argument("--due", type=int, default=1_000_000, help="persons of the due query")
    options = parser.parse_args()
    print(f"{machine(timezone.now())}\n")
    with throwaway_database():
        met = print_ages(measure_ages(options.diaries))
        measure_night(options.persons, options.workers)
        indexed = explain_due(options.due)
    print(f"Found by indexes alone: {'yes' if indexed else 'NO'}.")
    return 0 if met and indexed else 1


if __name__ == "__main__":
    sys.exit(main())
