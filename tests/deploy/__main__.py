"""`make container`: the image without Docker, and a day of its service as another user.

Carries out the Dockerfile in a folder that is then read-only, runs the processes of compose.yaml
from it, and logs, alerts and reports through them. Run as root, they are the image's user.
"""

import base64
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import yaml

from config.run import HOST, answers, say, stop_with_parent
from tests.chaos.servers import PostgreSQL, Valkey, wait_for
from tests.chaos.service import free_port, kill_group
from tests.chaos.writing import warning_sign
from tests.deploy.image import ROOT, USER, Image, identity
from tests.phone.phone import Ended, Phone
from tests.phone.transport import HttpTransport

FOLDERS = "/var/tmp"  # noqa: S108 - PostgreSQL's own user must reach it; the name below is random
EMAIL, PASSWORD = "alice@example.org", "a long pass phrase"
ACCOUNT = (
    "import django; django.setup();"
    "from diary.operations.people import open_verified_account as o;"
    f"o({EMAIL!r}, {PASSWORD!r})"
)
STOP_SECONDS = 180
PATIENCE_SECONDS = 600
HTTP_OK = 200


class Container:
    """The processes of the image, with servers that run elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.image = Image(folder / "image")
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        self.log = (folder / "log").open("wb+")
        self.postgresql, self.valkey = PostgreSQL(folder), Valkey(folder)
        self.port = free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        if os.geteuid() == 0:
            os.chown(self.scratch, USER, USER)

    def environment(self) -> dict[str, str]:
        return self.image.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_KEYS": f"2026:{base64.b64encode(secrets.token_bytes(32)).decode()}",
            "DATABASE_URL": self.postgresql.url("quiver_app"),
            "DATABASE_OWNER_URL": self.postgresql.url("quiver_owner"),
            "REDIS_URL": self.valkey.url,
            "METRICS_DIR": str(self.scratch / "metrics"),
            "METRICS_TOKEN": "a token",
            "ERASURE_LIST": str(self.scratch / "erasures.jsonl"),
            "TMPDIR": str(self.scratch),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def start_servers(self, cleaning: ExitStack) -> None:
        for server in (self.postgresql, self.valkey):
            cleaning.callback(server.stop)
            server.start()
        sockets = self.postgresql.sockets / "postgresql"
        for path in (sockets, sockets / ".s.PGSQL.5432", self.valkey.socket):
            path.chmod(0o777)

    def start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        program = shutil.which(command[0], path=self.given["PATH"])
        if program is None:
            raise FileNotFoundError(command[0])
        self.processes[name] = subprocess.Popen(
            [program, *command[1:]],
            cwd=self.image.work,
            env=self.given,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
            preexec_fn=stop_with_parent,  # noqa: PLW1509 - it only calls prctl
            **identity(),
        )
        return self.processes[name]

    def run(self, *command: str) -> None:
        if self.start("once", list(command)).wait(PATIENCE_SECONDS) != 0:
            raise RuntimeError(f"{command} failed")

    def serve(self) -> None:
        """Start what compose.yaml starts, the web process on a port of our own."""
        self.given = self.environment()
        composed = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
        self.run(*composed["migrate"]["command"])
        web = [str(self.port) if part == "8000" else part for part in self.image.command]
        self.start("web", web)
        for name in ("worker", "beat", "outbox"):
            command = [self.outside(part) for part in composed[name]["command"]]
            self.start(name, command)
        wait_for(lambda: answers(self.port))

    def outside(self, part: str) -> str:
        """Return a part of a command with the container's /tmp led to our scratch folder."""
        return re.sub("^/tmp/", f"{self.scratch}/", part)

    def stop(self) -> None:
        for process in self.processes.values():
            kill_group(process)


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="quiver-container-", dir=FOLDERS))
    folder.chmod(0o755)
    container = Container(folder)
    try:
        with ExitStack() as cleaning:
            cleaning.callback(container.stop)
            live_through_a_day(container, cleaning)
    except BaseException:
        container.log.seek(0)
        sys.stderr.buffer.write(container.log.read()[-8000:])
        raise
    finally:
        subprocess.run(["/bin/chmod", "-R", "u+w", str(folder)], check=True)
        shutil.rmtree(folder)
    return 0


def live_through_a_day(container: Container, cleaning: ExitStack) -> None:
    began = time.monotonic()
    container.image.build()
    container.image.seal()
    files = [path for path in container.image.folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files if not path.is_symlink()) // 1_000_000
    say(f"Built in {time.monotonic() - began:.0f} s: {size} MB beside the base image.")
    container.start_servers(cleaning)
    container.serve()
    container.run("python", "-m", "config.probe", str(container.port))
    container.run("python", "-c", ACCOUNT)
    phone = Phone(HttpTransport(HOST, container.port, timeout=30))
    for path in ("/healthz", "/readyz"):
        expect(phone.send("GET", path, None).status, HTTP_OK, path)
    expect(phone.sign_in(EMAIL, PASSWORD).status, HTTP_OK, "sign-in")
    phone.log("episode", dict(warning_sign()["data"]))
    expect(phone.sync(), Ended.IN_STEP, "an episode")
    expect(bool(phone.send("GET", "/v1/alerts", None).body["items"]), True, "an alert")  # noqa: FBT003
    expect(report_of(phone), "ready", "a report")
    for name in ("web", "worker", "beat", "outbox"):
        process = container.processes[name]
        process.terminate()
        expect(process.wait(STOP_SECONDS), 0, f"the end of {name}")
    say("Served, logged, alerted, reported and stopped; read-only, without development packages.")


def report_of(phone: Phone) -> str:
    """Return what became of a report that the phone asks for."""
    asked = phone.send("POST", "/v1/reports", {})
    path = f"/v1/reports/{asked.body['id']}"
    states: list[str] = []

    def is_done() -> bool:
        states.append(phone.send("GET", path, None).body["state"])
        return states[-1] in ("ready", "failed")

    wait_for(is_done)
    return states[-1]


def expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise AssertionError(f"{what}: {found!r} instead of {wanted!r}")


if __name__ == "__main__":
    sys.exit(main())
