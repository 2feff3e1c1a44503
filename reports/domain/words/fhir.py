"""What the FHIR document adds to the report's words: headings, answers and a few sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from reports.domain.words import Words

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "why": "Why this visit",
        "twitching": "Twitching, in bouts",
        "episodes": "Episodes, one by one",
        "quiet_days": "Days checked in without twitching",
        "check_ins": "Daily check-ins",
        "intake": "Said at the start of the diary",
        "medicines": "Medicines",
        "history": "History asked about",
        "tried": "Tried so far (own rating)",
        "alerts": "Rules that speak now",
        "told": "What the patient was told",
        "looks": "Weekly comparison",
        "own_words": "In the patient\u2019s own words",
        "about": "About this document",
    }
)

# The answers of an episode, a check-in, an intake or a look, by the code they have in the document.
ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "episode": "Episode of twitching",
        "intake": "Said at the start of the diary",
        "weekly_look": "Weekly comparison of episodes a day",
        "remedy_trial": "Remedy kept up for a while",
        "date": "Day of the diary",
        "twitched": "Did it twitch today?",
        "warning_signs_asked": "Went through the list of warning signs",
        "symptoms": "Symptoms asked about",
        "symptom": "Symptom",
        "symptom_present": "Symptom with it",
        "symptom_absent": "Symptom said to be absent",
        "present": "Present",
        "began_on": "Began on",
        "ongoing": "Still there",
        "recurs": "Over again",
        "onset": "How it began",
        "side": "Side",
        "site": "Place",
        "caffeine_mg": "Caffeine in mg",
        "sleep_hours": "Sleep in hours",
        "stress": "Stress, 0 to 10",
        "ill": "Ill (cold, fever)",
        "alcohol_units": "Alcohol in standard drinks",
        "screen_hours": "Screen in hours",
        "exercise_minutes": "Exercise in minutes",
        "low_fluid": "Drank too little",
        "medicines_changed": "A medicine was changed",
        "factors": "Other factors of the day",
        "factor": "Factor",
        "own_label": "In own words",
        "amount": "Amount",
        "unit": "Unit",
        "trigger_absent": "Trigger said not to matter",
        "impact": "Effect on daily life",
        "interferes": "Got in the way of",
        "distress": "Distress, 0 to 10",
        "remedies": "Remedies used",
        "remedy": "Remedy",
        "helped": "It helped",
        "remedy_no_help": "Remedy used that did not help",
        "remedy_unrated": "Remedy used, effect not said",
        "note": "Note for the doctor",
        "visible": "Seen by others",
        "continuous": "Without a pause",
        "at_rest": "At rest",
        "in_action": "During movement",
        "asleep": "While asleep",
        "eyes_closed": "With the eyes closed",
        "stops_with_action": "Stops with movement",
        "rhythmic": "Rhythmic",
        "suppressible": "Can be held back",
        "urge_before": "Urge before it",
        "video_recorded": "Video recorded",
        "eye_closure": "How far it shuts the eye",
        "direction": "Direction of the pull",
        "context": "Doing at the time",
        "contractions": "Contractions counted",
        "duration": "Length",
        "logged_days": "Days with twitching, as recorded",
        "observed_days": "Days with any record",
        "evidence_from": "Where it stands",
        "first_day": "First day, as stated",
        "still_present": "Still there when asked",
        "seconds_per_bout": "Length, as stated",
        "bouts_per_day": "Times a day, as stated",
        "history_absent": "History said to be absent",
        "recent_episodes": "Episodes in the last 28 days",
        "recent_days": "Recorded days in the last 28 days",
        "matched_days": "Days the last 28 days are reckoned over",
        "reference_episodes": "Episodes in the days before",
        "reference_days": "Recorded days in the days before",
        "dispersion": "Dispersion of the counts",
        "p": "One-sided p of a rise",
        "ratio": "Ratio of the rates",
        "ratio_interval": "95% interval of the ratio",
    }
)

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "signal": "more often than before",
        "watch": "possibly more often than before",
        "no_clear_change": "no clear change",
        "not_enough": "too little recorded to compare",
    }
)

EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "intake": "as said at the start of the diary",
        "diary": "as logged in the diary",
        "both": "logged, and partly as said at the start of the diary",
    }
)


class FhirWords(Words):
    """The report's words and those that only the FHIR document needs."""

    def heading(self, code: str) -> str:
        """Return the title of a section."""
        return self.say(HEADINGS[code])

    def answer(self, code: str) -> str:
        """Return what an answer is about."""
        return self.say(ANSWERS[code])

    def verdict(self, code: str) -> str:
        """Return what a weekly look says."""
        return self.say(VERDICTS[code])

    def evidence_stands(self, code: str) -> str:
        """Return where the evidence of a bout stands."""
        return self.say(EVIDENCE[code])

    @property
    def twitching(self) -> str:
        """Return the name of the symptom whose kind of movement was not said."""
        return self.say("Twitching")

    @property
    def document_title(self) -> str:
        """Return the title of the document."""
        return self.say("Facial twitching diary")

    @property
    def form_title(self) -> str:
        """Return the title of the daily form."""
        return self.say("Daily check-in of the twitching diary")

    @property
    def rules_of_the_diary(self) -> str:
        """Return what the rules' version is a version of."""
        return self.say("Rules of the diary")

    @property
    def report_of_the_diary(self) -> str:
        """Return what the report's version is a version of."""
        return self.say("Report of the diary")

    @property
    def unnamed_medicine(self) -> str:
        """Return what stands for a medicine whose name was withheld."""
        return self.say("Medicine, name withheld")

    @property
    def look_method(self) -> str:
        """Return how a weekly look compares."""
        return self.say(
            "Episodes a day in the last 28 days against the up to 112 days before, one-sided, "
            "allowing for days that come in clusters"
        )

    @property
    def nothing_recorded(self) -> str:
        """Return what an empty section says."""
        return self.say("Nothing was recorded here. This does not mean there was nothing.")

    @property
    def no_quiet_day(self) -> str:
        """Return what the section says without a quiet day."""
        return self.say("No check-in of this period says that nothing twitched.")

    @property
    def symptom_absent(self) -> str:
        """Return the name of a quiet day's observation."""
        return self.say("Symptom absent")

    @property
    def severity(self) -> str:
        """Return the name of a strength."""
        return self.say("Strength, 0 to 10")

    @property
    def frequency(self) -> str:
        """Return the name of a frequency."""
        return self.say("Episodes on checked-in days")

    @property
    def trend(self) -> str:
        """Return the name of the course in the patient's own judgment."""
        return self.say("How it has gone")

    @property
    def exacerbating(self) -> str:
        """Return the name of what brought it on or made it worse."""
        return self.say("What brought it on, as reported")

    @property
    def alleviating(self) -> str:
        """Return the name of what helped."""
        return self.say("What helped, as reported")

    def fired_rule(self, rule: str, name: str, evidence: str) -> str:
        """Return one rule that holds, with what it rests on."""
        return self.say("{name} ({rule}): {evidence}", rule=rule, name=name, evidence=evidence)

    def asked_sign(self, yes: int, asked: int) -> str:
        """Return on how many of the days asked a warning sign was there."""
        return self.count(
            "yes on {yes} of {number} day asked",
            "yes on {yes} of {number} days asked",
            number=asked,
            yes=yes,
        )

    def quiet_days(self, number: int) -> str:
        """Return on how many days a check-in says that nothing twitched and none was logged."""
        return self.count(
            "On {number} day a check-in says that nothing twitched, and no episode was logged.",
            "On {number} days a check-in says that nothing twitched, and no episode was logged.",
            number=number,
        )

    def check_ins(self, number: int) -> str:
        """Return how many check-ins the document holds."""
        return self.count("{number} check-in.", "{number} check-ins.", number=number)

    def unsure(self, number: int) -> str:
        """Return in how many check-ins the patient does not remember; empty for none."""
        if not number:
            return ""
        return self.count(
            "In {number} the patient does not remember whether it twitched.",
            "In {number} the patient does not remember whether it twitched.",
            number=number,
        )

    def strength(self, strength: int) -> str:
        """Return a strength as the patient graded it."""
        return self.say("{strength} of 10", strength=strength)

    def dose_raised(self, dose: str) -> str:
        """Return that a dose was raised, to `dose` when it is known."""
        return self.say("Dose raised: {dose}", dose=dose) if dose else self.say("Dose raised")

    def dose_lowered(self, dose: str) -> str:
        """Return that a dose was lowered, to `dose` when it is known."""
        return self.say("Dose lowered: {dose}", dose=dose) if dose else self.say("Dose lowered")
