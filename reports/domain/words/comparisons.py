"""The verdicts of "What changed" and of trials, no stronger than the engine's own."""

from collections.abc import Mapping
from typing import Any

from diary.domain import escalation, severity
from diary.domain.entries import RemedyTrial
from diary.domain.escalation import FrequencyLook, Verdict
from diary.domain.experiments import Experiment, Outcome
from diary.domain.severity import Measure, SeverityLook
from reports.domain.words.dates import HOUR, MINUTE
from reports.domain.words.terms import Terms

SMALL = 0.1


class ComparisonSentences(Terms):
    """Interval alone where nothing is clear; estimate and interval where the engine says so."""

    @property
    def against(self) -> str:
        """Return what the verdicts compare, as the head of their column."""
        return self.say("28 days against 112 before (95%)")

    @property
    def counted_only(self) -> str:
        """Return the verdict of a measure that the engine does not compare."""
        return self.say("counted only")

    def ratio(self, value: float) -> str:
        """Return a ratio to one decimal place, or to two where one would hide its side of 1."""
        short = f"{value:.1f}"
        return f"{value:.2f}" if 0 < value < SMALL or short == "1.0" else short

    def interval(self, low: float, high: float | None) -> str:
        """Return the two ends of an interval of ratios; None has no upper end."""
        if high is None:
            return self.say("{low} or more", low=self.ratio(low))
        return self.say("{low}\u2013{high}", low=self.ratio(low), high=self.ratio(high))

    def frequency_verdict(self, look: FrequencyLook) -> str:
        """Return what the test on episodes a day says."""
        low, high = look.ratio_low, look.ratio_high
        if look.verdict is Verdict.NOT_ENOUGH or look.ratio is None or low is None:
            return self._frequency_missing(look)
        values = {"ratio": self.ratio(look.ratio), "interval": self.interval(low, high)}
        if look.verdict is Verdict.SIGNAL:
            return self.say("more: {ratio} times ({interval})", **values)
        if look.verdict is Verdict.WATCH:
            return self.say("possibly more: {ratio} times ({interval})", **values)
        if high is not None and high < 1:
            return self.say("no rise ({interval} times)", **values)
        if low > 1:
            return self.say("no clear rise ({interval} times)", **values)
        return self.say("no clear change ({interval} times)", **values)

    def _frequency_missing(self, look: FrequencyLook) -> str:
        gate = look.unmet[0] if look.unmet else "reference_days"
        missing = {
            "recent_days": self.say(
                "too few: {number} of {needed} days",
                number=look.recent_days,
                needed=escalation.MINIMUM_RECENT_DAYS,
            ),
            "reference_days": self.say(
                "too few: {number} of {needed} days before",
                number=look.reference_days,
                needed=escalation.MINIMUM_REFERENCE_DAYS,
            ),
            "recent_episodes": self.say(
                "too few: {number} of {needed} episodes",
                number=look.recent_episodes,
                needed=escalation.MINIMUM_RECENT_EPISODES,
            ),
            "reference_episodes": self.say(
                "too few: {number} of {needed} before",
                number=look.reference_episodes,
                needed=escalation.MINIMUM_REFERENCE_EPISODES,
            ),
        }
        return missing[gate]

    def severity_verdict(self, look: SeverityLook) -> str:
        """Return what the test on weekly medians of strength or length says; it has no interval."""
        if look.verdict is Verdict.NOT_ENOUGH:
            return self._weeks_missing(look)
        if look.verdict is not Verdict.SIGNAL:
            return self.say("no clear change")
        before, now = (
            self._median(look.measure, each) for each in (look.reference_median, look.recent_median)
        )
        if look.measure is Measure.STRENGTH:
            return self.say("stronger: weekly {before}, now {now}", before=before, now=now)
        return self.say("longer: weekly {before}, now {now}", before=before, now=now)

    def _weeks_missing(self, look: SeverityLook) -> str:
        if "recent_weeks" in look.unmet:
            return self.say(
                "too few: {number} of {needed} weeks",
                number=len(look.recent_medians),
                needed=severity.RECENT_WEEKS,
            )
        return self.say(
            "too few: {number} of {needed} weeks before",
            number=len(look.reference_medians),
            needed=severity.MINIMUM_REFERENCE_WEEKS,
        )

    def _median(self, measure: Measure, value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:g}" if measure is Measure.STRENGTH else self.duration(value)

    def middle_half(self, low: float, middle: float, high: float) -> str:
        """Return the middle half of lengths in the unit in which the middle one is printed."""
        unit = next(size for size in (HOUR, MINUTE, 1) if middle >= 2 * size or size == 1)
        ends = (f"{end / unit:.{0 if unit == 1 else 1}f}".removesuffix(".0") for end in (low, high))
        return self.say("({low}\u2013{high})", low=next(ends), high=next(ends))

    # Trials -------------------------------------------------------------------------------------

    def trial_compared(self, trial: RemedyTrial, found: Experiment) -> str:
        """Return when something was tried, what the engine says of it, and the own rating."""
        values = {
            "day": self.day(trial.started_on),
            "verdict": self.trial_verdict(found),
            "rating": self._own_rating(trial.rating),
        }
        if trial.stopped_on is None:
            return self.say("from {day}: {verdict}; {rating}", **values)
        end = self.day(trial.stopped_on)
        return self.say("{day} to {end}: {verdict}; {rating}", end=end, **values)

    def trial_verdict(self, found: Experiment) -> str:
        """Return the days with a remedy against the 28 before it."""
        if found.outcome is Outcome.TOO_FEW_DAYS:
            return self.say(
                "too few days to compare ({before} before, {during} with it)",
                before=found.before_days,
                during=found.during_days,
            )
        if found.ratio is None or found.ratio_low is None:
            return self.say("no episode before it to compare with")
        low, high = found.ratio_low, found.ratio_high
        values = {"ratio": self.ratio(found.ratio), "interval": self.interval(low, high)}
        if high is not None and high < 1:
            return self.say("fewer episodes a day, {ratio} times ({interval})", **values)
        if low > 1:
            return self.say("more episodes a day, {ratio} times ({interval})", **values)
        return self.say("no clear change ({interval} times)", **values)

    def _own_rating(self, rating: str) -> str:
        said = {
            "helped": self.say("own rating: helped"),
            "no_change": self.say("own rating: no change"),
            "worse": self.say("own rating: worse"),
        }
        return said.get(rating, self.say("not rated yet"))

    # Evidence of the weekly rules ---------------------------------------------------------------

    def frequency_evidence(self, numbers: Mapping[str, Any]) -> str:
        """Return the counts that a rise in episodes a day rests on."""
        low, high = numbers["ratio_low"], numbers["ratio_high"]
        return self.say(
            "{recent} episodes in {recent_days} days, before that {before} in {before_days}: "
            "{ratio} times ({interval}).",
            recent=numbers["recent_episodes"],
            recent_days=numbers["recent_days"],
            before=numbers["reference_episodes"],
            before_days=numbers["reference_days"],
            ratio=self.ratio(numbers["ratio"]),
            interval=self.interval(low, high),
        )

    def severity_evidence(self, numbers: Mapping[str, Any]) -> str:
        """Return the weekly medians that a rise in strength or length rests on."""
        measure = Measure(numbers["measure"])
        values = {
            "now": self._median(measure, numbers["recent_median"]),
            "before": self._median(measure, numbers["reference_median"]),
            "weeks": len(numbers["reference_medians"]),
        }
        if measure is Measure.STRENGTH:
            return self.say(
                "Weekly strength {now} in the last 4 weeks, {before} in {weeks} weeks before.",
                **values,
            )
        return self.say(
            "Weekly length {now} in the last 4 weeks, {before} in {weeks} weeks before.", **values
        )
