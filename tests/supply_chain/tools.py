"""The tools themselves, for `make audit`: that they are heard when something is wrong.

The advisory service is a small one of our own.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from supply_chain.audit import audit
from supply_chain.secret_scan import commit_and_delete_key, findings_in, git


class Service(ThreadingHTTPServer):
    """What it was asked about, and which pins it knows holes in, as (name, version)."""

    asked: list[tuple[str, str]]
    holes: set[tuple[str, str]]


class Advisories(BaseHTTPRequestHandler):
    """Answers in the way of OSV."""

    server: Service

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        pin = (asked["package"]["name"], asked["version"])
        self.server.asked.append(pin)
        hole = {"id": "TEST-1", "affected": [{"package": asked["package"], "versions": [pin[1]]}]}
        answer = json.dumps({"vulns": [hole]} if pin in self.server.holes else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words):
        """Keep quiet."""


CANARY = ("django", "4.2.0")


@pytest.fixture
def service():
    with Service(("127.0.0.1", 0), Advisories) as server:
        server.asked, server.holes = [], {CANARY}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def options(service, tmp_path):
    address = f"http://127.0.0.1:{service.server_port}/v1/query"
    return ["--vulnerability-service", "osv", "--osv-url", address, "--cache-dir", str(tmp_path)]


def test_when_nothing_is_known_of_any_pin_the_audit_passes(service, options):
    assert audit(options) == 0
    assert ("cryptography", "50.0.2") in service.asked
    assert {version for name, version in service.asked if name == "numpy"} > {"2.4.6"}


def test_a_hole_in_one_pin_fails_it(service, options, capfd):
    service.holes.add(("numpy", "2.5.5"))

    assert audit(options) == 1
    assert "TEST-1" in capfd.readouterr().out


def test_a_service_that_knows_nothing_fails_it(service, options, capfd):
    service.holes.clear()

    assert audit(options) == 1
    assert "proves nothing" in capfd.readouterr().err
    assert service.asked == [CANARY]


def test_a_service_that_is_not_reached_fails_it(options, capfd):
    nobody = [*options[:3], "http://127.0.0.1:1/v1/query", *options[4:]]

    assert audit(nobody) == 1
    assert "proves nothing" in capfd.readouterr().err


def test_a_key_that_was_committed_and_deleted_is_found_and_not_repeated(tmp_path):
    commit_and_delete_key(tmp_path)

    assert findings_in(tmp_path) == ("betterleaks.private-key in deploy.pem, line 1",)


def test_a_key_in_the_work_tree_is_found(tmp_path):
    token = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0iL3oR6"
    (tmp_path / "settings.py").write_text(f'GITHUB_TOKEN = "{token}"\n')

    assert len(findings_in(tmp_path)) == 1


def test_what_git_ignores_is_left_out(tmp_path):
    (tmp_path / ".gitignore").write_text("/kept-secret/\n")
    place = tmp_path / "kept-secret"
    place.mkdir()
    commit_and_delete_key(place)
    commit_and_delete_key(tmp_path)

    assert [one for one in findings_in(tmp_path) if "kept-secret" in one] == []


def test_what_was_staged_and_never_committed_is_left_out(tmp_path):
    commit_and_delete_key(tmp_path)
    (tmp_path / "notes.md").write_text("redis://:Zx81kQm4pWv7Tb2N@cache.internal:6379/0\n")
    git(tmp_path, "add", "notes.md")
    (tmp_path / "notes.md").unlink()

    assert [one for one in findings_in(tmp_path) if "deploy.pem" not in one] == []
