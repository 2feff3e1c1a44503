"""The doors of the service and a clock that stands still, for people who tell their story."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.api.conftest import _no_counted_attempts, signed_up  # noqa: F401 - fixtures

TODAY = datetime(2026, 6, 15, 20, tzinfo=ZoneInfo("Asia/Taipei"))


@pytest.fixture
def today():
    """Stop the clock at TODAY; `today.move_to` lets days pass."""
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock
