"""Looks for keys and passwords in the work tree and in every commit: part of `make check`.

A scanner that finds nothing proves nothing by itself. So a private key that was committed and
deleted again is looked for first.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from supply_chain.parts import ROOT

TOOLS = ROOT / ".venv-audit"
# Nothing is dialed: what looks like a key is not tried out.
SCAN = ("--no-validate", "--no-update-check", "--git-history", "full", "--redact")
STORE = "/.git/"  # what is in a commit is named by its own path; here lies what no commit reaches
FOUND_SOMETHING = 200  # the scanner's exit status
BLIND = "The scan proves nothing: a key that was committed and deleted again was not found."
FOUND = "These look like secrets. Change them where they are used; deleting the line is not enough."


def findings_in(folder: Path) -> tuple[str, ...]:
    """Return what looks like a secret, by rule and place, in a folder and the history it has.

    The secrets are not repeated. Raises CalledProcessError when the scanner fails.
    """
    options = (*SCAN, "--rule-cache-dir", str(TOOLS / "rules"), "--format", "json")
    left_out = [word for path in _ignored(folder) for word in ("--exclude", path)]
    command = (str(TOOLS / "bin" / "kingfisher"), "scan", *options, *left_out, str(folder))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, FOUND_SOMETHING):
        raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr)
    report, _summary_begins = json.JSONDecoder().raw_decode(done.stdout)
    found = (_described(**one) for one in report["findings"])
    return tuple(one for one in found if STORE not in one)


def _ignored(folder: Path) -> list[str]:
    """Return what git never commits: environments, fetched files, the keys of `make run`."""
    listing = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    done = subprocess.run(("git", "-C", str(folder), *listing), capture_output=True, check=False)
    return [path.decode() for path in done.stdout.split(b"\0") if path]


def _described(*, rule: dict[str, str], finding: dict[str, object], **_: object) -> str:
    return f"{rule['id']} in {finding['path']}, line {finding['line']}"


def commit_and_delete_key(folder: Path) -> None:
    """Make a repository whose first commit holds a new private key, and whose second does not."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path = folder / "deploy.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    git(folder, "init", "--quiet")
    git(folder, "add", path.name)
    git(folder, "commit", "--quiet", "--message", "Add a key")
    git(folder, "rm", "--quiet", path.name)
    git(folder, "commit", "--quiet", "--message", "Take it back")


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    somebody = ("-c", "user.name=canary", "-c", "user.email=canary@localhost")
    subprocess.run(("git", "-C", str(folder), *somebody, *arguments), check=True)


def main() -> int:
    """Return 0 when the scanner can see, and sees nothing here, else 1."""
    with tempfile.TemporaryDirectory() as folder:
        commit_and_delete_key(Path(folder))
        if not any("deploy.pem" in one for one in findings_in(Path(folder))):
            sys.stderr.write(f"{BLIND}\n")
            return 1
    found = findings_in(ROOT)
    if found:
        sys.stderr.write("\n".join((FOUND, *found, "")))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
