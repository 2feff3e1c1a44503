"""The fixed labels of the English report, by key."""

LABELS: dict[str, str] = {
    "title": "Facial twitching diary",
    "subtitle": "Summary for the clinician \u00b7 recorded by the patient \u00b7 not a diagnosis",
    "synthetic": "SYNTHETIC SAMPLE",
    "why": "Why this visit",
    "patient_asks": "The patient asks",
    "warning_signs": "Warning signs asked about",
    "yes": "yes",
    "no": "no",
    "days_asked": "days asked",
    "not_yet_asked": "not yet asked",
    "changed": "What changed",
    "against_before": "against before",
    "rule": "rule",
    "evidence": "what the diary shows",
    "face_key": "Bold: episodes naming this place first. +: joined in. R, L: patient\u2019s sides.",
    "and_more": "and {} more, in the attached file",
    "no_episodes": "No episode was logged in this period.",
    "where": "Where",
    "patients_right": "patient\u2019s right",
    "patients_left": "patient\u2019s left",
    "right_letter": "R",
    "left_letter": "L",
    "named_first": "named first",
    "joined_in": "joined in",
    "when": "When",
    "episodes_per_day": "episodes\nper day",
    "strongest": "strongest\n0\u201310",
    "time_of_day": "time of\nday",
    "seven_day_mean": "7-day mean",
    "by_time_of_day": "episodes by\ntime of day",
    "goes_with": "What goes with it",
    "days_with": "days with it",
    "days_answered": "days answered",
    "character": "What it is like",
    "medicines": "Medicines now",
    "history": "History asked about",
    "tried": "Tried so far (own rating)",
    "impact": "Daily life affected",
    "helped": "helped",
    "days": "days",
    "log": "Episode log",
    "log_date": "date",
    "log_time": "time",
    "log_length": "length",
    "log_strength": "0\u2060\u2013\u206010",
    "log_where": "where",
    "log_codes": "code",
    "log_tried": "tried",
    "method": "How the numbers were made",
    "quality": "Data quality",
    "words": "In the patient\u2019s own words",
    "attached": "Attached to this PDF",
    "notes": "Clinician\u2019s notes",
    "page": "page",
    "of": "of",
    "of_total": "of",
    "author": "Patient-recorded diary",
    "change_twitch_days": "Days with twitching",
    "change_episodes": "Episodes",
    "change_most": "Most in one day",
    "change_length": "Length (middle half)",
    "change_strength": "Strength 0\u201310 (most)",
    "change_affected": "Days daily life affected",
}

STRIPS: dict[str, tuple[str, str]] = {
    "caffeine_mg": ("caffeine mg", "over 200"),
    "sleep_hours": ("sleep h", "under 6"),
    "stress": ("stress 0\u201310", "from 7"),
}

WARNING_SIGN_ROWS: dict[str, str] = {
    "face": "Face drooping or weak",
    "body_weakness": "Arm or leg weakness",
    "speech": "Speech, confusion",
    "face_numbness": "Numbness of the face",
    "body_numbness": "Numbness, arm or leg",
    "headache": "Severe headache",
    "vision": "Double or lost vision",
    "consciousness": "Fainting or seizure",
    "swallowing": "Swallowing, breathing",
    "balance": "Balance, clumsiness",
    "eye_closing": "Eye closing, lid droop",
    "eye": "Red or painful eye",
    "spasm": "Tingling, cramps, heart",
    "elsewhere": "Twitching elsewhere",
    "hearing": "Hearing change, ear pain",
}

FACTORS: dict[str, str] = {
    "short_sleep": "Slept under 6 h",
    "stress": "Stress 7 or more of 10",
    "caffeine": "Caffeine over 200 mg",
    "illness": "Ill (cold, fever)",
    "alcohol": "Alcohol",
    "screen": "Screen 8 h or more",
    "exercise": "Exercise",
    "low_fluid": "Drank too little",
    "medicines_changed": "Medicine changed",
}

CHARACTERS: dict[str, str] = {
    "side": "Side",
    "named_first": "Named first",
    "movement": "Movement",
    "visible": "Visible to others",
    "eye_shut": "Eye forced shut",
    "held_back": "Can hold it back",
    "urge": "Urge before it",
    "at_rest": "At rest",
    "asleep": "While asleep",
    "doing": "Doing at the time",
    "video": "Video",
}

