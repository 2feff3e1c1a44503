"""The validator: one Node process for the whole session, one document per line."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.node import NODE, install_once

VALIDATOR = Path(__file__).parent / "validator"


@pytest.fixture(scope="session")
def problems_of():
    """Return a function from a bundle to the list of what is wrong with it by the standard."""
    install_once(VALIDATOR)
    with subprocess.Popen(
        [NODE, VALIDATOR / "validate.mjs"],
        cwd=VALIDATOR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:

        def problems(bundle):
            process.stdin.write(json.dumps(bundle) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield problems
