"""Names of codes, dates and quantities; labels of codes come from the vocabulary."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import ClassVar

from diary.domain import vocabulary
from diary.domain.entries import (
    DatePrecision,
    Medication,
    PartialDate,
    RemedyTrial,
    Side,
    SitedSide,
)
from diary.domain.vocabulary.codes import Code, CodeList
from reports.domain.words.catalog import Speaker
from reports.domain.words.labels import (
    CHARACTERS,
    FACTORS,
    HISTORY_KINDS,
    LABELS,
    LOG_LETTERS,
    RATINGS,
    RESULTS,
    RULES,
    SHORT_SITES,
    STRIPS,
    WARNING_SIGN_ROWS,
)

SPACE = "\u00a0"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUTE = 60
HOUR = 3600
LOG_PLACE_WIDTH = 15


class Terms(Speaker):
    """Labels, names of codes, dates and quantities."""

    region: ClassVar[str] = "GB"  # day before month, 24-hour clock
    labels: ClassVar[Mapping[str, str]] = MappingProxyType(LABELS)
    strips: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(STRIPS)
    warning_signs: ClassVar[Mapping[str, str]] = MappingProxyType(WARNING_SIGN_ROWS)
    factors: ClassVar[Mapping[str, str]] = MappingProxyType(FACTORS)
    characters: ClassVar[Mapping[str, str]] = MappingProxyType(CHARACTERS)
    history_kinds: ClassVar[Mapping[str, str]] = MappingProxyType(HISTORY_KINDS)
    log_letters: ClassVar[Mapping[str, str]] = MappingProxyType(LOG_LETTERS)
    not_asked: ClassVar[str] = "not asked"
    none_known: ClassVar[str] = "none known"

    # Codes --------------------------------------------------------------------------------------

    def term(self, codes: CodeList[Code], code: str, own_label: str = "") -> str:
        """Return the label of a code in running text, or the person's own label."""
        if own_label:
            return own_label
        entry = codes.get(code)
        label = entry.label(self.language) if entry else code.replace("_", " ")
        return label[:1].lower() + label[1:]

    def site(self, site: str) -> str:
        """Return the name of a body site in running text."""
        return self.term(vocabulary.SITES, site)

    def sided_site(self, sited: SitedSide) -> str:
        """Return a site with its side: "left upper lip", "upper lip" when the side is unsaid."""
        name = self.site(sited.site)
        words = {
            Side.LEFT: f"left {name}",
            Side.RIGHT: f"right {name}",
            Side.BOTH: f"{name} on both sides",
            Side.ONE: f"{name} on one side",
        }
        return words.get(sited.side, name) if sited.side else name

    def short_site(self, sited: SitedSide, more: int) -> str:
        """Return a site for the narrow column of the log: side letter, site, "+1" for one more.

        Never longer than 15 characters and without a place to break, so a row stays one line.
        """
        letters = {Side.LEFT: "L ", Side.RIGHT: "R ", Side.BOTH: "LR "}
        side = letters.get(sited.side, "") if sited.side else ""
        tail = f" +{more}" if more else ""
        name = SHORT_SITES.get(sited.site, self.site(sited.site))
        room = LOG_PLACE_WIDTH - len(side) - len(tail)
        fitted = name if len(name) <= room else name[: room - 1] + "\u2026"
        return f"{side}{fitted}{tail}".replace(" ", SPACE)

    def rule(self, rule: str) -> str:
        """Return the name of a rule; a rule without a name here is called by its id."""
        return RULES.get(rule, rule)

    def face_label(self, site: str) -> str:
        """Return a site for the narrow column beside the face, on one line."""
        return SHORT_SITES.get(site, self.site(site)).replace(" ", SPACE)

    # Dates and quantities -----------------------------------------------------------------------

    def day(self, day: date) -> str:
        """Return a date without its year."""
        return f"{day.day}{SPACE}{MONTHS[day.month - 1]}"

    def full_day(self, day: date) -> str:
        """Return a date with its year."""
        return f"{self.day(day)}{SPACE}{day.year}"

    def partial_date(self, known: PartialDate) -> str:
        """Return a date as exactly as it is known."""
        if known.precision is DatePrecision.YEAR:
            return str(known.day.year)
        month = f"{MONTHS[known.day.month - 1]}{SPACE}{known.day.year}"
        return month if known.precision is DatePrecision.MONTH else f"{known.day.day}{SPACE}{month}"

    def date_span(self, start: date, end: date) -> str:
        """Return the dates `[start, end)` without years."""
        return f"{self.day(start)} \u2013 {self.day(end - timedelta(days=1))}"

    def period(self, start: date, end: date) -> str:
        """Return the dates `[start, end)` with years and the number of days."""
        last = end - timedelta(days=1)
        first = self.day(start) if start.year == last.year else self.full_day(start)
        return f"{first} \u2013 {self.full_day(last)} \u00b7 {self.days((end - start).days)}"

    def days(self, number: int) -> str:
        """Return a number of days in words."""
        return f"{number}{SPACE}day" if number == 1 else f"{number}{SPACE}days"

    def times(self, number: int, one: str, many: str) -> str:
        """Return a number with its noun."""
        return f"{number}{SPACE}{one if number == 1 else many}"

    def episodes(self, number: int) -> str:
        """Return a number of episodes in words."""
        return self.times(number, "episode", "episodes")

    def duration(self, seconds: float) -> str:
        """Return a length of time in its most readable unit."""
        if seconds < 2 * MINUTE:
            return f"{seconds:.0f}{SPACE}s"
        if seconds < 2 * HOUR:
            return f"{seconds / MINUTE:.1f}".removesuffix(".0") + f"{SPACE}min"
        return f"{seconds / HOUR:.1f}".removesuffix(".0") + f"{SPACE}h"

    def duration_span(self, low: float, high: float) -> str:
        """Return the middle half of lengths in the small print of a cell."""
        return f"({self.duration(low)}\u2013{self.duration(high)})".replace(SPACE, "")

    def of(self, whole: int) -> str:
        """Return the denominator of a cell."""
        return f"of{SPACE}{whole}"

    def in_days(self, whole: int) -> str:
        """Return the number of days a count was taken over."""
        return f"in{SPACE}{whole}{SPACE}d"

    def most(self, number: int) -> str:
        """Return the largest value in the small print of a cell."""
        return f"(most{SPACE}{number})"

    def k_of_n(self, part: int, whole: int, unit: str = "") -> str:
        """Return "3 of 12" with its unit, or that nobody asked when the whole is 0."""
        if whole == 0:
            return self.not_asked
        return f"{part}{SPACE}of{SPACE}{whole}{SPACE}{unit}".strip().rstrip(SPACE)

    def joined(self, parts: Sequence[str]) -> str:
        """Return a list in running text."""
        return ", ".join(parts)

    def and_joined(self, parts: Sequence[str]) -> str:
        """Return a list in running text, the last item after "and"."""
        if len(parts) < 2:  # noqa: PLR2004 - grammar, not a threshold
            return "".join(parts)
        return f"{', '.join(parts[:-1])} and {parts[-1]}"

    # Events of the timeline ---------------------------------------------------------------------

    def event_new_site(self, sited: SitedSide) -> str:
        """Return the label of the first time a site is named."""
        return f"{self.site(sited.site)} joins in"

    def event_medicine_started(self, name: str) -> str:
        """Return the label of the start of a medicine."""
        return f"{name} starts"

    def event_medicine_stopped(self, name: str) -> str:
        """Return the label of the end of a medicine."""
        return f"{name} ends"

    def event_dose(self, name: str) -> str:
        """Return the label of a change of dose."""
        return f"{name} dose"

    def event_illness(self, length: int) -> str:
        """Return the label of a run of days marked as ill."""
        return f"ill, {self.days(length)}"

    def event_trial(self, trial: RemedyTrial) -> str:
        """Return the label of the start of something tried for a while."""
        return self.term(vocabulary.REMEDIES, trial.remedy, trial.own_label)

    # Medicines, history, remedies ---------------------------------------------------------------

    def medicine(self, course: Medication) -> str:
        """Return a medicine with its dose; the class stands in for a withheld name."""
        name = course.name
        if name == course.medicine_class:
            name = self.term(vocabulary.MEDICINE_CLASSES, course.medicine_class)
        return f"{name} {course.dose}".strip()

    def medicine_detail(self, course: Medication) -> str:
        """Return how and since when a medicine is taken."""
        how = "as needed" if course.as_needed else ""
        since = f"since {self.partial_date(course.started)}" if course.started else "start not said"
        return ", ".join(part for part in (how, since) if part)

    def history_item(self, name: str, since: PartialDate | None, result: str) -> str:
        """Return a condition or test with its date and result."""
        said = [RESULTS.get(result, result), self.partial_date(since) if since else ""]
        small = ", ".join(part for part in said if part)
        return f"{name} ({small})" if small else name

    def not_rated(self, times: int) -> str:
        """Return that something was used without a word on whether it helped."""
        return f"used {self.times(times, 'time', 'times')}, not rated"

    def trial(self, trial: RemedyTrial) -> str:
        """Return how long something was tried and the person's own rating."""
        since = f"from {self.day(trial.started_on)}"
        until = f" to {self.day(trial.stopped_on)}" if trial.stopped_on else ""
        return f"{since}{until}: {RATINGS.get(trial.rating, 'not rated yet')}"
