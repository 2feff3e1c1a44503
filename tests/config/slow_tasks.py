"""The service's own Celery app, with a task that takes its time and one that fails, for tests."""

import time
from pathlib import Path

from config.celery import app

# A test cannot wait for the five minutes after which a killed worker's message comes back.
app.conf.broker_transport_options["visibility_timeout"] = 2


@app.task(name="tests.take_time")
def take_time(path: str, seconds: str) -> None:
    """Write down that the task began, and after some time that it ended."""
    write(path, "began")
    time.sleep(float(seconds))
    write(path, "ended")


@app.task(name="tests.fail")
def fail(text: str) -> None:
    """Raise what quotes a diary, as a database does."""
    raise ValueError(text)


def write(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{line}\n")
