"""Servers on loopback, and one message of each kind."""

import uuid
from datetime import UTC, datetime

import pytest

from diary.channels.base import Message
from tests.diary.channels.servers import Server, new_authority

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def authority():
    return new_authority()


@pytest.fixture
def server(authority):
    with Server(authority) as running:
        yield running


@pytest.fixture
def clock():
    """A clock that stands still until its `now` is moved."""
    return Clock(NOW)


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def alert():
    return Message(
        key="0e0e7b1c-52f5-4f0e-8a3a-0c9d6a2f4e11",
        kind="alert",
        urgent=True,
        subject_id=uuid.UUID("87fb9a8c-90e9-402f-96a5-613710cd14f4"),
    )


@pytest.fixture
def reminder():
    return Message(
        key="3d2c8a84-5b53-4a0a-9f6f-0e2ce9c9d3c1",
        kind="reminder",
        urgent=False,
        subject_id=None,
    )
