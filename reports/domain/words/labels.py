"""The fixed labels of the report, by key, as they are said in English."""

from reports.domain.words.catalog import to_say, to_say_in

LABELS: dict[str, str] = {
    "title": to_say("Facial twitching diary"),
    "subtitle": to_say(
        "Summary for the clinician \u00b7 recorded by the patient \u00b7 not a diagnosis"
    ),
    "synthetic": to_say("SYNTHETIC SAMPLE"),
    "why": to_say("Why this visit"),
    "patient_asks": to_say("The patient asks:"),
    "warning_signs": to_say("Warning signs asked about"),
    "yes": to_say("yes"),
    "no": to_say("no"),
    "days_asked": to_say("days asked"),
    "not_yet_asked": to_say("not yet asked"),
    "changed": to_say("What changed"),
    "rule": to_say("rule"),
    "evidence": to_say("what the diary shows"),
    "no_episodes": to_say("No episode was logged in this period."),
    "where": to_say("Where"),
    "patients_right": to_say("patient\u2019s right"),
    "patients_left": to_say("patient\u2019s left"),
    "when": to_say("When"),
    "episodes_per_day": to_say("episodes\nper day"),
    "strongest": to_say("strongest\n0\u201310"),
    "time_of_day": to_say("time of\nday"),
    "seven_day_mean": to_say("7-day mean"),
    "by_time_of_day": to_say("episodes by\ntime of day"),
    "goes_with": to_say("What goes with it"),
    "character": to_say("What it is like"),
    "medicines": to_say("Medicines now"),
    "history": to_say("History asked about"),
    "tried": to_say("Tried so far (own rating)"),
    "impact": to_say("Daily life affected"),
    "helped": to_say("helped"),
    "days": to_say("days"),
    "log": to_say("Episode log"),
    "log_date": to_say("date"),
    "log_time": to_say("time"),
    "log_length": to_say("length"),
    "log_strength": to_say("0\u2060\u2013\u206010"),
    "log_where": to_say("where"),
    "log_codes": to_say("code"),
    "log_tried": to_say("tried"),
    "method": to_say("How the numbers were made"),
    "quality": to_say("Data quality"),
    "words": to_say("In the patient\u2019s own words"),
    "attached": to_say("Attached to this PDF"),
    "notes": to_say("Clinician\u2019s notes"),
    "author": to_say("Patient-recorded diary"),
    "change_twitch_days": to_say("Days with twitching"),
    "change_episodes": to_say("Episodes"),
    "change_most": to_say("Most in one day"),
    "change_length": to_say("Length (middle half)"),
    "change_strength": to_say("Strength 0\u201310 (most)"),
    "change_affected": to_say("Days daily life affected"),
    "change_joined": to_say("Joined by another site"),
    "change_symptom": to_say("With another symptom"),
}

# One English word that other languages say in several ways.
LABELS_IN_CONTEXT: dict[str, tuple[str, str]] = {
    "right_letter": to_say_in("the patient\u2019s right", "R"),
    "left_letter": to_say_in("the patient\u2019s left", "L"),
    "of": to_say_in("between a part and its whole", "of"),
}

# Said by the template, which fills the places.
PATTERNS: dict[str, str] = {
    "labelled": to_say("{label}:"),
    "quoted": to_say("\u201c{text}\u201d"),
    "and_more": to_say("and {number} more, in the diary"),
    "page_of": to_say("page {page} of {pages}"),
}

STRIPS: dict[str, tuple[str, str]] = {
    "caffeine_mg": (to_say("caffeine mg"), to_say("over 200")),
    "sleep_hours": (to_say("sleep h"), to_say("under 6")),
    "stress": (to_say("stress 0\u201310"), to_say("from 7")),
}

WARNING_SIGN_ROWS: dict[str, str] = {
    "face": to_say("Face drooping or weak"),
    "body_weakness": to_say("Arm or leg weakness"),
    "speech": to_say("Speech, confusion"),
    "face_numbness": to_say("Numbness of the face"),
    "body_numbness": to_say("Numbness, arm or leg"),
    "headache": to_say("Severe headache"),
    "vision": to_say("Double or lost vision"),
    "consciousness": to_say("Fainting or seizure"),
    "swallowing": to_say("Swallowing, breathing"),
    "balance": to_say("Balance, clumsiness"),
    "eye_closing": to_say("Eye closing, lid droop"),
    "eye": to_say("Red or painful eye"),
    "spasm": to_say("Tingling, cramps, heart"),
    "elsewhere": to_say("Twitching elsewhere"),
    "hearing": to_say("Hearing change, ear pain"),
}

CHARACTERS: dict[str, str] = {
    "side": to_say("Side"),
    "named_first": to_say("Starts in"),
    "movement": to_say("Movement"),
    "visible": to_say("Visible to others"),
    "eye_shut": to_say("Eye forced shut"),
    "held_back": to_say("Can hold it back"),
    "urge": to_say("Urge before it"),
    "at_rest": to_say("At rest"),
    "asleep": to_say("While asleep"),
    "doing": to_say("Doing at the time"),
    "video": to_say("Video"),
}

