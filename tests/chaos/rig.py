"""The whole service on this machine, with servers of its own: what every fault is done to."""

import base64
import json
import os
import random
import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from api.limits import Limit
from tests.chaos.servers import PostgreSQL, Valkey
from tests.chaos.service import Service
from tests.chaos.sink import HOST, Sink


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person of the rig: their id, and the token of each of their sessions."""

    id: UUID
    tokens: tuple[str, ...]


class Rig:
    """PostgreSQL, Valkey, the receiver of pushes, and the processes of the service.

    `migrated`: where several rigs share the files of a PostgreSQL with all tables.
    """

    def __init__(self, folder: Path, *, seed: int, migrated: Path | None = None) -> None:
        self.folder, self.migrated = folder, migrated
        self.random = random.Random(seed)
        self.numbers = count(1_000_000)  # of persons at the sink
        self.postgresql = PostgreSQL(folder)
        self.valkey = Valkey(folder)
        self.sink = Sink(folder, seed=seed)
        self.service = Service(folder)
        self._cleaning = ExitStack()

    def start(self) -> None:
        """Start the servers and the web server; the caller says what else is to run."""
        for server in (self.sink, self.valkey):
            self._cleaning.callback(server.stop)
            server.start()
        self._cleaning.callback(self.postgresql.stop)
        self._cleaning.callback(self.service.stop)
        self.service.environment = self._environment()
        self.service.migrate(self.postgresql, self.migrated)
        self.service.start()

    def stop(self) -> None:
        """Stop everything, however far the start has come."""
        self._cleaning.close()

    def accounts(
        self, urls_of_person: Sequence[Sequence[str]], *, sessions: int = 1
    ) -> list[Account]:
        """Make persons, one for each list of webhook addresses."""
        order = json.dumps({"urls_of_person": urls_of_person, "sessions": sessions})
        made = json.loads(self.service.manage("tests.chaos.people", "make", text=order))
        return [Account(id=UUID(one["id"]), tokens=tuple(one["tokens"])) for one in made]

    def deliveries(self) -> dict[str, int]:
        """Return how many deliveries are in each state, and how many persons wait to be told."""
        stored: dict[str, Any] = json.loads(self.service.manage("tests.chaos.people", "count"))
        return stored

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.defpath,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_KEYS": f"only:{base64.b64encode(bytes(32)).decode()}",
            "DATABASE_URL": self.postgresql.url("quiver_app"),
            "DATABASE_OWNER_URL": self.postgresql.url("quiver_owner"),
            "REDIS_URL": self.valkey.url,
            "PUSH_ALLOWED_HOSTS": HOST,
            "PUSH_PORTS": f"{self.sink.port},{self.sink.foreign_port}",
            "PUSH_CA_FILE": str(self.sink.ca_file),
            "CONSENTS_ASKED": json.dumps({"keep_diary": "2026-11"}),  # as the example agrees to
            "LOG_LEVEL": "WARNING",
            "LIMITS": json.dumps(dict.fromkeys(Limit, 10**9)),  # a load is no fault
        }
