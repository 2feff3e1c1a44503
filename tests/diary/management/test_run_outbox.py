"""`manage.py run_outbox`: both lanes, again and again, whatever fails, until it is told to stop."""

import logging
import os
import signal
import threading
import time

import pytest
from django.core.management import call_command
from django.db import OperationalError

from diary.management.commands import run_outbox as command


@pytest.fixture
def rounds(monkeypatch):
    """Replace the work; a test says how much each lane finds, and sees what was asked."""
    found: dict[bool, list[int | Exception]] = {False: [], True: []}
    asked: list[bool] = []

    def carry(channels, *, again, stop=None):
        asked.append(again)
        outcome = found[again].pop(0) if found[again] else 0
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(command, "run_outbox", carry)
    monkeypatch.setattr(command, "close_old_connections", lambda: None)
    return found, asked


def test_once_sends_the_first_tries_and_then_the_repeats(rounds):
    _, asked = rounds

    call_command("run_outbox", "--once")

    assert asked == [False, True]


def test_a_database_that_is_away_is_logged_by_class_and_tried_again(rounds, caplog):
    found, asked = rounds
    found[False] += [OperationalError("person 7 twitches"), 1]
    stop = threading.Event()
    lane = threading.Thread(target=lambda: command.send_until(stop, 0.01, again=False))

    with caplog.at_level(logging.ERROR):
        lane.start()
        while len(asked) < 3:
            time.sleep(0.01)
        stop.set()
        lane.join(timeout=10)

    assert not lane.is_alive()
    assert caplog.messages == ["outbox round failed class=OperationalError"]


def test_sigterm_lets_both_lanes_finish_their_round(rounds):
    _, asked = rounds
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()

    try:
        call_command("run_outbox", "--every", "0.01")
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)

    assert set(asked) == {False, True}
    assert not [one for one in threading.enumerate() if one.name in command.LANES]
