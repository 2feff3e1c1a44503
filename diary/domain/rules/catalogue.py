"""What docs/rules.md says of each rule besides its condition, chosen thresholds and sources."""

from dataclasses import dataclass
from types import MappingProxyType

from diary.domain import escalation, severity, symptom_reports
from diary.domain.rules import (
    emergency,
    jerking,
    medicine_urgent,
    medicines,
    persistence,
    reassurance,
    special_urgent,
    spoken,
    trends,
    urgent,
    watch,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A number that a guideline, a source document or a measurement gives."""

    name: str
    value: float
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The heading of a rule, whom it sends to, its fixed numbers and what else to know."""

    name: str
    addressee: str = "none"
    fixed: tuple[Fixed, ...] = ()
    note: str = ""


def _fixed(name: str, value: float, meaning: str) -> Fixed:
    return Fixed(name=name, value=value, meaning=meaning)


def _entry(name: str, addressee: str = "none", *fixed: Fixed, note: str = "") -> Entry:
    return Entry(name=name, addressee=addressee, fixed=fixed, note=note)


_SERVICE, _NEUROLOGIST = "emergency service", "neurologist"
_OWN_OR_URGENT, _EYE, _PRESCRIBER = "own doctor or urgent care", "eye doctor", "prescriber"
_DENTIST_TOO = "neurologist (dentist after dental work or with a toothache)"
_HURT_TOO = "neurologist (dentist after dental work, own doctor after a blow or for the ear)"

_NOW = _fixed("NOW_DAYS", symptom_reports.NOW_DAYS, "local date back, for 24 hours; FAST, NG127")
_WEEK = _fixed("WEEK_DAYS", symptom_reports.WEEK_DAYS, "days; NG127 on passed attacks")
_GROWING = _fixed("WORSENING_DAYS", urgent.WORSENING_DAYS, "days while it worsens; NG127")
_SAME_DAY = _fixed("SAME_DAY_HOURS", spoken.SAME_DAY_HOURS, "hours; said in the advice")
_TWO_WEEKS = _fixed("PERSIST_DAYS", persistence.PERSIST_DAYS, "days from first to last; NHS")
_JERKING = _fixed("JERKING_NEW_DAYS", jerking.JERKING_NEW_DAYS, "days it is new; [choice]")
_RATIO = _fixed("MINIMUM_RATIO", escalation.MINIMUM_RATIO, "times as often; measured")

# fmt: off
CATALOGUE = MappingProxyType({
    "E1": _entry("Sudden sign", _SERVICE, _NOW, note=(
        "Sudden: weak face, speech, comprehension, confusion, weakness, one-sided numbness, loss "
        "or doubling of sight, balance or coordination. Only when \"suddenly\" was said of the "
        "symptom itself: blurred or changed sight, drooling, leaking drinks, swallowing [choice]. "
        "Sudden numbness of limb, face or site counts when one-sided. Logged in an episode or "
        "check-in with the onset unsaid, speech, comprehension, a drooping face, one-sided "
        "weakness or numbness, confusion and loss of sight count as sudden [choice]: in doubt, the "
        "emergency number.")),
    "E2": _entry("Sudden severe headache", _SERVICE, _NOW, note=(
        "Companion signs: vomiting, stiff neck, fever, confusion, a drooping lid, double vision, "
        "unequal pupils, sleepiness [choice].")),
    "E3": _entry("Seizure or loss of consciousness", _SERVICE, _NOW, _fixed(
        "UNBROKEN_SECONDS", jerking.UNBROKEN_SECONDS, "seconds of jerking; Epilepsy Society"),
        _JERKING, note=(
        "Or undated in an intake of the last day. With that past a twitch, spasm, contraction or "
        "shaking counts like a jerk while it is new, a known hemifacial spasm or blepharospasm "
        "apart; a fine quiver never does [choice].")),
    "E4": _entry("Breathing", _SERVICE, _NOW, _fixed(
        "WEAK_BREATHING_DAYS", emergency.WEAK_BREATHING_DAYS, "days; NG127"), note=(
        "Or undated in an intake of the last day.")),
    "U1": _entry("Weak face", _OWN_OR_URGENT, _fixed(
        "FACE_HOURS", urgent.FACE_HOURS, "hours; NHS, said in the advice"), _WEEK, _GROWING),
    "U2": _entry("New deficit", _OWN_OR_URGENT, _WEEK, _GROWING, _SAME_DAY),
    "U3": _entry("Eye", _EYE, _WEEK, _SAME_DAY),
    "U4": _entry("Low calcium", _OWN_OR_URGENT, _WEEK, _SAME_DAY, note=(
        "Risk on record: hypoparathyroidism, DiGeorge syndrome, denosumab, surgery on thyroid, "
        "parathyroid or neck [choice]. Without the cramp it is N20.")),
    "U5": _entry("Spasm after a medicine", _PRESCRIBER, _fixed(
        "DYSTONIA_DAYS", medicine_urgent.DYSTONIA_DAYS, "days after a start or rise; review"),
        _SAME_DAY, note=(
        "Signs: locked jaw, throat spasm, stiff or twisting neck, twisting body, eyes that shut or "
        "are pulled up. One dose is enough: in the intake a stopped medicine counts too.")),
    "U6": _entry("Recent attack", _OWN_OR_URGENT, _WEEK, _GROWING, _SAME_DAY, note=(
        "A severe headache without a date counts too, unless severe headaches are in the "
        "history. Numbness told as passed, nothing explaining it, counts as well [choice].")),
    "U7": _entry("Several signs", _OWN_OR_URGENT, _SAME_DAY, note=(
        "At least one site above the body [choice].")),
    "U8": _entry("Fever with a stiff neck", _OWN_OR_URGENT, _WEEK, _SAME_DAY),
    "U9": _entry("Jerking without a pause", _OWN_OR_URGENT, _fixed(
        "UNBROKEN_SECONDS", jerking.UNBROKEN_SECONDS, "seconds; Epilepsy Society"), _JERKING, _WEEK,
        _SAME_DAY),
    "U10": _entry("Reaction to a medicine", _OWN_OR_URGENT, _fixed(
        "REACTION_DAYS", medicine_urgent.REACTION_DAYS, "days after a start or rise; [choice]"),
        _fixed("SIGN_DAYS", medicine_urgent.SIGN_DAYS, "days a sign is new; [choice]"), _WEEK,
        _SAME_DAY, note=(
        "Classes: SSRI or SNRI, tricyclic, other antidepressant, opioid, stimulant, migraine "
        "reliever, lithium. Sudden confusion is E1.")),
    "U11": _entry("In pregnancy or after birth", _OWN_OR_URGENT, _fixed(
        "INJURY_DAYS", special_urgent.INJURY_DAYS, "days a sign is new; [choice]"), _WEEK,
        _SAME_DAY),
    "U12": _entry("After a blow to the head", _OWN_OR_URGENT, _fixed(
        "INJURY_DAYS", special_urgent.INJURY_DAYS, "days after it; [choice]"), _WEEK, _SAME_DAY),
    "N1": _entry("Persistence", (
        "neurologist (own doctor for body or ear alone, a treated face, a child)"), _TWO_WEEKS),
    "N2": _entry("Persistence at the eyelid", "own doctor (neurologist after 3 months)", _fixed(
        "PERSIST_EYELID_DAYS", persistence.PERSIST_EYELID_DAYS, "days from first to last; S1"),
        _fixed("LONG_DAYS", persistence.LONG_DAYS, "days, then the words say 3 months; NG127")),
    "N3": _entry("Spread", _NEUROLOGIST, note=(
        "It holds while the bout lasts, so a spread that was logged offline or imported is found "
        "too. After a pause, an unsaid side may be the same side; body and limbs, a single day "
        "before and a first bout ever are no spread [choice].")),
    "N4": _entry("One side", "neurologist (own doctor for the ear alone)", note=(
        "So is a lid that twitches on one side when the mouth moves [choice].")),
    "N5": _entry("Eye closure", _NEUROLOGIST),
    "N6": _entry("Feeling at the site", _HURT_TOO),
    "N6b": _entry("Pain", _DENTIST_TOO),
    "N7": _entry("Clearly more often", _NEUROLOGIST, _fixed(
        "SIGNAL_P", escalation.SIGNAL_P, "per weekly look; measured"), _RATIO, note=(
        "The gates, the formulas and the measured error rates are in "
        "[statistics.md](statistics.md).")),
    "N8": _entry("Clearly stronger or longer", _NEUROLOGIST, _fixed(
        "SIGNAL_P", severity.SIGNAL_P, "per weekly look; measured"), _fixed(
        "MINIMUM_SHIFT", severity.MINIMUM_SHIFT, "points of strength; measured"), _fixed(
        "MINIMUM_RATIO", severity.MINIMUM_RATIO, "times as long; measured"), note=(
        "Level watch when it stands alone.")),
    "N9": _entry("Rest tremor", _NEUROLOGIST, note=(
        "Level watch from 40 to 49 years. A limb is hand, finger, arm, leg or foot.")),
    "N10": _entry("Self-care did not help", _NEUROLOGIST, _TWO_WEEKS),
    "N11": _entry("Impact", _NEUROLOGIST, note=(
        "Hindered activities: eating, speaking, reading, driving; one is enough in the intake.")),
    "N12": _entry("History", _NEUROLOGIST),
    "N13": _entry("Twitching and weakness", _NEUROLOGIST, note="One report of both."),
    "N14": _entry("Dopamine blocker", _PRESCRIBER, _fixed(
        "LONG_EXPOSURE_DAYS", medicines.LONG_EXPOSURE_DAYS, "days; \"at least a few months\"")),
    "N15": _entry("Coming back", _NEUROLOGIST, note=(
        "A look reads 180 days, so no longer window can be asked for; of a bout that reaches into "
        "them only the days within are known. A new symptom after a "
        "remission is the matter of N6 and N17.")),
    "N16": _entry("Very frequent", _NEUROLOGIST),
    "N17": _entry("Standing sign", "neurologist (whoever injected or operated)", note=(
        "Operated: surgery named as what brought it on and a face operation or filler in the "
        "history; injected: botulinum toxin among the medicines taken [choice]. Gives way to any "
        "urgent or emergency rule.")),
    "N18": _entry("General signs", "own doctor"),
    "N19": _entry("Eye surface", _EYE),
    "N20": _entry("Tingling of mouth and hands", "own doctor (neurologist when on one side)", note=(
        "Gives way to any urgent or emergency rule. Sudden tingling on one side is U6.")),
    "N21": _entry("Tremor", "own doctor", note="A fine quiver alone does not count."),
    "N22": _entry("Blood test", "own doctor", note=(
        "Stands before N1, N2 and N3 where nothing else asks for a visit; so does W4 before N1 and "
        "N2 [choice]. Gives way to any urgent or emergency rule.")),
    "N23": _entry("After a blow", "own doctor"),
    "W1": _entry("New twitching", "none", _fixed(
        "NEW_DAYS", watch.NEW_DAYS, "day from first to last: the second day; S3")),
    "W2": _entry("Possibly more often", _NEUROLOGIST, _fixed(
        "WATCH_P", escalation.WATCH_P, "per weekly look; measured"), _RATIO),
    "W3": _entry("In sleep"),
    "W4": _entry("Medicine", _PRESCRIBER, note=(
        "Level see_doctor when linked to a change, or with denosumab. The start of a course "
        "must be known to the day; one without an end is still taken [choice].")),
    "W5": _entry("Daily life", "none", _fixed(
        "CAFFEINE_MG", watch.CAFFEINE_MG, "mg a day; S4, after the FDA"), _fixed(
        "SLEEP_HOURS", watch.SLEEP_HOURS, "hours a night; S4")),
    "W6": _entry("Illness"),
    "W7": _entry("Felt, not seen", note="Every answered episode."),
    "W8": _entry("Too little recorded", "none", _fixed(
        "OBSERVED_SHARE", watch.OBSERVED_SHARE, "of the days; measured"), _fixed(
        "LOOK_DAYS", watch.LOOK_DAYS, "days"), note=(
        "Speaks only when nothing else does; never an alert.")),
    "W9": _entry("Settling", note="Never an alert."),
    "W10": _entry("After a local anesthetic", "dentist", note=(
        "A sudden change stays an emergency.")),
    "R1": _entry("One-off", note="Gives way to every other rule."),
    "X1": _entry("Remission", "none", _fixed(
        "QUIET_FLOOR_DAYS", reassurance.QUIET_FLOOR_DAYS, "quiet check-ins at least; measured"),
        _fixed("QUIET_CEILING_DAYS", reassurance.QUIET_CEILING_DAYS, "at most; measured"), _fixed(
        "REFERENCE_LEAST_DAYS", reassurance.REFERENCE_LEAST_DAYS, "days of the reference within "
        "the 180 a look reads; [choice]"), _fixed(
        "REFERENCE_DAYS", reassurance.REFERENCE_DAYS, "days before the silence"), note=(
        "n = ceil(ln `remission_chance` / ln(1 - p)) with p the share of twitch days before: p "
        "0.143 gives 45; 0.286, 0.5 and 0.9 give 28. Closes N1, N2, N7, N8, N10, N11, N16 and the "
        "watch rules, never a rule on signs, spread, history or medicines.")),
    "X2": _entry("Rise over", "none", _fixed(
        "SETTLED_RATIO", trends.SETTLED_RATIO, "of the rate before the rise; measured"), note=(
        "Closes N7 and W2. A rise that comes back opens the alert again.")),
})
# fmt: on
