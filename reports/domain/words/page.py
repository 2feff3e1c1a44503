"""The words that only the web page needs: its ways around, its legends and its tables."""

from datetime import date

from reports.domain.words.terms import Terms

HOURS_PER_BIN = 3


class PageWords(Terms):
    """What the web page says beyond the report itself."""

    def page_labels(self) -> dict[str, str]:
        """Return the fixed labels of the page, by key."""
        return {
            "skip": self.say("Skip to the report"),
            "contents": self.say("On this page"),
            "downloads": self.say("Files of this report"),
            "pdf": self.say("Download as PDF, for paper"),
            "fhir": self.say("Download as FHIR, for a record system"),
            "close": self.say("Close this report"),
            "dated_events": self.say("Dated events"),
            "legend": self.say("How to read the figure"),
            "log_region": self.say("Episode log, can be scrolled"),
            "days_region": self.say("Days of the figure, can be scrolled"),
            "days_table": self.say("The same days as a table"),
            "places_table": self.say("The same places as a table"),
            "place": self.say("place"),
            "side": self.say("side"),
            "first": self.say("named first"),
            "joined": self.say("joined in"),
            "measure": self.say("what was counted"),
            "factor": self.say("factor"),
            "sign": self.say("warning sign"),
            "remedy": self.say("what was tried"),
            "activity": self.say("what it got in the way of"),
            "date": self.say("date"),
            "episodes": self.say("episodes"),
            "mean": self.say("7-day mean"),
            "strongest": self.say("strongest"),
            "time_of_day": self.say("time of day"),
            "hours": self.say("hours"),
            "no_record": self.say("no record"),
            "attached_to_pdf": self.say("Attached to the PDF"),
            "not_answered": self.say("An empty cell was not answered that day."),
        }

    def strip_titles(self) -> tuple[str, str, str]:
        """Return the titles over the counts, the strongest and the time-of-day strip."""
        return (
            self.say("Episodes per day"),
            self.say("Strongest of the day, 0\u201310"),
            self.say("Time of day"),
        )

    def legend(self) -> dict[str, str]:
        """Return what each mark of the timeline means, by mark."""
        return {
            "bar": self.say("episodes"),
            "line": self.say("7-day mean of recorded days"),
            "dot": self.say("strength below 7"),
            "square": self.say("strength 7 or more"),
            "beyond": self.say("beyond the dotted line"),
            "missing": self.say("no record"),
            "margin": self.say("numbers on the right: episodes by time of day"),
        }

    def side(self, side: str) -> str:
        """Return the side of a mark on the face, as the patient means it."""
        names = {
            "left": self.say("patient\u2019s left"),
            "right": self.say("patient\u2019s right"),
        }
        return names.get(side, self.say("midline"))

    def episodes_in_cell(self, fewest: int, most: int) -> str:
        """Return how many episodes one shade of the time-of-day strip stands for."""
        if fewest < most:
            return self.say("{fewest}\u2013{most} episodes in 3 hours", fewest=fewest, most=most)
        return self.count(
            "{number} episode in 3 hours", "{number} episodes in 3 hours", number=most
        )

    def untimed(self, episodes: int) -> str:
        """Return how many episodes the time-of-day strip leaves out, or nothing."""
        if episodes == 0:
            return ""
        return self.count(
            "{number} episode without a time of day",
            "{number} episodes without a time of day",
            number=episodes,
        )

    def hours(self, number: int) -> str:
        """Return the hours of one 3-hour bin."""
        first = HOURS_PER_BIN * number
        return f"{first:02}\u2013{first + HOURS_PER_BIN:02}"

    def hours_with(self, number: int, episodes: int) -> str:
        """Return the hours of one 3-hour bin with its episodes on a day."""
        if episodes == 1:
            return self.hours(number)
        return self.say("{hours} ({number} times)", hours=self.hours(number), number=episodes)

    def event_dates(self, first: date, last: date | None) -> str:
        """Return the date of an event, or its first and last date."""
        if last is None or last == first:
            return self.day(first)
        return self.say("{first} \u2013 {last}", first=self.day(first), last=self.day(last))

    def title(self, title: str, diary_id: str) -> str:
        """Return the title of the browser's tab."""
        return self.say("{title} \u2013 {name}", title=title, name=diary_id)
