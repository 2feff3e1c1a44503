"""What goes with it: the names of factors with the limit that tells their days, and the labels."""

from collections.abc import Sequence
from datetime import date

from diary.domain.exposures import Definition
from diary.domain.triggers import COUNTS_FROM_DAYS, Family, TriggerResult
from diary.domain.vocabulary.triggers import TRIGGERS
from reports.domain.words.comparisons import SMALL, ComparisonSentences

OWN = "own:"


class FactorSentences(ComparisonSentences):
    """Rows, heads and notes of the plot of factors."""

    # Names --------------------------------------------------------------------------------------

    def factor(self, result: TriggerResult, own_label: str) -> str:
        """Return a factor with its limit; one asked about for the day before says so."""
        name = self._limited(result) or self._named(result.key, own_label)
        if result.family is Family.DAY_BEFORE:
            return self.say("{factor}, day before", factor=name)
        return name

    def _limited(self, result: TriggerResult) -> str:
        """Return a factor with a limit above 0, or nothing for one that is there or not."""
        if not result.threshold:
            return ""
        limit = f"{result.threshold:g}"
        caffeine = self.say("Caffeine over {limit} mg", limit=limit)
        names = {
            ("sleep_loss", Definition.BELOW_LIMIT): self.say("Slept under {limit} h", limit=limit),
            ("sleep_loss", Definition.OWN_LOWER_THIRD): self.say(
                "Slept {limit} h or less", limit=limit
            ),
            ("caffeine", Definition.ABOVE_OWN_MEDIAN): caffeine,
            ("caffeine", Definition.ABOVE_LIMIT): caffeine,
            ("stress", Definition.AT_LEAST): self.say("Stress {limit} or more of 10", limit=limit),
            ("screen_use", Definition.ABOVE_OWN_MEDIAN): self.say(
                "Screen over {limit} h", limit=limit
            ),
            ("exercise", Definition.ABOVE_OWN_MEDIAN): self.say(
                "Exercise over {limit} min", limit=limit
            ),
            ("caffeine_increase", Definition.ABOVE_OWN_BASELINE): self.say(
                "Caffeine {limit} mg above usual", limit=limit
            ),
            ("new_medicine", Definition.STARTED_WITHIN_DAYS): self.say(
                "Medicine new within {limit} days", limit=limit
            ),
            ("recent_infection", Definition.WITHIN_DAYS_BEFORE): self.say(
                "Ill in the {limit} days before", limit=limit
            ),
        }
        return names.get((result.key, Definition(result.definition)), "")

    def _named(self, key: str, own_label: str) -> str:
        if key.startswith(OWN):
            return own_label or self.say("A factor in the patient\u2019s own words")
        if key == "steroid_course":
            return self.say("During a course of steroids")
        name = self.term(TRIGGERS, key)
        return name[:1].upper() + name[1:]

    # Labels of the plot -------------------------------------------------------------------------

    @property
    def factor_heads(self) -> tuple[str, ...]:
        """Return the heads: days, episodes a day, the two ends of the axis, ratio, rows."""
        return (
            self.say("days\nwith / without"),
            self.say("episodes a day\nwith / without"),
            self.say("\u2190 fewer"),
            self.say("more \u2192"),
            self.say("rate ratio\n(95%)"),
            self.say("same day, unless said"),
        )

    @property
    def factor_key(self) -> tuple[str, ...]:
        """Return the names of the three marks."""
        return (
            self.say_in("factor", "clear"),
            self.say_in("factor", "possible"),
            self.say("no clear difference"),
        )

    @property
    def several_together(self) -> str:
        """Return that a factor shares its days with another that explains it as well."""
        return self.say("several go together")

    @property
    def too_few_to_say(self) -> str:
        """Return that a factor cannot be compared."""
        return self.say("too few days to say")

    @property
    def too_few_quiet_days(self) -> str:
        """Return that it twitches nearly every day, so that no days are left to compare with."""
        return self.say("too few quiet days")

    @property
    def no_factors(self) -> str:
        """Return that no check-in answers a question about a factor."""
        return self.say("No daily factor was answered, so nothing can be compared.")

    @property
    def caveat(self) -> str:
        """Return the line that always stands under the plot."""
        return self.say("An association in a diary does not show a cause.")

    def factor_days(self, with_it: int, without: int) -> str:
        """Return the days with and without a factor."""
        return self.say("{with_it} / {without}", with_it=with_it, without=without)

    def factor_rates(self, with_it: float | None, without: float | None) -> str:
        """Return the crude episodes a day with and without a factor; a dash for no day at all."""
        first, second = (_rate(rate) for rate in (with_it, without))
        return self.say("{with_it} / {without}", with_it=first, without=second)

    def factor_verdict(self, ratio: float | None, low: float, high: float) -> str:
        """Return ratio and interval, or the interval alone where nothing is clear."""
        ends = {"low": f"{low:.2f}", "high": f"{high:.2f}"}
        if ratio is None:
            return self.say("{low}\u2013{high}", **ends)
        return self.say("{ratio} ({low}\u2013{high})", ratio=f"{ratio:.2f}", **ends)

    def factor_span(self, first: date, last: date, days: int) -> str:
        """Return which days were compared."""
        return self.count(
            "{number} check-in day, {first} to {last}.",
            "{number} check-in days, {first} to {last}.",
            number=days,
            first=self.day(first),
            last=self.day(last),
        )

    def factors_waiting(self, days: int) -> str:
        """Return how many check-in days are there of those a comparison needs."""
        return self.say(
            "{number} of the {needed} check-in days that a comparison needs.",
            number=days,
            needed=COUNTS_FROM_DAYS,
        )

    def more_factors(self, number: int) -> str:
        """Return that more factors were looked at than have a row, or nothing."""
        if number <= 0:
            return ""
        return self.count(
            "{number} more row, not printed.",
            "{number} more rows, not printed.",
            number=number,
        )

    # Alternative text ---------------------------------------------------------------------------

    def alternative_factors(self, rows: Sequence[tuple[str, str]], days: int) -> str:
        """Return the plot in words; `rows` are factors with their verdicts."""
        said = [
            self.say("{factor}: {verdict}", factor=name, verdict=verdict) for name, verdict in rows
        ]
        return self.say(
            "Plot of how many times as many episodes a day were logged with a factor as without, "
            "on a scale from 0.4 to 4 with a line at 1, over {days}. {rows}. {caveat}",
            days=self.days(days),
            rows=self.apart(said) or self.too_few_to_say,
            caveat=self.caveat,
        )


def _rate(rate: float | None) -> str:
    if rate is None:
        return "\u2013"
    return f"{rate:.2f}" if 0 < rate < SMALL else f"{rate:.1f}"
