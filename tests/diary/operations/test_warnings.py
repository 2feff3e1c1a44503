"""The warning signs of a write: the small view they read is as good as the whole diary."""

import random
from datetime import date, timedelta

import pytest

from diary.domain.rules.registry import urgent_findings
from diary.domain.vocabulary import MEDICINE_CLASSES, SYMPTOMS
from diary.domain.wire.records import RecordType
from diary.models.isolation import acting_for
from diary.queries.recent import RECENT_DAYS, recent_diary
from diary.queries.views import view_of
from tests.factories import (
    NOW,
    check_in,
    episode,
    make_person,
    moment,
    operation,
    problem,
    symptom,
    write,
    write_one,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)


def some_symptoms(chance):
    codes = chance.sample(sorted(SYMPTOMS.codes), chance.choice([0, 0, 1, 2]))
    return [
        symptom(
            code,
            present=chance.random() < 0.8,
            onset=chance.choice([None, "sudden", "gradual"]),
            side=chance.choice([None, "left", "both"]),
        )
        for code in codes
    ]


def random_operation(chance):
    day = str(TODAY - timedelta(days=chance.randint(0, 33)))
    kind = chance.choice([RecordType.EPISODE, RecordType.CHECK_IN, RecordType.MEDICATION])
    if kind is RecordType.CHECK_IN:
        return operation(check_in(day, symptoms=some_symptoms(chance)), type=kind)
    if kind is RecordType.MEDICATION:
        medicine = chance.choice(sorted(MEDICINE_CLASSES.codes))
        data = {"name": "x", "medicine_class": medicine, "started": {"date": day}}
        return operation(data, type=kind)
    data = episode(
        start=moment(f"{day}T09:00:00+01:00"),
        symptoms=some_symptoms(chance),
        movement=chance.choice(["twitch", "spasm", "contraction", None]),
        sites=[{"site": chance.choice(["jaw", "upper_lip", "tongue"]), "side": "left"}],
    )
    return operation(data, type=kind)


@pytest.mark.parametrize("seed", range(8))
def test_the_small_view_finds_what_the_whole_diary_finds(seed):
    alice, chance = make_person(), random.Random(seed)
    write(alice, *(random_operation(chance) for _ in range(40)))
    write_one(alice, operation(problem(symptoms=some_symptoms(chance)), type=RecordType.PROBLEM))

    with acting_for(alice.pk):
        whole = view_of(alice.pk, now=NOW, today=TODAY, window_days=RECENT_DAYS)
        small = recent_diary(alice.pk, today=TODAY).view(whole.person, now=NOW)

    assert len(small.episodes) < len(whole.episodes)
    assert urgent_findings(small) == urgent_findings(whole)
