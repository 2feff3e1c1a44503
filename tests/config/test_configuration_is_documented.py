"""Every variable that is read is explained, and offered in the example."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READER = re.compile(
    r'env_(?:str|bool|ints?|seconds|choice|list|secret|object|origin)\(\s*"([A-Z_]+)"'
)


def variables_read() -> set[str]:
    modules = (ROOT / "config").rglob("*.py")
    return {name for module in modules for name in READER.findall(module.read_text())}


def test_each_variable_is_explained_and_none_is_made_up():
    text = (ROOT / "docs/configuration.md").read_text()
    first_cells = re.findall(r"(?m)^\| (`[^|]+)\|", text)

    explained = {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}

    assert explained == variables_read()


def test_the_example_offers_each_variable_and_no_other():
    offered = re.findall(r"(?m)^([A-Z_]+)=", (ROOT / ".env.example").read_text())

    assert set(offered) == variables_read()
    assert len(offered) == len(set(offered))
