"""The parent side of PDF rendering: one fresh process per report, bounded, with an empty root."""

import json
import re
import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from reports.domain.shape import ReportModel
from reports.render import pdf_child
from reports.render.fonts import font_files

WALL_SECONDS = 20
WITH_ATTACHMENT = ("ua-1", "a-3a")
WITHOUT_ATTACHMENT = ("ua-1", "a-2a")
_CLASS_NAME = re.compile(rb"[A-Za-z_]{1,60}")


class RenderError(Exception):
    """No PDF came out. `failure` names the class of what went wrong and holds no one's text."""

    def __init__(self, failure: str) -> None:
        super().__init__(failure)
        self.failure = failure


def render_pdf(model: ReportModel, diary_json: bytes) -> bytes:
    """Return the two pages as PDF/UA-1 and PDF/A, with `diary_json` attached if the model says so.

    The same model gives the same bytes. The person's texts go to the child by standard input only;
    the temporary folder holds an empty folder and links to the fonts, each of which is read only
    when the report needs it. Raises RenderError when the child fails, is killed by its limits or
    takes longer than 20 s.
    """
    with tempfile.TemporaryDirectory(prefix="report-") as place:
        root, fonts = Path(place, "root"), Path(place, "fonts")
        root.mkdir()
        fonts.mkdir()
        for face in font_files():
            (fonts / face.name).symlink_to(face.resolve())
        job = _job(model, diary_json, root=str(root), fonts=str(fonts))
        return _run(json.dumps(job).encode(), directory=root)


def _job(model: ReportModel, diary_json: bytes, *, root: str, fonts: str) -> dict[str, Any]:
    attached = model.furniture.attachment
    inputs = {"model": json.dumps(model.as_json(), sort_keys=True)}
    if attached:
        inputs["diary"] = diary_json.decode()
    return {
        "template": _template(),
        "inputs": inputs,
        "root": root,
        "fonts": fonts,
        "standards": WITH_ATTACHMENT if attached else WITHOUT_ATTACHMENT,
        "timestamp": model.furniture.generated_at.replace(microsecond=0).isoformat(),
    }


def _template() -> str:
    return (files("reports") / "templates" / "report.typ").read_text(encoding="utf-8")


def _run(job: bytes, *, directory: Path) -> bytes:
    try:
        finished = subprocess.run(  # noqa: S603 - our own file, no shell, data on stdin only
            [sys.executable, "-I", "-B", pdf_child.__file__],
            input=job,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=directory,
            env={"MALLOC_ARENA_MAX": "2"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RenderError("TimeoutExpired") from None
    if finished.returncode == 0 and finished.stdout.startswith(b"%PDF-"):
        return finished.stdout
    if finished.returncode == pdf_child.FAILED and _CLASS_NAME.fullmatch(finished.stderr):
        raise RenderError(finished.stderr.decode())
    raise RenderError("Killed")
