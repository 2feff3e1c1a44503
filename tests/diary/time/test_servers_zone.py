"""T13: a server that runs in another zone gives byte for byte the same answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
PRINTER = Path(__file__).with_name("print_diary.py")
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kolkata")


def printed_by_a_server_in(zone):
    """Return what a process started with this TZ, on sessions of this zone, prints of a diary."""
    run = subprocess.run(
        [sys.executable, PRINTER, connection.settings_dict["NAME"], zone],
        cwd=ROOT,
        env=os.environ | {"TZ": zone, "PGTZ": zone, "PYTHONPATH": str(ROOT)},  # noqa: TID251
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


@pytest.mark.django_db(transaction=True)
def test_t13_the_servers_own_zone_changes_no_answer():
    first, *others = [printed_by_a_server_in(zone) for zone in ZONES]

    assert b'"local_date": "2025-10-26"' in first
    assert b"2025-12-31 23:50" in first
    assert others == [first, first]
