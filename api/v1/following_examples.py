"""One exchange for each operation on followers, what is followed, and messages. Data only."""

from collections.abc import Mapping

from api.v1.examples import ALERT_ID, EPISODE_ID, GET_HELP_NOW, STROKE_SIGN, Exchange, Json
from diary.domain.words.en import ENGLISH

FOLLOW_ID = "6b0f2c1e-9a39-4c37-8c2b-7f4e0d1a5b60"
TERMS: Json = {
    "label": "Mei",
    "relation": "relative",
    "levels": ["urgent", "emergency"],
    "repeats": 3,
    "may_log": True,
}
INVITED: Json = {
    "id": FOLLOW_ID,
    **TERMS,
    "invited_at": "2026-11-21T09:42:10.118304Z",
    "expires_at": "2026-11-28T09:42:10.118304Z",
    "accepted_at": None,
}
TAKEN_UP: Json = {"expires_at": None, "accepted_at": "2026-11-21T10:05:31.470112Z"}
FOLLOWER: Json = INVITED | TAKEN_UP
CODE = "9f2c1b7a40d8e6355b1e0c94a7d2f861"
FOLLOWING: Json = {
    "id": FOLLOW_ID,
    **TERMS,
    "label": "My mother",
    "accepted_at": TAKEN_UP["accepted_at"],
}
FOLLOWED_ALERT: Json = GET_HELP_NOW | {
    "id": ALERT_ID,
    "state": "open",
    "opened_at": "2026-11-21T10:20:00.386534Z",
    "changed_at": "2026-11-21T10:20:00.386534Z",
    "about_another": ENGLISH.about_another,
}
OBSERVED: Json = {"id": EPISODE_ID, "advice": [GET_HELP_NOW]}
MESSAGE: Json = {
    "to_follower": False,
    "label": "My phone",
    "kind": "web_push",
    "state": "delivered",
    "attempts": 2,
    "due_at": "2026-11-21T09:37:55.002911Z",
    "finished_at": "2026-11-21T09:37:55.310242Z",
    "last_error": "",
}

FOLLOWING_EXCHANGES: Mapping[str, Exchange] = {
    "alerts_deliveries": Exchange(
        answers={
            200: {
                "items": [
                    MESSAGE,
                    MESSAGE
                    | {"to_follower": True, "label": "Mei", "kind": "", "state": "pending"}
                    | {"attempts": 0, "finished_at": None},
                ]
            }
        }
    ),
    "followers_list": Exchange(answers={200: {"items": [FOLLOWER]}}),
    "followers_invite": Exchange(
        requests={"relative": TERMS}, answers={201: INVITED | {"code": CODE}}
    ),
    "followers_change": Exchange(
        requests={"no_more_logging": {"may_log": False}},
        answers={200: FOLLOWER | {"may_log": False}},
    ),
    "following_list": Exchange(answers={200: {"items": [FOLLOWING]}}),
    "following_take_up": Exchange(
        requests={"code": {"code": CODE, "label": "My mother"}},
        answers={201: FOLLOWING, 200: FOLLOWING},
    ),
    "following_alerts": Exchange(answers={200: {"items": [FOLLOWED_ALERT]}}),
    "following_alert_seen": Exchange(requests={"nothing_more": {}}),
    "following_log_episode": Exchange(
        requests={"seen": {"id": EPISODE_ID, "data": STROKE_SIGN}},
        answers={201: OBSERVED, 200: OBSERVED},
    ),
}
