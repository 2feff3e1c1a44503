"""Traces for an OpenTelemetry collector: routes, kinds of work and times, nothing of a person.

What the instrumentation notes beside them (addresses, statements, texts of exceptions) is left out
here, by a list of what may go, whatever a later version of it adds.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

try:
    from opentelemetry import propagate, trace
    from opentelemetry.context import Context
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.instrumentation.redis import RedisInstrumentor
    from opentelemetry.propagators.textmap import TextMapPropagator
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
    from opentelemetry.trace import Span, Status
except ImportError as missing:
    raise ImproperlyConfigured(
        "TRACES is on, but its packages are missing: install requirements-tracing.txt."
    ) from missing

ALLOWED = frozenset(
    {
        *("http.method", "http.request.method", "http.route"),
        *("http.status_code", "http.response.status_code"),
        *("db.system", "db.system.name", "messaging.system", "messaging.message_id"),
        *("celery.action", "celery.state", "celery.task_name", "error.type", "quiver.request_id"),
    }
)
EXCEPTION_TYPE = "exception.type"
LONGEST_NAME = 100


class PrivateExporter(SpanExporter):
    """Passes spans on with what is allowed and without everything else."""

    def __init__(self, inner: SpanExporter) -> None:
        self._inner = inner

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._inner.export([without_the_person(span) for span in spans])

    def shutdown(self) -> None:
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._inner.force_flush(timeout_millis)


class NotCarriedOn(TextMapPropagator):
    """Leaves alone what a client says about its own trace, and its baggage."""

    def extract(self, *_args: Any, **_options: Any) -> Context:
        return Context()

    def inject(self, *_args: Any, **_options: Any) -> None:
        return None

    @property
    def fields(self) -> set[str]:
        return set()


def without_the_person(span: ReadableSpan) -> ReadableSpan:
    """Return the same span with its allowed attributes and the classes of its exceptions."""
    attributes = span.attributes or {}
    return ReadableSpan(
        name=span.name[:LONGEST_NAME],
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes={name: value for name, value in attributes.items() if name in ALLOWED},
        events=[
            Event("exception", {EXCEPTION_TYPE: one.attributes[EXCEPTION_TYPE]}, one.timestamp)
            for one in span.events
            if one.attributes and EXCEPTION_TYPE in one.attributes
        ],
        kind=span.kind,
        instrumentation_scope=span.instrumentation_scope,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
    )


def start(exporter: SpanExporter | None = None) -> None:
    """Trace this process from now on. Call before Django's handler is made."""
    to = exporter or OTLPSpanExporter(endpoint=f"{settings.TRACES_ENDPOINT}/v1/traces")
    provider = TracerProvider(resource=Resource({"service.name": "quiver"}))
    provider.add_span_processor(BatchSpanProcessor(PrivateExporter(to)))
    trace.set_tracer_provider(provider)
    propagate.set_global_textmap(NotCarriedOn())
    DjangoInstrumentor().instrument(response_hook=_name_the_request)
    PsycopgInstrumentor().instrument()
    CeleryInstrumentor().instrument()  # type: ignore[no-untyped-call]
    RedisInstrumentor().instrument()


def _name_the_request(span: Span, _request: HttpRequest, response: HttpResponse) -> None:
    span.set_attribute("quiver.request_id", response.headers.get("X-Request-Id", ""))
