"""A web process starts without what only looks and reports compute with."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = {
    "PATH": os.defpath,
    "EMBEDDED_SERVERS": "off",
    "SECRET_KEY": "only of this test",
    "DATA_KEYS": f"only:{'A' * 43}=",
}


def test_a_web_process_that_knows_all_routes_has_imported_neither_scipy_nor_typst():
    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.imports"],
        cwd=ROOT,
        env=NOWHERE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout

    packages = {module.partition(".")[0] for module in printed.split()}

    assert "diary" in packages
    assert packages.isdisjoint({"scipy", "typst", "matplotlib", "fontTools"})
