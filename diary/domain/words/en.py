"""The words in American English: calm, short, about what was logged."""

from types import MappingProxyType

from diary.domain.words.en_counted import COUNTED
from diary.domain.words.en_pressing import PRESSING
from diary.domain.words.phrases import Phrases

_RULES = {
    **PRESSING,
    **COUNTED,
    "N1": (
        "It has lasted: time to see {whom}",
        "The twitching has gone on for {days} days, since {since} ({logged_days} days logged). "
        "From {threshold_days} days on, an appointment with {whom} makes sense.",
    ),
    "N1.long": (
        "It has lasted 3 months: time to see {whom}",
        "The twitching has gone on for {days} days, since {since} ({logged_days} days logged). "
        "An appointment with {whom} makes sense.",
    ),
    "N1.older": (
        "It has lasted: time to see {whom}",
        "The twitching has gone on for {days} days or more ({logged_days} of these days logged). "
        "An appointment with {whom} makes sense.",
    ),
    "N2": (
        "The eyelid has twitched for weeks: time to see {whom}",
        "The eyelid has twitched for {days} days, since {since} ({logged_days} days logged). From "
        "{threshold_days} days on, an appointment with {whom} makes sense.",
    ),
    "N2.long": (
        "The eyelid has twitched for 3 months: time to see {whom}",
        "The eyelid has twitched for {days} days, since {since} ({logged_days} days logged). An "
        "appointment with {whom} makes sense.",
    ),
    "N2.older": (
        "The eyelid has twitched for months: time to see {whom}",
        "The eyelid has twitched for {days} days or more ({logged_days} of these days logged). An "
        "appointment with {whom} makes sense.",
    ),
    "N3": (
        "It shows in more than one place",
        "Twitching is recorded in a new place or in several regions ({regions}; new episodes "
        "logged: {episodes}). An appointment with {whom} makes sense.",
    ),
    "N3.returned": (
        "It is back in another part of the face",
        "Twitching was recorded in one part of the face before, and after a pause it is in another "
        "part (episodes there: {episodes}). An appointment with {whom} makes sense.",
    ),
    "N4": (
        "It keeps to one side and goes on",
        "The twitching keeps to one side and grows, reaches a second region or comes in sleep "
        "(episodes logged on that side: {episodes}). An appointment with {whom} makes sense.",
    ),
    "N5": (
        "The twitch shuts the eye",
        "You recorded that the twitch closes the eye (episodes: {episodes}). An appointment with "
        "{whom} makes sense. Do not drive while the eye shuts by itself.",
    ),
    "N6": (
        "The place feels different",
        "You recorded numbness or a changed feeling where it twitches (times: {reports}). An "
        "appointment with {whom} makes sense.",
    ),
    "N6b": (
        "Pain or a change of hearing comes with it",
        "You recorded pain of face, tooth or ear, or a change of hearing (times: {reports}). An "
        "appointment with {whom} makes sense.",
    ),
    "N9": (
        "A tremor at rest",
        "You logged a tremor at rest ({episodes} episodes on {days} days). An "
        "appointment with {whom} makes sense.",
    ),
    "N11": (
        "It gets in the way of your day",
        "You recorded that the twitching hinders daily life (days in the last {window_days}: "
        "{days}). An appointment with {whom} makes sense.",
    ),
    "N12": (
        "Your history shortens the wait",
        "A condition or operation of the nerves or the head is on record, and the twitching has "
        "gone on for {days} days, since {since}. An appointment with {whom} makes sense already.",
    ),
    "N12.older": (
        "Your history shortens the wait",
        "A condition or operation of the nerves or the head is on record, and the twitching has "
        "gone on for {days} days or more. An appointment with {whom} makes sense already.",
    ),
    "N12.undated": (
        "Your history shortens the wait",
        "A condition or operation of the nerves or the head is on record, and twitching is "
        "present. An appointment with {whom} makes sense already.",
    ),
    "N13": (
        "Twitching together with weakness",
        "You recorded twitching of body or tongue and weakness, thinner muscles or stiffness "
        "(times: {reports}). An appointment with {whom} makes sense.",
    ),
    "N14": (
        "Movements of the mouth while on a medicine",
        "Movements of mouth, jaw or face are recorded while you take a medicine that can bring "
        "them. Please speak to {whom}.",
    ),
    "N17": (
        "Another sign of the nerves is on record",
        "You recorded a weakness, numbness, tingling or another sign of the nerves (times: "
        "{reports}). An appointment with {whom} makes sense. If it gets worse, be seen the same "
        "day.",
    ),
    "N17.injected": (
        "A lid that hangs after an injection",
        "You recorded a drooping lid, and an injection that relaxes muscles is on record (times: "
        "{reports}). Call whoever gave it. If you see double, or swallowing, speaking or "
        "breathing becomes hard, be seen the same day.",
    ),
    "N17.treated": (
        "A weak or numb place after a treatment there",
        "You recorded a weak or numb place in the face, and an injection or operation there is on "
        "record (times: {reports}). Call whoever treated you. If an eye will not close, an arm, a "
        "leg, speech or sight is affected, or it gets worse, be seen the same day.",
    ),
    "N18": (
        "Something for {whom}",
        "You recorded dizziness, high blood pressure or another general sign (times: {reports}). "
        "An appointment with {whom} makes sense.",
    ),
    "N19": (
        "Something for {whom}",
        "You recorded a red, sore or blurred eye (times: {reports}). An appointment with {whom} "
        "makes sense; go the same day if pain joins or sight drops.",
    ),
    "N20": (
        "Tingling of mouth and hands: ask for a blood test",
        "You recorded tingling round the mouth and in hands or feet (times: {reports}). An "
        "appointment with {whom} makes sense, and a calcium blood test is worth asking about. If "
        "it came suddenly on one side, or cramps or palpitations join it, be seen the same day; "
        "with a weak face or arm or trouble speaking, call the emergency number.",
    ),
    "N21": (
        "A tremor: have it looked at",
        "You described a tremor (other shaking recorded: {reports}). An appointment with {whom} "
        "makes sense; bring a list of your medicines, and a video if you can.",
    ),
    "N22": (
        "Ask for a blood test",
        "You recorded signs that a blood test can look into (times: {reports}). An appointment "
        "with {whom} makes sense.",
    ),
    "N23": (
        "Twitching since a blow or injury",
        "You described twitching that began with a blow or injury. An appointment with {whom} "
        "makes sense. If vomiting, sleepiness, a strong headache, weakness or changed sight "
        "joins, be seen the same day.",
    ),
    "W1": (
        "Keep an eye on it",
        "The twitching has been there for {days} days, since {since}. Rest, sleep and less "
        "caffeine are worth a try; keep logging. See a doctor if it lasts, spreads or something "
        "joins it.",
    ),
    "W1.older": (
        "Keep an eye on it",
        "The twitching has been there for {days} days or more. Rest, sleep and less caffeine are "
        "worth a try; keep logging. See a doctor if it grows, spreads or something joins it.",
    ),
    "W1.undated": (
        "Keep an eye on it",
        "Twitching is recorded, without the day it began. Rest, sleep and less caffeine are worth "
        "a try; keep logging. See a doctor if it lasts, spreads or something joins it.",
    ),
    "W3": (
        "It also comes in sleep",
        "Twitching during sleep is recorded (nights logged: {nights}). Mention it at your next "
        "visit.",
    ),
    "W4": (
        "Ask about a medicine",
        "A medicine on record can go with twitching, or the twitching began within {within_days} "
        "days of a change. Please ask {whom}.",
    ),
    "W4.course": (
        "Ask about a medicine",
        "The twitching began while you took, or within {within_days} days after you took, a "
        "medicine that can go with it. Please ask {whom}.",
    ),
    "W6": (
        "It began around an infection",
        "The twitching began around an infection (days logged as ill: {days}). Look again after "
        "{recheck_days} days.",
    ),
    "W7": (
        "Felt but not seen",
        "You recorded that the twitching is felt and cannot be seen (episodes: {episodes}). Keep "
        "an eye on it; see a doctor if it lasts or can be seen.",
    ),
    "W8": (
        "Too little recorded to judge",
        "{observed_days} of the last {window_days} days are recorded. That is not enough to say "
        "anything about a trend; a daily check-in takes a moment.",
    ),
    "W9": (
        "It seems to be settling",
        "The twitching is recorded as better or over. Keep the check-in going for a while: quiet "
        "days count only when they are recorded.",
    ),
    "W10": (
        "After the dentist's injection",
        "You recorded a numb or weak mouth on the day of dental work (signs: {reports}). An "
        "injection wears off within hours: do not bite or burn the lip. If it is still there "
        "tomorrow, call {whom}. If an arm, a leg or speech is affected, or an eye will not close, "
        "call the emergency number.",
    ),
    "R1": (
        "A single short bout",
        "One short bout, last on {last_day}, and {quiet_days} quiet check-ins since. Nothing more "
        "is needed unless it comes back.",
    ),
    "X1": (
        "It has stayed quiet",
        "{quiet_days} quiet check-ins in a row since {last_day}; {needed_days} were needed. The "
        "alerts about its duration, number and strength are closed.",
    ),
    "X1.undated": (
        "It has stayed quiet",
        "{quiet_days} quiet check-ins in a row; {needed_days} were needed. Alerts about duration, "
        "number and strength are closed.",
    ),
}

