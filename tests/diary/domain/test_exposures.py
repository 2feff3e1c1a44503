from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.entries import DatePrecision, Day, Medication, PartialDate
from diary.domain.exposures import BASELINE_DAYS, Definition, exposures
from tests.diary.domain.strategies import SPACE, TODAY, ago

LENGTH = 60


def asked(days_ago, **answers):
    return Day(local_date=ago(days_ago), observed=True, checked_in=True, exposures=answers)


def found(days, medications=()):
    got = exposures(days, today=TODAY, length=LENGTH, medications=medications)
    return {exposure.key: exposure for exposure in got}


def exposed_days(exposure):
    """Return how many days ago the exposed days lie."""
    return {LENGTH - 1 - place for place in exposure.exposed.nonzero()[0]}


def answered_days(exposure):
    return {LENGTH - 1 - place for place in exposure.answered.nonzero()[0]}


def course(medicine_class="", *, started, stopped=None):
    return Medication(
        id=SPACE, name="x", medicine_class=medicine_class, started=started, stopped=stopped
    )


def on(days_ago):
    return PartialDate(day=ago(days_ago))


ROWS = st.lists(
    st.builds(
        lambda age, seen, answers: Day(
            local_date=ago(age), observed=seen, checked_in=True, exposures=answers
        ),
        st.integers(0, LENGTH + BASELINE_DAYS + 5),
        st.booleans(),
        st.fixed_dictionaries(
            {},
            optional={
                "caffeine_mg": st.integers(0, 600),
                "sleep_hours": st.floats(0, 12),
                "stress": st.integers(0, 10) | st.booleans(),
                "ill": st.booleans(),
                "smoking": st.booleans(),
                "own:tea": st.floats(0, 5),
            },
        ),
    ),
    unique_by=lambda row: row.local_date,
    max_size=80,
)


def test_only_days_on_which_the_question_was_answered_count():
    days = [asked(0, ill=True), asked(1, ill=False), asked(2)]

    ill = found(days)["infection"]

    assert (exposed_days(ill), answered_days(ill)) == ({0}, {0, 1})


@pytest.mark.parametrize("fields", [{"observed": False}, {"checked_in": False}])
def test_a_day_without_a_usable_check_in_is_never_compared(fields):
    row = {"observed": True, "checked_in": True, **fields}

    assert found([Day(local_date=TODAY, exposures={"ill": True}, **row)]) == {}


def test_caffeine_is_compared_with_the_own_median():
    caffeine = found([asked(n, caffeine_mg=n * 10) for n in range(21)])["caffeine"]

    assert (caffeine.definition, caffeine.threshold) == (Definition.ABOVE_OWN_MEDIAN, 100)
    assert exposed_days(caffeine) == set(range(11, 21))


def test_somebody_with_much_caffeine_is_compared_with_the_limit():
    caffeine = found([asked(n, caffeine_mg=380 + n * 20) for n in range(5)])["caffeine"]

    assert (caffeine.definition, caffeine.threshold) == (Definition.ABOVE_LIMIT, 400)
    assert exposed_days(caffeine) == {2, 3, 4}


def test_short_sleep_is_less_than_six_hours_when_there_are_such_nights():
    nights = [asked(n, sleep_hours=5.5 if n < 10 else 7) for n in range(20)]

    sleep = found(nights)["sleep_loss"]

    assert (sleep.definition, sleep.threshold) == (Definition.BELOW_LIMIT, 6)
    assert exposed_days(sleep) == set(range(10))


def test_short_sleep_is_the_own_lower_third_for_a_long_sleeper():
    sleep = found([asked(n, sleep_hours=7 + n / 10) for n in range(30)])["sleep_loss"]

    assert sleep.definition is Definition.OWN_LOWER_THIRD
    assert exposed_days(sleep) == set(range(10))


def test_stress_counts_from_seven_and_named_without_a_score():
    days = [asked(0, stress=7), asked(1, stress=6), asked(2, stress=True), asked(3, stress=False)]

    stress = found(days)["stress"]

    assert (exposed_days(stress), answered_days(stress)) == ({0, 2}, {0, 1, 2, 3})