HISTORY_KINDS: dict[str, str] = {
    "condition": to_say("Conditions"),
    "surgery": to_say("Surgery, injections"),
    "test": to_say("Tests for this so far"),
    "family": to_say("Family"),
}

# The same letters in every language; the line under the log says what they mean.
LOG_LETTERS: dict[str, str] = {"visible": "V", "symptoms": "S", "asleep": "N", "eye": "E"}

RESULTS: dict[str, str] = {
    "normal": to_say("nothing found"),
    "abnormal": to_say("something found"),
    "unknown": to_say("result not known"),
}

METHOD: tuple[str, ...] = (
    to_say(
        "Episode: a run of twitches the patient felt or saw and logged. Several close runs may be "
        "logged as one."
    ),
    to_say(
        "Numbers per block and \u201cdays in 10\u201d use days with an answered check-in only, so "
        "that bad days are not counted more than quiet ones. \u201cDon\u2019t remember\u201d is a "
        "missing day."
    ),
    to_say("The 7-day mean uses days with any record and is drawn where at least 4 of 7 have one."),
    to_say(
        "The place a patient names first for an episode is drawn filled; places named with it are "
        "ringed. \u201cBoth sides\u201d counts on either side."
    ),
    to_say(
        "A warning sign counts as asked on a day when the check-in went through the list or an "
        "entry answers it; one yes makes the day a yes."
    ),
    to_say(
        "The rules are wording for \u201cworth a visit\u201d, taken from public advice. They do "
        "not diagnose and carry no score."
    ),
)

SHORT_SITES: dict[str, str] = {
    "upper_eyelid": to_say("upper lid"),
    "lower_eyelid": to_say("lower lid"),
    "eyelid": to_say("eyelid"),
    "around_eye": to_say("round eye"),
    "mouth_corner": to_say("mouth edge"),
    "glabella": to_say("between brows"),
    "palate": to_say("palate"),
    "philtrum": to_say("above lip"),
    "tear_trough": to_say("under eye"),
    "whole_body": to_say("whole body"),
    "body_side": to_say("body side"),
}

# Names of rules as a clinician reads them: what was recorded, never what it might mean.
RULES: dict[str, str] = {
    "E1": to_say("Sudden change in face, limbs, speech"),
    "E2": to_say("Severe headache, sudden"),
    "E3": to_say("Seizure or passing out"),
    "E4": to_say("Trouble breathing, swollen throat"),
    "U1": to_say("Weak or drooping face or lid"),
    "U2": to_say("New loss of strength or feeling"),
    "U3": to_say("Red eye with pain or changed sight"),
    "U4": to_say("Tingling with cramps"),
    "U5": to_say("Spasm or movement after a medicine"),
    "U6": to_say("Recent sudden sign, now past"),
    "U7": to_say("Spread with several other signs"),
    "U8": to_say("Fever with a stiff neck"),
    "U9": to_say("Jerking without a pause"),
    "U10": to_say("Shaking and ill on a medicine"),
    "U11": to_say("Headache or sight, pregnancy or birth"),
    "U12": to_say("New sign after a blow to the head"),
    "N1": to_say("Lasting for weeks"),
    "N2": to_say("Eyelid twitching for weeks"),
    "N3": to_say("More than one part of the face"),
    "N4": to_say("Keeps to one side and goes on"),
    "N5": to_say("Eye forced shut"),
    "N6": to_say("Feeling changed where it twitches"),
    "N6b": to_say("Pain or change of hearing"),
    "N7": to_say("Clearly more often than before"),
    "N8": to_say("Clearly stronger or longer"),
    "N9": to_say("Tremor at rest"),
    "N10": to_say("Self-care has not changed it"),
    "N11": to_say("Getting in the way of daily life"),
    "N12": to_say("History that shortens the wait"),
    "N13": to_say("Body or tongue twitching, weakness"),
    "N14": to_say("Mouth movements on a medicine"),
    "N15": to_say("Keeps coming back"),
    "N16": to_say("Very frequent"),
    "N17": to_say("Another sign of the nerves"),
    "N18": to_say("Dizziness or another general sign"),
    "N19": to_say("Red, sore or blurred eye"),
    "N20": to_say("Tingling of mouth and hands"),
    "N21": to_say("Tremor"),
    "N22": to_say("Signs worth a blood test"),
    "N23": to_say("Twitching since a blow"),
    "W1": to_say("New twitching"),
    "W2": to_say("Possibly more often"),
    "W3": to_say("Twitching in sleep"),
    "W4": to_say("Medicine that can go with twitching"),
    "W5": to_say("Caffeine, sleep, alcohol, stress"),
    "W6": to_say("Began around an infection"),
    "W7": to_say("Felt but not seen"),
    "W8": to_say("Too little recorded to judge"),
    "W9": to_say("Seems to be settling"),
    "W10": to_say("Numb mouth after the dentist"),
    "R1": to_say("A single short bout"),
    "X1": to_say("Quiet for long enough"),
    "X2": to_say("Rise is over"),
}
