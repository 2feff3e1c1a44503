"""The phone itself: the person's side, and the round trip that brings both diaries in step."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from tests.phone import writing
from tests.phone.answers import refused, take_results
from tests.phone.batches import MOST_OPERATIONS, body_of, mark_as_sent, next_batch
from tests.phone.ids import new_id
from tests.phone.memory import Data, Disk, Memory, Operation, Question
from tests.phone.pulling import start_over, take_jump, take_page
from tests.phone.transport import Answer, NoAnswer, Transport

ACCOUNTS = "/_allauth/app/v1"
APP_VERSION = "1.0.0"
SIGN_IN_NEEDED = frozenset({401, 410})
TRY_LATER = frozenset({408, 425, 429})
TOO_LARGE = 413
RESYNC = 409
CLOCK_TOLERANCE = timedelta(minutes=2)


class Ended(StrEnum):
    """How a round trip ended. The queue is kept in every case."""

    IN_STEP = "in_step"
    LATER = "later"  # no answer, 429 or 5xx: wait as `waiting` says, then send the same again
    SIGN_IN = "sign_in"  # the session is over: `why` says how, show it and ask to sign in
    UPDATE_APP = "update_app"  # the service does not understand this app: a newer one will


def system_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a phone has its own clock


class Phone:
    """One installation of the app.

    Everything that must survive is in `memory` and saved to `disk`; a killed phone is another Phone
    made from the same disk. No decision compares times: the phone's clock may say anything.
    """

    def __init__(
        self,
        transport: Transport,
        disk: Disk | None = None,
        *,
        clock: Callable[[], datetime] = system_clock,
        page: int = 500,
    ) -> None:
        self.transport, self.clock, self.page = transport, clock, page
        self.disk = disk or Disk()
        try:
            self.memory = self.disk.load()
        except LookupError:
            self.memory = Memory(device_id=new_id())
            self.disk.save(self.memory)
        self.advice: list[Data] = []  # to be shown at once, and unchanged
        self.failures = 0
        self.retry_after = 0.0
        self.why = ""
        self.wrong_clock = False  # then warn the person; entries are never changed for it

    # The person's side

    def sign_in(self, email: str, password: str) -> Answer:
        """Sign in and keep the newest session token the service gives."""
        body = {"email": email, "password": password}
        return self._account("/auth/login", body)

    def log(self, type: str, data: Data) -> str:
        """Record something new, network or not, and return its id."""
        id = writing.log(self.memory, type, data)
        self.disk.save(self.memory)
        return id

    def edit(self, type: str, id: str, **fields: Any) -> None:
        """Change some fields of a record; all others stay, also those this app does not know."""
        self._change(type, id, dict(self.shown(type)[id]) | fields)

    def delete(self, type: str, id: str) -> None:
        """Delete a record the phone shows."""
        self._change(type, id, None)

    def answer_question(self, question: Question, *, mine: bool) -> None:
        """Do what the person decided about two texts that cannot both stand."""
        (writing.keep_mine if mine else writing.keep_theirs)(self.memory, question)
        self.disk.save(self.memory)

    def shown(self, type: str) -> Mapping[str, Data]:
        """Return what the person sees, by id."""
        return self.memory.shown(type)

    # The round trip

    def sync(self) -> Ended:
        """Send what waits, then hear what others wrote. Call it as often as you like."""
        try:
            ended = self.push()
            if ended is Ended.IN_STEP:
                ended = self.pull()
        except NoAnswer:
            return self._later(0.0)
        if ended is Ended.IN_STEP:
            self.failures = 0
        return ended

    def push(self) -> Ended:
        """Send batch after batch until the queue is empty, or until sending has to wait."""
        most = MOST_OPERATIONS
        while batch := self._batch(most):
            answer = self.send("POST", "/v1/sync", body_of(batch, sent_at=self._now()))
            if answer.status == TOO_LARGE:
                most = self._split(batch)
            elif answer.status != 200:
                return self._not_now(answer)
            elif not answer.body.get("results"):
                return Ended.UPDATE_APP
            else:
                self._take_batch(batch, answer.body)
        return Ended.IN_STEP

    def pull(self) -> Ended:
        """Read page after page until the service has nothing newer."""
        while True:
            cursor = {} if self.memory.cursor is None else {"cursor": self.memory.cursor}
            query = urlencode({"limit": self.page} | cursor)
            answer = self.send("GET", f"/v1/sync?{query}", None)
            if answer.status == RESYNC and self.memory.cursor is not None:
                start_over(self.memory, answer.body.get("reason", ""))
                more = True
            elif answer.status != 200:
                return self._not_now(answer)
            else:
                more = take_page(self.memory, answer.body)
            self.disk.save(self.memory)
            if not more:
                return Ended.IN_STEP

    def _take_batch(self, batch: list[Operation], answer: Mapping[str, Any]) -> None:
        self.advice += take_results(self.memory, batch, answer["results"])
        take_jump(self.memory, answer)
        self.disk.save(self.memory)

    def _batch(self, most: int) -> list[Operation]:
        """Return the next batch, noted on disk as sent before it is."""
        batch = mark_as_sent(self.memory, next_batch(self.memory, most=most))
        if batch:
            self.disk.save(self.memory)
        return batch

    def _split(self, batch: list[Operation]) -> int:
        """Return how many operations to try next; one that is too large alone needs the person."""
        if len(batch) > 1:
            return len(batch) // 2
        refused(self.memory, batch[0], [{"pointer": "#", "code": "too_large"}])
        self.disk.save(self.memory)
        return MOST_OPERATIONS

    def _not_now(self, answer: Answer) -> Ended:
        """Nothing was done. The queue stays as it is, whatever the reason."""
        self.why = answer.body.get("code", "")
        if answer.status in SIGN_IN_NEEDED:
            return Ended.SIGN_IN
        if answer.status in TRY_LATER or answer.status >= 500:
            return self._later(answer.retry_after)
        return Ended.UPDATE_APP

    def _later(self, retry_after: float) -> Ended:
        self.failures += 1
        self.retry_after = retry_after
        return Ended.LATER

    def _change(self, type: str, id: str, data: Data | None) -> None:
        writing.change(self.memory, type, id, data)
        self.disk.save(self.memory)

    def _account(self, path: str, body: Data) -> Answer:
        self.memory.session_token = ""
        answer = self.send("POST", f"{ACCOUNTS}{path}", body)
        meta = answer.body.get("meta", {})
        self.memory.session_token = meta.get("session_token", "")
        self.disk.save(self.memory)
        return answer

    def send(self, method: str, path: str, body: Any) -> Answer:
        headers = {"X-Device-Id": self.memory.device_id, "X-App-Version": APP_VERSION}
        if self.memory.session_token:
            headers["X-Session-Token"] = self.memory.session_token
        answer = self.transport.send(method, path, body, headers)
        self._compare_clocks(answer)
        return answer

    def _compare_clocks(self, answer: Answer) -> None:
        if text := answer.body.get("server_time"):
            difference = self.clock() - datetime.fromisoformat(text)
            self.wrong_clock = abs(difference) > CLOCK_TOLERANCE

    def _now(self) -> str:
        return self.clock().isoformat()
