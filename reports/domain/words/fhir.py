"""What the FHIR document adds to the report's words: headings, answers and a few sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from reports.domain.words import Words
from reports.domain.words.catalog import to_say

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "why": to_say("Why this visit"),
        "twitching": to_say("Twitching, in bouts"),
        "episodes": to_say("Episodes, one by one"),
        "quiet_days": to_say("Days checked in without twitching"),
        "check_ins": to_say("Daily check-ins"),
        "intake": to_say("Said at the start of the diary"),
        "medicines": to_say("Medicines"),
        "history": to_say("History asked about"),
        "tried": to_say("Tried so far (own rating)"),
        "alerts": to_say("Rules that speak now"),
        "told": to_say("What the patient was told"),
        "looks": to_say("Weekly comparison"),
        "own_words": to_say("In the patient\u2019s own words"),
        "about": to_say("About this document"),
    }
)

# The answers of an episode, a check-in, an intake or a look, by the code they have in the document.
ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "episode": to_say("Episode of twitching"),
        "intake": to_say("Said at the start of the diary"),
        "weekly_look": to_say("Weekly comparison of episodes a day"),
        "symptom_absent": to_say("Symptom absent"),
        "severity": to_say("Strength, 0 to 10"),
        "frequency": to_say("Episodes on checked-in days"),
        "trend": to_say("How it has gone"),
        "exacerbating": to_say("What brought it on, as reported"),
        "alleviating": to_say("What helped, as reported"),
        "remedy_trial": to_say("Remedy kept up for a while"),
        "date": to_say("Day of the diary"),
        "twitched": to_say("Did it twitch today?"),
        "warning_signs_asked": to_say("Went through the list of warning signs"),
        "symptoms": to_say("Symptoms asked about"),
        "symptom": to_say("Symptom"),
        "symptom_present": to_say("Symptom with it"),
        "symptom_denied": to_say("Symptom said to be absent"),
        "present": to_say("Present"),
        "began_on": to_say("Began on"),
        "ongoing": to_say("Still there"),
        "recurs": to_say("Over again"),
        "onset": to_say("How it began"),
        "side": to_say("Side"),
        "site": to_say("Place"),
        "caffeine_mg": to_say("Caffeine in mg"),
        "sleep_hours": to_say("Sleep in hours"),
        "stress": to_say("Stress, 0 to 10"),
        "ill": to_say("Ill (cold, fever)"),
        "alcohol_units": to_say("Alcohol in standard drinks"),
        "screen_hours": to_say("Screen in hours"),
        "exercise_minutes": to_say("Exercise in minutes"),
        "low_fluid": to_say("Drank too little"),
        "medicines_changed": to_say("A medicine was changed"),
        "factors": to_say("Other factors of the day"),
        "factor": to_say("Factor"),
        "own_label": to_say("In own words"),
        "amount": to_say("Amount"),
        "unit": to_say("Unit"),
        "trigger_absent": to_say("Trigger said not to matter"),
        "impact": to_say("Effect on daily life"),
        "interferes": to_say("Got in the way of"),
        "distress": to_say("Distress, 0 to 10"),
        "remedies": to_say("Remedies used"),
        "remedy": to_say("Remedy"),
        "helped": to_say("It helped"),
        "remedy_no_help": to_say("Remedy used that did not help"),
        "remedy_unrated": to_say("Remedy used, effect not said"),
        "note": to_say("Note for the doctor"),
        "visible": to_say("Seen by others"),
        "continuous": to_say("Without a pause"),
        "at_rest": to_say("At rest"),
        "in_action": to_say("During movement"),
        "asleep": to_say("While asleep"),
        "eyes_closed": to_say("With the eyes closed"),
        "stops_with_action": to_say("Stops with movement"),
        "rhythmic": to_say("Rhythmic"),
        "suppressible": to_say("Can be held back"),
        "urge_before": to_say("Urge before it"),
        "video_recorded": to_say("Video recorded"),
        "eye_closure": to_say("How far it shuts the eye"),
        "direction": to_say("Direction of the pull"),
        "context": to_say("Doing at the time"),
        "contractions": to_say("Contractions counted"),
        "duration": to_say("Length"),
        "logged_days": to_say("Days with twitching, as recorded"),
        "observed_days": to_say("Days with any record"),
        "evidence_from": to_say("Where it stands"),
        "first_day": to_say("First day, as stated"),
        "still_present": to_say("Still there when asked"),
        "seconds_per_bout": to_say("Length, as stated"),
        "bouts_per_day": to_say("Times a day, as stated"),
        "history_absent": to_say("History said to be absent"),
        "recent_episodes": to_say("Episodes in the last 28 days"),
        "recent_days": to_say("Recorded days in the last 28 days"),
        "matched_days": to_say("Days the last 28 days are reckoned over"),
        "reference_episodes": to_say("Episodes in the days before"),
        "reference_days": to_say("Recorded days in the days before"),
        "dispersion": to_say("Dispersion of the counts"),
        "p": to_say("One-sided p of a rise"),
        "ratio": to_say("Ratio of the rates"),
        "ratio_interval": to_say("95% interval of the ratio"),
    }
)

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "signal": to_say("more often than before"),
        "watch": to_say("possibly more often than before"),
        "no_clear_change": to_say("no clear change"),
        "not_enough": to_say("too little recorded to compare"),
    }
)

EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "intake": to_say("as said at the start of the diary"),
        "diary": to_say("as logged in the diary"),
        "both": to_say("logged, and partly as said at the start of the diary"),
    }
)

FIXED: Mapping[str, str] = MappingProxyType(
    {
        "title": to_say("Facial twitching diary"),
        "form": to_say("Daily check-in of the twitching diary"),
        "rules": to_say("Rules of the diary"),
        "report": to_say("Report of the diary"),
        "twitching": to_say("Twitching"),
        "medicine": to_say("Medicine"),
        "from": to_say("From"),
        "until": to_say("Until"),
        "unnamed_medicine": to_say("Medicine, name withheld"),
        "look_method": to_say(
            "Episodes a day in the last 28 days against the up to 112 days before, one-sided, "
            "allowing for days that come in clusters"
        ),
        "nothing_recorded": to_say(
            "Nothing was recorded here. This does not mean there was nothing."
        ),
        "no_quiet_day": to_say("No check-in of this period says that nothing twitched."),
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

    def fixed(self, code: str) -> str:
        """Return a text that is always the same."""
        return self.say(FIXED[code])

    def verdict(self, code: str) -> str:
        """Return what a weekly look says."""
        return self.say(VERDICTS[code])

    def evidence_stands(self, code: str) -> str:
        """Return where the evidence of a bout stands."""
        return self.say(EVIDENCE[code])

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
