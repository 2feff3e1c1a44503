"""`make run`, as far as it goes without starting a service."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def busy_port():
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_port_in_use_is_said_before_anything_is_started(busy_port):
    done = subprocess.run(
        [sys.executable, "-m", "config.run"],
        cwd=ROOT,
        env={"PATH": os.defpath, "PORT": str(busy_port), "DATABASE_URL": "never read"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert done.stdout.startswith(f"Port {busy_port} is in use.")


def test_a_part_that_ends_by_itself_ends_the_run(capsys):
    ended = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    lasting = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
    )

    status = run.watch({"web": lasting, "worker": ended})
    run.stop({"web": lasting, "worker": ended})

    assert status == 1
    assert "The worker ended with status 3" in capsys.readouterr().out
    assert lasting.poll() is not None


def test_no_sample_person_is_put_into_a_database_that_may_be_real(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@db/diary")
    monkeypatch.setenv("DEBUG", "off")

    assert "no sample diary was made" in run.sample_diary(port=8000)


def test_alerts_have_a_process_of_their_own():
    assert run.commands(port=8000)["outbox"] == ("manage", "run_outbox")
