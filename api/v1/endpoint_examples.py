"""The exchanges of endpoints: what is sent, what is answered."""

from collections.abc import Mapping

from api.v1.examples import Exchange, Json

PUSH: Json = {
    "id": "9b1f4c1e-3a0e-4f55-8f0b-5e1f2d3c4b5a",
    "kind": "web_push",
    "label": "My phone",
    "place": "push.example.net",
    "this_device": True,
    "created_at": "2026-11-21T09:38:52.102332Z",
    "last_delivered_at": "2026-11-21T09:40:01.771204Z",
    "last_error": "",
}
MAIL: Json = PUSH | {
    "id": "6a5e0d1c-7b8f-4e1a-9c2d-3f4a5b6c7d8e",
    "kind": "email",
    "label": "",
    "place": "p…@example.org",
    "this_device": False,
    "last_delivered_at": None,
    "last_error": "smtp_451",
}
WEBHOOK: Json = MAIL | {
    "id": "1d2e3f4a-5b6c-4d7e-8f9a-0b1c2d3e4f5a",
    "kind": "webhook",
    "label": "My server",
    "place": "hooks.example.net",
    "last_error": "",
}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0b0GMuRgOy8="  # noqa: S105 - an example
NEW_PUSH: Json = {
    "kind": "web_push",
    "label": "My phone",
    "endpoint": "https://push.example.net/wpush/v2/gAAAAABk",
    "p256dh": (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    ),
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}

ENDPOINT_EXCHANGES: Mapping[str, Exchange] = {
    "endpoints_list": Exchange(
        answers={
            200: {
                "items": [PUSH, MAIL],
                "kinds": ["email", "web_push", "webhook"],
                "web_push_key": (
                    "BDd3_hVL9fZi9Ybo2UUzA284WG5FZR30_95YeZJsiApwXKpNcF1rRPF3foIiBHXRdJI2Qhumhf6_LFTeZaNndIo"
                ),
                "most": 10,
            }
        }
    ),
    "endpoints_register": Exchange(
        requests={
            "web_push": NEW_PUSH,
            "fcm": {"kind": "fcm", "token": "bk3RNwTe3H0:CI2k_HHwgIpoDKCIZvvDMExUdFQ3P1"},
            "email": {"kind": "email", "email": "person@example.org", "language": "zh-Hant"},
            "webhook": {
                "kind": "webhook",
                "url": "https://hooks.example.net/quiver",
                "label": "My server",
            },
        },
        answers={201: WEBHOOK | {"secret": SECRET}, 200: PUSH | {"secret": None}},
    ),
    "endpoints_change_secret": Exchange(
        requests={"nothing": {}},
        answers={200: {"secret": SECRET, "previous_until": "2026-11-22T09:41:00.000000Z"}},
    ),
}
