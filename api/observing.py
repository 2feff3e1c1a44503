"""Each answered request is logged and counted, by nothing that tells the person or the diary."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from api.problems import ProblemResponse
from diary import measures

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
OTHER = "other"  # what a client can make up is never a name of ours

logger = logging.getLogger("quiver.access")


class ObservingMiddleware:
    """Stands second, inside the request's id and around everything that may answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        known = {
            "method": method_of(request),
            "route": route_of(request),
            "status": response.status_code,
        }
        measures.REQUESTS.labels(**known).inc()
        if isinstance(response, ProblemResponse):
            measures.PROBLEMS.labels(response.code).inc()
        measures.REQUEST_SECONDS.labels(known["route"]).observe(seconds)
        logger.info("answered", extra={"fields": known | {"milliseconds": round(seconds * 1000)}})
        return response


def method_of(request: HttpRequest) -> str:
    """Return the method, or `other` for one that no route takes."""
    return request.method if request.method in METHODS else OTHER


def route_of(request: HttpRequest) -> str:
    """Return the route as the URLconf writes it, such as v1/alerts/<uuid:id>; never the path.

    `other` is what was answered before any route: unknown addresses, refusals, static files.
    """
    match = request.resolver_match
    return match.route if match is not None and match.route else OTHER
