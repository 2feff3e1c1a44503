"""One push in a process of its own that is killed just before or just after its commit.

Run as a module with the order as JSON on standard input: database, token, body and `die`.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from config import env

env.set_development_defaults(Path(__file__).resolve().parents[2])

import django  # noqa: E402 - the environment comes first

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402


class Killer:
    """Kills this process around the commit of the transaction that wrote a version."""

    def __init__(self, die: str) -> None:
        self.die = die
        self.has_written = False
        self.commit = connection.commit

    def watch(self, run: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.has_written |= 'INSERT INTO "entry_version"' in str(sql)
        return run(sql, params, many, context)

    def commit_and_die(self) -> None:
        if self.has_written and self.die == "before_commit":
            os.kill(os.getpid(), signal.SIGKILL)
        self.commit()
        if self.has_written:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    order = json.load(sys.stdin)
    connection.settings_dict["NAME"] = order["database"]
    setup_test_environment()
    killer = Killer(order["die"])
    connection.commit = killer.commit_and_die  # type: ignore[method-assign]
    with connection.execute_wrapper(killer.watch):
        Client().post(
            "/v1/sync",
            order["body"],
            content_type="application/json",
            headers={"X-Session-Token": order["token"]},
        )


if __name__ == "__main__":
    main()
