"""Dates, lengths of time and counted things, in the order and with the counters of the language."""

from collections.abc import Sequence
from datetime import date, timedelta

from diary.domain.entries import DatePrecision, PartialDate
from reports.domain.words.catalog import Speaker, to_say, to_say_in

MONTHS = (
    to_say("Jan"),
    to_say("Feb"),
    to_say("Mar"),
    to_say("Apr"),
    to_say("May"),
    to_say("Jun"),
    to_say("Jul"),
    to_say("Aug"),
    to_say("Sep"),
    to_say("Oct"),
    to_say("Nov"),
    to_say("Dec"),
)
LOG_MONTHS = (
    to_say_in("date in the log", "Jan"),
    to_say_in("date in the log", "Feb"),
    to_say_in("date in the log", "Mar"),
    to_say_in("date in the log", "Apr"),
    to_say_in("date in the log", "May"),
    to_say_in("date in the log", "Jun"),
    to_say_in("date in the log", "Jul"),
    to_say_in("date in the log", "Aug"),
    to_say_in("date in the log", "Sep"),
    to_say_in("date in the log", "Oct"),
    to_say_in("date in the log", "Nov"),
    to_say_in("date in the log", "Dec"),
)
MINUTE = 60
HOUR = 3600


class Dates(Speaker):
    """Dates, lengths of time, counted things and lists of things."""

    @property
    def region(self) -> str:
        """Return the region whose order of dates, punctuation and shapes of characters is used."""
        # Translators: ISO 3166 code of the region. GB: day before month, 24-hour clock.
        return self.say_in("region", "GB")

    # Dates --------------------------------------------------------------------------------------

    def day(self, day: date) -> str:
        """Return a date without its year."""
        return self.say("{day}\u00a0{month}", day=day.day, month=self._month(day))

    def full_day(self, day: date) -> str:
        """Return a date with its year."""
        return self.say(
            "{day}\u00a0{month}\u00a0{year}", day=day.day, month=self._month(day), year=day.year
        )

    def log_day(self, day: date) -> str:
        """Return a date without its year for the narrow column of the log."""
        month = self.say_in(*LOG_MONTHS[day.month - 1])
        return self.say_in("date in the log", "{day}\u00a0{month}", day=day.day, month=month)

    def _month(self, day: date) -> str:
        return self.say(MONTHS[day.month - 1])

    def partial_date(self, known: PartialDate) -> str:
        """Return a date as exactly as it is known."""
        day = known.day
        if known.precision is DatePrecision.YEAR:
            return self.say_in("a year alone", "{year}", year=day.year)
        if known.precision is DatePrecision.MONTH:
            return self.say("{month}\u00a0{year}", month=self._month(day), year=day.year)
        return self.full_day(day)

    def date_span(self, start: date, end: date) -> str:
        """Return the dates `[start, end)` without years."""
        return self.say(
            "{first} \u2013 {last}", first=self.day(start), last=self.day(end - timedelta(days=1))
        )

    def period(self, start: date, end: date) -> str:
        """Return the dates `[start, end)` with years and the number of days."""
        last = end - timedelta(days=1)
        days = self.days((end - start).days)
        if start.year == last.year:
            return self.say(
                "{first} \u2013 {last}\u00a0{year} \u00b7 {days}",
                first=self.day(start),
                last=self.day(last),
                year=last.year,
                days=days,
            )
        return self.say(
            "{first} \u2013 {last} \u00b7 {days}",
            first=self.full_day(start),
            last=self.full_day(last),
            days=days,
        )

    # Counted things -----------------------------------------------------------------------------

    def days(self, number: int) -> str:
        """Return a number of days in words."""
        return self.count("{number}\u00a0day", "{number}\u00a0days", number=number)

    def episodes(self, number: int) -> str:
        """Return a number of episodes in words."""
        return self.count("{number}\u00a0episode", "{number}\u00a0episodes", number=number)

    def duration(self, seconds: float) -> str:
        """Return a length of time in its most readable unit."""
        if seconds < 2 * MINUTE:
            return self.say("{number}\u00a0s", number=f"{seconds:.0f}")
        if seconds < 2 * HOUR:
            return self.say("{number}\u00a0min", number=_tenths(seconds / MINUTE))
        return self.say("{number}\u00a0h", number=_tenths(seconds / HOUR))

    def of(self, whole: int) -> str:
        """Return the denominator of a cell."""
        return self.say("of\u00a0{whole}", whole=whole)

    def in_days(self, whole: int) -> str:
        """Return the number of days a count was taken over."""
        return self.say("in\u00a0{whole}\u00a0d", whole=whole)

    def most(self, number: int) -> str:
        """Return the largest value in the small print of a cell."""
        return self.say("(most\u00a0{number})", number=number)

    def k_of_n(self, part: int, whole: int) -> str:
        """Return "3 of 12", or that nobody asked when the whole is 0."""
        if whole == 0:
            return self.not_asked
        return self.say("{part}\u00a0of\u00a0{whole}", part=part, whole=whole)

    @property
    def not_asked(self) -> str:
        """Return that nobody asked, which is neither none nor unknown."""
        return self.say("not asked")

    # Lists and runs of sentences ----------------------------------------------------------------

    def joined(self, parts: Sequence[str]) -> str:
        """Return a list in running text."""
        return self.say_in("between the things of a list", ", ").join(parts)

    def and_joined(self, parts: Sequence[str]) -> str:
        """Return a list in running text, the last item after "and"."""
        if len(parts) < 2:  # noqa: PLR2004 - grammar, not a threshold
            return "".join(parts)
        return self.say("{things} and {last}", things=self.joined(parts[:-1]), last=parts[-1])

    def apart(self, parts: Sequence[str]) -> str:
        """Return a list of things that may hold commas of their own."""
        listed = parts[0] if parts else ""
        for part in parts[1:]:
            listed = self.say("{before}; {after}", before=listed, after=part)
        return listed

    def run_on(self, *sentences: str) -> str:
        """Return whole sentences one after the other; empty ones are left out."""
        told = ""
        for sentence in sentences:
            if told and sentence:
                told = self.say("{sentence} {next_sentence}", sentence=told, next_sentence=sentence)
            else:
                told = told or sentence
        return told


def _tenths(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