@pytest.mark.parametrize(
    ("field", "key", "definition"),
    [
        ("alcohol_units", "alcohol", Definition.ANY),
        ("screen_hours", "screen_use", Definition.ABOVE_OWN_MEDIAN),
        ("exercise_minutes", "exercise", Definition.ABOVE_OWN_MEDIAN),
        ("low_fluid", "dehydration", Definition.REPORTED),
        ("medicines_changed", "medication_change", Definition.REPORTED),
    ],
)
def test_every_other_daily_question_is_an_exposure(field, key, definition):
    exposure = found([asked(0, **{field: 1}), asked(1, **{field: 0}), asked(2, **{field: 0})])[key]

    assert (exposure.definition, exposed_days(exposure)) == (definition, {0})
    assert answered_days(exposure) == {0, 1, 2}


def test_coded_and_own_factors_are_exposures_with_their_stated_absences():
    days = [asked(0, **{"own:tea": 2.0, "smoking": True}), asked(1, smoking=False)]

    got = found(days)

    assert (exposed_days(got["own:tea"]), answered_days(got["own:tea"])) == ({0}, {0})
    assert (exposed_days(got["smoking"]), answered_days(got["smoking"])) == ({0}, {0, 1})


def test_a_factor_named_on_its_own_fills_days_without_the_measured_answer():
    days = [asked(0, caffeine_mg=300), asked(1, caffeine_mg=10), asked(2, caffeine=True)]

    caffeine = found(days)["caffeine"]

    assert (exposed_days(caffeine), answered_days(caffeine)) == ({0, 2}, {0, 1, 2})


def test_more_caffeine_than_in_the_28_days_before_is_an_exposure():
    usual = [asked(n, caffeine_mg=100 + n % 3) for n in range(1, 40)]

    rise = found([*usual, asked(0, caffeine_mg=201)])["caffeine_increase"]

    assert exposed_days(rise) == {0}
    assert answered_days(rise) == set(range(30))


def test_a_rise_below_a_large_cup_is_none():
    usual = [asked(n, caffeine_mg=100) for n in range(1, 11)]

    rise = found([*usual, asked(0, caffeine_mg=199)])["caffeine_increase"]

    assert (exposed_days(rise), answered_days(rise)) == (set(), {0})


def test_an_infection_in_the_seven_days_before_is_an_exposure():
    days = [asked(n, ill=n == 20) for n in range(30)]

    recent = found(days)["recent_infection"]

    assert exposed_days(recent) == set(range(13, 20))
    assert answered_days(recent) == set(range(25))


def test_a_medicine_is_new_for_28_days_after_its_start():
    days = [asked(n) for n in range(50)]

    new = found(days, [course(started=on(40))])["new_medicine"]

    assert exposed_days(new) == set(range(12, 41))
    assert answered_days(new) == set(range(50))


def test_a_steroid_course_is_an_exposure_from_start_to_stop():
    days = [asked(n) for n in range(30)]
    steroid = course("corticosteroid", started=on(20), stopped=on(10))

    got = found(days, [steroid, course("antihistamine", started=on(5))])

    assert exposed_days(got["steroid_course"]) == set(range(10, 21))
    assert "steroid_course" not in found(days, [course("antihistamine", started=on(5))])


def test_days_on_which_a_vague_course_may_have_begun_are_not_answered():
    june = PartialDate(day=date(2026, 6, 1), precision=DatePrecision.MONTH)
    last_year = PartialDate(day=date(2025, 1, 1), precision=DatePrecision.YEAR)
    days = [asked(n) for n in range(50)]

    new = found(days, [course(started=june)])["new_medicine"]
    old = found(days, [course(started=last_year)])["new_medicine"]

    assert answered_days(new) == set(range(15, 50))
    assert exposed_days(new) == exposed_days(old) == set()
    assert answered_days(old) == set(range(50))


def test_a_medicine_without_a_start_says_nothing():
    assert found([asked(0)], [course("corticosteroid", started=None)]) == {}


@given(ROWS, st.randoms())
def test_the_order_of_the_rows_and_unlogged_days_change_nothing(rows, random):
    shuffled = [row for row in rows if row.observed]
    random.shuffle(shuffled)

    first, second = found(rows), found(shuffled)

    assert list(first) == list(second)
    for key, exposure in first.items():
        assert exposure.threshold == second[key].threshold
        assert (exposure.exposed == second[key].exposed).all()
        assert (exposure.answered == second[key].answered).all()
        assert not (exposure.exposed & ~exposure.answered).any()
