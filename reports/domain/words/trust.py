"""How far a reader can trust the page: promptness, late questions, what could not be checked."""

from collections.abc import Sequence
from datetime import date

from diary.domain.escalation import REFERENCE_DAYS, SIGNAL_P, WATCH_P, WINDOW_DAYS
from reports.domain.words.terms import Terms


class TrustSentences(Terms):
    """What is said of how the diary was kept."""

    def promptness(self, prompt: int, known: int) -> str:
        """Return how many episodes arrived close to when they happened, or nothing."""
        if known == 0:
            return ""
        return self.count(
            "{prompt} of {number} episode entered within 1 hour",
            "{prompt} of {number} episodes entered within 1 hour",
            number=known,
            prompt=prompt,
        )

    def not_checked(self, rules: Sequence[str]) -> str:
        """Return the rules that had too little to judge by, or nothing."""
        if not rules:
            return ""
        return self.say("Not checked, too little recorded: {rules}", rules=self.joined(rules))

    def failed(self, rules: Sequence[str]) -> str:
        """Return the rules that a mistake of the program kept from being asked, or nothing."""
        if not rules:
            return ""
        return self.say("Not checked, by a fault of the program: {rules}", rules=self.joined(rules))

    def asked_only_from(self, labels: Sequence[str], day: date) -> str:
        """Return that questions were added to the diary while it was kept."""
        return self.say(
            "Asked only from {day} on: {questions}.",
            day=self.day(day),
            questions=self.joined(labels),
        )

    # Daily factors ------------------------------------------------------------------------------

    def daily_question(self, code: str) -> str:
        """Return the name of a daily question in running text."""
        names = {
            "caffeine_mg": self.say("caffeine"),
            "sleep_hours": self.say("sleep"),
            "stress": self.say("stress"),
            "ill": self.say("illness"),
            "alcohol_units": self.say("alcohol"),
            "screen_hours": self.say("screens"),
            "exercise_minutes": self.say("exercise"),
            "low_fluid": self.say("drinking too little"),
            "warning_signs_asked": self.say("warning signs"),
        }
        return names[code]

    # History ------------------------------------------------------------------------------------

    def none_known_of(self, names: Sequence[str]) -> str:
        """Return that none of the named things is known of."""
        if not names:
            return self.none_known
        return self.say("none known: {names}", names=self.joined(names))

    def none_of(self, names: Sequence[str]) -> str:
        """Return that the named things were asked about and denied."""
        return self.say("none: {names}", names=self.joined(names))

    def not_asked_of(self, names: Sequence[str]) -> str:
        """Return that the named things were not asked about."""
        return self.say("not asked: {names}", names=self.joined(names))

    # Method -------------------------------------------------------------------------------------

    @property
    def compared_method(self) -> tuple[str, ...]:
        """Return how the comparisons were made."""
        return (
            self.say(
                "What changed compares the last {window} days with the up to {reference} before, "
                "also those before the period. Episodes a day: interval widened for days that "
                "come in clusters; a day without record is never quiet. \u201cMore\u201d needs 1.5 "
                "times as many and a chance below 1 in {signal}, \u201cpossibly\u201d below 1 in "
                "{watch}. Strength and length: weekly medians, exact rank test. This is one look.",
                window=WINDOW_DAYS,
                reference=REFERENCE_DAYS,
                signal=round(1 / SIGNAL_P),
                watch=round(1 / WATCH_P),
            ),
            self.say(
                "What goes with it compares days of the last 28 weeks with and without a factor "
                "within blocks of 28 days, which takes out a slow trend; so the ratio may differ "
                "from the crude rates beside it. It is drawn toward 1 the less certain it is. "
                "Allowed for the number of factors compared: clear from 120 answered days on, "
                "possible from 60. An association in a diary does not show a cause."
            ),
        )
