"""Asks the advisory service about every pin: `make audit`.

pip-audit is content when the service cannot be reached and everything was skipped. So a version
that is known to be bad is asked about first: when that is not reported, nothing is proved.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from supply_chain.parts import ROOT, pip_parts

CANARY = "django==4.2.0"
ASK = (
    str(ROOT / ".venv-audit" / "bin" / "pip-audit"),
    *("--no-deps", "--disable-pip", "--progress-spinner", "off"),
)
BLIND = (
    f"The audit proves nothing: {CANARY}, which is known to be bad, was not reported. The advisory"
    " service was not reached, or does not know its business."
)


def audit(options: Sequence[str] = ()) -> int:
    """Return 0 when every pin was asked about and none is known to be bad, else 1.

    `options` are further ones for pip-audit, such as another service.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "requirements.txt")
        asked.write_text(f"{CANARY}\n", "utf-8")
        if not _is_reported(asked, (*ASK, *options)):
            return _say(BLIND)
        for number, pins in enumerate(_one_version_each()):
            asked.write_text("".join(f"{pin}\n" for pin in sorted(pins)), "utf-8")
            command = (*ASK, "--strict", *options, "-r", str(asked))
            if subprocess.run(command, check=False).returncode != 0:
                return _say(f"Set {number + 1} of the pins did not pass; see above.")
    return 0


def _is_reported(asked: Path, command: Sequence[str]) -> bool:
    done = subprocess.run(
        (*command, "--format", "json", "-r", str(asked)), capture_output=True, check=False
    )
    try:
        [answer] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return False
    return bool(answer.get("vulns"))


def _one_version_each() -> list[set[str]]:
    """Return all pins, those of other platforms too, in sets that name each package once."""
    versions: dict[str, list[str]] = {}
    parts = [part for file in ROOT.glob("requirements*.txt") for part in pip_parts(file)]
    for name, version in sorted({(part.name, part.version) for part in parts}):
        versions.setdefault(name, []).append(version)
    most = max(len(found) for found in versions.values())
    return [
        {f"{name}=={found[number]}" for name, found in versions.items() if number < len(found)}
        for number in range(most)
    ]


def _say(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(audit(sys.argv[1:]))
