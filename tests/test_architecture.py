"""The arrows of the house, and a proof that the contracts see an arrow that points up."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("api", "config", "diary", "reports")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    ignore = shutil.ignore_patterns("__pycache__")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_are_kept():
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken_contract"),
    [
        ("diary/models/planted.py", "import api.v1", "Arrows point at diary"),
        ("diary/operations/planted.py", "import reports.domain", "Arrows point at diary"),
        ("api/planted.py", "import config.env", "Arrows point at diary"),
        ("diary/domain/planted.py", "import diary.models", "Inside an app"),
        ("diary/models/planted.py", "import diary.operations", "Inside an app"),
        ("diary/domain/planted.py", "import django.db", "Domain is plain Python"),
        ("diary/operations/planted.py", "import celery", "Celery is for tasks"),
    ],
)
def test_a_planted_import_breaks_its_contract(copy, module, line, broken_contract):
    (copy / module).write_text(f"{line}\n")

    result = lint_imports(copy)

    assert result.returncode == 1, result.stdout
    assert f"{broken_contract} BROKEN" in result.stdout
