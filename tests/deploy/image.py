"""The Dockerfile's steps, carried out in a folder instead of a container."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
USER = 10001
ARGUMENT = ("${REQUIREMENTS}", "requirements.txt")
ELSEWHERE = ("useradd", "install")  # what changes the system itself


def instructions(stage: str) -> Iterator[tuple[str, str]]:
    """Yield the instructions of one stage of the Dockerfile; the last has the name ""."""
    name = None
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            name = rest.partition(" AS ")[2]
        elif name == stage and word.isupper():
            yield word, rest


class Image:
    """A folder that stands for the root of the container."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "srv/quiver"
        self.work.mkdir(parents=True)
        self.environment: dict[str, str] = {}
        self.command: list[str] = []
        self._ignored = ignored_patterns()
        self._python = python_for_everybody()

    def build(self) -> None:
        """Carry out the stages `packages` and the last; the fonts are those of this copy."""
        for stage in ("packages", ""):
            for word, rest in instructions(stage):
                if word == "RUN":
                    self._run(rest)
                elif word == "COPY":
                    self._copy(rest)
                elif word == "ENV":
                    pairs = (item.split("=", 1) for item in shlex.split(rest))
                    self.environment |= {name: self.inside(value) for name, value in pairs}
                elif word == "CMD":
                    self.command = json.loads(rest)

    def inside(self, text: str) -> str:
        """Return the text with the image's absolute paths led into the folder."""
        return re.sub(r"(?<![\w/])/(opt/quiver|srv/quiver|tmp)\b", rf"{self.folder}/\1", text)

    def seal(self) -> None:
        """Let nobody write, and everybody read."""
        subprocess.run(["/bin/chmod", "-R", "a-w,a+rX", str(self.folder)], check=True)

    def _run(self, command: str) -> None:
        words = shlex.split(self.inside(command))
        if words[0] in ELSEWHERE:
            return
        if words[0] == "python":
            words[0] = self._python
        elif words[0] == "pip":
            words[:1] = [sys.executable, "-m", "pip"]
        subprocess.run(words, cwd=self.work, check=True, env={"PATH": os.defpath})

    def _copy(self, arguments: str) -> None:
        *sources, target = [
            each for each in arguments.replace(*ARGUMENT).split() if not each.startswith("--")
        ]
        place = Path(self.inside(target)) if target.startswith("/") else self.work / target
        for source in sources:
            if "--from=packages" in arguments:
                continue  # that stage was carried out in this very folder
            if "--from=fonts" in arguments:
                shutil.copy(ROOT / "reports/fonts" / Path(source).name, place)
            elif (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=self._leave_out)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place)

    def _leave_out(self, folder: str, names: list[str]) -> list[str]:
        below = Path(folder).relative_to(ROOT)
        return [
            name
            for name in names
            if any(fnmatch.fnmatch(f"/{below / name}", pattern) for pattern in self._ignored)
        ]


def identity() -> dict[str, Any]:
    """Return the keywords that run a program as the image's user, none unless we are root."""
    return {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}


def python_for_everybody() -> str:
    """Return a Python that the image's user can run; root's own may lie in a closed folder."""
    wanted = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    for program in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        try:
            subprocess.run([program, "-c", wanted], check=True, cwd="/", **identity())
        except (OSError, subprocess.CalledProcessError):
            continue
        return program
    raise RuntimeError("Run this as a user who is not root: no Python here is open to others.")


def ignored_patterns() -> tuple[str, ...]:
    """Return what .dockerignore leaves out of the folders that it lets in."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith(("#", "!")) and line != "*"]
    return tuple(f"/{pattern}".replace("/**/", "*/") for pattern in patterns)
