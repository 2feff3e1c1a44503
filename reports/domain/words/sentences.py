"""The sentences of the report: plain, short and countable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import ClassVar

from diary.domain.entries import SitedSide
from diary.domain.findings import EvidenceFrom
from reports.domain.words.page_two import PageTwoSentences
from reports.domain.words.terms import SPACE

FEWEST_DAYS_FOR_A_RATE = 7
DAYS_IN_WEEK = 7
WEEKS_BEFORE_MONTHS = 26
DAYS_IN_MONTH = 30.44
DAYS_IN_TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """What the one sentence at the top of the page is made of; None means unknown."""

    site: SitedSide | None
    running_days: int | None
    episodes: int
    twitch_days: int
    rate_days: int
    new_site: SitedSide | None = None
    new_since: date | None = None
    new_episodes: int = 0
    recorded_days: int = 0


class Words(PageTwoSentences):
    """All words of the report in one language."""

    not_compared: ClassVar[str] = "comparison not computed yet"
    period_too_short: ClassVar[str] = (
        "The period is shorter than 28 days: nothing to put side by side."
    )
    nothing_to_check: ClassVar[str] = "Nothing was recorded, so no rule could be checked."
    no_sites: ClassVar[str] = "No episode in this period names a place."
    nothing_tried: ClassVar[str] = "Nothing was recorded as tried."
    no_medicines: ClassVar[str] = "No medicine was recorded. This does not mean none is taken."
    evidence_from: ClassVar[Mapping[EvidenceFrom, str]] = MappingProxyType(
        {
            EvidenceFrom.INTAKE: "as said at the start of the diary",
            EvidenceFrom.BOTH: "partly as said at the start of the diary",
        }
    )
    # In this order, the numbers of a finding that are printed.
    evidence_counts: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "days": "{}\u00a0days",
            "logged_days": "{}\u00a0days logged",
            "twitch_days": "{}\u00a0days with twitching",
            "episodes": "{}\u00a0episodes",
            "reports": "recorded {}\u00a0times",
            "nights": "{}\u00a0nights",
            "observed_days": "{}\u00a0days recorded",
        }
    )
    said_at_the_start: ClassVar[str] = "said at the start of the diary"
    no_video: ClassVar[str] = "none"
    not_compared_factors: ClassVar[str] = (
        "Days with and without each factor are not compared yet: this version prints only on how "
        "many of the answered days it was there. The daily values are drawn above."
    )

    # Head ---------------------------------------------------------------------------------------

    def person(self, sex: str, age: int | None, birth_year: int | None, diary_id: str) -> str:
        """Return who the diary is about, in one line."""
        known = {"female": "female", "male": "male"}.get(sex, "")
        years = "" if age is None else f"about {age} years (born {birth_year})"
        return " \u00b7 ".join(part for part in (known, years, f"Diary {diary_id}") if part)

    def completeness(self, checked: int, days: int) -> str:
        """Return on how many days the check-in was answered."""
        share = f" ({100 * checked / days:.0f}%)" if days else ""
        return f"Daily check-in on {checked} of {self.days(days)}{share}"

    # Why this visit -----------------------------------------------------------------------------

    def lead(self, facts: LeadFacts) -> str:
        """Return the one sentence at the top: place, how long, how often, what is new."""
        if facts.recorded_days == 0:
            return "No day was filled in, so the diary cannot say whether it twitched."
        if facts.episodes == 0 and facts.twitch_days == 0:
            return f"No twitching logged; {self._asked_on(facts.rate_days)}."
        place = self._capital(self.sided_site(facts.site)) if facts.site else "Twitching"
        parts = [place, self._running(facts.running_days), self._frequency(facts)]
        return ", ".join(part for part in parts if part) + "." + self._news(facts)

    def _asked_on(self, rate_days: int) -> str:
        return f"asked on {self.days(rate_days)}"

    def _capital(self, text: str) -> str:
        return text[:1].upper() + text[1:]

    def _running(self, days: int | None) -> str:
        if days is None:
            return ""
        if days < 2 * DAYS_IN_WEEK:
            return self.days(max(1, days))
        weeks = days // DAYS_IN_WEEK
        if weeks <= WEEKS_BEFORE_MONTHS:
            return f"{weeks}{SPACE}weeks"
        return f"about {days / DAYS_IN_MONTH:.0f}{SPACE}months"

    def _frequency(self, facts: LeadFacts) -> str:
        if facts.rate_days < FEWEST_DAYS_FOR_A_RATE:
            return f"{self.episodes(facts.episodes)} logged, too few check-ins to say how often"
        tenths = round(DAYS_IN_TEN * facts.twitch_days / facts.rate_days)
        if tenths == DAYS_IN_TEN and facts.twitch_days == facts.rate_days:
            return "now every day"
        if tenths in {0, DAYS_IN_TEN}:
            return f"now on {facts.twitch_days} of {self.days(facts.rate_days)}"
        return f"now on about {tenths} {'day' if tenths == 1 else 'days'} in 10"

    def _news(self, facts: LeadFacts) -> str:
        if facts.new_site is None or facts.new_since is None:
            return ""
        where = self.sided_site(facts.new_site)
        share = self.k_of_n(facts.new_episodes, facts.episodes, "episodes")
        return f" Since {self.day(facts.new_since)} also the {where} ({share})."

    def evidence(self, parts: Sequence[str]) -> str:
        """Return the evidence of a rule in one line."""
        return self._capital(self.joined(parts)) + "." if parts else ""

    def since(self, day: date) -> str:
        """Return since when."""
        return f"since {self.full_day(day)}"

    def between(self, first: date, last: date) -> str:
        """Return one day, or the first and the latest."""
        if first == last:
            return f"on {self.day(first)}"
        return f"first {self.day(first)}, latest {self.day(last)}"

    def more_rules(self, number: int) -> str:
        """Return that some fired rules did not fit, or nothing."""
        return f"and {self.times(number, 'more rule', 'more rules')}, in the attached file" * (
            number > 0
        )

    def not_met(self, rules: Sequence[tuple[str, str]]) -> str:
        """Return the rules that were checked and do not hold."""
        if not rules:
            return ""
        named = [f"{rule}{SPACE}{name.lower()}" for rule, name in rules]
        return "Checked, not met: " + " \u00b7 ".join(named)

    def not_met_short(self, rules: Sequence[str]) -> str:
        """Return the same by id alone, for a page that is full."""
        return (
            f"Checked, not met: {self.joined(rules)}. Names in the attached file." if rules else ""
        )

    # Sections -----------------------------------------------------------------------------------

    def warning_note(self, last_asked: date | None, at_the_start: Sequence[str]) -> str:
        """Return when the signs were last asked and what the intake said."""
        asked = f"Last asked {self.day(last_asked)}. " if last_asked else ""
        note = f"{asked}A day without an answer is not a \u201cno\u201d."
        if at_the_start:
            note += f" Said at the start of the diary: {self.joined(at_the_start).lower()}."
        return note

    def timeline_key(self, bounds: Sequence[int], untimed: int) -> str:
        """Return the key under the timeline; `bounds` are the least counts of the four shades."""
        uppers = [bound - 1 for bound in bounds[1:]]
        shades = [
            str(low) if low == high else f"{low}\u2013{high}"
            for low, high in zip(bounds, uppers, strict=False)
        ]
        key = (
            "bar: episodes \u00b7 line: 7-day mean of recorded days \u00b7 square: strength 7 or "
            f"more \u00b7 darker cell: more episodes ({', '.join(shades)}, {bounds[-1]} or more) "
            "\u00b7 "
            "dark bar: beyond the dotted line \u00b7 hatched: no record"
        )
        return f"{key} \u00b7 {self.episodes(untimed)} without a time of day" if untimed else key

    def other_sites(self, parts: Sequence[str]) -> str:
        """Return the places the drawing cannot show."""
        return f"Also: {self.joined(parts)}." if parts else ""

    def impact_note(self, answered: int) -> str:
        """Return over how many days the question was answered."""
        if answered == 0:
            return "Not asked in this period."
        return f"Question answered on {self.days(answered)}."

    def marked_medicine(self, documents: Sequence[str]) -> str:
        """Return what the mark beside a medicine means."""
        named = self.and_joined(documents)
        return f"\u25c6 class named in {named} as able to cause or worsen twitching"

    def more_items(self, number: int) -> str:
        """Return that a list was cut for space."""
        return f"and {number} more, in the attached file"

    # Foot ---------------------------------------------------------------------------------------

    def foot_left(self, number: str) -> str:
        """Return the honest line of every page."""
        return (
            "Recorded by the patient; nobody reads it live. Not a diagnosis. "
            f"In an emergency call {number}."
        )

    def foot_right(self, versions: tuple[str, str], data: str, made: datetime) -> str:
        """Return what the page was made from; `made` is in UTC."""
        report, rules = versions
        stamp = f"{self.full_day(made.date())} {made:%H:%M}{SPACE}UTC"
        return f"report {report} \u00b7 rules {rules} \u00b7 data {data} \u00b7 {stamp}"

    # Page 1, small print ------------------------------------------------------------------------

    def other_place(self, sited: SitedSide, episodes: int) -> str:
        """Return a place the drawing cannot show, with its episodes."""
        side = "" if sited.side else " (side not said)"
        return f"{self.sided_site(sited)}{side} {episodes}"

    def side_counts(self, left: int, right: int, both: int, unsaid: int) -> str:
        """Return the episodes by side."""
        said = f"left {left}, right {right}, both {both}"
        return f"{said}, not said {unsaid}" if unsaid else said

    def videos(self, clips: int, days: Sequence[date]) -> str:
        """Return how many clips there are and the latest days they are from."""
        named = self.joined([self.day(day) for day in days])
        return f"{self.times(clips, 'clip', 'clips')} on the patient\u2019s phone: {named}"
