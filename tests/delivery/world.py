"""A clock set by hand, a channel that remembers what it was given, and people with phones."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session

from diary.channels.base import Address, Channel, Message, Outcome, Result
from diary.delivery import run_outbox
from diary.domain.deliveries import EndpointKind
from diary.domain.wire.records import RecordType
from diary.models import Alert, Device, Endpoint, Follow, User
from diary.models.addresses import address_digest
from diary.models.isolation import acting_for
from diary.operations.looks import look_at
from tests.factories import NOW, episode, operation, problem, symptom, write_one

ARRIVED = Result(outcome=Outcome.DELIVERED)
BROKEN = Result(outcome=Outcome.RETRY, error_class="http_503")
GONE = Result(outcome=Outcome.GONE, error_class="http_410")
REFUSED = Result(outcome=Outcome.REFUSED, error_class="http_400")


class Clock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class Recorder:
    """A channel that keeps every copy it is given and answers as told, else with success."""

    def __init__(self) -> None:
        self.copies: list[tuple[str, Message]] = []
        self.answers: dict[str, Result | Callable[[], Result]] = {}
        self._lock = Lock()

    def send(self, message: Message, address: Address, *, timeout: float) -> Result:
        with self._lock:
            self.copies.append((address["name"], message))
        answer = self.answers.get(address["name"], ARRIVED)
        return answer if isinstance(answer, Result) else answer()

    def names(self) -> list[str]:
        """Return to which addresses copies went, in order."""
        return [name for name, _ in self.copies]

    def keys(self) -> list[str]:
        return [message.key for _, message in self.copies]


def carry(channel: Recorder, clock: Clock) -> int:
    """Run both lanes once, until nothing is left to do; return how much was done."""
    first = run_outbox(everywhere(channel), clock=clock)
    return first + run_outbox(everywhere(channel), clock=clock, again=True)


def everywhere(channel: Channel) -> Mapping[str, Channel]:
    """Return the channel for every kind of endpoint."""
    return dict.fromkeys(EndpointKind, channel)


def carry_until(channel: Recorder, clock: Clock, end: datetime, *, step: timedelta) -> None:
    """Run both lanes again and again while the clock goes on to `end`."""
    while clock.now < end:
        carry(channel, clock)
        clock.now = min(clock.now + step, end)
    carry(channel, clock)


def endpoint(
    person: User,
    name: str = "phone",
    *,
    kind: EndpointKind = EndpointKind.WEB_PUSH,
    device: UUID | None = None,
) -> Endpoint:
    with acting_for(person.pk):
        return Endpoint.objects.create(
            person_id=person.pk,
            id=uuid4(),
            kind=kind.value,
            address={"name": name},
            address_digest=address_digest(person.pk, kind, name),
            device_id=device,
            created_at=NOW,
        )


def signed_in_device(person: User) -> Device:
    digest = uuid4().hex
    Session.objects.create(session_key=digest, expire_date=NOW + timedelta(days=90))
    with acting_for(person.pk):
        return Device.objects.create(
            person_id=person.pk,
            id=uuid4(),
            session_digest=digest,
            created_at=NOW,
            signed_in_at=NOW,
            last_seen_at=NOW,
        )


def follow(
    person: User, follower: User, levels: Sequence[str] = ("emergency", "urgent"), repeats: int = 0
) -> Follow:
    with acting_for(person.pk):
        return Follow.objects.create(
            id=uuid4(),
            person_id=person.pk,
            follower_id=follower.pk,
            levels=list(levels),
            repeats=repeats,
            invited_at=NOW,
            accepted_at=NOW,
        )


def write_emergency(person: User, *, now: datetime = NOW) -> None:
    write_one(person, operation(episode(symptoms=[symptom("seizure")])), now=now)


def write_visit(person: User, *, now: datetime = NOW) -> None:
    """Let an alert be raised that asks for an ordinary appointment."""
    write_one(person, operation(problem(), type=RecordType.PROBLEM), now=now)
    look_at(person.pk, now=now)


def alerts_of(person: User) -> Mapping[str, Alert]:
    with acting_for(person.pk):
        return {alert.rule: alert for alert in Alert.objects.filter(person_id=person.pk)}
