"""The formulas of docs/statistics.md written out once more, from the numbers of a stored look.

Nothing here may use the code under test: plain Python, and distributions of scipy.stats.
"""

import re
from datetime import date, timedelta
from itertools import combinations
from math import exp, log, sqrt
from statistics import median

from scipy.stats import beta, t


def family(results):
    """Return every figure of the results of one family again, in the same order."""
    found = [link(result) for result in results]
    tested = sorted(each["p"] for each in found if each["tested"])
    for each in found:
        each["adjusted"] = adjusted(each["p"], tested) if each["tested"] else None
        large = each["ratio"] is not None and not 1 / 1.3 < each["ratio"] < 1.3
        each["picked"] = each["tested"] and large and each["adjusted"] <= 0.10
    level = 1 - 0.05 * sum(each["picked"] for each in found) / max(1, len(tested))
    for each, result in zip(found, results, strict=True):
        days = each["exposed_days"] + each["unexposed_days"]
        each["linked"] = each["picked"] and days >= 60 and result["twitch_days"] >= 24
        each["selected_level"] = level if each["linked"] else None
        each["selected_low"], each["selected_high"] = interval(each, each["selected_level"])
    return found


def link(result):
    """Return what the blocks of one result say, before the other tests are looked at."""
    blocks = result["blocks"]
    x1, n1, x0, n0 = (sum(block[column] for block in blocks) for column in range(4))
    ratio, variance = mantel_haenszel(blocks)
    phi = dispersion(blocks)
    found = {
        "threshold": threshold(result),
        "exposed_episodes": x1,
        "exposed_days": n1,
        "unexposed_episodes": x0,
        "unexposed_days": n0,
        "exposed_rate": x1 / n1 if n1 else None,
        "unexposed_rate": x0 / n0 if n0 else None,
        "ratio": ratio,
        "dispersion": phi,
        "error": sqrt(phi * variance) if ratio else None,
        "degrees": max(5, n1 + n0 - 2 - len(blocks)),
        "p": None,
        "shown_ratio": None,
    }
    if ratio:
        found["p"] = 2 * t.sf(abs(log(ratio)) / found["error"], found["degrees"])
        found["shown_ratio"] = exp(log(ratio) * 0.25 / (0.25 + found["error"] ** 2))
    found["low"], found["high"] = interval(found, 0.95)
    quiet = n1 + n0 - result["twitch_days"]
    gates = n1 >= 10 and n0 >= 10 and result["twitch_days"] >= 12 and quiet >= 5
    return found | {"tested": gates and ratio is not None}


def mantel_haenszel(tables):
    """Return the rate ratio over strata and the variance of its logarithm, None without one."""
    above = sum(x1 * n0 / (n1 + n0) for x1, n1, _, n0, _ in tables)
    below = sum(x0 * n1 / (n1 + n0) for _, n1, x0, n0, _ in tables)
    spread = sum((x1 + x0) * n1 * n0 / (n1 + n0) ** 2 for x1, n1, x0, n0, _ in tables)
    if above == below == 0:
        return None, None
    if above == 0 or below == 0:
        with_it, without = (sum(table[column] for table in tables) for column in (1, 3))
        days = with_it + without
        above += 0.5 * without / days
        below += 0.5 * with_it / days
        spread += with_it * without / days**2
    return above / below, spread / (above * below)


def dispersion(blocks):
    """Return the larger of 1 and the Pearson dispersions within blocks and over all of them."""
    sums = [(x1 + x0, n1 + n0, squares) for x1, n1, x0, n0, squares in blocks]
    alive = [(x, n, squares) for x, n, squares in sums if x]
    freedom = sum(n - 1 for _, n, _ in alive)
    if not alive or not freedom:
        return 1.0
    within = sum((squares - x**2 / n) / (x / n) for x, n, squares in alive) / freedom
    x, n, squares = (sum(column) for column in zip(*sums, strict=True))
    return max(1.0, within, (squares - x**2 / n) / (x / n) / (n - 1))


def interval(found, level):
    """Return the ends of the interval of a ratio at this level, None without either."""
    if level is None or found["ratio"] is None:
        return None, None
    reach = exp(t.ppf((1 + level) / 2, found["degrees"]) * found["error"])
    return found["ratio"] / reach, found["ratio"] * reach


def adjusted(p, tested):
    """Return the Benjamini-Hochberg adjusted p of one among the ascending p values of a family."""
    scaled = [other * len(tested) / rank for rank, other in enumerate(tested, 1) if other >= p]
    return min(1.0, *scaled)


def within_rival(rival):
    """Return the ratio of a link within the levels of another linked exposure."""
    above = sum(x1 * n0 / (n1 + n0) for x1, n1, _, n0, _ in rival["tables"])
    below = sum(x0 * n1 / (n1 + n0) for _, n1, x0, n0, _ in rival["tables"])
    return above / below if above and below else 1.0


