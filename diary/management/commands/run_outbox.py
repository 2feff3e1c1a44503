"""Sending what is due in a process of its own, with nothing but PostgreSQL."""

import logging
import signal
from threading import Event, Thread
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.db import close_old_connections, connections

from diary.channels.configured import configured_channels
from diary.delivery import run_outbox
from diary.exposition import serve_counts

LANES = {"first tries": False, "repeats": True}
LONGEST_PAUSE_SECONDS = 5.0

logger = logging.getLogger("quiver.outbox")


class Command(BaseCommand):
    help = (
        "Send alerts and reminders as they become due, without Redis and Celery, until SIGTERM or"
        " Ctrl-C; what is on its way then is brought to its end. Any number may run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, and end")
        parser.add_argument(
            "--every",
            type=float,
            default=0.5,
            metavar="SECONDS",
            help="how often to look when nothing was due (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for again in LANES.values():
                run_outbox(configured_channels(), again=again)
            return
        serve_counts()
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        lanes = [
            Thread(
                target=send_until, args=(stop, options["every"]), kwargs={"again": again}, name=name
            )
            for name, again in LANES.items()
        ]
        for lane in lanes:
            lane.start()
        stop.wait()
        for lane in lanes:
            lane.join()


def send_until(stop: Event, every: float, *, again: bool) -> None:
    """Send one lane again and again, whatever fails meanwhile; pauses are in seconds."""
    pause = every
    while not stop.wait(pause):
        close_old_connections()  # one that PostgreSQL's restart has cut is opened anew
        try:
            run_outbox(configured_channels(), again=again, stop=stop.is_set)
            pause = every
        except Exception as error:
            # The last to send while all else is away does not end itself. No text: it may quote.
            logger.error("outbox round failed class=%s", type(error).__name__)
            pause = min(2 * pause, max(every, LONGEST_PAUSE_SECONDS))
    connections.close_all()  # those of this thread