ENGLISH = Phrases(
    rules=MappingProxyType(_RULES),
    levels=MappingProxyType(
        {
            "emergency": "Get help now",
            "urgent": "See a doctor the same day or within the hours stated",
            "see_doctor": "Make an ordinary appointment",
            "watch": "Keep an eye on it",
            "reassure": "Nothing more is needed for now",
        }
    ),
    addressees=MappingProxyType(
        {
            "none": "nobody",
            "emergency_service": "the emergency service",
            "neurologist": "a neurologist",
            "own_doctor": "your own doctor or an urgent care clinic",
            "eye_doctor": "an eye doctor",
            "prescriber": "whoever prescribed it",
            "dentist": "a dentist",
        }
    ),
    neurologist_via_own_doctor="your doctor, who can refer you to a neurologist",
    call="Call your emergency number now ({number}), even if it has passed.",
    next_day_check=(
        "Tomorrow, look once: if the face droops, an eye will not close fully or an ear hurts, be "
        "seen the same day."
    ),
    not_watched="Nobody reads this diary live.",
    not_a_diagnosis="This diary is not a diagnosis and does not replace a doctor.",
    about_another=(
        "This comes from the diary of somebody you follow. The words speak to them: ask how they "
        "are, and help them reach whoever is named above."
    ),
    keep_medicines="Please keep prescribed medicines as they are until you could ask.",
    source_line='Rule {rule}, version {version}. Source: "{document}".',
    unchecked=(
        "Not everything could be checked",
        "What you logged is saved, but not all of it could be checked for warning signs. If you "
        "notice sudden weakness, a drooping face, trouble speaking, seeing or breathing, a "
        "seizure or a sudden severe headache, call your emergency number now ({number}).",
    ),
)
