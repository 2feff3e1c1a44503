"""SIGTERM: every process ends what it has begun, and then itself with status 0, in time."""

import subprocess
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg
import pytest

from config.run import HOST, answers, stop_with_parent
from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.chaos.service import free_port, kill_group
from tests.chaos.writing import warning_sign
from tests.config.sending import send
from tests.deploy.image import ROOT
from tests.deploy.test_compose import SERVICES
from tests.phone.transport import HttpTransport

STOP_SECONDS = 40
WEB = "granian --interface wsgi --no-ws --workers 2 --blocking-threads 1 --workers-kill-timeout 30"
HTTP_OK = 200


@pytest.fixture(scope="module")
def rig(migrated):
    with TemporaryDirectory(prefix="quiver-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        rig = Rig(Path(folder), seed=1, migrated=migrated)
        try:
            rig.start()
            yield rig
        finally:
            rig.stop()


@pytest.fixture(scope="module")
def token(rig):
    """What a phone of somebody is signed in by."""
    [person] = rig.accounts([[]])
    return {"X-Session-Token": person.tokens[0]}


@pytest.fixture
def start(rig):
    """Return a function that starts one process; what is left of it at the end is killed."""
    started = []

    def start(*command):
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *command],
            cwd=ROOT,
            env=rig.service.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=stop_with_parent,  # noqa: PLW1509 - it only calls prctl
        )
        started.append(process)
        return process

    yield start
    for process in started:
        kill_group(process)


def test_a_web_process_answers_the_request_in_hand_and_then_ends(rig, start, token):
    port, answered = free_port(), []
    web = start(*WEB.split(), "--port", str(port), "config.wsgi:application")
    wait_for(lambda: answers(port))
    phone = HttpTransport(HOST, port, timeout=30)
    phone.send("GET", "/v1/profile", None, token)  # all is loaded
    with psycopg.connect(rig.postgresql.url("quiver_owner")) as holder:
        holder.execute("LOCK TABLE episode IN ACCESS EXCLUSIVE MODE")
        body = {"ops": [warning_sign()]}
        pushing = threading.Thread(
            target=lambda: answered.append(phone.send("POST", "/v1/sync", body, token))
        )
        pushing.start()
        time.sleep(0.7)
        web.terminate()
        time.sleep(0.7)
        assert web.poll() is None
    pushing.join()

    assert web.wait(STOP_SECONDS) == 0
    assert answered[0].status == HTTP_OK
    assert answered[0].body["results"][0]["advice"]


def test_open_streams_do_not_keep_the_process_for_hints(start, token):
    port = free_port()
    command = [str(port) if part == "8001" else part for part in SERVICES["live"]["command"]]
    live = start(*command)
    wait_for(lambda: answers(port))
    with closing(HTTPConnection(HOST, port, timeout=30)) as app:
        app.request("GET", "/v1/live", headers=token)
        assert app.getresponse().status == HTTP_OK
        began = time.monotonic()
        live.terminate()

        assert live.wait(STOP_SECONDS) == 0
        assert time.monotonic() - began < 20


def test_the_processes_that_wait_end_at_once(start, tmp_path):
    options = ("--schedule", str(tmp_path / "schedule"), "--pidfile=")
    beat = start("celery", "-A", "config.celery", "beat", *options)
    outbox = start("manage", "run_outbox")
    wait_for(lambda: any(tmp_path.iterdir()))
    wait_for(lambda: psutil.Process(outbox.pid).net_connections("unix"))  # to PostgreSQL
    began = time.monotonic()

    for process in (beat, outbox):
        process.terminate()

    assert [process.wait(STOP_SECONDS) for process in (beat, outbox)] == [0, 0]
    assert time.monotonic() - began < 10


def test_a_worker_ends_the_task_in_hand(rig, start, tmp_path):
    notes = tmp_path / "notes"
    notes.touch()
    send(rig.valkey.url, "tests.take_time", str(notes), "1.5")
    worker = start(
        "celery", "--quiet", "-A", "tests.config.slow_tasks", "worker", "--concurrency", "1"
    )
    wait_for(lambda: notes.read_text() == "began\n")

    worker.terminate()

    assert worker.wait(STOP_SECONDS) == 0
    assert notes.read_text() == "began\nended\n"
