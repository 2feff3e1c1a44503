"""Requests and tasks of a process that is traced; prints all that would leave it, as JSON.

Run as a module with the order as JSON on standard input: database, token and canary.
"""

import json
import sys
from pathlib import Path

from config import env

env.set_development_defaults(Path(__file__).resolve().parents[2])

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from opentelemetry import trace  # noqa: E402
from opentelemetry.sdk.trace import TracerProvider  # noqa: E402
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: E402

from config import tracing  # noqa: E402
from config.celery import app  # noqa: E402


@app.task(name="tests.fail_traced")
def fail(text: str) -> None:
    raise ValueError(text)


def ask(token: str, canary: str) -> None:
    client = Client(raise_request_exception=False)
    headers = {
        "X-Session-Token": token,
        "User-Agent": canary,
        "Referer": f"https://{canary}/",
        "baggage": f"name={canary}",
        "tracestate": f"name={canary}",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    }
    record = {"op": canary, "id": canary, "type": "episode", "base": 0, "data": {"note": canary}}
    client.post("/v1/sync", {"ops": [record]}, "application/json", headers=headers)
    client.get(f"/v1/alerts/{canary}", {"q": canary}, headers=headers)
    client.get("/v1/alerts", {"q": canary}, headers=headers)
    client.post(
        "/_allauth/app/v1/auth/login",
        {"email": f"{canary}@example.org", "password": canary},
        "application/json",
    )


def main() -> None:
    order = json.load(sys.stdin)
    connection.settings_dict["NAME"] = order["database"]
    setup_test_environment()
    kept = InMemorySpanExporter()
    tracing.start(kept)
    ask(order["token"], order["canary"])
    fail.apply(args=(order["canary"],))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", [order["canary"]])
    provider = trace.get_tracer_provider()
    assert isinstance(provider, TracerProvider)
    provider.force_flush()
    json.dump([json.loads(span.to_json()) for span in kept.get_finished_spans()], sys.stdout)


if __name__ == "__main__":
    main()
