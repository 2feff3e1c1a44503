"""Starts what watches a process, when the settings ask for it."""

from django.conf import settings


def observe() -> None:
    """Trace this process when TRACES is on; the packages for it are loaded only then."""
    if settings.TRACES_ENDPOINT:
        from config import tracing

        tracing.start()
