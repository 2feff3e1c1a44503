"""S7: phones with wrong clocks. No cursor and no winner depends on what a clock says."""

from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest

from tests.factories import episode
from tests.phone.phone import Ended, system_clock
from tests.sync.service import phone_of, rows_of

TEN_YEARS = timedelta(days=3652)


def fast():
    return system_clock() + TEN_YEARS


def slow():
    return system_clock() - TEN_YEARS


def jumping(jumps=cycle([TEN_YEARS, -TEN_YEARS, timedelta(0)])):  # noqa: B008 - it goes on jumping
    return system_clock() + next(jumps)


def stopped():
    return datetime(1970, 1, 1, tzinfo=UTC)


def story(person, first_clock, second_clock):
    """Let the first phone win a conflict and the second delete; return all that matters."""
    first = phone_of(person, clock=first_clock)
    second = phone_of(person, clock=second_clock)
    kept, gone = first.log("episode", episode()), first.log("episode", episode())
    first.sync(), second.sync()
    first.edit("episode", kept, note="first")
    second.edit("episode", kept, note="second")
    second.delete("episode", gone)

    assert [phone.sync() for phone in (first, second, first, second)] == [Ended.IN_STEP] * 4

    rows = rows_of(person.pk)
    asked = [question.mine["note"] for question in second.memory.to_ask]
    cursors = [str(phone.memory.cursor).rpartition(".")[2] for phone in (first, second)]
    versions = (rows[f"episode/{kept}"][0], rows[f"episode/{gone}"])
    return rows[f"episode/{kept}"][1]["note"], versions, asked, cursors


@pytest.mark.parametrize("first", [fast, slow, jumping, stopped])
@pytest.mark.parametrize("second", [fast, slow, jumping, stopped])
def test_s7_wrong_clocks_change_no_winner_and_no_cursor(make_person, first, second):
    right = story(make_person("right"), system_clock, system_clock)

    assert story(make_person("wrong"), first, second) == right
    assert right[0] == "first"
    assert right[2] == ["second"]


@pytest.mark.parametrize("clock", [fast, slow, jumping, stopped])
def test_s7_a_wrong_clock_is_noticed_but_refuses_nothing(alice, clock):
    phone = phone_of(alice, clock=clock)
    phone.log("episode", episode())

    assert phone.sync() is Ended.IN_STEP
    assert phone.wrong_clock or clock is jumping
    assert phone.memory.needs_person == []
    assert len(rows_of(alice.pk)) == 1
