"""N9: a tremor at rest, at the edges of age, days and span."""

import pytest

from diary.domain.entries import (
    Person,
)
from diary.domain.findings import Level
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import (
    check_in,
    episode,
    problem,
    symptom,
    view,
)

TREMOR = {"movement": "tremor", "at_rest": True, "site": "chin"}


@pytest.mark.parametrize(
    ("age", "level"), [(50, Level.SEE_DOCTOR), (49, Level.WATCH), (40, Level.WATCH)]
)
def test_n9_asks_for_a_visit_from_fifty_years_and_watches_from_forty(age, level):
    entries = [episode(days, **TREMOR) for days in (14, 7, 0)]

    diary = view(*entries, person=Person(birth_year=2026 - age))

    assert judged("N9", diary).level is level


def test_n9_needs_three_days_over_fourteen_and_an_age_or_a_sign():
    entries = [episode(days, **TREMOR) for days in (14, 7, 0)]
    fifty, younger = Person(birth_year=1976), Person(birth_year=1987)

    assert not holds("N9", view(*entries, person=younger))
    assert not holds("N9", view(*entries))
    assert not holds("N9", view(*entries[1:], person=fifty))
    assert not holds("N9", view(*(episode(d, **TREMOR) for d in (13, 7, 0)), person=fifty))
    assert holds("N9", view(*entries, check_in(3, symptoms=(symptom("slowness"),))))


def test_n9_leaves_out_a_tremor_that_goes_on_in_action():
    entries = [episode(days, stops_with_action=False, **TREMOR) for days in (14, 7, 0)]

    assert not holds("N9", view(*entries, person=Person(birth_year=1950)))


@pytest.mark.parametrize(("since", "expected"), [(13, False), (14, True)])
def test_n9_believes_the_intake_after_fourteen_days(since, expected):
    told = problem(since=since, site="chin", movement="tremor", contexts=("at_rest",))

    assert holds("N9", view(intake=told, person=Person(birth_year=1950))) == expected


@pytest.mark.parametrize(
    "fields", [{"contexts": ()}, {"site": "calf"}, {"movement": "twitch"}, {"visible": False}]
)
def test_n9_asks_the_intake_for_the_same_as_the_diary(fields):
    told = {"since": 30, "site": "chin", "movement": "tremor", "contexts": ("at_rest",)} | fields

    assert not holds("N9", view(intake=problem(**told), person=Person(birth_year=1950)))
