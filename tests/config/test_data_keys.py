"""DATA_KEYS: which keys are taken, and that a refusal never repeats one."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.data_keys import data_keys

FIRST, SECOND = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


def test_keys_are_read_in_their_order(monkeypatch):
    monkeypatch.setenv("DATA_KEYS", f"2027:{SECOND}\n 2026:{FIRST}")

    keys = data_keys()

    assert list(keys) == ["2027", "2026"]
    assert keys["2026"] == b"\1" * 32


def test_a_file_may_hold_them(monkeypatch, tmp_path):
    (tmp_path / "keys").write_text(f"2026:{FIRST}\n")
    monkeypatch.delenv("DATA_KEYS")
    monkeypatch.setenv("DATA_KEYS_FILE", str(tmp_path / "keys"))

    assert data_keys() == {"2026": b"\1" * 32}


@pytest.mark.parametrize(
    "wrong",
    [
        FIRST,
        "2026:hush",
        f"2026:{FIRST[:-4]}",
        f"2026:{FIRST} 2026:{SECOND}",
        f":{FIRST}",
        f"2026:{FIRST} {SECOND}",
        f"2026:{FIRST},2027:{SECOND}",
    ],
)
def test_what_is_no_key_stops_the_start_and_is_not_repeated(monkeypatch, wrong):
    monkeypatch.setenv("DATA_KEYS", wrong)

    with pytest.raises(ImproperlyConfigured, match="DATA_KEYS must be keys") as caught:
        data_keys()

    assert all(part not in str(caught.value) for part in (FIRST[:8], SECOND[:8], "hush"))


def test_with_a_database_of_ones_own_there_is_no_default(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/database")
    monkeypatch.delenv("DATA_KEYS")

    with pytest.raises(ImproperlyConfigured, match="DATA_KEYS is not set"):
        data_keys()
