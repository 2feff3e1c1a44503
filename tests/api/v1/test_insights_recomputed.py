"""Every figure that an insight prints follows from the numbers stored with its look."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from diary.domain.look_slots import LookKind
from diary.models import Look
from diary.models.isolation import acting_for
from diary.operations.statistical_looks import look_at_week
from tests import recomputed
from tests.api.v1.test_insights import insight, me
from tests.api.v1.test_records import create
from tests.diary.operations.test_statistical_looks import RISE, log
from tests.factories import episode, moment, operation, write

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
EXPERIMENT_CONSTANTS = {"95", "10"}  # of the interval, and the fewest days of a span
FREQUENCY_CONSTANTS = {"28", "95", "1", "500"}  # window, interval, 1 of 500 looks
FREQUENCY_GATES = {"20", "28", "8", "3"}  # days and episodes that are needed
SEVERITY_CONSTANTS = {"10", "4", "3", "1", "1000"}  # scale, weeks, episodes, 1 of 1000 looks


def logged(day, hour, **fields):
    start = moment(datetime.combine(day, time(hour + 8)).isoformat() + "+00:00", "UTC")
    return operation(episode(start=start, **fields))


def stored(kind):
    with acting_for(me().pk):
        return Look.objects.get(kind=kind).numbers


def near(value, again):
    return value is again is None or value == pytest.approx(again, rel=1e-6)


def log_severity(recent, before):
    """Log three episodes in each of 19 weeks; their number and ties make half a win."""
    now, operations = timezone.now(), []
    for week in range(19):
        day = now.date() - timedelta(days=7 * week + 2)
        strength, seconds = recent if week < 4 else before
        more = week % 5 == 0
        fields = {"strength": strength + more, "duration_seconds": seconds + more}
        operations += [logged(day, hour, **fields) for hour in range(3)]
    write(me(), *operations, now=now)


@pytest.mark.parametrize(("recent", "before"), [((7, 90), (3, 20)), ((4, 30), (4, 30))])
def test_every_figure_of_severity_follows_from_the_stored_weekly_medians(phone, recent, before):
    log_severity(recent, before)
    look_at_week(me().pk, now=timezone.now())

    printed = insight(phone, "trends")["severity"]

    looks = stored(LookKind.WEEKLY)["severity"]
    assert [each["numbers"] for each in printed] == looks
    assert {each["verdict"] == "signal" for each in looks} == {recent[0] == 7}
    for look, item in zip(looks, printed, strict=True):
        again = recomputed.severity(look)
        assert all(near(look[name], value) for name, value in again.items())
        known = {recomputed.printed(value) for value in again.values()}
        weeks = {str(len(look["recent_medians"])), str(len(look["reference_medians"]))}
        assert recomputed.figures(item["sentence"]) <= known | weeks | SEVERITY_CONSTANTS


CLUSTERED = {  # loud in every third week; every fourth is logged on 4 days, others on 3
    ago: 3 * (ago // 7 % 3 == 0) * (ago % 3)
    for ago in range(126)
    if ago % 7 < (7, 3, 7, 4)[ago // 7 % 4]
}


@pytest.mark.parametrize("per_day", [RISE, CLUSTERED])
def test_every_figure_of_the_trend_follows_from_the_stored_counts(phone, per_day):
    now = timezone.now()
    log(me(), per_day, today=now.date(), now=now)
    look_at_week(me().pk, now=now)

    item = insight(phone, "trends")["frequency"]

    numbers = stored(LookKind.WEEKLY)["frequency"]
    again = recomputed.frequency(numbers)
    assert item["numbers"] == numbers
    assert (numbers["dispersion"] > 1) == (per_day is CLUSTERED)
    assert all(near(numbers[name], value) for name, value in again.items())
    counts = ("recent_episodes", "recent_days", "reference_calendar_days")
    known = {recomputed.printed(value) for value in again.values()}
    known |= {str(numbers[name]) for name in counts}
    assert recomputed.figures(item["sentence"]) <= known | FREQUENCY_CONSTANTS


@pytest.mark.parametrize("per_day", [dict.fromkeys(range(10), 1), dict.fromkeys(range(140), 0)])
def test_every_figure_of_a_look_that_cannot_judge_follows_too(phone, per_day):
    now = timezone.now()
    log(me(), per_day, today=now.date(), now=now)
    look_at_week(me().pk, now=now)

    answer = insight(phone, "trends")

    numbers = answer["frequency"]["numbers"]
    weeks = numbers["reference_weeks"]
    assert answer["frequency"]["verdict"] == "not_enough"
    assert numbers["reference_days"] == sum(days for _, days in weeks)
    assert numbers["reference_episodes"] == sum(episodes for episodes, _ in weeks)
    known = {str(value) for name, value in numbers.items() if name.endswith(("_days", "_episodes"))}
    assert recomputed.figures(answer["frequency"]["sentence"]) <= known | FREQUENCY_GATES
    for item in answer["severity"]:
        usable = {str(len(item["numbers"][f"{part}_medians"])) for part in ("recent", "reference")}
        assert recomputed.figures(item["sentence"]) <= usable | SEVERITY_CONSTANTS


@pytest.mark.parametrize("ago", [(), range(0, 100, 3), range(1, 40), range(40, 100)])
def test_the_days_still_needed_follow_from_the_days_recorded(phone, ago):
    now = timezone.now()
    log(me(), dict.fromkeys(ago, 0), today=now.date(), now=now)

    trends, triggers = insight(phone, "trends"), insight(phone, "triggers")

    span = f"days?from={now.date() - timedelta(days=195)}&to={now.date()}"
    days = [each for each in insight(phone, span)["items"] if each["state"] != "no_record"]
    needed = recomputed.days_until_trend([day["local_date"] for day in days], now.date())
    answered = [day for day in days if day["checked_in"]]
    assert trends["days_needed"] == needed
    assert triggers["observed_days"] == len(answered)
    assert triggers["days_needed"] == max(0, 42 - len(answered))
    for answer in (trends, triggers):
        figures = recomputed.figures(answer["sentence"])
        assert figures == ({str(answer["days_needed"])} if answer["days_needed"] else set())


TRIALS = {
    "steady": lambda ago: 1 if ago < 20 else 3,
    "in clusters": lambda ago: 6 * (ago % 5 == 0),
    "none during": lambda ago: 0 if ago < 20 else 2,
    "nothing before": lambda ago: int(ago < 20),
    "too few": lambda ago: None if ago > 25 else 1,
}


@pytest.mark.parametrize("name", TRIALS)
def test_every_figure_of_an_experiment_follows_from_the_counts_beside_it(phone, name):
    now = timezone.now()
    said = {ago: number for ago in range(48) if (number := TRIALS[name](ago)) is not None}
    log(me(), said, today=now.date(), now=now)
    create(phone, "remedy-trials", {"remedy": "rest", "started_on": str(now.date() - 19 * DAY)})

    [item] = insight(phone, "experiments")["items"]

    numbers = item["numbers"]
    again = recomputed.experiment(numbers)
    assert all(near(numbers[figure], value) for figure, value in again.items())
    assert (numbers["dispersion"] > 1) == (name == "in clusters")
    counts = ("before_episodes", "before_days", "during_episodes", "during_days")
    known = {recomputed.printed(value) for value in (*again.values(), *map(numbers.get, counts))}
    assert recomputed.figures(item["sentence"]) <= known | EXPERIMENT_CONSTANTS
