"""Firebase Cloud Messaging, HTTP v1: one data message to one phone, and one try for each call."""

import json

from diary.channels.access_tokens import AccessTokens, ServiceAccount
from diary.channels.addresses import FcmAddress, read_address
from diary.channels.attempts import Clock, Meaning, attempt
from diary.channels.base import Address, Message, Outcome, Result
from diary.channels.limits import Deadline
from diary.channels.outgoing import Answer, Outgoing
from diary.channels.web_push import TIME_TO_LIVE

BASE_URL = "https://fcm.googleapis.com"
UNAUTHORIZED = 401
NOT_REGISTERED = "UNREGISTERED"

# No status alone says that a phone is gone: a wrong project answers 404 for every phone.
MEANING = Meaning(gone=frozenset(), refused=frozenset({400, 413}))


class Fcm:
    """Sends to FCM; the app fetches what is new and shows it itself."""

    def __init__(
        self,
        outgoing: Outgoing,
        account: ServiceAccount,
        *,
        clock: Clock,
        base_url: str = BASE_URL,
    ) -> None:
        self._outgoing = outgoing
        self._tokens = AccessTokens(outgoing, account, clock=clock)
        self._url = f"{base_url}/v1/projects/{account.project_id}/messages:send"
        self._clock = clock

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        return attempt(lambda: self._send(message, address, Deadline(timeout)))

    def _send(self, message: Message, address: Address, deadline: Deadline) -> Result:
        body = _body(message, read_address(FcmAddress, address, self._outgoing.policy).token)
        access = self._tokens.token(deadline=deadline)
        answer = self._post(body, access, deadline)
        if answer.status == UNAUTHORIZED:
            access = self._tokens.token(deadline=deadline, rejected=access)
            answer = self._post(body, access, deadline)
        if NOT_REGISTERED in _error_codes(answer):
            return Result(outcome=Outcome.GONE, error_class="unregistered")
        return MEANING.result_of(answer, now=self._clock())

    def _post(self, body: bytes, access: str, deadline: Deadline) -> Answer:
        headers = {"Authorization": f"Bearer {access}", "Content-Type": "application/json"}
        return self._outgoing.post(self._url, body, headers, deadline=deadline, read_body=True)


def _body(message: Message, token: str) -> bytes:
    seconds = int(TIME_TO_LIVE[message.kind].total_seconds())
    content = {
        "message": {
            "token": token,
            "data": {name: value for name, value in message.fields().items() if value is not None},
            "android": {
                "priority": "HIGH" if message.urgent else "NORMAL",
                "ttl": f"{seconds}s",
            },
            # Apple allows a message without words to show only this: wake the app, priority 5.
            "apns": {
                "headers": {"apns-push-type": "background", "apns-priority": "5"},
                "payload": {"aps": {"content-available": 1}},
            },
        }
    }
    return json.dumps(content, separators=(",", ":")).encode()


def _error_codes(answer: Answer) -> frozenset[str]:
    """Return FCM's own error codes in an answer; none when it cannot be read."""
    try:
        details = json.loads(answer.body)["error"]["details"]
        return frozenset(str(detail.get("errorCode")) for detail in details)
    except (ValueError, KeyError, TypeError, AttributeError):
        return frozenset()
