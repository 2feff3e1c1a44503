"""The same diary, edition and fonts give the same bytes in any process of any server."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.reports.form.editions import printed

ROOT = Path(__file__).resolve().parents[3]
DRAW = (
    "from hashlib import sha256; from tests.reports.form.editions import printed;"
    "print(sha256(printed('three', 'us-letter', 'zh-Hant').content).hexdigest())"
)


@pytest.mark.parametrize(
    "surroundings",
    [
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "2"},
    ],
)
def test_locale_time_zone_and_hash_seed_of_a_process_change_nothing(surroundings):
    expected = sha256(printed("three", "us-letter", "zh-Hant").content).hexdigest()

    drawn = subprocess.run(
        [sys.executable, "-c", DRAW],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=surroundings,
        text=True,
    )

    assert drawn.stdout.strip() == expected
