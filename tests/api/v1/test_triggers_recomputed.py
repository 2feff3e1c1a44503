"""Every figure of a factor follows from the numbers stored with its monthly look."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from diary.domain.look_slots import LookKind
from diary.domain.wire.records import RecordType
from diary.operations.statistical_looks import look_at_month
from tests import recomputed
from tests.api.v1.test_insights import insight, me
from tests.api.v1.test_insights_recomputed import logged, near, stored
from tests.factories import check_in, operation, write

pytestmark = pytest.mark.django_db

FIGURES = ("exposed_rate", "unexposed_rate", "ratio", "low", "high", "shown_ratio")
COUNTS = ("exposed_days", "unexposed_days", "exposed_episodes", "unexposed_episodes")
STORED = (
    *("p", "adjusted", "dispersion", "threshold"),
    *("selected_level", "selected_low", "selected_high"),
)
LINKED = ("possible", "fairly_consistent", "not_separable")
PAIR = {"infection", "dehydration"}
CONSTANTS = {"95"}  # of the interval


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
        known |= {str(item["numbers"]["twitch_days"]), f"{again['threshold'] or 0:g}"}
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


def test_how_many_factors_were_compared_and_linked_follows_too(phone):
    pairs = compared(phone, "always together")

    families = insight(phone, "triggers")["families"]

    for family in families:
        own = [again for item, again in pairs if item["family"] == family["family"]]
        assert family["tested"] == sum(again["tested"] for again in own)
        assert family["linked"] == sum(again["linked"] for again in own)
    assert families[0]["linked"] == 2


AMOUNTS = {
    "modest": {
        "caffeine_mg": lambda ago: 90 * (ago % 4),
        "sleep_hours": lambda ago: 6.5 + ago % 5 / 2,
        "screen_hours": lambda ago: 1.5 * (ago % 3),
        "exercise_minutes": lambda ago: 10 * (ago % 7),
        "alcohol_units": lambda ago: ago % 2,
    },
    "much": {
        "caffeine_mg": lambda ago: 350 + 100 * (ago % 4),
        "sleep_hours": lambda ago: 5 + ago % 2 * 3,
    },
}


@pytest.mark.parametrize(
    ("name", "own_limits"),
    [("modest", {"caffeine", "sleep_loss", "screen_use", "exercise"}), ("much", set())],
)
def test_an_own_limit_follows_from_the_answers_it_was_drawn_from(phone, name, own_limits):
    today, amounts = timezone.now().date(), AMOUNTS[name]
    for ago in range(50):
        said = {field: amount(ago) for field, amount in amounts.items()}
        day = check_in(str(today - timedelta(days=ago)), stress=ago % 10, **said)
        write(me(), operation(day, type=RecordType.CHECK_IN), now=timezone.now())
    look_at_month(me().pk, now=timezone.now())

    items = insight(phone, "triggers")["items"]

    own = [item for item in items if item["numbers"]["amounts"]]
    assert {item["key"] for item in own} == own_limits
    for item in items:
        limit = recomputed.threshold(item["numbers"])
        assert near(item["numbers"]["threshold"], limit), item["key"]
    for item in own:
        assert f"{item['numbers']['threshold']:g}" in item["sentence"]
        answered = sum(days for _, days in item["numbers"]["amounts"])
        later = item["family"] == "day_before"
        assert item["exposed_days"] + item["unexposed_days"] == answered - later
