"""A net under every test: what a person wrote must not turn up where it does not belong.

Tests write the word below wherever text goes, and plant the secrets they get. A test fails when one
of them is found in a line of a log of any level, a task on its way to the queue, a header of an
answer, a problem document, the text of an anticipated error, a metric, a mail, or a message or
request to a push service or a webhook.
"""

import copy
import functools
import logging
from collections.abc import Callable, Collection
from typing import Any

import pytest

CANARY = "canary"
# Django logs statements with their values there, but only with DEBUG on or when a test asks.
STATEMENTS = "django.db.backends"
_found: list[str] = []
_planted: dict[str, Collection[str]] = {}


def plant(secret: str, *, but: Collection[str] = ()) -> None:
    """Look for a secret until the test ends, except in the places where it belongs."""
    if secret:
        _planted[secret.lower()] = but


def inspect(place: str, what: object) -> None:
    """Remember it when it holds what it must not."""
    text = str(what).lower()
    planted = (secret in text and place not in but for secret, but in list(_planted.items()))
    if CANARY in text or any(planted):
        _found.append(f"{place}: {text[:300]}")


@pytest.fixture(scope="session", autouse=True)
def _net():
    from celery.signals import before_task_publish
    from django.core.handlers.base import BaseHandler
    from prometheus_client.metrics import MetricWrapperBase

    from api import problems
    from diary.channels.base import Message
    from diary.channels.outgoing import Outgoing

    before_task_publish.connect(see_task)
    for level in ("debug", "info"):
        watch_unwritten(level)
    watch(logging.Logger, "handle", before=see_line)
    watch(BaseHandler, "get_response", after=lambda answer: inspect("header", answer.headers))
    watch(
        MetricWrapperBase, "labels", before=lambda _, *said, **more: inspect("metric", (said, more))
    )
    watch(Message, "fields", after=lambda fields: inspect("message", fields))
    watch(Outgoing, "post", before=lambda _, *sent, **__: inspect("post", sent[1:]))
    watch(problems, "problem_of", before=see_error)
    watch(problems.ProblemResponse, "__init__", before=see_problem)


@pytest.fixture(autouse=True)
def _nothing_leaks(_net):
    from django.core import mail

    _found.clear()
    _planted.clear()
    yield
    for sent in getattr(mail, "outbox", ()):
        inspect("mail", (sent.subject, sent.body, sent.extra_headers))
    assert _found == [], "what a person wrote, or a secret, is where it does not belong"


def watch(
    owner: Any,
    name: str,
    *,
    before: Callable[..., object] | None = None,
    after: Callable[[Any], object] | None = None,
) -> None:
    """Look at what a function is given, or at what it returns, whoever calls it."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def watched(*args: Any, **named: Any) -> Any:
        if before is not None:
            before(*args, **named)
        answer = original(*args, **named)
        if after is not None:
            after(answer)
        return answer

    setattr(owner, name, watched)


def see_line(_: logging.Logger, record: logging.LogRecord) -> None:
    """Look at a line as the service writes it."""
    from config.logs import ExceptionsByClass, JsonFormatter

    record = copy.copy(record)
    ExceptionsByClass().filter(record)
    inspect("log", JsonFormatter().format(record))


def watch_unwritten(level: str) -> None:
    """Look at lines, too, that only another LOG_LEVEL would write."""
    original = getattr(logging.Logger, level)
    number = logging.getLevelName(level.upper())

    @functools.wraps(original)
    def watched(logger: logging.Logger, *said: object, **more: Any) -> None:
        if logger.isEnabledFor(number):
            original(logger, *said, **more | {"stacklevel": more.get("stacklevel", 1) + 1})
        elif logger.name != STATEMENTS:
            inspect("log", (said, more.get("extra")))

    setattr(logging.Logger, level, watched)


def see_task(body: object = None, headers: object = None, **_: object) -> None:
    """Look at a task before it goes to the queue."""
    inspect("task", (body, headers))


def see_error(error: Exception, **_: object) -> None:
    """Look at the text of an error that was raised on purpose; others may say what they like."""
    from rest_framework.exceptions import APIException

    from diary.domain.errors import DiaryError

    if isinstance(error, DiaryError | APIException):
        inspect("error", error)


def see_problem(_: object, body: dict[str, object], **__: object) -> None:
    """Look at a problem, but not at the record that a conflict shows to whom it belongs."""
    inspect("problem", {name: value for name, value in body.items() if name != "server"})
