"""The embedded servers: started, shared, found again and stopped, in a copy of their own."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVERS = {"postgres", "valkey-server"}
PRELUDE = """
import psycopg, redis
from config import env, servers
from config.embedded import places
settings = servers.databases()["owner"]
database = psycopg.connect(host=settings["HOST"], port=settings["PORT"], user=settings["USER"],
                           dbname=settings["NAME"], autocommit=True)
broker = redis.Redis.from_url(servers.redis_url())
print(places.home(), flush=True)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Iterator[Path]:
    # pytest's folders are closed to other users, and this path is too long for a socket.
    folder = tmp_path_factory.mktemp("copy") / ("deep-" * 20) / "with a space"
    shutil.copytree(ROOT / "config", folder / "config")
    yield folder
    home = Path(use(folder, "").splitlines()[0])
    shutil.rmtree(home)


def use(copy: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + code],
        cwd=copy,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def start_using(copy: Path) -> tuple[subprocess.Popen[str], Path]:
    code = PRELUDE + "input(); print(*database.execute('SELECT 41 + 1').fetchone(), broker.ping())"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=copy,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    home = process.stdout.readline().strip()
    assert home, "without its folder, the servers of others would be taken for ours"
    return process, Path(home)


def environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LANG": "C.UTF-8"}


def servers_under(home: Path) -> dict[str, psutil.Process]:
    return {
        process.info["name"]: process
        for process in psutil.process_iter(["name", "cmdline", "status"])
        if process.info["name"] in SERVERS
        and process.info["status"] != psutil.STATUS_ZOMBIE
        and str(home) in " ".join(process.info["cmdline"] or ())
    }


def test_data_outlive_the_servers_and_the_last_user_stops_them(copy):
    write = "database.execute('CREATE TABLE kept AS SELECT 7 AS n'); broker.set('kept', 'seven')"
    read = "print(*database.execute('SELECT n FROM kept').fetchone(), broker.get('kept').decode())"

    home, *_ = use(copy, write).splitlines()
    running_between = servers_under(Path(home))
    again, answer = use(copy, read).splitlines()

    assert running_between == {}
    assert (again, answer) == (home, "7 seven")


def test_one_who_leaves_does_not_stop_what_another_uses(copy):
    first, home = start_using(copy)

    use(copy, "")
    running_while_used = set(servers_under(home))
    answer, _ = first.communicate("\n")

    assert running_while_used == SERVERS
    assert answer.split() == ["42", "True"]
    assert servers_under(home) == {}


def test_a_run_after_everything_was_killed_starts_again(copy):
    killed, home = start_using(copy)
    for process in servers_under(home).values():
        process.send_signal(signal.SIGKILL)
    killed.kill()
    killed.communicate()
    number_of_another_program = f"{os.getpid()}\n"
    (home / "postgresql" / "postmaster.pid").write_text(number_of_another_program)

    answer = use(copy, "print(*database.execute('SELECT 1').fetchone(), broker.ping())")

    assert answer.splitlines()[1] == "1 True"


def test_the_application_owns_nothing_and_cannot_bypass_row_security(copy):
    code = """
roles = database.execute(
    "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s",
    [servers.databases()["default"]["USER"]])
print(*roles.fetchone())
print(*database.execute("SHOW server_encoding").fetchone())
"""

    _, role, encoding = use(copy, code).splitlines()

    assert role == "quiver_app False False False"
    assert encoding == "UTF8"


def test_the_secret_key_is_made_once_and_closed_to_others(copy):
    first, second = (use(copy, "print(env.secret_key())").splitlines()[1] for _ in range(2))
    mode = (copy / ".data" / "secret-key").stat().st_mode

    assert first == second
    assert len(first) > 50
    assert stat.S_IMODE(mode) == 0o600


def test_folders_that_others_cannot_enter_stay_closed(copy):
    use(copy, "")

    closed = [folder for folder in copy.parents if stat.S_IMODE(folder.stat().st_mode) == 0o700]

    assert closed, "pytest no longer closes its folders: this test needs another closed one"
