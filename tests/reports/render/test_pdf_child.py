"""The child on its own: what it answers, and what it never says."""

import json
import subprocess
import sys

from reports.render import pdf_child


def run_child(content, cwd):
    return subprocess.run(
        [sys.executable, "-I", "-B", pdf_child.__file__],
        input=content,
        capture_output=True,
        check=False,
        cwd=cwd,
    )


def job(tmp_path, template, **inputs):
    fields = {
        "template": template,
        "inputs": inputs,
        "root": str(tmp_path),
        "fonts": str(tmp_path),
        "standards": [],
        "timestamp": "2026-08-02T06:30:00+00:00",
    }
    return json.dumps(fields).encode()


def test_it_answers_with_a_pdf_and_says_nothing_else(tmp_path):
    finished = run_child(job(tmp_path, "#sys.inputs.word", word="hello"), tmp_path)

    assert finished.returncode == 0
    assert finished.stdout.startswith(b"%PDF-")
    assert finished.stderr == b""


def test_a_failure_leaves_a_class_name_and_no_text(tmp_path):
    finished = run_child(job(tmp_path, "#panic(sys.inputs.word)", word="secret"), tmp_path)

    assert (finished.returncode, finished.stdout) == (pdf_child.FAILED, b"")
    assert finished.stderr == b"TypstError"


def test_garbage_is_refused_the_same_way(tmp_path):
    finished = run_child(b"not json", tmp_path)

    assert (finished.returncode, finished.stderr) == (pdf_child.FAILED, b"JSONDecodeError")


def test_files_outside_the_empty_root_cannot_be_read(tmp_path):
    (tmp_path / "canary.txt").write_text("canary")
    root = tmp_path / "root"
    root.mkdir()

    finished = run_child(job(root, '#read("../canary.txt")'), root)

    assert finished.stderr == b"TypstError"
    assert b"canary" not in finished.stdout


def test_memory_is_bounded(tmp_path):
    greedy = "#let a = range(1000)\n#while true { a = a + a }"

    finished = run_child(job(tmp_path, greedy), tmp_path)

    assert finished.returncode != 0
    assert finished.stdout == b""
