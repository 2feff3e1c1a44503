"""The exchanges of bringing an older diary; see `api.v1.examples`."""

from collections.abc import Mapping

from api.v1.examples import Exchange, Json
from diary.domain.imports.template import template
from diary.domain.wire.records import RecordType

FILE = (
    "start_local;strength;sites;note\r\n"
    "2024-03-05 08:15;4;upper_lip:left;after coffee\r\n"
    '2024-03-06;;;"two lines\nin one cell"\r\n'
    "2024-03-07 22:10;eleven;;\r\n"
)
ANSWER: Json = {
    "type": "episode",
    "dry_run": True,
    "time_zone": "Asia/Taipei",
    "counts": {"created": 1, "already_there": 1, "wrong": 1, "comments": 0},
    "lines": [
        {
            "line": 2,
            "status": "already_there",
            "reason": "same_record",
            "id": "30fe93c9-b6c6-5fe2-96cc-ce3435587966",
            "day": "2024-03-05",
        },
        {
            "line": 3,
            "status": "created",
            "reason": None,
            "id": "7bad2e94-2eb6-5cb6-b7fb-3e98f685932d",
            "day": "2024-03-06",
        },
    ],
    "errors": [
        {
            "line": 5,
            "column": "strength",
            "code": "whole_number",
            "detail": "Write a whole number in digits.",
        }
    ],
    "advice": [],
}
IMPORT_EXCHANGES: Mapping[str, Exchange] = {
    "imports_template": Exchange(
        answers={200: template(RecordType.EPISODE).decode("utf-8-sig")},
    ),
    "imports_create": Exchange(requests={"semicolons": FILE}, answers={200: ANSWER}),
}
