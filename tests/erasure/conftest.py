"""An erasure list of each test's own."""

import pytest


@pytest.fixture(autouse=True)
def erasure_list(settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "list" / "erasures.jsonl")
    settings.CONSENTS_ASKED = {"keep_diary": "1"}
    return tmp_path / "list" / "erasures.jsonl"
