"""In a process of its own, because Django has one configuration: tables, persons and episodes.

Reads how many persons and episodes of each there are to be, and prints a token of each person.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402

from bench.bodies import whole_episode  # noqa: E402
from bench.yardstick.models import Episode, WholeEpisode  # noqa: E402


def make(*, persons: int, episodes: int) -> list[str]:
    """Make the tables and what is in them; return a token of each person."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Episode)
        editor.create_model(WholeEpisode)
    people = User.objects.bulk_create(User(username=f"person-{n}") for n in range(persons))
    tokens = Token.objects.bulk_create(
        Token(user=person, key=Token.generate_key()) for person in people
    )
    now = timezone.now()
    for person in people:
        Episode.objects.bulk_create(
            Episode(
                person_id=person.pk,
                kind="twitch",
                start=now - timedelta(hours=3 * place),
                end=now - timedelta(hours=3 * place, seconds=-20),
                severity=place % 10,
                triggers=["caffeine"],
                notes="after lunch",
            )
            for place in range(episodes)
        )
        WholeEpisode.objects.bulk_create(
            WholeEpisode(person_id=person.pk, **whole_episode(now - timedelta(hours=3 * place)))
            for place in range(episodes)
        )
    return [token.key for token in tokens]


if __name__ == "__main__":
    json.dump(make(**json.load(sys.stdin)), sys.stdout)
