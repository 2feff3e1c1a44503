"""Names of codes and of what is recorded; labels of codes come from the vocabulary."""

from collections.abc import Mapping

from diary.domain import vocabulary
from diary.domain.entries import Medication, PartialDate, RemedyTrial, Side, SitedSide
from diary.domain.vocabulary.codes import Code, CodeList
from reports.domain.text_gate import capped, visual_width
from reports.domain.words.dates import Dates
from reports.domain.words.labels import (
    CHARACTERS,
    HISTORY_KINDS,
    LABELS,
    LABELS_IN_CONTEXT,
    LOG_LETTERS,
    PATTERNS,
    RESULTS,
    RULES,
    SHORT_SITES,
    STRIPS,
    WARNING_SIGN_ROWS,
)

LOG_PLACE_WIDTH = 15
SPACE = "\u00a0"


class Terms(Dates):
    """Labels and names."""

    @property
    def labels(self) -> Mapping[str, str]:
        """Return the fixed labels by key; a few hold places the template fills."""
        in_context = {key: self.say_in(*text) for key, text in LABELS_IN_CONTEXT.items()}
        patterns = {key: self.unfilled(text) for key, text in PATTERNS.items()}
        return {**self._said(LABELS), **in_context, **patterns}

    @property
    def strips(self) -> Mapping[str, tuple[str, str]]:
        """Return, by daily value, its label and that of its dotted line."""
        return {key: (self.say(name), self.say(line)) for key, (name, line) in STRIPS.items()}

    @property
    def warning_signs(self) -> Mapping[str, str]:
        """Return the labels of the warning signs."""
        return self._said(WARNING_SIGN_ROWS)

    @property
    def characters(self) -> Mapping[str, str]:
        """Return the labels of the examiner's questions."""
        return self._said(CHARACTERS)

    @property
    def history_kinds(self) -> Mapping[str, str]:
        """Return the labels of the kinds of history."""
        return self._said(HISTORY_KINDS)

    @property
    def log_letters(self) -> Mapping[str, str]:
        """Return the letters of the log by what they stand for."""
        return LOG_LETTERS

    @property
    def none_known(self) -> str:
        """Return the answer "none", which is not "not asked"."""
        return self.say("none known")

    def _said(self, messages: Mapping[str, str]) -> dict[str, str]:
        return {key: self.say(message) for key, message in messages.items()}

    # Codes --------------------------------------------------------------------------------------

    def term(self, codes: CodeList[Code], code: str, own_label: str = "") -> str:
        """Return the label of a code in running text, or the person's own label."""
        if own_label:
            return own_label
        entry = codes.get(code)
        label = entry.label(self.language) if entry else code.replace("_", " ")
        is_acronym = label[1:2].isupper()
        return label if is_acronym else label[:1].lower() + label[1:]

    def site(self, site: str) -> str:
        """Return the name of a body site in running text."""
        return self.term(vocabulary.SITES, site)

    def sided_site(self, sited: SitedSide) -> str:
        """Return a site with its side: "left upper lip", "upper lip" when the side is unsaid."""
        name = self.site(sited.site)
        sides = {
            Side.LEFT: self.say("left {site}", site=name),
            Side.RIGHT: self.say("right {site}", site=name),
            Side.BOTH: self.say("{site} on both sides", site=name),
            Side.ONE: self.say("{site} on one side", site=name),
        }
        return sides.get(sited.side, name) if sited.side else name

    def short_site(self, sited: SitedSide, more: int) -> str:
        """Return a site for the narrow column of the log: side letter, site, "+1" for one more.

        Never wider than 15 columns and without a place to break, so a row stays one line.
        """
        tail = f"{SPACE}+{more}" if more else ""
        pattern = self._short_pattern(sited.side)
        room = LOG_PLACE_WIDTH - visual_width(pattern.format(site="")) - len(tail)
        place = pattern.format(site=capped(self._short_name(sited.site), room))
        return f"{place}{tail}".replace(" ", SPACE)

    def _short_pattern(self, side: Side | None) -> str:
        patterns = {
            Side.LEFT: self.unfilled("L {site}"),
            Side.RIGHT: self.unfilled("R {site}"),
            Side.BOTH: self.unfilled("LR {site}"),
        }
        return patterns.get(side, "{site}") if side else "{site}"

    def _short_name(self, site: str) -> str:
        return self.say(SHORT_SITES[site]) if site in SHORT_SITES else self.site(site)

    def face_label(self, site: str) -> str:
        """Return a site for the narrow column beside the face, on one line."""
        return self._short_name(site).replace(" ", SPACE)

    def rule(self, rule: str) -> str:
        """Return the name of a rule; a rule without a name here is called by its id."""
        return self.say(RULES[rule]) if rule in RULES else rule

    # Events of the timeline ---------------------------------------------------------------------

    def event_new_site(self, sited: SitedSide) -> str:
        """Return the label of the first time a site is named."""
        return self.say("{site} joins in", site=self.site(sited.site))

    def event_medicine_started(self, name: str) -> str:
        """Return the label of the start of a medicine."""
        return self.say("{medicine} starts", medicine=name)

    def event_medicine_stopped(self, name: str) -> str:
        """Return the label of the end of a medicine."""
        return self.say("{medicine} ends", medicine=name)

    def event_dose(self, name: str) -> str:
        """Return the label of a change of dose."""
        return self.say("{medicine} dose", medicine=name)

    def event_illness(self, length: int) -> str:
        """Return the label of a run of days marked as ill."""
        return self.count("ill, {number}\u00a0day", "ill, {number}\u00a0days", number=length)

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
        if course.started is None:
            since = self.say("start not said")
        else:
            since = self.say("since {day}", day=self.partial_date(course.started))
        return self.joined([self.say("as needed"), since]) if course.as_needed else since

    def history_item(self, name: str, since: PartialDate | None, result: str) -> str:
        """Return a condition or test with its date and result."""
        told = self.say(RESULTS[result]) if result in RESULTS else result
        said = [told, self.partial_date(since) if since else ""]
        details = self.joined([part for part in said if part])
        return self.say("{name} ({details})", name=name, details=details) if details else name

    def not_rated(self, times: int) -> str:
        """Return that something was used without a word on whether it helped."""
        return self.count(
            "used {number}\u00a0time, not rated",
            "used {number}\u00a0times, not rated",
            number=times,
        )
