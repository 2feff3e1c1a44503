"""A process that is given a clock of its own lives by it."""

import subprocess
import sys
import time
from datetime import datetime

import pytest

from tests.faults.clocks import FOLDER

ASK = (
    "import time; from django.utils import timezone; print(time.time(), timezone.now().isoformat())"
)


@pytest.mark.parametrize("seconds", [-3600.0, 0.0, 3600.0])
def test_a_clock_that_was_put_forward_or_back_is_believed(tmp_path, seconds):
    clock = tmp_path / "clock"
    clock.write_text(str(seconds))

    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={
            "DJANGO_SETTINGS_MODULE": "django.conf.global_settings",
            "PYTHONPATH": str(FOLDER),
            "CLOCK_FILE": str(clock),
        },
        capture_output=True,
        text=True,
        check=True,
    )

    unix, shown = done.stdout.split()
    assert abs(float(unix) - time.time() - seconds) < 60
    assert abs(datetime.fromisoformat(shown).timestamp() - float(unix)) < 1
