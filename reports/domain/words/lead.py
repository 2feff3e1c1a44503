"""The top of page 1 in words: who it is, and the one sentence a reader starts with."""

from dataclasses import dataclass
from datetime import date

from diary.domain.entries import SitedSide
from reports.domain.words.terms import Terms

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


class LeadSentences(Terms):
    """Who the diary is about, how complete it is, and the lead."""

    def person(self, sex: str, age: int | None, birth_year: int | None, diary_id: str) -> str:
        """Return who the diary is about, in one line."""
        sexes = {"female": self.say("female"), "male": self.say("male")}
        years = self.say("about {age} years (born {birth_year})", age=age, birth_year=birth_year)
        diary = self.say("Diary {diary_id}", diary_id=diary_id)
        known = (sexes.get(sex, ""), "" if age is None else years, diary)
        return " \u00b7 ".join(part for part in known if part)

    def completeness(self, checked: int, days: int) -> str:
        """Return on how many days the check-in was answered."""
        if days == 0:
            return self.say("Daily check-in on {checked} of {days}", checked=0, days=self.days(0))
        return self.say(
            "Daily check-in on {checked} of {days} ({share}%)",
            checked=checked,
            days=self.days(days),
            share=f"{100 * checked / days:.0f}",
        )

    def lead(self, facts: LeadFacts) -> str:
        """Return the one sentence at the top: place, how long, how often, what is new."""
        if facts.recorded_days == 0:
            return self.say("No day was filled in, so the diary cannot say whether it twitched.")
        if facts.episodes == 0 and facts.twitch_days == 0:
            return self.say(
                "No twitching logged; asked on {days}.", days=self.days(facts.rate_days)
            )
        return self.run_on(self._state(facts), self._news(facts))

    def _state(self, facts: LeadFacts) -> str:
        place = capital(self.sided_site(facts.site)) if facts.site else self.say("Twitching")
        often = self._frequency(facts)
        if facts.running_days is None:
            return self.say("{place}, {how_often}.", place=place, how_often=often)
        return self.say(
            "{place}, {how_long}, {how_often}.",
            place=place,
            how_long=self._running(facts.running_days),
            how_often=often,
        )

    def _running(self, days: int) -> str:
        if days < 2 * DAYS_IN_WEEK:
            return self.days(max(1, days))
        weeks = days // DAYS_IN_WEEK
        if weeks <= WEEKS_BEFORE_MONTHS:
            return self.count("{number}\u00a0week", "{number}\u00a0weeks", number=weeks)
        months = round(days / DAYS_IN_MONTH)
        return self.count("about {number}\u00a0month", "about {number}\u00a0months", number=months)

    def _frequency(self, facts: LeadFacts) -> str:
        if facts.rate_days < FEWEST_DAYS_FOR_A_RATE:
            return self.say(
                "{episodes} logged, too few check-ins to say how often",
                episodes=self.episodes(facts.episodes),
            )
        tenths = round(DAYS_IN_TEN * facts.twitch_days / facts.rate_days)
        if tenths == DAYS_IN_TEN and facts.twitch_days == facts.rate_days:
            return self.say("now every day")
        if tenths in {0, DAYS_IN_TEN}:
            return self.say(
                "now on {twitch_days} of {days}",
                twitch_days=facts.twitch_days,
                days=self.days(facts.rate_days),
            )
        return self.count(
            "now on about {number} day in 10", "now on about {number} days in 10", number=tenths
        )

    def _news(self, facts: LeadFacts) -> str:
        if facts.new_site is None or facts.new_since is None:
            return ""
        return self.say(
            "Since {day} also the {site} ({part}\u00a0of\u00a0{episodes}).",
            day=self.day(facts.new_since),
            site=self.sided_site(facts.new_site),
            part=facts.new_episodes,
            episodes=self.episodes(facts.episodes),
        )


def capital(text: str) -> str:
    """Return the text with its first letter in upper case, where the script has one."""
    return text[:1].upper() + text[1:]
