"""The sentences of page 1: plain, short and countable."""

from collections.abc import Sequence
from datetime import date, datetime

from diary.domain.entries import SitedSide
from diary.domain.findings import EvidenceFrom
from reports.domain.words.factors import FactorSentences
from reports.domain.words.lead import LeadSentences, capital
from reports.domain.words.page_two import PageTwoSentences
from reports.domain.words.places import PlaceSentences
from reports.domain.words.terms import SPACE
from reports.domain.words.trust import TrustSentences

# In this order, the numbers of a finding that are printed.
EVIDENCE_COUNTS = (
    "days",
    "logged_days",
    "twitch_days",
    "episodes",
    "reports",
    "nights",
    "observed_days",
)


class Words(LeadSentences, FactorSentences, PlaceSentences, TrustSentences, PageTwoSentences):
    """All words of the report in one language."""

    @property
    def period_too_short(self) -> str:
        """Return why there are no blocks."""
        return self.say("The period is shorter than 28 days: nothing to put side by side.")

    @property
    def nothing_to_check(self) -> str:
        """Return why no rule is listed as not met."""
        return self.say("Nothing was recorded, so no rule could be checked.")

    @property
    def no_sites(self) -> str:
        """Return why the face is empty."""
        return self.say("No episode in this period names a place.")

    @property
    def nothing_tried(self) -> str:
        """Return why no remedy is listed."""
        return self.say("Nothing was recorded as tried.")

    @property
    def no_medicines(self) -> str:
        """Return why no medicine is listed."""
        return self.say("No medicine was recorded. This does not mean none is taken.")

    @property
    def said_at_the_start(self) -> str:
        """Return where something was said that is no entry of its own."""
        return self.say("said at the start of the diary")

    @property
    def no_video(self) -> str:
        """Return that no episode has a video."""
        return self.say_in("videos", "none")

    # Why this visit -----------------------------------------------------------------------------

    def evidence(self, parts: Sequence[str]) -> str:
        """Return the evidence of a rule in one line."""
        if not parts:
            return ""
        listed = self.say_in("between the facts of a rule", ", ").join(parts)
        return self.say("{facts}.", facts=capital(listed))

    def evidence_count(self, key: str, number: int) -> str:
        """Return one number of a finding with what was counted; raises KeyError for another."""
        sayings = {
            "days": self.days(number),
            "logged_days": self.count(
                "{number}\u00a0day logged", "{number}\u00a0days logged", number=number
            ),
            "twitch_days": self.count(
                "{number}\u00a0day with twitching",
                "{number}\u00a0days with twitching",
                number=number,
            ),
            "episodes": self.episodes(number),
            "reports": self.count(
                "recorded {number}\u00a0time", "recorded {number}\u00a0times", number=number
            ),
            "nights": self.count("{number}\u00a0night", "{number}\u00a0nights", number=number),
            "observed_days": self.count(
                "{number}\u00a0day recorded", "{number}\u00a0days recorded", number=number
            ),
        }
        return sayings[key]

    def evidence_source(self, source: EvidenceFrom) -> str:
        """Return where the evidence of a rule stands; nothing when it is in the diary itself."""
        sayings = {
            EvidenceFrom.INTAKE: self.say("as said at the start of the diary"),
            EvidenceFrom.BOTH: self.say("partly as said at the start of the diary"),
        }
        return sayings.get(source, "")

    def since(self, day: date) -> str:
        """Return since when."""
        return self.say("since {day}", day=self.full_day(day))

    def between(self, first: date, last: date) -> str:
        """Return one day, or the first and the latest."""
        if first == last:
            return self.say("on {day}", day=self.day(first))
        return self.say("first {first}, latest {last}", first=self.day(first), last=self.day(last))

    def more_rules(self, number: int) -> str:
        """Return that some fired rules did not fit, or nothing."""
        if number <= 0:
            return ""
        return self.count(
            "and {number}\u00a0more rule, not printed",
            "and {number}\u00a0more rules, not printed",
            number=number,
        )

    def not_met(self, rules: Sequence[tuple[str, str]]) -> str:
        """Return the rules that were checked and do not hold."""
        if not rules:
            return ""
        named = " \u00b7 ".join(f"{rule}{SPACE}{name.lower()}" for rule, name in rules)
        return self.say("Checked, not met: {rules}", rules=named)

    def not_met_short(self, rules: Sequence[str]) -> str:
        """Return the same by id alone, for a page that is full."""
        if not rules:
            return ""
        return self.say("Checked, not met: {rules}.", rules=self.joined(rules))

    # Sections -----------------------------------------------------------------------------------

    def warning_note(self, last_asked: date | None, at_the_start: Sequence[str]) -> str:
        """Return when the signs were last asked and what the intake said."""
        asked = self.say("Last asked {day}.", day=self.day(last_asked)) if last_asked else ""
        unanswered = self.say("A day without an answer is not a \u201cno\u201d.")
        told = self.say(
            "Said at the start of the diary: {signs}.", signs=self.joined(at_the_start).lower()
        )
        return self.run_on(asked, unanswered, told if at_the_start else "")

    def timeline_key(self, bounds: Sequence[int], untimed: int) -> str:
        """Return the key under the timeline; `bounds` are the least counts of the four shades."""
        uppers = [bound - 1 for bound in bounds[1:]]
        shades = [
            str(low) if low == high else f"{low}\u2013{high}"
            for low, high in zip(bounds, uppers, strict=False)
        ]
        key = self.say(
            "bar: episodes \u00b7 line: 7-day mean of recorded days \u00b7 square: strength 7 or "
            "more \u00b7 darker cell: more episodes ({shades}, {most} or more) \u00b7 dark bar: "
            "beyond the dotted line \u00b7 hatched: no record",
            shades=self.joined(shades),
            most=bounds[-1],
        )
        without = self.say("{episodes} without a time of day", episodes=self.episodes(untimed))
        return f"{key} \u00b7 {without}" if untimed else key

    def other_sites(self, parts: Sequence[str]) -> str:
        """Return the places the drawing cannot show."""
        return self.say("Also: {places}.", places=self.joined(parts)) if parts else ""

    def impact_note(self, answered: int) -> str:
        """Return over how many days the question was answered."""
        if answered == 0:
            return self.say("Not asked in this period.")
        return self.say("Question answered on {days}.", days=self.days(answered))

    def marked_medicine(self, documents: Sequence[str]) -> str:
        """Return what the mark beside a medicine means."""
        return self.say(
            "\u25c6 class named in {documents} as able to cause or worsen twitching",
            documents=self.and_joined(documents),
        )

    def more_items(self, number: int) -> str:
        """Return that a list was cut for space."""
        return self.say("and {number} more, in the diary", number=number)

    # Foot ---------------------------------------------------------------------------------------

    def foot_left(self, number: str) -> str:
        """Return the honest line of every page."""
        return self.say(
            "Recorded by the patient; nobody reads it live. Not a diagnosis. "
            "In an emergency call {number}.",
            number=number,
        )

    def foot_right(self, versions: tuple[str, str], data: str, made: datetime) -> str:
        """Return what the page was made from; `made` is in UTC."""
        report, rules = versions
        return self.say(
            "report {report} \u00b7 rules {rules} \u00b7 data {data} \u00b7 {day} {time}\u00a0UTC",
            report=report,
            rules=rules,
            data=data,
            day=self.full_day(made.date()),
            time=f"{made:%H:%M}",
        )

    # Page 1, small print ------------------------------------------------------------------------

    def other_place(self, sited: SitedSide, episodes: int) -> str:
        """Return a place the drawing cannot show, with its episodes."""
        place = self.sided_site(sited)
        if sited.side:
            return f"{place} {episodes}"
        return self.say("{place} (side not said) {episodes}", place=place, episodes=episodes)

    def side_counts(self, left: int, right: int, both: int, unsaid: int) -> str:
        """Return the episodes by side."""
        if unsaid:
            return self.say(
                "left {left}, right {right}, both {both}, not said {unsaid}",
                left=left,
                right=right,
                both=both,
                unsaid=unsaid,
            )
        return self.say(
            "left {left}, right {right}, both {both}", left=left, right=right, both=both
        )

    def videos(self, clips: int, days: Sequence[date]) -> str:
        """Return how many clips there are and the latest days they are from."""
        return self.count(
            "{number}\u00a0clip on the patient\u2019s phone: {days}",
            "{number}\u00a0clips on the patient\u2019s phone: {days}",
            number=clips,
            days=self.joined([self.day(day) for day in days]),
        )
