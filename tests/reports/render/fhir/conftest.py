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
        questions, answers = process.stdin, process.stdout
        assert questions is not None
        assert answers is not None

        def problems(bundle):
            questions.write(json.dumps(bundle) + "\n")
            questions.flush()
            return json.loads(answers.readline())

        yield problems
