"""The small parts of a recount: places, sides, spans, and the test on episodes a day."""

import re
from collections import Counter
from datetime import datetime
from statistics import median, quantiles

from diary.domain.vocabulary import REMEDIES
from tests import recomputed

SIGNS = {
    "face": "face_droop facial_weakness",
    "body_weakness": "one_sided_weakness limb_weakness weakness",
    "speech": "speech_difficulty slurred_speech comprehension_difficulty confusion",
    "face_numbness": "face_numbness numbness_at_site",
    "body_numbness": "one_sided_numbness limb_numbness",
    "headache": "severe_headache",
    "vision": "vision_loss double_vision visual_disturbance",
    "consciousness": "seizure loss_of_consciousness",
    "swallowing": "swallowing_difficulty breathing_difficulty throat_spasm",
    "balance": "balance_loss coordination_change",
    "eye_closing": "cannot_close_eye eyelid_droop",
    "eye": "eye_redness eye_discharge eye_pain light_sensitivity",
    "spasm": "lip_tingling hand_tingling muscle_cramp palpitations jaw_cramp",
    "elsewhere": "twitch_elsewhere_in_face twitch_elsewhere_in_body",
    "hearing": "hearing_change ear_pain",
}


def figures(text):
    """Return the numbers of a text in their order; those of dates and times of day too."""
    return re.findall(r"\d+(?:\.\d+)?", text)


def begun(course, end):
    return course["started"] is None or course["started"]["day"] <= str(end)


def ended(course, end):
    return course["stopped"] is not None and course["stopped"]["day"] <= str(end)


def delay(episode):
    return datetime.fromisoformat(episode["received_at"]) - datetime.fromisoformat(
        episode["start"]["instant"]
    )


def middle(episodes, code):
    field = "strength" if code == "strength" else "duration_seconds"
    values = sorted(e[field] for e in episodes if e[field] is not None)
    if not values:
        return None, [], []
    middle = median(values)
    if code == "strength":
        return middle, [f"{middle:g}"], [max(values)]
    unit = next((size for size in (3600, 60) if middle >= 2 * size), 1)
    if len(values) < 4:
        return middle, [short(middle, unit)], [len(values)]
    low, _, high = quantiles(values, n=4, method="inclusive")
    return middle, [short(middle, unit)], [short(low, unit), short(high, unit)]


def short(seconds, unit):
    return f"{seconds:.0f}" if unit == 1 else f"{seconds / unit:.1f}".removesuffix(".0")


def frequency(place, line, ages):
    """Return the figures of the test on episodes a day from the rows by their age in days."""
    recent = [row["episodes"] for age, row in ages.items() if age < 28]
    before = {age: row["episodes"] for age, row in ages.items() if age >= 28}
    gates = ((len(recent), 20), (len(before), 28), (sum(recent), 8), (sum(before.values()), 3))
    missing = next(([have, needed] for have, needed in gates if have < needed), None)
    if missing:
        return {(*place, "verdict"): missing}
    weeks = [[n for age, n in before.items() if age // 7 == week] for week in range(19, 3, -1)]
    again = recomputed.frequency(
        {
            "recent_episodes": sum(recent),
            "recent_days": len(recent),
            "reference_episodes": sum(before.values()),
            "reference_days": len(before),
            "reference_calendar_days": max(before) - 27,
            "reference_squares": sum(count**2 for count in before.values()),
            "reference_weeks": [(sum(week), len(week)) for week in weeks if week],
        }
    )
    ends = [again["ratio_low"], again["ratio_high"]]
    clear = bool(again["ratio"] >= 1.5 and again["p"] <= 0.02)
    wanted = {
        "recent": again["recent_rate"],
        "before": again["reference_rate"],
        "ratio": again["ratio"],
        "low": ends[0],
        "high": ends[1],
    }
    found = {(*place, "comparison", key): value for key, value in wanted.items()}
    return found | {(*place, "verdict"): [ratio(n) for n in [again["ratio"]] * clear + ends]}


def ratio(value):
    return f"{value:.2f}" if value < 0.1 or f"{value:.1f}" == "1.0" else f"{value:.1f}"


def plot_row(figure, row):
    """Return what one row of the plot must hold; `row` only says how it is drawn."""
    x1, n1, x0, n0 = (
        figure[f"{side}_{part}"]
        for side in ("exposed", "unexposed")
        for part in ("episodes", "days")
    )
    drawn = row["mark"] != "too_few"
    shown = [figure["shown_ratio"]] if figure["linked"] else []
    rates = [recomputed.printed(x / n) for x, n in ((x1, n1), (x0, n0)) if n]
    return {
        "days_with": n1,
        "days_without": n0,
        "episodes_with": x1,
        "episodes_without": x0,
        "days": [n1, n0],
        "rates": rates,
        "ratio": figure["shown_ratio"] if drawn else None,
        "low": figure["low"] if drawn else None,
        "high": figure["high"] if drawn else None,
        "label": [f"{figure['limit']:g}", *(["10"] if row["code"] == "stress" else [])]
        if figure["limit"]
        else [],
        "verdict": [f"{n:.2f}" for n in (*shown, figure["low"], figure["high"])] if drawn else [],
    }


def places(sites):
    return {
        (sited["site"], side)
        for sited in sites
        for side in (("left", "right") if sited["side"] == "both" else (sited["side"],))
    }


def on(episode, side):
    return any(sited["side"] in {side, "both"} for sited in episode["sites"])


def sites(episode):
    return tuple(dict.fromkeys(sited["site"] for sited in episode["sites"]))


def top(codes, most):
    return sorted(Counter(codes).values(), reverse=True)[:most]


def remedy_label(remedy):
    label = REMEDIES[remedy].label_en
    return label[:1].lower() + label[1:]
