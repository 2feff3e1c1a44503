"""The sentences of page 2 and of the alternative texts."""

from collections.abc import Sequence
from datetime import date

from reports.domain.words.labels import METHOD
from reports.domain.words.terms import Terms

REVIEWED_LANGUAGES = frozenset({"en"})  # whose wording a clinician who speaks it has read


class PageTwoSentences(Terms):
    """What page 2 says, and what each figure shows in words."""

    @property
    def nothing_logged(self) -> str:
        """Return what stands in place of a log without rows."""
        return self.say("No episode was logged in this period.")

    @property
    def withheld_note(self) -> str:
        """Return that the person's own words are missing."""
        return self.say("The patient\u2019s own texts could not be printed and were left out.")

    @property
    def method(self) -> tuple[str, ...]:
        """Return how the numbers were made."""
        return tuple(self.say(message) for message in METHOD)

    @property
    def attached(self) -> str:
        """Return what the attached file holds."""
        return self.say(
            "diary.json \u2013 every entry of the period and what was changed in it, a line of "
            "counts for each earlier day that is compared, and the numbers on these pages. Notes "
            "the patient did not tick for the doctor are left out."
        )

    @property
    def not_attached(self) -> str:
        """Return that there is no attachment, and why."""
        return self.say("Nothing. The patient asked for a file without attachment.")

    @property
    def translation_note(self) -> str:
        """Return that a translation awaits review; nothing for a language that was reviewed."""
        if self.language in REVIEWED_LANGUAGES:
            return ""
        return self.say("This translation awaits review by a native clinician.")

    # Page 2 -------------------------------------------------------------------------------------

    def log_note(self, shown: int, total: int) -> str:
        """Return what the log holds and what its letters mean."""
        if total == 0:
            return self.nothing_logged
        if shown < total:
            held = self.say(
                "The latest {shown} of {episodes}; the diary has them all.",
                shown=shown,
                episodes=self.episodes(total),
            )
        else:
            held = self.count("The only episode.", "All {number}\u00a0episodes.", number=total)
        letters = self.say(
            "V visible to others \u00b7 S with other symptoms \u00b7 N asleep \u00b7 E eye forced "
            "shut \u00b7 tried: + helped, \u2212 did not, ? not said \u00b7 +1: one more place "
            "\u00b7 shaded: strength 7 or more"
        )
        return self.run_on(held, letters)

    def quality_days(self, without: int, episodes: int, unrecorded: int) -> str:
        """Return how many days are left out of every rate."""
        if without == 0:
            return self.say("Every day has an answered check-in.")
        return self.say(
            "{days} without an answered check-in left out of every rate, with their {episodes}; "
            "{unrecorded} of them have no record at all (hatched).",
            days=self.days(without),
            episodes=self.episodes(episodes),
            unrecorded=unrecorded,
        )

    def quality_late(self, late: tuple[int, int], episodes: int) -> str:
        """Return how many episodes reached the diary more than an hour after they began."""
        number, known = late
        if episodes == 0 or known == 0:
            return ""
        return self.say(
            "{number} of {episodes} ({share}%) reached the diary more than 1 hour later.",
            number=number,
            episodes=self.episodes(known),
            share=f"{100 * number / known:.0f}",
        )

    def quality_edits(self, edited: int, deleted: int | None) -> str:
        """Return how many entries were changed or taken back."""
        if deleted is None:
            return self.count(
                "{number}\u00a0entry was edited after being saved.",
                "{number}\u00a0entries were edited after being saved.",
                number=edited,
            )
        return self.count(
            "{number}\u00a0entry was edited after being saved; {deleted} taken back since the "
            "diary began.",
            "{number}\u00a0entries were edited after being saved; {deleted} taken back since the "
            "diary began.",
            number=edited,
            deleted=deleted,
        )

    def quality_zones(self, offsets: Sequence[int]) -> str:
        """Return the offsets of the clocks the episodes were logged by."""
        if not offsets:
            return ""
        names = [f"UTC{minutes / 60:+g}" if minutes else "UTC" for minutes in offsets]
        return self.count(
            "Times are the patient\u2019s local time, by one clock: {clocks}.",
            "Times are the patient\u2019s local time, by {number} clocks: {clocks}.",
            number=len(names),
            clocks=self.joined(names),
        )

    def quality_reporters(self, others: int, entries: int) -> str:
        """Return how many entries somebody other than the patient made."""
        if others == 0:
            return self.say("Strength and length are the patient\u2019s own estimates.")
        return self.count(
            "{others} of {number}\u00a0entry come from somebody other than the patient. Strength "
            "and length are estimates.",
            "{others} of {number}\u00a0entries come from somebody other than the patient. "
            "Strength and length are estimates.",
            number=entries,
            others=others,
        )

    def quality_replaced(self, characters: int) -> str:
        """Return how many characters no font here can draw."""
        if characters == 0:
            return ""
        return self.count(
            "{number}\u00a0character could not be printed (\u25a1); the diary has them.",
            "{number}\u00a0characters could not be printed (\u25a1); the diary has them.",
            number=characters,
        )

    # Alternative texts of figures ---------------------------------------------------------------

    def alternative_place(self, side: str, label: str, first: int, joined: int) -> str:
        """Return one place of the face map in words."""
        places = {
            "left": self.say("left {site}", site=label),
            "right": self.say("right {site}", site=label),
            "midline": self.say("midline {site}", site=label),
        }
        return self.say(
            "{place}: named first {first}, joined in {joined}",
            place=places.get(side, label),
            first=first,
            joined=joined,
        )

    def alternative_face(self, episodes: int, places: Sequence[str]) -> str:
        """Return the face map in words."""
        drawing = self.say(
            "Drawing of a face, the patient\u2019s right on the left of the drawing, with the "
            "places of {episodes}.",
            episodes=self.episodes(episodes),
        )
        if not places:
            return self.run_on(drawing, self.say("No place on the face was named."))
        return self.run_on(drawing, self.say("{places}.", places=self.apart(places)))

    def alternative_timeline(
        self, *, first: date, last: date, episodes: int, busiest: tuple[date, int], missing: int
    ) -> str:
        """Return the timeline in words."""
        counts = self.say(
            "Episodes per day from {first} to {last}: {episodes} in all.",
            first=self.full_day(first),
            last=self.full_day(last),
            episodes=self.episodes(episodes),
        )
        peak = self.say(
            "Most on one day: {number} on {day}.", number=busiest[1], day=self.day(busiest[0])
        )
        rest = self.say(
            "{days} without any record, hatched. Below on the same axis: strongest per day, time "
            "of day in 3-hour steps, caffeine, sleep and stress.",
            days=self.days(missing),
        )
        return self.run_on(counts, peak if episodes else "", rest)