HISTORY_KINDS: dict[str, str] = {
    "condition": "Conditions",
    "surgery": "Surgery, injections",
    "test": "Tests for this so far",
    "family": "Family",
}

LOG_LETTERS: dict[str, str] = {"visible": "V", "symptoms": "S", "asleep": "N", "eye": "E"}

RATINGS: dict[str, str] = {
    "helped": "helped",
    "no_change": "no change",
    "worse": "worse",
}

RESULTS: dict[str, str] = {
    "normal": "normal",
    "abnormal": "abnormal",
    "unknown": "result not known",
}

METHOD: tuple[str, ...] = (
    "Episode: a run of twitches the patient felt or saw and logged. Several close runs may be "
    "logged as one.",
    "Numbers per block and \u201cdays in 10\u201d use days with an answered check-in only, so that "
    "bad days are not counted more than quiet ones. \u201cDon\u2019t remember\u201d is a "
    "missing day.",
    "The 7-day mean uses days with any record and is drawn where at least 4 of 7 have one.",
    "The place a patient names first for an episode is drawn filled; places named with it are "
    "ringed. \u201cBoth sides\u201d counts on either side.",
    "A warning sign counts as asked on a day when the check-in went through the list or an entry "
    "answers it; one yes makes the day a yes.",
    "Whether blocks differ, and what goes with twitching, is not computed yet: nothing on paper "
    "claims a change or a link.",
    "The rules are wording for \u201cworth a visit\u201d, taken from public advice. They do not "
    "diagnose and carry no score.",
)

SHORT_SITES: dict[str, str] = {
    "upper_eyelid": "upper lid",
    "lower_eyelid": "lower lid",
    "eyelid": "eyelid",
    "around_eye": "round eye",
    "mouth_corner": "mouth edge",
    "philtrum": "above lip",
    "tear_trough": "under eye",
    "whole_body": "whole body",
    "body_side": "body side",
}

# Names of rules as a clinician reads them: what was recorded, never what it might mean.
RULES: dict[str, str] = {
    "E1": "Sudden change in face, limbs, speech",
    "E2": "Severe headache, sudden",
    "E3": "Seizure or passing out",
    "E4": "Trouble breathing, throat spasm",
    "U1": "Weak or drooping face or lid",
    "U2": "New loss of strength or feeling",
    "U3": "Red eye with pain or changed sight",
    "U4": "Tingling with cramps",
    "U5": "Lasting spasm after a medicine change",
    "U6": "Recent sudden sign, now past",
    "U7": "Spread with several other signs",
    "U8": "Fever with a stiff neck",
    "N1": "Lasting for weeks",
    "N2": "Eyelid twitching for weeks",
    "N3": "More than one part of the face",
    "N4": "Keeps to one side and goes on",
    "N5": "Eye forced shut",
    "N6": "Feeling changed where it twitches",
    "N6b": "Pain or change of hearing",
    "N7": "Clearly more often than before",
    "N8": "Clearly stronger or longer",
    "N9": "Tremor at rest",
    "N10": "Self-care has not changed it",
    "N11": "Getting in the way of daily life",
    "N12": "History that shortens the wait",
    "N13": "Body or tongue twitching, weakness",
    "N14": "Mouth movements on a medicine",
    "N15": "Keeps coming back",
    "N16": "Very frequent",
    "N17": "Another sign of the nerves",
    "N18": "Dizziness or another general sign",
    "N19": "Red, sore or blurred eye",
    "N20": "Tingling of mouth and hands",
    "W1": "New twitching",
    "W2": "Possibly more often",
    "W3": "Twitching in sleep",
    "W4": "Medicine that can go with twitching",
    "W5": "Caffeine, sleep, alcohol, stress",
    "W6": "Began around an infection",
    "W7": "Felt but not seen",
    "W8": "Too little recorded to judge",
    "W9": "Seems to be settling",
    "R1": "A single short bout",
    "X1": "Quiet for long enough",
    "X2": "Rise is over",
}
