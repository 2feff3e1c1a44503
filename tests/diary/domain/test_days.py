from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain import days
from diary.domain.days import daily_rows, diary_date
from diary.domain.entries import Factor, Side, Twitched
from tests.diary.domain.strategies import DIARIES, TODAY, ago, check_in, episode


def daily_row(*entries):
    return days.daily_row(*entries)


def test_a_date_without_entry_has_no_row():
    assert daily_row(TODAY, (), None) is None


@pytest.mark.parametrize(
    ("twitched", "observed", "twitch_day"),
    [(Twitched.YES, True, True), (Twitched.NO, True, False), (Twitched.UNSURE, False, False)],
)
def test_a_check_in_alone_decides_what_the_day_was(twitched, observed, twitch_day):
    day = daily_row(TODAY, (), check_in(twitched=twitched))

    assert (day.observed, day.twitch_day, day.checked_in) == (observed, twitch_day, True)


@pytest.mark.parametrize("twitched", list(Twitched))
def test_an_episode_makes_a_twitch_day_whatever_the_check_in_says(twitched):
    day = daily_row(TODAY, (episode(),), check_in(twitched=twitched))

    assert day.observed
    assert day.twitch_day


def test_strength_and_minutes_are_folded_and_unknown_stays_unknown():
    strong = episode(name="a", strength=7, duration_seconds=90)
    weak = episode(name="b", strength=2)

    day = daily_row(TODAY, (strong, weak), None)

    assert (day.episodes, day.strongest, day.minutes) == (2, 7, 1.5)
    assert daily_row(TODAY, (weak,), None).minutes is None


def test_every_known_strength_and_duration_is_kept_in_order():
    entries = (
        episode(name="a", strength=7, duration_seconds=90),
        episode(name="b", strength=2),
        episode(name="c", duration_seconds=4),
    )

    day = daily_row(TODAY, entries, None)

    assert day.strengths == (2, 7)
    assert day.durations_seconds == (4.0, 90.0)


def test_an_end_gives_the_minutes_when_no_length_is_stated():
    first = episode()
    end = episode().start
    later = type(end)(
        instant=end.instant + timedelta(minutes=3), local=end.local, utc_offset_minutes=0
    )

    day = daily_row(
        TODAY, (type(first)(id=first.id, start=end, local_date=TODAY, end=later),), None
    )

    assert day.minutes == 3


def test_sites_are_counted_by_side_once_per_episode():
    entries = (episode(side=Side.LEFT), episode(side=Side.LEFT, name="b"), episode(site="chin"))

    assert dict(daily_row(TODAY, entries, None).sites) == {"chin": 1, "upper_lip:left": 2}


def test_only_answered_factors_become_exposures():
    answers = check_in(
        caffeine_mg=0,
        ill=False,
        factors=(
            Factor(factor="own", own_label="tea", amount=2.0),
            Factor(factor="late_nights"),
            Factor(factor="smoking", present=False),
        ),
    )

    exposures = daily_row(TODAY, (), answers).exposures

    assert dict(exposures) == {
        "caffeine_mg": 0,
        "ill": False,
        "own:tea": 2.0,
        "late_nights": True,
        "smoking": False,
    }


@pytest.mark.parametrize(
    ("local", "boundary", "day"),
    [
        ("2026-06-15T00:00", 0, date(2026, 6, 15)),
        ("2026-06-15T01:59", 120, date(2026, 6, 14)),
        ("2026-06-15T02:00", 120, date(2026, 6, 15)),
    ],
)
def test_the_diary_day_turns_at_its_boundary(local, boundary, day):
    assert diary_date(datetime.fromisoformat(local), boundary) == day


@given(DIARIES, st.randoms())
def test_rows_partition_the_episodes_in_any_order(diary, random):
    episodes, check_ins = (list(part) for part in diary)
    rows = daily_rows(episodes, check_ins)
    random.shuffle(episodes)
    random.shuffle(check_ins)

    assert daily_rows(episodes, check_ins) == rows
    assert sum(row.episodes for row in rows) == len(episodes)
    assert [row.local_date for row in rows] == sorted({e.local_date for e in episodes + check_ins})


def test_rows_are_oldest_first_without_the_unlogged_dates():
    rows = daily_rows((episode(3), episode(0)), (check_in(1),))

    assert [row.local_date for row in rows] == [ago(3), ago(1), ago(0)]


def test_a_score_wins_over_the_same_factor_named_without_one():
    answers = check_in(stress=8, factors=(Factor(factor="stress"),))

    assert dict(daily_row(TODAY, (), answers).exposures) == {"stress": 8}
