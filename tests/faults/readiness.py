"""What `/readyz` says."""

from config.run import HOST
from tests.phone.transport import HttpTransport, NoAnswer


def readiness(port: int) -> int:
    """Return the status of `/readyz`, 0 when there is no answer."""
    try:
        return HttpTransport(HOST, port).send("GET", "/readyz", None, {}).status
    except NoAnswer:
        return 0
