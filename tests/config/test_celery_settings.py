"""Why Celery is set as it is, on the version that is installed: workers killed, Redis silent."""

import base64
import json
import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from kombu import Connection

from api.nudge import Hint
from config.celery import app
from config.run import HOST, stop_with_parent
from diary.tasks import run_outbox
from tests.chaos.servers import Valkey, wait_for
from tests.chaos.service import CELERY, free_port, kill_group
from tests.config.sending import send

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1.5
DIARY_TEXT = "my left lip twitched"
COUNTED = 'quiver_task_failures_total{task="tests.fail"} 1.0'


@pytest.fixture(scope="module")
def valkey():
    with TemporaryDirectory(prefix="quiver-", dir="/var/tmp") as folder:  # sockets want short paths
        server = Valkey(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="module")
def environment(valkey):
    return {
        "PATH": os.defpath,
        "SECRET_KEY": "for workers without a person",
        "DATA_KEYS": f"only:{base64.b64encode(bytes(32)).decode()}",
        "DATABASE_URL": "postgresql://nobody@/nothing?host=/nonexistent",
        "REDIS_URL": valkey.url,
    }


def start_worker(environment, **options):
    command = (*CELERY[:-1], "tests.config.slow_tasks", "worker", "--concurrency", "1")
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *command],
        cwd=ROOT,
        env=environment,
        **options,
        start_new_session=True,
        preexec_fn=stop_with_parent,  # noqa: PLW1509 - it only calls prctl
    )


def test_the_task_of_a_killed_worker_is_done_by_the_next_one(environment, tmp_path):
    notes = tmp_path / "notes"
    notes.touch()
    send(environment["REDIS_URL"], "tests.take_time", str(notes), str(SECONDS))
    first = start_worker(environment)
    wait_for(lambda: notes.read_text() == "began\n")

    kill_group(first)
    second = start_worker(environment)
    try:
        wait_for(lambda: notes.read_text() == "began\nbegan\nended\n")
    finally:
        kill_group(second)


@pytest.fixture(scope="module")
def failed(environment, tmp_path_factory):
    """What a worker has logged and what it tells Prometheus once a task has failed."""
    folder, address = tmp_path_factory.mktemp("failed"), f"{HOST}:{free_port()}"
    log, told = folder / "log", ""
    metrics = {"METRICS_DIR": str(folder / "counts"), "METRICS_ADDRESS": address}
    send(environment["REDIS_URL"], "tests.fail", DIARY_TEXT)
    with log.open("wb") as file:
        worker = start_worker(
            environment | metrics | {"LOG_FORMAT": "json"}, stderr=file, stdout=file
        )
    try:
        wait_for(lambda: "raised unexpected" in log.read_text())
        wait_for(lambda: COUNTED in told_at(address))
        told = told_at(address)
    finally:
        kill_group(worker)
    return log.read_text(), told


def test_a_task_that_fails_is_logged_by_class_place_and_id_without_its_words(failed):
    log, _ = failed

    failures = [json.loads(line) for line in log.splitlines() if "unexpected" in line]
    assert DIARY_TEXT not in log
    assert {failure["exception"] for failure in failures} == {"ValueError"}
    assert all("slow_tasks.py" in failure["places"][-1] for failure in failures)
    assert all(failure["task_id"] in failure["message"] for failure in failures)


def test_a_worker_tells_what_its_processes_have_counted(failed):
    _, told = failed

    assert COUNTED in told
    assert 'quiver_task_seconds_count{task="tests.fail"} 1.0' in told
    assert DIARY_TEXT not in told


def told_at(address):
    """Return what Prometheus would read there, nothing when nobody answers."""
    connection = HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", "/metrics")
        return connection.getresponse().read().decode()
    except OSError:
        return ""
    finally:
        connection.close()


@pytest.fixture
def silent_port():
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_redis_that_never_answers_holds_nobody_who_writes(silent_port, monkeypatch):
    options = app.conf.broker_transport_options | {"socket_timeout": 0.1}
    silent = Connection(f"redis://127.0.0.1:{silent_port}/0", transport_options=options)
    real: Any = run_outbox.apply_async
    monkeypatch.setattr(run_outbox, "apply_async", lambda **how: real(connection=silent, **how))
    hint = Hint(run_outbox)

    began = time.monotonic()
    hint.give()
    given = time.monotonic() - began
    has_been_sent = hint.send()

    assert given < 0.1
    assert not has_been_sent  # the client library gives up by itself, after ten more tries


def test_no_task_may_outlive_the_time_after_which_it_is_started_again():
    options = app.conf.broker_transport_options

    assert app.conf.task_acks_late
    assert app.conf.task_time_limit < options["visibility_timeout"]
    assert 0 < options["socket_connect_timeout"] <= options["socket_timeout"] <= 5


def test_what_the_scheduler_sends_exists_and_never_piles_up():
    app.loader.import_default_modules()

    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] == entry["schedule"]
