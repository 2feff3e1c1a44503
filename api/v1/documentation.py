"""The page that shows the contract to people: Swagger's, without a script inside the page."""

from typing import Any

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from api.security_headers import DOCUMENTATION


class DocumentationView(SpectacularSwaggerSplitView):
    """Swagger's page with a policy of its own."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        response["Content-Security-Policy"] = DOCUMENTATION
        return response
