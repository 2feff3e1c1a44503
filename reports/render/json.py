"""JSON that is written a value at a time, so that its length does not matter."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reports.domain.shape import json_value


def json_pieces(head: Mapping[str, Any], lists: Mapping[str, Iterable[Any]]) -> Iterator[bytes]:
    """Yield one JSON object in UTF-8: the members of `head`, then each list, an item a line."""
    opening = "{"
    for name, value in head.items():
        yield f"{opening}\n{_text(name)}: {_text(value)}".encode()
        opening = ","
    for name, items in lists.items():
        yield f"{opening}\n{_text(name)}: [".encode()
        opening = ","
        between = "\n"
        for item in items:
            yield f"{between}{_text(item)}".encode()
            between = ",\n"
        yield b"]"
    yield b"\n}\n"


def _text(value: Any) -> str:
    return json.dumps(json_value(value), ensure_ascii=False)
