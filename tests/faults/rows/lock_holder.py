"""F13: a transaction holds the lock of one person's diary for a minute."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.chaos.figures import quantile
from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.history import HTTP_OK, UNAVAILABLE, Told
from tests.faults.phones import FOR_EVER, Crowd, Habits

SECONDS = 60.0
OTHERS = 6
ONE_AT_A_TIME = Habits(phones=1, at_once=1, edits=0.0, warning_signs=0.0)
LONGEST_ANSWER_SECONDS = 3.5
MOST_SLOWER = 2.0  # times the p99 of before, for everybody else; a busy machine is not our fault
SLACK_SECONDS = 0.3


def run(rig: Rig, size: float) -> Row:
    """Hold one person's lock while they and others write; only they may be told to wait."""
    rig.service.only({"outbox"})
    seconds = max(5.0, SECONDS * size)
    with (
        Crowd(rig, 1, habits=ONE_AT_A_TIME) as held,
        Crowd(rig, OTHERS, habits=ONE_AT_A_TIME) as others,
    ):
        held.write(FOR_EVER)
        others.write(FOR_EVER)
        time.sleep(seconds / 2)
        began = time.monotonic()
        with locked_diary(rig, str(held.accounts[0].id)):
            time.sleep(seconds)
        ended = time.monotonic()
        time.sleep(LONGEST_ANSWER_SECONDS)
        held.stop()
        others.stop()
        found = held.check() + others.check()
    told = [each for each in held.history.told if began + 0.5 <= each.at <= ended]
    before = quantile(others.history.push_seconds(until=began), 0.99)
    during = quantile(others.history.push_seconds(since=began, until=ended), 0.99)
    return Row(
        times=sum(each.status == UNAVAILABLE for each in told),
        acked_lost=found.lost,
        applied_twice=found.twice,
        recovery_seconds=held.history.slowest_recovery([ended]),
        note=f"others' p99 {before:.2f} s before, {during:.2f} s while it is held",
        failures=(
            *found.others(),
            *wrongs_of_the_held(told),
            *wrongs_of_the_others(others, before, during),
        ),
    )


@contextmanager
def locked_diary(rig: Rig, person_id: str) -> Iterator[None]:
    """Hold a person's counter, as a transaction that hangs does."""
    with (
        psycopg.connect(rig.postgresql.url("quiver_app")) as connection,
        connection.transaction(force_rollback=True),
    ):
        connection.execute("SELECT set_config('app.person', %s, true)", [person_id])
        found = connection.execute(
            "SELECT seq FROM person_sync WHERE person_id = %s FOR UPDATE", [person_id]
        )
        if found.fetchone() is None:
            raise LookupError("the person has not written anything yet")
        yield


def wrongs_of_the_held(told: list[Told]) -> Iterator[str]:
    pushes = [each for each in told if each.method == "POST"]
    if wrong := sum(each.status != UNAVAILABLE for each in pushes):
        yield f"{wrong} pushes not answered by 503"
    if wrong := sum(each.retry_after < 1 for each in pushes):
        yield f"{wrong} without Retry-After"
    if wrong := sum(each.seconds > LONGEST_ANSWER_SECONDS for each in pushes):
        yield f"{wrong} answers after {LONGEST_ANSWER_SECONDS} s"


def wrongs_of_the_others(others: Crowd, before: float, during: float) -> Iterator[str]:
    if wrong := sum(each.status != HTTP_OK for each in others.history.told):
        yield f"{wrong} others refused"
    if during > MOST_SLOWER * before + SLACK_SECONDS:
        yield "others waited"
