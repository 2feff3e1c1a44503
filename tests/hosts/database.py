"""Starts PostgreSQL in the host that this process is in: on its address, and open to the others."""

import sys
from pathlib import Path

from config.embedded import postgresql_server
from tests.hosts.network import PREFIX_LENGTH, SUBNET

ANYBODY = f"host all all {SUBNET}.0/{PREFIX_LENGTH} trust\n"


def main(folder: Path) -> None:
    options = postgresql_server.SERVER_OPTIONS
    postgresql_server.SERVER_OPTIONS = options.replace(
        "listen_addresses=''", "listen_addresses='*'"
    )
    sockets = postgresql_server.start(home=folder, sockets=folder / "run")
    access = folder / "postgresql" / "pg_hba.conf"
    access.write_text(access.read_text() + ANYBODY)
    with postgresql_server._connect(sockets) as connection:
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
