"""Server-sent events: a hint to pull, for an app that is open. Served by a process of its own.

A stream would keep a web worker, which does one thing at a time, from everybody else; so the web
processes know no such address. A hint says nothing, and who misses one finds the same by pulling.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections, connections
from django.http import Http404, HttpResponse, HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from api import problems
from api.authentication import calling_person
from api.files import OneForm
from api.listening import Listeners
from api.problem_schema import problems as problems_of
from api.security_headers import with_headers

PATH = "/v1/live"
MEDIA_TYPE = "text/event-stream"
PING_SECONDS = 25.0  # proxies cut off what is silent for longer
LONGEST_SECONDS = 900.0  # then the app connects anew
FULL = problems.plain_problem(429, headers={"Retry-After": "60"})
PULL, PING = b"event: pull\ndata:\n\n", b":\n\n"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Admitted(HttpResponse):
    """The beginning of a stream for this person."""

    def __init__(self, person_id: UUID) -> None:
        super().__init__(content_type=MEDIA_TYPE, headers={"X-Accel-Buffering": "no"})
        self.person_id = person_id


class LiveView(APIView):
    """Decides who may listen; the process for streams does the rest."""

    content_negotiation_class = OneForm

    @extend_schema(
        tags=["alerts"],
        operation_id="live",
        summary="Hear when there is something to pull",
        description=(
            "Server-sent events named `pull`, without content: one at the start and one whenever an"
            " alert of the person has changed. The stream ends after 15 minutes at the latest."
        ),
        responses={(200, MEDIA_TYPE): str} | problems_of(Http404, 429),
    )
    def get(self, request: Request) -> HttpResponseBase:
        if not isinstance(request._request, ASGIRequest):
            raise Http404
        return Admitted(calling_person(request))


class Streams:
    """The ASGI application: Django decides in a thread, and the stream needs none."""

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners
        self._handler = BaseHandler()
        self._handler.load_middleware()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError("Only HTTP is spoken here.")
        answer = await asyncio.to_thread(self._answer, scope)
        if not isinstance(answer, Admitted) or scope["method"] != "GET":
            await _send_whole(answer, send)
        elif not self._listeners.has_room(answer.person_id):
            await _send_whole(with_headers(problems.problem_response(None, FULL)), send)
        else:
            await self._stream(answer, scope, receive, send)

    def _answer(self, scope: Scope) -> HttpResponseBase:
        request = ASGIRequest(scope, io.BytesIO())
        if request.path != PATH:
            return with_headers(problems.not_found(request))
        close_old_connections()
        try:
            return self._handler.get_response(request)
        finally:
            connections.close_all()  # a thread of the pool may not be asked again for hours

    async def _stream(self, first: Admitted, scope: Scope, receive: Receive, send: Send) -> None:
        end = asyncio.get_running_loop().time() + LONGEST_SECONDS
        left = asyncio.ensure_future(_left(receive))
        try:
            with self._listeners.listening(first.person_id) as news:
                del first["Content-Length"]  # Django took it for the whole
                await _begin(first, send)
                await _send_more(PING, send)
                while await _goes_on(left, news, end=end):
                    told = news.is_set()
                    news.clear()  # before sending: what comes meanwhile is told next
                    if told and not await self._may_still(scope):
                        break
                    await _send_more(PULL if told else PING, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            left.cancel()

    async def _may_still(self, scope: Scope) -> bool:
        return isinstance(await asyncio.to_thread(self._answer, scope), Admitted)


async def _goes_on(left: "asyncio.Future[None]", news: asyncio.Event, *, end: float) -> bool:
    """Wait for news or the time of a ping; return False when the stream is over instead."""
    told = asyncio.ensure_future(news.wait())
    await asyncio.wait((left, told), timeout=PING_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    return not left.done() and asyncio.get_running_loop().time() < end


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _begin(answer: HttpResponseBase, send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in answer.items()]
    start = {"type": "http.response.start", "status": answer.status_code, "headers": headers}
    await send(start)


async def _send_more(chunk: bytes, send: Send) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _send_whole(answer: HttpResponseBase, send: Send) -> None:
    await _begin(answer, send)
    await send({"type": "http.response.body", "body": getattr(answer, "content", b"")})
