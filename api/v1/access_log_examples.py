"""The exchanges of the access log: what is answered."""

from collections.abc import Mapping

from api.v1.examples import Exchange, Json

OWN: Json = {
    "number": 41,
    "at": "2026-11-21T09:38:52.102332Z",
    "action": "edited",
    "what": "check_in=1 episode=2",
    "by": "person",
    "follower": None,
    "share": None,
    "device": "9b1f4c1e-3a0e-4f55-8f0b-5e1f2d3c4b5a",
    "network": "192.0.2.0/24",
}
BY_FOLLOWER: Json = OWN | {
    "number": 40,
    "action": "viewed",
    "what": "alerts",
    "by": "follower",
    "follower": "6a5e0d1c-7b8f-4e1a-9c2d-3f4a5b6c7d8e",
    "device": None,
    "network": "",
}
BY_CLINICIAN: Json = OWN | {
    "number": 39,
    "action": "share_read",
    "what": "report.pdf",
    "by": "clinician",
    "share": "1d2e3f4a-5b6c-4d7e-8f9a-0b1c2d3e4f5a",
    "device": None,
    "network": "198.51.100.0/24",
}

ACCESS_LOG_EXCHANGES: Mapping[str, Exchange] = {
    "access_log_list": Exchange(
        answers={200: {"items": [OWN, BY_FOLLOWER, BY_CLINICIAN], "next": "39"}}
    )
}
