"""Telling Prometheus what was counted: the sums of all processes that share METRICS_DIR."""

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from diary.measures import IS_SHARED


def counted() -> CollectorRegistry:
    """Return the sums of all processes that share METRICS_DIR; without it, this process's own."""
    if not IS_SHARED:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def serve_counts() -> None:
    """Answer at METRICS_ADDRESS from a thread of this process, when that is set.

    For processes that serve no HTTP. Raises OSError when the address is taken.
    """
    if settings.METRICS_ADDRESS:
        host, _, port = settings.METRICS_ADDRESS.rpartition(":")
        start_http_server(int(port), addr=host, registry=counted())
