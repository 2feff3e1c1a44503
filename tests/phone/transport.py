"""Requests and answers: over HTTP, or straight into the service inside a test."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, IncompleteRead
from typing import Any, Protocol

from django.test import Client


class NoAnswer(Exception):
    """Nothing came back. The request may have been carried out all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: a status, headers in lower case, and a JSON object or nothing."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def retry_after(self) -> float:
        text = self.headers.get("retry-after", "")
        return float(text) if text.isdigit() else 0.0


class Transport(Protocol):
    """Carries one request. Raises NoAnswer."""

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer: ...


class HttpTransport:
    """A plain connection to a running service."""

    def __init__(self, host: str, port: int, *, timeout: float = 10.0) -> None:
        self.host, self.port, self.timeout = host, port, timeout

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        connection = HTTPConnection(self.host, self.port, timeout=self.timeout)
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        try:
            connection.request(
                method, path, content, {"Content-Type": "application/json", **headers}
            )
            response = connection.getresponse()
            if response.length is None and not response.chunked:
                raise IncompleteRead(b"")  # cut in its headers, it would look like an empty answer
            text = response.read()
        except (OSError, HTTPException) as error:
            raise NoAnswer from error
        finally:
            connection.close()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(status=response.status, headers=found, body=_object(text))


class InsideTransport:
    """Requests through Django's test client, without a network."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        self.client.cookies.clear()
        response = self.client.generic(
            method,
            path,
            b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers=dict(headers),
        )
        found = {name.lower(): value for name, value in response.items()}
        return Answer(status=response.status_code, headers=found, body=_object(response.content))


def _object(text: bytes) -> Mapping[str, Any]:
    """Return the JSON object of a body; a proxy's page of text counts as empty."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
