"""The daily rows, kept write by write, equal a rebuild from all entries."""

import random
from uuid import UUID, uuid4

import pytest

from diary.domain.days import daily_rows
from diary.domain.wire.records import RecordType
from diary.models import CheckIn, DailyRow, Episode
from diary.models.isolation import acting_for
from diary.queries.recent import recent_diary
from diary.queries.records import entries_of
from diary.queries.views import days_of
from tests.factories import check_in, episode, make_person, moment, operation, write_one

pytestmark = pytest.mark.django_db


def stored_days(person):
    with acting_for(person.pk):
        return days_of(DailyRow.objects.order_by("local_date"))


def rebuilt_days(person):
    with acting_for(person.pk):
        return daily_rows(
            entries_of(Episode.objects.filter(deleted=False)),
            entries_of(CheckIn.objects.filter(deleted=False)),
        )


def random_data(chance, type_):
    day = f"2026-03-0{chance.randint(1, 6)}"
    if type_ is RecordType.CHECK_IN:
        answer = chance.choice(["yes", "no", "unsure"])
        return check_in(day, twitched=answer, caffeine_mg=chance.choice([None, 80, 400]))
    seconds = chance.choice([None, 3, 60])
    at = f"{day}T{chance.randint(0, 23):02}:00:00+01:00"
    return episode(start=moment(at), strength=chance.randint(0, 10), duration_seconds=seconds)


@pytest.mark.parametrize("seed", range(4))
def test_rows_kept_write_by_write_equal_a_rebuild_from_the_entries(seed):
    alice, chance = make_person(), random.Random(seed)
    versions: dict[tuple[RecordType, UUID], int] = {}

    for _ in range(60):
        type_ = chance.choice([RecordType.EPISODE, RecordType.CHECK_IN])
        known = [key for key in versions if key[0] is type_]
        key = chance.choice([*known, (type_, uuid4())])
        data = None if chance.random() < 0.2 else random_data(chance, type_)
        base = versions.get(key, 0)
        outcome = write_one(alice, operation(data, type=type_, id=key[1], base=base))
        if outcome.record is not None and outcome.record.id == key[1]:
            versions[key] = outcome.record.version

    assert stored_days(alice) == rebuilt_days(alice)
    assert stored_days(alice)


def test_rebuilding_again_changes_nothing():
    alice = make_person()
    write_one(alice, operation(episode()))
    before = stored_days(alice)

    dates = {day.local_date for day in before}
    with acting_for(alice.pk):
        again = recent_diary(alice.pk, today=max(dates), days=dates).days()

    assert again == before