def threshold(result):
    """Return the limit that told the days of one factor apart, from its answers and their days."""
    answers = [value for value, days in result["amounts"] for _ in range(days)]
    if result["definition"] == "above_own_median":
        return median(answers)
    if result["definition"] == "own_lower_third":
        return answers[(len(answers) - 1) // 3]
    return LIMITS.get((result["definition"], result["key"]))


LIMITS = {
    ("above_limit", "caffeine"): 400,
    ("below_limit", "sleep_loss"): 6,
    ("at_least", "stress"): 7,
    ("any", "alcohol"): 0,
    ("above_own_baseline", "caffeine_increase"): 100,
    ("started_within_days", "new_medicine"): 28,
    ("within_days_before", "recent_infection"): 7,
}


def frequency(numbers):
    """Return every figure of the weekly test on frequency again, from its counts."""
    recent, before = numbers["recent_episodes"], numbers["reference_episodes"]
    days, calendar = numbers["reference_days"], numbers["reference_calendar_days"]
    matched = max(numbers["recent_days"], 28 * days / calendar)
    phi = weekly_dispersion(numbers)
    a, b = recent / phi, before / phi
    low, high = beta.ppf(0.025, a, b + 1), beta.ppf(0.975, a + 1, b)
    return {
        "dispersion": phi,
        "matched_days": matched,
        "p": beta.cdf(matched / (matched + days), a, b + 1),
        "ratio": recent / matched / ((before + 0.5) / (days + 0.5)),
        "ratio_low": low / (1 - low) * days / matched,
        "ratio_high": high / (1 - high) * days / matched,
        "recent_rate": recent / matched,
        "reference_rate": before / days,
    }


def weekly_dispersion(numbers):
    """Return the larger of 1 and the dispersions of the reference from day to day and by week."""
    episodes, days = numbers["reference_episodes"], numbers["reference_days"]
    mean = episodes / days
    daily = (numbers["reference_squares"] - episodes * mean) / mean / (days - 1)
    weeks = [(x, n * mean) for x, n in numbers["reference_weeks"] if n >= 4]
    if len(weeks) < 3:
        return max(1.0, daily)
    return max(1.0, daily, sum((x - n) ** 2 / n for x, n in weeks) / (len(weeks) - 1))


def severity(numbers):
    """Return every figure of a weekly test on severity again, from its weekly medians."""
    recent, before = numbers["recent_medians"], numbers["reference_medians"]
    now, then = median(recent), median(before)
    return {
        "recent_median": now,
        "reference_median": then,
        "shift": now - then,
        "ratio": now / then if then else None,
        "p": rank_sum_p(recent, before),
    }


def rank_sum_p(recent, before):
    """Return the share of all ways to deal the ranks with at least as many wins, ties at half."""
    wins = sum((now > then) + (now == then) / 2 for now in recent for then in before)
    places = range(len(recent) + len(before))
    splits = [set(split) for split in combinations(places, len(recent))]
    dealt = [
        sum(now > then for now in split for then in places if then not in split) for split in splits
    ]
    return sum(number >= int(wins) for number in dealt) / len(dealt)


def experiment(numbers):
    """Return every figure of a removal experiment again, from the counts of both its spans."""
    sides = [
        tuple(numbers[f"{side}_{part}"] for part in ("episodes", "days", "squares"))
        for side in ("during", "before")
    ]
    (a, m, _), (b, n, _) = sides
    alive = [(x, days, squares) for x, days, squares in sides if x]
    freedom = sum(days - 1 for _, days, _ in alive)
    pearson = sum((squares - x**2 / days) / (x / days) for x, days, squares in alive)
    phi = max(1.0, pearson / freedom) if freedom else 1.0
    found = {
        "dispersion": phi,
        "during_rate": a / m if m else None,
        "before_rate": b / n if n else None,
        **dict.fromkeys(("ratio", "ratio_low", "ratio_high")),
    }
    if min(m, n) < 10 or not b:
        return found
    low = beta.ppf(0.025, a / phi, b / phi + 1) if a else 0
    high = beta.ppf(0.975, a / phi + 1, b / phi)
    ends = {"ratio_low": low / (1 - low) * n / m, "ratio_high": high / (1 - high) * n / m}
    return found | {"ratio": (a / m) / (b / n)} | ends


def days_until_trend(recorded, today):
    """Return after how many more recorded days 20 of the last 28 and 28 of the 112 before are."""
    seen = {date.fromisoformat(day) for day in recorded}
    for more in range(60):
        first = today + timedelta(days=today in seen)
        until = max(today, first + timedelta(days=more - 1))
        filled = seen | {first + timedelta(days=number) for number in range(more)}
        ages = [(until - day).days for day in filled]
        if sum(age < 28 for age in ages) >= 20 and sum(28 <= age < 140 for age in ages) >= 28:
            return more
    raise AssertionError("56 recorded days are enough for anybody")


def printed(value):
    """Return a number as the insights print it: fractions at one place, below 0.1 at two."""
    if isinstance(value, float):
        return f"{value:.2f}" if 0 < value < 0.1 else f"{value:.1f}"
    return str(value)


def figures(sentence):
    """Return the numbers that stand in a sentence, dates left out."""
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d{4}-\d\d-\d\d", "", sentence)))
