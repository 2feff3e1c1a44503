"""Batches put together by hand, for what a well-behaved phone never sends."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from tests.factories import episode
from tests.phone.phone import Phone
from tests.phone.transport import Answer

Op = dict[str, Any]


def create(data: Mapping[str, Any] | None = None, *, type: str = "episode", **fields: Any) -> Op:
    """Return an operation that makes a record."""
    data = episode() if data is None else data
    return {"op": str(uuid4()), "id": str(uuid4()), "type": type, "base": 0, "data": data} | fields


def edit(record: Op, base: int, **fields: Any) -> Op:
    """Return an operation that edits the record of another one."""
    data = record.get("data", episode()) | fields
    return record | {"op": str(uuid4()), "base": base, "data": data}


def delete(record: Op, base: int) -> Op:
    """Return an operation that deletes the record of another one."""
    gone = {name: record[name] for name in ("id", "type")}
    return gone | {"op": str(uuid4()), "base": base, "deleted": True}


def post(phone: Phone, *ops: Any, **body: Any) -> Answer:
    """Send a batch as it is."""
    return phone.send("POST", "/v1/sync", {"ops": list(ops)} | body)


def results(phone: Phone, *ops: Op) -> Sequence[Mapping[str, Any]]:
    """Send a batch and return the answers to its operations."""
    answer = post(phone, *ops)
    assert answer.status == 200, answer.body
    return list(answer.body["results"])


def statuses(phone: Phone, *ops: Op) -> list[str]:
    """Send a batch and return what became of each operation."""
    return [result["status"] for result in results(phone, *ops)]


def pull(phone: Phone, query: str = "") -> Answer:
    return phone.send("GET", f"/v1/sync{query}", None)


def everything(phone: Phone) -> list[Mapping[str, Any]]:
    """Return every record and alert, from a pull that starts at the beginning."""
    page = pull(phone, "?limit=500").body
    found = list(page["changes"])
    while page["more"]:
        page = pull(phone, f"?limit=500&cursor={page['cursor']}").body
        found += page["changes"]
    return found
