"""One exchange for each operation on shared reports. Data only."""

from collections.abc import Mapping

from api.v1.examples import Exchange, Json
from api.v1.report_examples import REPORT_ID

SHARE_ID = "3f0b8f0a-7c0e-4a55-9d0f-5a1c2b3d4e5f"
SHARE: Json = {
    "id": SHARE_ID,
    "report": REPORT_ID,
    "label": "Neurology, Tuesday",
    "state": "open",
    "period_start": "2026-08-24",
    "period_end": "2026-11-21",
    "made_at": "2026-11-21T09:41:43.105211Z",
    "created_at": "2026-11-21T09:43:02.551830Z",
    "expires_at": "2026-11-28T09:43:02.551830Z",
    "ended_at": None,
    "wrong_pins": 0,
    "last_viewed_at": None,
}
VIEWED: Json = SHARE | {"last_viewed_at": "2026-11-24T08:12:40.019275Z"}
VIEW: Json = {
    "at": "2026-11-24T08:12:40.019275Z",
    "what": "page",
    "recipient": "Dr. Lin",
    "network": "203.0.113.0/24",
    "browser": "Firefox",
}
OPENER: Json = {
    "link": "https://diary.example.org/s/#3q2-7wAAbU5yc0pXw1mVh8kJd4s6tRfE9gQbLzNoPaI",
    "pin": "428017",
}

SHARE_EXCHANGES: Mapping[str, Exchange] = {
    "shares_list": Exchange(answers={200: {"items": [VIEWED]}}),
    "shares_create": Exchange(
        requests={
            "a_week": {"report": REPORT_ID, "label": SHARE["label"]},
            "own_pin": {"report": REPORT_ID, "label": "Dr. Lin", "days": 30, "pin": "428017"},
        },
        answers={201: SHARE | OPENER},
    ),
    "shares_read": Exchange(
        answers={
            200: VIEWED
            | {"views": [VIEW, VIEW | {"at": "2026-11-24T08:12:39.830641Z", "what": "opened"}]}
        }
    ),
}
