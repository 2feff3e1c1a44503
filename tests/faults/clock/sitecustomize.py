"""Python imports this at its start: a clock that the rig sets, for the processes it is given to.

The file that CLOCK_FILE names holds by how many seconds the clock is wrong.
"""

import os
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import django.utils.timezone

_FILE = Path(os.environ["CLOCK_FILE"])  # noqa: TID251 - of the rig, no setting of the service
_time, _time_ns, _now = time.time, time.time_ns, django.utils.timezone.now


def _wrong_by() -> float:
    try:
        return float(_FILE.read_text())
    except FileNotFoundError:
        return 0.0


def _shifted_time() -> float:
    return _time() + _wrong_by()


def _shifted_time_ns() -> int:
    return _time_ns() + int(_wrong_by() * 10**9)


def _shifted_now() -> datetime:
    return _now() + timedelta(seconds=_wrong_by())


# Not the functions themselves: as attributes of a class, unlike those of C, they would be methods.
time.time, time.time_ns = partial(_shifted_time), partial(_shifted_time_ns)
django.utils.timezone.now = _shifted_now
