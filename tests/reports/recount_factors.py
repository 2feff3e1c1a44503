"""The rows of "What goes with it" reckoned again from the daily rows of an attached diary.

Nothing here uses the code under test: plain Python, and the formulas of tests/recomputed.py.
"""

from datetime import date, timedelta
from statistics import median

from tests import recomputed

DAYS = 196
BASELINE = 28
FIELDS = {
    "caffeine": "caffeine_mg",
    "sleep_loss": "sleep_hours",
    "stress": "stress",
    "alcohol": "alcohol_units",
    "screen_use": "screen_hours",
    "exercise": "exercise_minutes",
    "dehydration": "low_fluid",
    "infection": "ill",
    "medication_change": "medicines_changed",
}


def factors(diary):
    """Return the figures of every factor of both families, keyed (family, factor)."""
    last = date.fromisoformat(diary["end"]) - timedelta(days=1)
    rows = {row["local_date"]: row for row in (*diary["earlier_days"], *diary["days"])}
    checked = {
        age: row
        for age in range(DAYS + BASELINE)
        if (row := rows.get(str(last - timedelta(days=age))))
        and row["checked_in"]
        and row["observed"]
    }
    inside = {age: row for age, row in checked.items() if age < DAYS}
    same_day = {
        key: answers
        for key, answers in _exposures(checked, diary["medications"], last).items()
        if answers[0]
    }
    day_before = {
        key: ({age - 1: there for age, there in found.items() if age - 1 in inside}, *limit)
        for key, (found, *limit) in same_day.items()
        if key not in {"caffeine_increase", "recent_infection", "new_medicine", "steroid_course"}
    }
    return inside, {
        **_family("same_day", same_day, inside),
        **_family("day_before", day_before, inside),
    }


def _exposures(checked, medications, last):
    """Return per factor whether it was there by the age of the day in days, and its limit."""
    found = {}
    for key, field in FIELDS.items():
        values = {
            age: row["exposures"][field]
            for age, row in checked.items()
            if field in row["exposures"] and age < DAYS
        }
        if values:
            found[key] = _judged(key, values)
    caffeine = {
        age: row["exposures"]["caffeine_mg"]
        for age, row in checked.items()
        if "caffeine_mg" in row["exposures"]
    }
    ill = {
        age: row["exposures"]["ill"] for age, row in checked.items() if "ill" in row["exposures"]
    }
    found["caffeine_increase"] = _more_than_usual(caffeine), 100
    found["recent_infection"] = _ill_before(ill, checked), 7
    started = [m["started"]["day"] for m in medications if m["started"]]
    if started:
        found["new_medicine"] = _new(medications, checked, last), 28
    return found


def _judged(key, values):
    middle = median(values.values())
    if key == "sleep_loss":
        short = sum(hours < 6 for hours in values.values())
        if 10 <= short <= len(values) - 10:
            return {age: hours < 6 for age, hours in values.items()}, 6
        third = sorted(values.values())[(len(values) - 1) // 3]
        return {age: hours <= third for age, hours in values.items()}, third
    if key == "stress":
        return {age: score >= 7 for age, score in values.items()}, 7
    if key in {"caffeine", "screen_use", "exercise"}:
        limit = min(middle, 400) if key == "caffeine" else middle
        return {age: value > limit for age, value in values.items()}, limit
    return {age: value > 0 for age, value in values.items()}, 0


def _more_than_usual(caffeine):
    found = {}
    for age, amount in caffeine.items():
        before = [caffeine[age + n] for n in range(1, BASELINE + 1) if age + n in caffeine]
        if age < DAYS and len(before) >= 10:
            found[age] = amount - median(before) >= 100
    return found


def _ill_before(ill, checked):
    found = {}
    for age in checked:
        before = [ill[age + n] for n in range(1, 8) if age + n in ill]
        if age < DAYS and (any(before) or len(before) >= 5):
            found[age] = any(before)
    return found


def _new(medications, checked, last):
    """Return which days are surely within 28 days of a start, and which surely are not."""
    found = {}
    for age in (age for age in checked if age < DAYS):
        day = last - timedelta(days=age)
        sure = possible = False
        for course in (m["started"] for m in medications if m["started"]):
            first, latest = _earliest_and_latest(course)
            sure |= latest <= day <= first + timedelta(days=28)
            possible |= first <= day <= latest + timedelta(days=28)
        if sure or not possible:
            found[age] = sure
    return found


def _earliest_and_latest(known):
    day = date.fromisoformat(known["day"])
    if known["precision"] == "day":
        return day, day
    if known["precision"] == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    after = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return day.replace(day=1), after - timedelta(days=1)


def _family(name, exposures, inside):
    results = [_result(key, found[0], found[1], inside) for key, found in sorted(exposures.items())]
    figures = recomputed.family(results)
    return {
        (name, result["key"]): {**figure, "limit": result["limit"]}
        for result, figure in zip(results, figures, strict=True)
    }


def _result(key, answers, limit, inside):
    blocks = []
    for start in range(0, DAYS, 28):
        ages = [age for age in answers if start <= age < start + 28]
        counts = {age: inside[age]["episodes"] for age in ages}
        with_it = [age for age in ages if answers[age]]
        without = [age for age in ages if not answers[age]]
        if ages:
            blocks.append(
                [
                    sum(counts[age] for age in with_it),
                    len(with_it),
                    sum(counts[age] for age in without),
                    len(without),
                    sum(count**2 for count in counts.values()),
                ]
            )
    return {
        "key": key,
        "limit": limit,
        "definition": "recounted",
        "amounts": [],
        "blocks": blocks,
        "twitch_days": sum(inside[age]["twitch_day"] for age in answers),
    }
