"""Counts of several processes: one folder, one sum; and settings that cannot work are named."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from diary.checks import check_metrics

ROOT = Path(__file__).resolve().parents[2]
COUNT = "from diary.measures import EMERGENCY_ADVICES as one; one.inc({})"
TELL = (
    "from prometheus_client import generate_latest; from diary.exposition import counted;"
    "print(generate_latest(counted()).decode())"
)
START = "import django; django.setup();"


def python(code, folder):
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "METRICS_DIR": str(folder),
        "SECRET_KEY": "counting",
        "DATA_KEYS": f"only:{base64.b64encode(bytes(32)).decode()}",
        "EMBEDDED_SERVERS": "off",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START + code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_processes_that_share_a_folder_tell_their_sum_also_when_they_have_ended(tmp_path):
    for number in (2, 3):
        python(COUNT.format(number), tmp_path / "made/when/missing")

    told = python(TELL, tmp_path / "made/when/missing")

    assert "quiver_emergency_advices_total 5.0" in told


def test_a_folder_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("METRICS_DIR", str(tmp_path / "file" / "folder"))

    with pytest.raises(ImproperlyConfigured, match="METRICS_DIR cannot be made: Not a directory"):
        env.metrics_folder()


@pytest.mark.parametrize("address", ["9101", "127.0.0.1", "127.0.0.1:http", ":9101"])
def test_an_address_that_cannot_be_listened_on_is_named(monkeypatch, address):
    monkeypatch.setenv("METRICS_ADDRESS", address)

    with pytest.raises(
        ImproperlyConfigured, match=r"METRICS_ADDRESS must look like 127.0.0.1:9101"
    ):
        env.metrics_address()


def test_telling_counts_without_a_folder_for_them_is_an_error(settings):
    assert check_metrics() == []

    settings.METRICS_TOKEN = "a token"

    assert [one.id for one in check_metrics()] == ["diary.E002"]
