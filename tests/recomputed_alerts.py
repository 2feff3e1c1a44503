"""Every number of an alert once more, from its stored numbers and the records it names alone.

Nothing here may use the code under test. Constants are written out as docs/rules.md gives them.
"""

import json
from collections import Counter
from datetime import date, timedelta
from math import ceil, log, log1p
from typing import Any

import pytest

from diary.domain.entries import CheckIn, Episode, Problem
from tests import recomputed

Numbers = dict[str, Any]

CONSTANTS: dict[str, dict[str, tuple[float, ...]]] = {
    **{f"E{number}": {"within_days": (1,)} for number in range(1, 5)},
    **{f"U{number}": {"within_hours": (24,)} for number in range(2, 13)},
    "U1": {"within_hours": (72,)},
    "N1": {"threshold_days": (14,)},
    "N2": {"threshold_days": (21,)},
    "N7": {"one_in": (500,)},
    "N8": {"one_in": (1000,)},
    "N11": {"window_days": (14,)},
    "N12": {"threshold_days": (0, 7, 10)},
    "N14": {"threshold_days": (90,)},
    "N15": {"window_days": (180,), "quiet_needed": (14,)},
    "N16": {"window_days": (14,), "episodes_a_day": (3,)},
    "W2": {"one_in": (50,)},
    "W4": {"within_days": (28,)},
    "W5": {"window_days": (7,), "stressed": (7,)},
    "W6": {"recheck_days": (14,)},
    "W8": {"window_days": (28,)},
    "X1": {"chance": (0.001,)},
    "X2": {"limit_ratio": (1.25,)},
}
# What a comparison counts on either side is its evidence, and goes back to nothing smaller.
COUNTED = {
    **{rule: {"recent_episodes", "recent_days", "reference_squares"} for rule in ("N7", "W2")},
    "N10": {"before_episodes", "before_days", "during_episodes", "during_days"},
    "X1": {"reference_twitch_days", "reference_observed_days"},
    "X2": {
        *("recent_episodes", "recent_days", "matched_days"),
        *("previous_episodes", "previous_matched_days"),
        *("reference_episodes", "reference_days"),
    },
}
NO_NUMBER = {"whom"}


def unaccounted(finding, records, printed):
    """Return the numbers of a finding, and the names its words print, that nothing leads to.

    `records` are those the finding names as its entries; a number that comes out differently is
    returned with what came out.
    """
    numbers = json.loads(json.dumps(dict(finding.numbers)))
    fixed, counted = CONSTANTS.get(finding.rule, {}), COUNTED.get(finding.rule, set())
    again = AGAIN[finding.rule](finding, numbers, records) if finding.rule in AGAIN else {}
    known = again.keys() | fixed.keys() | counted
    named = {name for name, value in numbers.items() if is_number(value)} | (printed - NO_NUMBER)
    wrong = {name: numbers.get(name) for name in named - known}
    wrong |= {
        name: numbers[name] for name in fixed.keys() & numbers if numbers[name] not in fixed[name]
    }
    return wrong | {
        name: (numbers.get(name), value)
        for name, value in again.items()
        if not near(numbers.get(name), value)
    }


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def near(value, again):
    return value == (pytest.approx(again, rel=1e-6) if is_number(again) else again)


def day_of(record):
    return record.asked_on if isinstance(record, Problem) else record.local_date


def dates(intervals):
    """Return every date of intervals such as 2026-06-01/2026-06-14, single dates among them."""
    found = set()
    for interval in intervals:
        first, last = (date.fromisoformat(end) for end in (interval.split("/") * 2)[:2])
        found |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return found


def of_kind(records, kind):
    return [record for record in records if isinstance(record, kind)]


def reported(finding, numbers, records):
    """Return the signs that the named records hold; a sign they do not hold counts nothing."""
    held = Counter(
        (str(record.id), sign.symptom)
        for record in records
        for sign in getattr(record, "symptoms", ())
        if sign.present
    )
    told = Counter((entry, symptom) for entry, symptom in numbers["signs"])
    return {"reports": sum((told & held).values())}


def reported_on_days(finding, numbers, records):
    days = {day_of(record) for record in records}
    return {**reported(finding, numbers, records), "days": len(days)}


def attack(finding, numbers, records):
    return {} if numbers.get("jerking") else reported(finding, numbers, records)


def spasms(finding, numbers, records):
    named = {str(record.id) for record in of_kind(records, Episode | Problem)}
    signs = reported(finding, numbers, records)["reports"]
    return {"reports": signs + len(named.intersection(numbers["movements"]))}


def shut_eyes(finding, numbers, records):
    shut = [e for e in of_kind(records, Episode) if e.eye_closure == "full"]
    return {**reported(finding, numbers, records), "episodes": len(shut)}


def episodes(finding, numbers, records):
    return {"episodes": len(of_kind(records, Episode))}


def episodes_on_days(finding, numbers, records):
    if numbers.get("told"):
        return {}
    logged = of_kind(records, Episode)
    return {"episodes": len(logged), "days": len({day_of(record) for record in logged})}


def regions(finding, numbers, records):
    return {**episodes(finding, numbers, records), "regions": len(set(numbers["region_names"]))}


