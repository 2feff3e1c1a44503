"""Asks a web process of this host whether it takes requests; the exit status says so.

For the health check of a container, where there is no curl: `python -m config.probe 8000`.
"""

import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

SECONDS = 4


def takes_requests(port: int) -> bool:
    """Return whether something answers, whatever it thinks of the asker, and not with a crash."""
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (HTTPException, OSError):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not takes_requests(int(sys.argv[1])))
