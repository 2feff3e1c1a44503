"""In a process of its own, because Django has one database: make persons, and count what is stored.

`make` reads how many sessions each person is to have and a list of endpoint addresses for each, and
prints ids and tokens; `count` prints what the tables hold. Both speak JSON.
"""

import base64
import json
import secrets
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from diary.domain.deliveries import EndpointKind  # noqa: E402
from diary.models import Delivery, Endpoint, PushDue, User  # noqa: E402
from diary.models.addresses import address_digest  # noqa: E402
from diary.models.isolation import acting_for, sweeping  # noqa: E402
from tests.sync.service import session_of  # noqa: E402

UNUSABLE_PASSWORD = "!"


def make(urls_of_person: Sequence[Sequence[str]], *, sessions: int) -> list[dict[str, Any]]:
    """Return ids and session tokens of new persons, one for each list of webhook addresses."""
    with transaction.atomic():
        persons = User.objects.bulk_create(
            User(email=f"{uuid4()}@example.org", password=UNUSABLE_PASSWORD) for _ in urls_of_person
        )
        for person, urls in zip(persons, urls_of_person, strict=True):
            with acting_for(person.pk):
                Endpoint.objects.bulk_create(endpoint(person, url) for url in urls)
        return [
            {"id": str(person.pk), "tokens": [session_of(person) for _ in range(sessions)]}
            for person in persons
        ]


def endpoint(person: User, url: str) -> Endpoint:
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"
    return Endpoint(
        person=person,
        id=uuid4(),
        kind=EndpointKind.WEBHOOK.value,
        address={"url": url, "secret": secret},
        address_digest=address_digest(person.pk, EndpointKind.WEBHOOK, url),
        created_at=timezone.now(),
    )


def count() -> dict[str, int]:
    """Return how many deliveries are in each state; persons who wait to be told are waiting, too.

    But for those who were told something lately and hear what is not urgent in a week.
    """
    with sweeping():
        states = Counter(Delivery.objects.values_list("state", flat=True))
        tomorrow = timezone.now() + timedelta(days=1)
        states["waiting"] += PushDue.objects.filter(due_at__lt=tomorrow).count()
        return dict(states)


if __name__ == "__main__":
    answer = make(**json.load(sys.stdin)) if sys.argv[1] == "make" else count()
    json.dump(answer, sys.stdout)
