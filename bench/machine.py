"""What a printed figure has to be read with: when, on which machine, with which versions."""

import platform
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psutil

VERSIONS = ("django", "djangorestframework", "granian", "celery", "psycopg")


def machine(now: datetime) -> str:
    """Return the day, the processor, how busy it is, and the versions."""
    versions = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return (
        f"{now:%Y-%m-%d}, {psutil.cpu_count()} cores ({processor()}), load"
        f" {psutil.getloadavg()[0]:.1f}, Python {platform.python_version()}, {versions}."
    )


def processor() -> str:
    """Return the name of the processor, as far as the system tells."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
