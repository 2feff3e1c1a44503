"""Sends a task to a service of its own, without a process of its own."""

from kombu import Connection

from config import servers
from config.celery import app


def send(redis_url: str, name: str, *arguments: str) -> None:
    """Send a task to the workers of this Redis, by its name."""
    options = {"global_keyprefix": "quiver:"}  # of a service; a run of tests has its own
    with Connection(servers.broker_url(redis_url), transport_options=options) as connection:
        app.send_task(name, arguments, connection=connection)