def bout(finding, numbers, records):
    if numbers["since"] == "":
        return {"since": ""}
    first, last = finding.first_day, finding.last_day
    twitched, quiet = dates(numbers["twitch_dates"]), dates(numbers["quiet_dates"])
    inside = {day for day in twitched | quiet if first <= day <= last}
    seen = {day_of(e) for e in of_kind(records, Episode)} <= twitched and not twitched & quiet
    return {
        "days": (last - first).days,
        "since": str(first),
        "logged_days": len(twitched & inside) if seen else None,
        "observed_days": len(inside),
    }


def new_bout(finding, numbers, records):
    if numbers["since"] == "":
        return {"since": ""}
    days = (finding.last_day - finding.first_day).days + 1
    return {"days": days, "since": str(finding.first_day)}


def remedy(finding, numbers, records):
    if numbers.get("told"):
        days = (finding.last_day - finding.first_day).days
        return {"days": days, "since": str(finding.first_day)}
    [trial] = records
    until = date.fromisoformat(numbers["kept_until"])
    before = numbers["before_episodes"] / numbers["before_days"]
    during = numbers["during_episodes"] / numbers["during_days"]
    return {
        "days": (until - trial.started_on).days,
        "kept_from": str(trial.started_on),
        "before_rate": before,
        "during_rate": during,
        "ratio": during / before,
    }


def hindered(finding, numbers, records):
    logged = of_kind(records, Episode | CheckIn)
    return {"days": len({day_of(record) for record in logged})}


def came_back(finding, numbers, records):
    apart = [quiet for quiet in numbers["quiet_between"] if quiet >= numbers["quiet_needed"]]
    moved = episodes(finding, numbers, records) if numbers["moved"] else {}
    return {"bouts": 1 + len(apart), **moved}


def often(finding, numbers, records):
    counts = numbers["episodes_by_date"].values()
    full = [count for count in counts if count >= numbers["episodes_a_day"]]
    return {"days": len(full), "observed_days": len(counts)}


def nights(finding, numbers, records):
    asleep = [e for e in of_kind(records, Episode) if e.asleep]
    return {"nights": len({day_of(e) for e in asleep})}


def stood_out(finding, numbers, records):
    factors = ("caffeine", "sleep", "alcohol", "stress")
    return {f"{factor}_days": len(dates(numbers[f"{factor}_dates"])) for factor in factors}


def ill(finding, numbers, records):
    return {"days": len(of_kind(records, CheckIn))}


def recorded(finding, numbers, records):
    return {"observed_days": len(dates(numbers["observed_dates"]))}


def last_day(finding, numbers, records):
    return {"last_day": str(finding.last_day) if numbers["last_day"] else ""}


def quiet(finding, numbers, records):
    days = len(dates(numbers["quiet_dates"]))
    return {**last_day(finding, numbers, records), "quiet_days": days}


def over(finding, numbers, records):
    twitched, observed = numbers["reference_twitch_days"], numbers["reference_observed_days"]
    needed: float = 90 if twitched == 0 else 28
    if 0 < twitched < observed:
        needed = min(90, max(28, ceil(log(numbers["chance"]) / log1p(-twitched / observed))))
    return {**quiet(finding, numbers, records), "needed_days": needed}


def risen(finding, numbers, records):
    first, last = (date.fromisoformat(numbers[f"reference_{end}"]) for end in ("first", "last"))
    weeks = numbers["reference_weeks"]
    stored = {"recent_episodes": len(records)} if records else {}  # by the look, not by the rule
    return {
        **recomputed.frequency(numbers),
        **stored,
        "reference_episodes": sum(number for number, _ in weeks),
        "reference_days": sum(observed for _, observed in weeks),
        "reference_calendar_days": (last - first).days + 1,
    }


def stronger(finding, numbers, records):
    assert all(
        near(look[name], value)
        for look in numbers["looks"]
        for name, value in recomputed.severity(look).items()
    )
    return recomputed.severity(numbers)


def settled(finding, numbers, records):
    return {
        "recent_rate": numbers["recent_episodes"] / numbers["matched_days"],
        "previous_rate": numbers["previous_episodes"] / numbers["previous_matched_days"],
        "reference_rate": numbers["reference_episodes"] / numbers["reference_days"],
    }


def nothing(finding, numbers, records):
    return {}


AGAIN = {
    **dict.fromkeys(("E1", "E2", "E4", "N21", "W10"), reported),
    **dict.fromkeys((f"U{number}" for number in range(1, 13)), reported),
    **dict.fromkeys(("N6", "N6b", "N13", "N17", "N18", "N19", "N20", "N22"), reported_on_days),
    **dict.fromkeys(("N1", "N2", "N12"), bout),
    **dict.fromkeys(("N7", "W2"), risen),
    **dict.fromkeys(("N4", "U9", "W7"), episodes),
    "E3": attack,
    "U5": spasms,
    "N3": regions,
    "N5": shut_eyes,
    "N8": stronger,
    "N9": episodes_on_days,
    "N10": remedy,
    "N11": hindered,
    "N15": came_back,
    "N16": often,
    "W1": new_bout,
    "W3": nights,
    "W5": stood_out,
    "W6": ill,
    "W8": recorded,
    "W9": last_day,
    "R1": quiet,
    "X1": over,
    "X2": settled,
    "N23": nothing,
}
