"""A TypeScript client made from the committed contract compiles strictly, and talks to a service.

Node comes with the development requirements; its packages are installed once, as locked.
"""

import json
from pathlib import Path

import pytest

from tests.api.conftest import Phone, mailed_code
from tests.node import install_once, run

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"


@pytest.fixture(scope="session")
def program():
    """Return the compiled program that talks to a service through the generated client."""
    install_once(HERE)
    run(
        HERE,
        PACKAGES / "openapi-typescript" / "bin" / "cli.js",
        HERE.parents[1] / "docs" / "openapi.json",
        "--default-non-nullable=false",
        f"--output={HERE / 'generated' / 'openapi.d.ts'}",
    )
    run(HERE, PACKAGES / "typescript" / "bin" / "tsc", "--project", HERE / "tsconfig.json")
    return HERE / "compiled" / "round_trip.js"


@pytest.fixture
def token(transactional_db):
    phone = Phone()
    phone.sign_up()
    return phone.verify(mailed_code()).json()["meta"]["session_token"]


def test_the_typed_client_makes_a_round_trip(program, live_server, token):
    seen = json.loads(run(HERE, program, live_server.url, token))

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
