"""Every figure that an insight prints follows from the numbers stored with its look."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from diary.domain.look_slots import LookKind
from diary.domain.wire.records import RecordType
from diary.models import Look
from diary.models.isolation import acting_for
from diary.operations.statistical_looks import look_at_month, look_at_week
from tests import recomputed
from tests.api.v1.test_insights import insight, me
from tests.diary.operations.test_statistical_looks import RISE, log
from tests.factories import check_in, episode, moment, operation, write

pytestmark = pytest.mark.django_db

FIGURES = ("exposed_rate", "unexposed_rate", "ratio", "low", "high", "shown_ratio")
COUNTS = ("exposed_days", "unexposed_days", "exposed_episodes", "unexposed_episodes")
STORED = ("p", "adjusted", "dispersion", "selected_level", "selected_low", "selected_high")
LINKED = ("possible", "fairly_consistent", "not_separable")
PAIR = {"infection", "dehydration"}
CONSTANTS = {"95"}  # of the interval
FREQUENCY_CONSTANTS = {"28", "95", "1", "500"}  # window, interval, 1 of 500 looks
SEVERITY_CONSTANTS = {"10", "4", "3", "1", "1000"}  # scale, weeks, episodes, 1 of 1000 looks


def independent(chance, ill):
    return chance.random() < 0.3


def travels(chance, ill):
    return ill


def mostly_travels(chance, ill):
    return ill != (chance.random() < 0.12)


def never(chance, ill):
    return False


DIARIES = {
    "one link": (independent, 3, 0.5),
    "always together": (travels, 3, 0.5),
    "mostly together": (mostly_travels, 3, 0.5),
    "a link below one": (independent, 0.5, 3),
    "only with the factor": (independent, 3, 0),
    "a factor that never is": (never, 1, 1),
    "nothing logged": (independent, 0, 0),
}


def log_factors(dry, present, absent):
    """Log 130 days on which the number of episodes depends on being ill."""
    chance, now, operations = Random(4), timezone.now(), []
    for ago in range(130):
        day, ill = now.date() - timedelta(days=ago + 1), chance.random() < 0.4
        mean = present if ill else absent
        number = sum(chance.random() < mean / 10 for _ in range(10))
        answers = {"ill": ill, "low_fluid": dry(chance, ill), "stress": chance.randrange(11)}
        said = check_in(str(day), twitched="yes" if number else "no", **answers)
        operations.append(operation(said, type=RecordType.CHECK_IN))
        operations += [logged(day, hour) for hour in range(number)]
    for start in range(0, len(operations), 100):
        write(me(), *operations[start : start + 100], now=now)


def logged(day, hour, **fields):
    start = moment(datetime.combine(day, time(hour + 8)).isoformat() + "+00:00", "UTC")
    return operation(episode(start=start, **fields))


def stored(kind):
    with acting_for(me().pk):
        return Look.objects.get(kind=kind).numbers


def near(value, again):
    return value is again is None or value == pytest.approx(again, rel=1e-6)


def compared(phone, name):
    """Return the items of the monthly look as printed, each with the same computed again."""
    log_factors(*DIARIES[name])
    look_at_month(me().pk, now=timezone.now())
    results = stored(LookKind.MONTHLY)["triggers"]["results"]
    printed = insight(phone, "triggers")["items"]
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for family in ("same_day", "day_before"):
        again = recomputed.family([result for result in results if result["family"] == family])
        items = [item for item in printed if item["family"] == family]
        pairs += zip(items, again, strict=True)
    return pairs


def misprinted(item, again):
    """Return the names of the figures that the stored blocks do not give."""
    stored_too = item | item["numbers"]
    wrong = [name for name in (*FIGURES, *STORED) if not near(stored_too[name], again[name])]
    return wrong + [name for name in COUNTS if item[name] != again[name]]


def rivals_again(item, again):
    """Return the ratio within each rival, and those it cannot be separated from, again."""
    ratios = {each["key"]: recomputed.within_rival(each) for each in item["numbers"]["rivals"]}
    rising = again["ratio"] is not None and again["ratio"] > 1
    gone = [key for key, ratio in ratios.items() if (ratio if rising else 1 / ratio) < 1.3]
    return ratios, gone


@pytest.mark.parametrize("name", DIARIES)
def test_every_figure_of_a_factor_follows_from_what_its_look_stored(phone, name):
    pairs = compared(phone, name)

    linked = {(item["family"], item["key"]) for item, again in pairs if again["linked"]}
    assert len(pairs) >= 6
    for item, again in pairs:
        assert misprinted(item, again) == []
        own = (item["family"], item["key"])
        others = {key for family, key in linked - {own} if family == own[0] and own in linked}
        ratios, gone = rivals_again(item, again)
        assert ratios.keys() == others
        for rival in item["numbers"]["rivals"]:
            assert near(rival["ratio"], ratios[rival["key"]])
        assert item["confounded_with"] == gone
        known = {recomputed.printed(again[figure]) for figure in (*FIGURES, *COUNTS)}
        known |= {str(item["numbers"]["twitch_days"]), f"{item['numbers']['threshold'] or 0:g}"}
        assert recomputed.figures(item["sentence"]) <= known | CONSTANTS, item["sentence"]
        assert (item["tier"] in LINKED) == again["linked"]


@pytest.mark.parametrize(
    ("name", "inseparable"),
    [
        ("one link", {"infection": []}),
        ("always together", {"dehydration": ["infection"], "infection": ["dehydration"]}),
        ("mostly together", {"dehydration": ["infection"], "infection": []}),
    ],
)
def test_the_diaries_hold_a_link_and_two_that_cannot_be_separated(phone, name, inseparable):
    found = {
        item["key"]: item["confounded_with"]
        for item, again in compared(phone, name)
        if again["linked"] and item["family"] == "same_day" and item["key"] in PAIR
    }

    assert found == inseparable


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
