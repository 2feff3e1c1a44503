"""Page 1 counted again from an attached diary alone, the way a doubting reader would.

Nothing here uses the code that makes a report. `recounted` returns what each place of the page must
hold: a number, or the figures that stand in a text, in their order.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from diary.domain.vocabulary import WARNING_SIGNS
from tests import recomputed
from tests.reports.recount_factors import factors
from tests.reports.recount_parts import (
    SIGNS,
    begun,
    delay,
    ended,
    figures,
    frequency,
    middle,
    on,
    places,
    plot_row,
    remedy_label,
    sites,
    top,
)

Found = dict[tuple[Any, ...], Any]


def differences(document):
    """Return the places of page 1 that say something else than the diary beside it."""
    wanted = recounted(document)
    return [
        (place, said, wanted[place])
        for place in wanted
        if not agrees(said := value_at(document["report"], place), wanted[place])
    ]


def value_at(report, place):
    """Return what stands at a place of the page."""
    for step in place:
        report = report[step]
    return report


def agrees(said, wanted):
    """Return whether a number or the figures of a text are the wanted ones."""
    if isinstance(wanted, list):
        return figures(said) == [str(number) for number in wanted]
    if said is None or wanted is None:
        return said is wanted
    return abs(said - wanted) < 1e-6 * max(1, abs(wanted))


def recounted(document):
    """Return what the places of page 1 must hold, by their path in the report."""
    page = Page(document["diary"], document["report"])
    return {
        **page.period(),
        **page.warning_signs(),
        **page.changed(),
        **page.where(),
        **page.when(),
        **page.goes_with(),
        **page.character(),
        **page.background(),
    }


class Page:
    """The counts of one diary; `report` only says which rows there are and in which order."""

    def __init__(self, diary, report):
        self.diary, self.report = diary, report
        self.start, self.end = (date.fromisoformat(diary[name]) for name in ("start", "end"))
        self.dates = [
            str(self.start + timedelta(days=n)) for n in range((self.end - self.start).days)
        ]
        self.episodes, self.check_ins = diary["episodes"], diary["check_ins"]
        self.answered = {c["local_date"] for c in self.check_ins if c["twitched"] != "unsure"}
        self.by_day = Counter(e["local_date"] for e in self.episodes)
        self.twitched = set(self.by_day) | {
            c["local_date"] for c in self.check_ins if c["twitched"] == "yes"
        }

    def period(self):
        known = [e for e in self.episodes if e["received_at"]]
        prompt = sum(delay(e) <= timedelta(hours=1) for e in known)
        days, asked = len(self.dates), len(self.answered)
        said = [asked, days, round(100 * asked / days)]
        return {
            ("period", "days"): days,
            ("period", "check_in_days"): asked,
            ("period", "timed_episodes"): len(known),
            ("period", "prompt_episodes"): prompt,
            ("period", "completeness"): said,
            ("period", "promptness"): [prompt, len(known), 1] if known else [],
        }

    # Warning signs ------------------------------------------------------------------------------

    def warning_signs(self):
        found: Found = {}
        for place, row in enumerate(self.report["warning_signs"]["rows"]):
            answers = self._answers(set(SIGNS[row["code"]].split()))
            yes = sum(answers.values())
            wanted = {"yes": yes, "no": len(answers) - yes, "asked": len(answers)}
            found |= {("warning_signs", "rows", place, key): n for key, n in wanted.items()}
        return found

    def _answers(self, signs):
        listed = bool(signs & set(WARNING_SIGNS))
        answers: dict[str, bool] = {}
        for entry in (*self.check_ins, *self.episodes):
            said = [s["present"] for s in entry["symptoms"] if s["symptom"] in signs]
            if said or (listed and entry.get("warning_signs_asked")):
                day = entry["local_date"]
                answers[day] = answers.get(day, False) or any(said)
        return answers

    # What changed -------------------------------------------------------------------------------

    def changed(self):
        found: Found = {}
        columns = len(self.report["changed"]["columns"])
        for row, line in enumerate(self.report["changed"]["rows"]):
            for column in range(columns):
                first = self.end - timedelta(days=28 * (columns - column))
                days = {str(first + timedelta(days=n)) for n in range(28)} & self.answered
                value, printed, note = self._cell(line["code"], days)
                place = ("changed", "rows", row, "cells", column)
                found |= {(*place, "value"): value, (*place, "text"): printed}
                found[*place, "note"] = note
            if line["comparison"]:
                found |= self._compared(("changed", "rows", row), line)
        return found

    def _cell(self, code, days):
        inside = [e for e in self.episodes if e["local_date"] in days]
        counts = {
            "twitch_days": (len(self.twitched & days), days),
            "episodes": (len(inside), days),
            "joined": (sum(len(sites(e)) > 1 for e in inside), inside),
            "symptom": (sum(any(s["present"] for s in e["symptoms"]) for e in inside), inside),
            "affected": self._affected(days),
        }
        if code in counts:
            value, whole = counts[code]
            return (value, [value], [len(whole)]) if whole else (None, [], [])
        if code == "most":
            most = max((self.by_day[day] for day in days), default=None)
            return most, [] if most is None else [most], []
        return middle(inside, code)

    def _affected(self, days):
        said = [
            bool(c["interferes"]) or c["impact"] > 0
            for c in self.check_ins
            if c["local_date"] in days and (c["interferes"] or c["impact"] is not None)
        ]
        return sum(said), said

    def _compared(self, place, line):
        rows = {
            row["local_date"]: row for row in (*self.diary["earlier_days"], *self.diary["days"])
        }
        if line["code"] == "episodes":
            return frequency(place, line, self._ages(rows))
        name = "strengths" if line["code"] == "strength" else "durations_seconds"
        weeks = [
            [v for age, row in self._ages(rows).items() if age // 7 == week for v in row[name]]
            for week in range(20)
        ]
        recent, before = (
            [median(w) for w in part if len(w) >= 3] for part in (weeks[:4], weeks[4:])
        )
        now, then = (median(part) if part else None for part in (recent, before))
        wanted = {"recent": now, "before": then, "low": None, "high": None}
        wanted["ratio"] = now / then if now is not None and then else None
        found: Found = {(*place, "comparison", key): value for key, value in wanted.items()}
        if len(recent) < 4 or len(before) < 10:
            said = [len(recent), 4] if len(recent) < 4 else [len(before), 10]
            found[*place, "verdict"] = said
        return found

    def _ages(self, rows):
        last = self.end - timedelta(days=1)
        ages = {(last - date.fromisoformat(day)).days: row for day, row in rows.items()}
        return {age: row for age, row in ages.items() if 0 <= age < 140 and row["observed"]}

    # Where --------------------------------------------------------------------------------------

    def where(self):
        first: Counter[Any] = Counter()
        joined: Counter[Any] = Counter()
        ways: Counter[Any] = Counter()
        for episode in self.episodes:
            starts = places(episode["sites"][:1])
            later = places(episode["sites"][1:]) - starts
            first.update(starts)
            joined.update(later)
            for end in later:
                same = sorted(start for start in starts if start[1] == end[1])
                ways[(same or sorted(starts, key=str))[0], end] += 1
        found: Found = {
            ("where", "episodes"): len(self.episodes),
            ("where", "left"): sum(on(e, "left") for e in self.episodes),
            ("where", "right"): sum(on(e, "right") for e in self.episodes),
        }
        for place, mark in enumerate(self.report["where"]["marks"]):
            spot = (mark["site"], mark["side"])
            found["where", "marks", place, "first"] = first[spot]
            found["where", "marks", place, "joined"] = joined[spot]
        for place, path in enumerate(self.report["where"]["paths"]):
            start, end = ((path[f"{e}_site"], path[f"{e}_side"]) for e in ("from", "to"))
            found["where", "paths", place, "episodes"] = ways[start, end]
        return found

    # When ---------------------------------------------------------------------------------------

    def when(self):
        counts = [self.by_day[day] for day in self.dates]
        recorded = [bool(self.by_day[day]) or day in self.answered for day in self.dates]
        bins: Counter[tuple[int, int]] = Counter()
        strongest: dict[str, int] = {}
        for episode in self.episodes:
            day = episode["local_date"]
            if episode["start"]["precision"] == "minute":
                hour = datetime.fromisoformat(episode["start"]["local"]).hour
                bins[self.dates.index(day), hour // 3] += 1
            if episode["strength"] is not None:
                strongest[day] = max(strongest.get(day, 0), episode["strength"])
        found: Found = {("when", "days"): len(self.dates)}
        for n, day in enumerate(self.dates):
            found["when", "counts", n] = counts[n]
            found["when", "recorded", n] = recorded[n]
            found["when", "strongest", n] = strongest.get(day)
            week = [counts[m] for m in range(max(0, n - 6), n + 1) if recorded[m]]
            mean = round(sum(week) / len(week), 3) if len(week) >= 4 else None
            found["when", "seven_day_mean", n] = mean
        for n in range(8):
            found["when", "by_bin", n] = sum(k for (_, b), k in bins.items() if b == n)
        step = max(1, -(-max(bins.values(), default=0) // 4))
        for n, ((day, b), k) in enumerate(sorted(bins.items())):
            wanted = {"day": day, "bin": b, "episodes": k, "shade": min(3, (k - 1) // step)}
            found |= {("when", "heat", n, key): value for key, value in wanted.items()}
        return found | self._strips()

    def _strips(self):
        limits = {"caffeine_mg": 200, "sleep_hours": 6, "stress": 7}
        answers = {c["local_date"]: c for c in self.check_ins}
        found: Found = {}
        for n, strip in enumerate(self.report["when"]["strips"]):
            found["when", "strips", n, "threshold"] = limits[strip["code"]]
            for m, day in enumerate(self.dates):
                value = answers[day][strip["code"]] if day in answers else None
                found["when", "strips", n, "values", m] = value
        return found

    # What goes with it --------------------------------------------------------------------------

    def goes_with(self):
        compared, wanted = factors(self.diary)
        rows = self.report["goes_with"]["rows"]
        found: Found = {
            ("goes_with", "answered_days"): len(compared),
            ("goes_with", "rows_in_all"): len(wanted),
            ("goes_with", "more"): [len(wanted) - len(rows)] if len(wanted) > len(rows) else [],
        }
        for n, row in enumerate(rows):
            figure = wanted[row["family"], row["code"]]
            found |= {
                ("goes_with", "rows", n, key): value for key, value in plot_row(figure, row).items()
            }
        return found

    # What it is like, and the foot --------------------------------------------------------------

    def character(self):
        labels = {pair["label"]: n for n, pair in enumerate(self.report["character"])}
        if not labels:
            return {}
        sides = Counter(
            "both" if on(e, "left") and on(e, "right") else "left" if on(e, "left") else "right"
            for e in self.episodes
            if on(e, "left") or on(e, "right")
        )
        silent = len(self.episodes) - sum(sides.values())
        said = [sides["left"], sides["right"], sides["both"], *([silent] if silent else [])]
        if len(sides) == 1 and not silent:
            said = [len(self.episodes)] * 2
        pairs = Counter(named[:2] for e in self.episodes if len(named := sites(e)) > 1)
        order = [max(pairs.values()), sum(pairs.values())] if pairs else []
        texts = {
            "Side": said,
            "Starts in": top((e["sites"][0]["site"] for e in self.episodes if e["sites"]), 2),
            "Order": order,
            "Movement": top((e["movement"] for e in self.episodes if e["movement"]), 3),
            "Doing at the time": top((c for e in self.episodes for c in set(e["contexts"])), 3),
        }
        shares = {
            "Visible to others": "visible",
            "Can hold it back": "suppressible",
            "Urge before it": "urge_before",
            "At rest": "at_rest",
            "While asleep": "asleep",
        }
        for label, field in shares.items():
            answers = [e[field] for e in self.episodes if e[field] is not None]
            texts[label] = [sum(answers), len(answers)] if answers else []
        shut = [e["eye_closure"] == "full" for e in self.episodes if e["eye_closure"]]
        texts["Eye forced shut"] = [sum(shut), len(shut)] if shut else []
        clips = [e["local_date"] for e in self.episodes if e["video_recorded"]]
        latest = [int(day[-2:]) for day in sorted(set(clips))[-4:]]
        texts["Video"] = [len(clips), *latest] if clips else []
        return {("character", labels[label], "text"): wanted for label, wanted in texts.items()}

    def background(self):
        uses = [u for e in (*self.episodes, *self.check_ins) for u in e["remedies"]]
        names = {use["remedy"] for use in uses}
        trials = [t for t in self.diary["remedy_trials"] if t["started_on"] < str(self.end)]
        found: Found = {
            ("background", "tried_in_all"): len(names) + len(trials),
            ("background", "medicines_in_all"): sum(
                begun(m, self.end) and not ended(m, self.end) for m in self.diary["medications"]
            ),
        }
        newest = sorted(trials, key=lambda trial: trial["started_on"])
        for n, line in enumerate(self.report["background"]["tried"]):
            place = ("background", "tried", n)
            if line["comparison"]:
                found |= self._trial(place, newest.pop())
            else:
                rated = [u["helped"] for u in uses if remedy_label(u["remedy"]) == line["label"]]
                rated = [helped for helped in rated if helped is not None]
                found[*place, "helped"] = sum(rated) if rated else None
                found[*place, "rated"] = len(rated) or None
        days = Counter(code for c in self.check_ins for code in set(c["interferes"]))
        for n, line in enumerate(self.report["background"]["impact"]):
            found["background", "impact", n, "days"] = days[line["code"]]
        asked = self._affected(set(self.dates))[1]
        found["background", "impact_note"] = [len(asked)] if asked else []
        return found

    def _trial(self, place, trial):
        start = date.fromisoformat(trial["started_on"])
        stopped = date.fromisoformat(trial["stopped_on"] or str(self.end))
        last = min(stopped, self.end - timedelta(days=1), start + timedelta(days=27))
        spans = {"before": (start - timedelta(days=28), start - timedelta(days=1))}
        spans["during"] = (start, last)
        counts: dict[str, int] = {}
        for side, (first, final) in spans.items():
            inside = [
                row["episodes"]
                for row in (*self.diary["earlier_days"], *self.diary["days"])
                if row["observed"] and str(first) <= row["local_date"] <= str(final)
            ]
            counts |= {f"{side}_episodes": sum(inside), f"{side}_days": len(inside)}
            counts[f"{side}_squares"] = sum(count**2 for count in inside)
        again = recomputed.experiment(counts)
        wanted = {
            "recent": again["during_rate"],
            "before": again["before_rate"],
            "ratio": again["ratio"],
            "low": again["ratio_low"],
            "high": again["ratio_high"],
        }
        return {(*place, "comparison", key): value for key, value in wanted.items()}
