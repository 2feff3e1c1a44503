"""The service's own Celery app with one task that takes its time, for tests that kill workers.

Run as a module it sends that task.
"""

import sys
import time
from pathlib import Path

from config.celery import app

# A test cannot wait for the five minutes after which a killed worker's message comes back.
app.conf.broker_transport_options["visibility_timeout"] = 2


@app.task(name="tests.take_time")
def take_time(path: str, seconds: float) -> None:
    """Write down that the task began, and after some time that it ended."""
    write(path, "began")
    time.sleep(seconds)
    write(path, "ended")


def write(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{line}\n")


if __name__ == "__main__":
    app.tasks["tests.take_time"].delay(sys.argv[1], float(sys.argv[2]))
