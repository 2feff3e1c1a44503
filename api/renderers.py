"""Writes answers: JSON by compiled code, as a page of records is most of what a list costs."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

_other = JSONEncoder().default  # what is JSON only in the eyes of Django REST framework


class CompiledJSONRenderer(JSONRenderer):
    """The same JSON as that of Django REST framework, never indented."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        return to_json(data, inf_nan_mode="null", fallback=_other)
