"""The exchanges of all operations: those of records and of the phone protocol are made here."""

from collections.abc import Mapping

from api.v1.access_log_examples import ACCESS_LOG_EXCHANGES
from api.v1.endpoint_examples import ENDPOINT_EXCHANGES
from api.v1.examples import (
    ALERT,
    EXCHANGES,
    GET_HELP_NOW,
    RECORDS,
    STROKE_SIGN,
    Exchange,
    Json,
    RecordExample,
)
from api.v1.following_examples import FOLLOWING_EXCHANGES
from api.v1.import_examples import IMPORT_EXCHANGES
from api.v1.insight_examples import INSIGHT_EXCHANGES
from api.v1.report_examples import REPORT_EXCHANGES
from api.v1.rights_examples import RIGHTS_EXCHANGES
from api.v1.share_examples import SHARE_EXCHANGES
from diary.domain.wire.records import DATA_OF_TYPE, RecordType

TYPE_OF_TAG = {
    "episodes": RecordType.EPISODE,
    "check_ins": RecordType.CHECK_IN,
    "problems": RecordType.PROBLEM,
    "medications": RecordType.MEDICATION,
    "history": RecordType.HISTORY_ITEM,
    "remedy_trials": RecordType.REMEDY_TRIAL,
}
SENT_AT = "2026-11-21T17:38:50+08:00"
RECEIVED_AT = "2026-11-21T09:38:50.860619+00:00"
EPOCH = "0e61a091bf20468f957a9683c96bc0ed"
CREATE_OPERATION = "f4f21a03-d36b-4e83-a0d9-ec25ee2d6fc8"
DELETE_OPERATION = "5a141046-dc73-4818-a9ba-89b9e6e802f5"
NEXT_PAGE = (
    "WyIyMDI2LTExLTIxVDA5OjM3OjQ2KzAwOjAwIiwgImQ5YWM0ZmM5LTc4ODEtNGVlNy05NjZlLWU0OTMxNWIyYjYwOSJd"
)


def all_exchanges() -> dict[str, Exchange]:
    """Return the exchanges by operation id."""
    made = {
        operation: exchange
        for tag, example in RECORDS.items()
        for operation, exchange in record_exchanges(tag, example).items()
    }
    written = {
        **ACCESS_LOG_EXCHANGES,
        **EXCHANGES,
        **ENDPOINT_EXCHANGES,
        **FOLLOWING_EXCHANGES,
        **INSIGHT_EXCHANGES,
        **IMPORT_EXCHANGES,
        **SHARE_EXCHANGES,
        **REPORT_EXCHANGES,
        **RIGHTS_EXCHANGES,
    }
    return {**written, **made, "sync_push": push(), "sync_pull": pull()}


def record_exchanges(tag: str, example: RecordExample) -> Mapping[str, Exchange]:
    """Return the exchanges of the six operations on one type of records."""
    first = answered(tag, example, version=1)
    second = answered(tag, example, version=2)
    gone = second | {"version": 3, "deleted": True, "data": None, "derived": {}}
    data = {"data": example.data, "sent_at": SENT_AT}
    advised: Json = {"advice": []}
    return {
        f"{tag}_list": Exchange(answers={200: {"items": [first], "next": NEXT_PAGE}}),
        f"{tag}_create": Exchange(
            requests={"new": {"id": example.id, **data}},
            answers={201: first | advised, 200: first | advised},
        ),
        f"{tag}_read": Exchange(answers={200: first}),
        f"{tag}_replace": Exchange(requests={"whole": data}, answers={200: second | advised}),
        f"{tag}_delete": Exchange(answers={200: gone | advised}),
        f"{tag}_versions": Exchange(answers={200: versions(first)}),
    }


def versions(record: Json) -> Json:
    """Return the history of a record that was written once and then deleted."""
    written = {
        "version": 1,
        "at": RECEIVED_AT,
        "deleted": False,
        "written_by": "self",
        "device": "9b1f4c1e-3a0e-4f55-8f0b-5e1f2d3c4b5a",
        "changed": sorted(name for name, value in record["data"].items() if value),
        "data": record["data"],
    }
    return {
        "items": [written | {"version": 2, "deleted": True, "data": None}, written],
        "next": None,
    }


def answered(tag: str, example: RecordExample, *, version: int) -> Json:
    """Return the record as the service answers it."""
    type_ = TYPE_OF_TAG[tag]
    return {
        "type": type_.value,
        "id": example.id,
        "version": version,
        "seq": version,
        "deleted": False,
        "received_at": RECEIVED_AT,
        "data": DATA_OF_TYPE[type_].model_validate(example.data).model_dump(mode="json"),
        "derived": example.derived,
    }


def push() -> Exchange:
    """Return a batch with a warning sign, and a deletion that another phone's edit survives."""
    sign = RECORDS["episodes"]
    edited = RECORDS["medications"]
    create = {"op": CREATE_OPERATION, "id": sign.id, "type": "episode", "base": 0}
    delete = {"op": DELETE_OPERATION, "id": edited.id, "type": "medication", "base": 1}
    batch = [create | {"data": STROKE_SIGN}, delete | {"deleted": True}]
    applied = {"op": CREATE_OPERATION, "status": "applied", "version": 1}
    conflict = {"op": DELETE_OPERATION, "status": "conflict"}
    return Exchange(
        requests={"batch": {"sent_at": SENT_AT, "ops": batch}},
        answers={
            200: {
                "from": f"1.{EPOCH}.283",
                "to": f"1.{EPOCH}.285",
                "server_time": RECEIVED_AT,
                "results": [
                    applied | {"derived": sign.derived, "advice": [GET_HELP_NOW]},
                    conflict | {"server": answered("medications", edited, version=2)},
                ],
                "changes": [alert_record()],
            }
        },
    )


def pull() -> Exchange:
    """Return a page with a record, an alert and a tombstone."""
    episode = answered("episodes", RECORDS["episodes"], version=1)
    trial = answered("remedy_trials", RECORDS["remedy_trials"], version=2)
    gone = trial | {"seq": 236, "deleted": True, "data": None}
    return Exchange(
        answers={
            200: {
                "changes": [episode, alert_record(), gone],
                "cursor": f"1.{EPOCH}.236",
                "more": False,
                "server_time": RECEIVED_AT,
            }
        }
    )


def alert_record() -> Json:
    """Return an alert among the changes: its own fields stand beside `data`."""
    beside = ("id", "seq", "alert_version")
    return {
        "type": "alert",
        "id": ALERT["id"],
        "version": ALERT["alert_version"],
        "seq": ALERT["seq"],
        "deleted": False,
        "received_at": RECEIVED_AT,
        "data": {name: value for name, value in ALERT.items() if name not in beside},
        "derived": {},
    }
