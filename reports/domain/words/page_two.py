"""The sentences of page 2 and of the alternative texts."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from reports.domain.words.labels import METHOD
from reports.domain.words.terms import Terms


class PageTwoSentences(Terms):
    """What page 2 says, and what each figure shows in words."""

    nothing_logged: ClassVar[str] = "No episode was logged in this period."
    withheld_note: ClassVar[str] = (
        "The patient\u2019s own texts could not be printed and were left out."
    )
    method: ClassVar[tuple[str, ...]] = METHOD
    attached: ClassVar[str] = (
        "diary.json \u2013 every entry of the period with the numbers on these pages. Notes the "
        "patient did not tick for the doctor are left out."
    )
    not_attached: ClassVar[str] = "Nothing. The patient asked for a file without attachment."

    # Page 2 -------------------------------------------------------------------------------------

    def log_note(self, shown: int, total: int) -> str:
        """Return what the log holds and what its letters mean."""
        if total == 0:
            return self.nothing_logged
        held = f"All {self.episodes(total)}"
        if shown < total:
            held = f"The latest {shown} of {self.episodes(total)}; the attached file has them all"
        elif total == 1:
            held = "The only episode"
        return (
            f"{held}. V visible to others \u00b7 S with other symptoms \u00b7 N asleep \u00b7 E "
            "eye forced shut \u00b7 tried: + helped, \u2212 did not, ? not said \u00b7 +1: one "
            "more place \u00b7 shaded: strength 7 or more"
        )

    def quality_days(self, without: int, episodes: int, unrecorded: int) -> str:
        """Return how many days are left out of every rate."""
        if without == 0:
            return "Every day has an answered check-in."
        return (
            f"{self.days(without)} without an answered check-in left out of every rate, with their "
            f"{self.episodes(episodes)}; {unrecorded} of them have no record at all (hatched)."
        )

    def quality_late(self, late: tuple[int, int], episodes: int) -> str:
        """Return how many episodes reached the diary more than an hour after they began."""
        number, known = late
        if episodes == 0 or known == 0:
            return ""
        share = f" ({100 * number / known:.0f}%)"
        return (
            f"{number} of {self.episodes(known)}{share} reached the diary more than 1 hour later."
        )

    def quality_edits(self, edited: int, deleted: int | None) -> str:
        """Return how many entries were changed or taken back."""
        changed = f"{self.times(edited, 'entry was', 'entries were')} edited after being saved"
        return (
            f"{changed}."
            if deleted is None
            else f"{changed}; {deleted} taken back since the diary began."
        )

    def quality_zones(self, offsets: Sequence[int]) -> str:
        """Return the offsets of the clocks the episodes were logged by."""
        if not offsets:
            return ""
        names = [f"UTC{minutes / 60:+g}" if minutes else "UTC" for minutes in offsets]
        clock = "one clock" if len(names) == 1 else f"{len(names)} clocks"
        return f"Times are the patient\u2019s local time, by {clock}: {self.joined(names)}."

    def quality_reporters(self, others: int, entries: int) -> str:
        """Return how many entries somebody other than the patient made."""
        if others == 0:
            return "Strength and length are the patient\u2019s own estimates."
        return (
            f"{others} of {self.times(entries, 'entry', 'entries')} come from somebody other than "
            "the patient. Strength and length are estimates."
        )

    def quality_replaced(self, characters: int) -> str:
        """Return how many characters no font here can draw."""
        if characters == 0:
            return ""
        return (
            f"{self.times(characters, 'character', 'characters')} could not be printed (\u25a1); "
            "the attached file has them."
        )

    # Alternative texts of figures ---------------------------------------------------------------

    def alternative_place(self, side: str, label: str, first: int, joined: int) -> str:
        """Return one place of the face map in words."""
        return f"{side} {label}: named first {first}, joined in {joined}"

    def alternative_face(self, episodes: int, places: Sequence[str]) -> str:
        """Return the face map in words."""
        named = "; ".join(places) if places else "no place on the face was named"
        return (
            f"Drawing of a face, the patient\u2019s right on the left of the drawing, with the "
            f"places of {self.episodes(episodes)}. {named}."
        )

    def alternative_timeline(
        self, *, first: date, last: date, episodes: int, busiest: tuple[date, int], missing: int
    ) -> str:
        """Return the timeline in words."""
        peak = f" Most on one day: {busiest[1]} on {self.day(busiest[0])}." if episodes else ""
        return (
            f"Episodes per day from {self.full_day(first)} to {self.full_day(last)}: "
            f"{self.episodes(episodes)} in all.{peak} {self.days(missing)} without any record, "
            "hatched. Below on the same axis: strongest per day, time of day in 3-hour steps, "
            "caffeine, sleep and stress."
        )
