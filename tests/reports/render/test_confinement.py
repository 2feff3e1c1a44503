"""The child in its cell: no network, no file but the fonts, no text of a person outside of it.

Each wall is proved on a canary that the same code reaches without the wall. What the kernel does
not grant, typst's own rules have to do: the tests ask it first, and expect no more and no less.
"""

import json
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import landlockpy
import psutil
import pytest

from reports.render import pdf as renderer
from reports.render import pdf_child
from reports.render.pdf import RenderError
from tests.reports.render.test_pdf import drawn
from tests.reports.samples import full_diary

CANARY = "Canary Person-5f3e"
FREE = "print(len(draw(job)))"
CONFINE = "confine(Path(job['root']), Path(job['fonts']))"
LINUX = sys.platform == "linux"
FILES_ARE_WALLED = LINUX and landlockpy.supported()
UNSHARE = f"import ctypes; exit(ctypes.CDLL(None).unshare({pdf_child.OWN_USER_AND_NETWORK}))"
NETWORK_IS_WALLED = FILES_ARE_WALLED or (
    LINUX and subprocess.run([sys.executable, "-c", UNSHARE], check=False).returncode == 0
)
ENDLESS = "#for a in range(100000) { for b in range(100000) { let c = a * b } }"


def in_the_child(code, job, **environment):
    """Run code with the functions of the child in a process like it."""
    functions = (
        f"import json, runpy, socket, sys; globals().update(runpy.run_path({pdf_child.__file__!r}))"
    )
    return subprocess.run(
        [sys.executable, "-I", "-B", "-c", f"{functions}\njob = json.load(sys.stdin)\n{code}"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
        cwd=job["root"],
        env=environment,
    )


@pytest.fixture
def job(tmp_path):
    folders = {name: tmp_path / name for name in ("root", "fonts")}
    for folder in folders.values():
        folder.mkdir()
    return {
        "template": "Hello",
        "inputs": {},
        "root": str(folders["root"]),
        "fonts": str(folders["fonts"]),
        "standards": [],
        "timestamp": "2026-08-02T06:30:00+00:00",
    }


@contextmanager
def listening():
    """A server on this machine, and what was said to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    heard.append(caller.recv(200))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_package_is_never_downloaded(job):
    job["template"] = '#import "@preview/example:0.1.0"'
    with listening() as (port, heard):
        proxy = f"http://127.0.0.1:{port}"

        in_the_child(FREE, job, HTTPS_PROXY=proxy)
        assert heard.pop().startswith(b"CONNECT packages.typst.org")
        confined = in_the_child(f"{CONFINE}; {FREE}", job, HTTPS_PROXY=proxy)

    assert confined.returncode != 0
    assert (heard == []) is NETWORK_IS_WALLED


def test_code_in_the_child_reaches_no_server(job):
    with listening() as (port, heard):
        call = f"socket.create_connection(('127.0.0.1', {port})).send(b'hello')"

        in_the_child(call, job)
        assert heard.pop() == b"hello"
        confined = in_the_child(f"{CONFINE}; {call}", job)

    assert (confined.returncode != 0) is NETWORK_IS_WALLED
    assert (heard == []) is NETWORK_IS_WALLED


def test_a_link_out_of_the_empty_root_leads_nowhere(job, tmp_path):
    (tmp_path / "canary.txt").write_text(CANARY)
    (tmp_path / "root" / "link.txt").symlink_to(tmp_path / "canary.txt")
    job["template"] = '#read("link.txt")'

    assert in_the_child(FREE, job).returncode == 0
    confined = in_the_child(f"{CONFINE}; {FREE}", job)

    assert (confined.returncode != 0) is FILES_ARE_WALLED
    assert ("TypstError" in confined.stderr) is FILES_ARE_WALLED


@pytest.mark.parametrize("target", [__file__, "/proc/self/environ", "/etc/passwd"])
def test_code_in_the_child_opens_no_file_of_the_machine(target, job):
    attempt = f"open({target!r}).read()"

    assert in_the_child(attempt, job).returncode == 0
    confined = in_the_child(f"{CONFINE}; {attempt}", job)

    assert ("PermissionError" in confined.stderr) is FILES_ARE_WALLED


def test_the_child_writes_nothing(job, tmp_path):
    target = tmp_path / "root" / "file"
    attempt = f"open({str(target)!r}, 'w').write('a')"

    in_the_child(attempt, job)
    target.unlink()
    in_the_child(f"{CONFINE}; {attempt}", job)

    assert not target.exists()


def test_no_text_of_a_person_leaves_the_pipe(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(renderer, "_template", lambda: ENDLESS)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with ThreadPoolExecutor() as pool:
        drawing = pool.submit(drawn, full_diary(3, display_name=CANARY))
        child = _child_at_work(drawing)

        seen = [*child.cmdline(), *child.environ().values(), *map(str, child.open_files())]
        files = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_symlink()]
        child.kill()

    error = drawing.exception()
    assert repr(error) == "RenderError('Killed')"
    assert not any("Canary" in text for text in (*seen, caplog.text))
    assert (files, list(tmp_path.iterdir())) == ([], [])


def _child_at_work(drawing):
    """The child, once it has read its job and is drawing."""
    while not drawing.done():
        for child in psutil.Process().children():
            if pdf_child.__file__ in child.cmdline() and child.cpu_times().user > 0.4:
                return child
    raise AssertionError("the child has ended") from drawing.exception()


def test_a_render_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(renderer, "WALL_SECONDS", 1)
    monkeypatch.setattr(renderer, "_template", lambda: ENDLESS)

    with pytest.raises(RenderError, match="TimeoutExpired"):
        drawn(full_diary(3))

    assert not any(pdf_child.__file__ in c.cmdline() for c in psutil.Process().children())
