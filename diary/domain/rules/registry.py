"""The table of all rules and the ways to ask them. A new rule is one line here."""

from collections.abc import Iterable, Sequence, Set
from types import MappingProxyType

from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules import (
    attacks,
    blood,
    companions,
    emergency,
    jerking,
    medicine_urgent,
    medicines,
    persistence,
    reassurance,
    recurrence,
    special_urgent,
    spread,
    treated,
    tremor,
    trends,
    urgent,
    watch,
)
from diary.domain.rules.base import Ask, Cadence, Family, Rule, asked, source, version_of
from diary.domain.symptom_reports import ready
from diary.domain.view import DiaryView

_LEVELS = {
    Family.EMERGENCY: Level.EMERGENCY,
    Family.URGENT: Level.URGENT,
    Family.SEE_DOCTOR: Level.SEE_DOCTOR,
    Family.WATCH: Level.WATCH,
    Family.REASSURE: Level.REASSURE,
    Family.CLOSE: Level.REASSURE,
}

_E, _U, _N = Family.EMERGENCY, Family.URGENT, Family.SEE_DOCTOR
_W, _R, _X = Family.WATCH, Family.REASSURE, Family.CLOSE

# fmt: off
_TABLE = (
    ("E1", _E, emergency.stroke, (
        source("S4", "Sudden weakness or paralysis on one side"),
        source("S0", "sudden onset of weakness, numbness"),
        source("FAST"), source("NG127"))),
    ("E2", _E, emergency.sudden_headache, (
        source("S0", "severe headaches, seek immediate medical attention"), source("FAST"))),
    ("E3", _E, emergency.seizure, (
        source("S4", "Loss of consciousness"), source("S4", "Seizures"), source("EPILEPSY"))),
    ("E4", _E, emergency.airway, (source("CALCIUM"), source("NG127"))),
    ("U1", _U, urgent.face_weakness, (
        source("S0", "noticeable weakness or drooping on one side"), source("NHS-PALSY"))),
    ("U2", _U, urgent.new_deficit, (
        source("S1", "crucial to seek medical attention promptly"), source("NG127"))),
    ("U3", _U, urgent.eye, (
        source("S1", "redness of the eyes, discharge"), source("MAYO"), source("PROJECT"))),
    ("U4", _U, urgent.low_calcium, (
        source("S4", "tingling or numbness in the extremities"), source("CALCIUM"))),
    ("U5", _U, medicine_urgent.drug_dystonia, (
        source("S4", "Certain medications can induce involuntary muscle contractions"),
        source("DRUGS"))),
    ("U6", _U, attacks.recent_attack, (
        source("S4", "These symptoms may indicate"), source("NG127"), source("PROJECT"))),
    ("U7", _U, urgent.several_signs, (
        source("S1", "any other neurological symptoms"), source("PROJECT"))),
    ("U8", _U, urgent.fever_with_stiff_neck, (source("PROJECT"),)),
    ("U9", _U, jerking.unbroken_jerking, (source("EPILEPSY"), source("PROJECT"))),
    ("U10", _U, medicine_urgent.medicine_reaction, (source("DRUGS"), source("PROJECT"))),
    ("U11", _U, special_urgent.in_pregnancy, (source("PROJECT"),)),
    ("U12", _U, special_urgent.after_a_blow, (source("PROJECT"),)),
    ("N1", _N, persistence.persistence, (
        source("S1", "several days or weeks without improvement"), source("NHS"))),
    ("N2", _N, persistence.eyelid_persistence, (
        source("S1", "eyelid twitching persists for more than 2-3 weeks"), source("MAYO"))),
    ("N3", _N, spread.spread, (
        source("S1", "twitching of facial or body muscles"), source("NHS"), source("PROJECT"))),
    ("N4", _N, spread.one_side, (
        source("S1", "muscles on one side of the face"), source("PROJECT"))),
    ("N5", _N, companions.eye_closure, (
        source("S1", "severe enough to cause the eyes to close"), source("MAYO"))),
    ("N6", _N, companions.feeling_at_site, (
        source("S1", "If you are experiencing abnormal sensations"), source("NG127"))),
    ("N6b", _N, companions.pain, (
        source("S3", "pain, weakness, or changes in sensation"),)),
    ("N7", _N, trends.more_frequent, (
        source("S1", "persists, becomes more frequent"), source("PROJECT"))),
    ("N8", _N, trends.more_severe, (
        source("S3", "continues, worsens, or is accompanied"), source("PROJECT"))),
    ("N9", _N, tremor.rest_tremor, (
        source("S4", "Tremors in the lower lip"), source("S2", "these tremors arise at rest"),
        source("NG127"), source("PROJECT"))),
    ("N10", _N, recurrence.remedy_failed, (
        source("S4", "steps like improving potassium intake"),
        source("S3", "If there is no improvement"), source("PROJECT"))),
    ("N11", _N, companions.impact, (
        source("S1", "affecting your ability to perform daily activities"), source("PROJECT"))),
    ("N12", _N, persistence.history, (
        source("S1", "history of neurological conditions"), source("PROJECT"))),
    ("N13", _N, companions.body_weakness, (
        source("S1", "weakness, numbness, or changes in coordination"), source("NG127"))),
    ("N14", _N, medicines.dopamine_blocker, (
        source("S4", "Long-term use of some medications"), source("DRUGS"))),
    ("N15", _N, recurrence.recurring, (
        source("S4", "If the lip twitching persists, recurs"), source("PROJECT"))),
    ("N16", _N, recurrence.frequent, (
        source("S2", "frequent episodes or persistent lip twitching"), source("PROJECT"))),
    ("N17", _N, companions.standing_deficit, (
        source("S1", "any other neurological symptoms"), source("PROJECT"))),
    ("N18", _N, companions.general_signs, (
        source("S4", "weakness, dizziness, or numbness"), source("PROJECT"))),
    ("N19", _N, companions.eye_surface, (
        source("S1", "redness of the eyes, discharge"), source("MAYO"))),
    ("N20", _N, blood.mouth_and_hands, (
        source("S4", "tingling or numbness in the extremities"), source("CALCIUM"),
        source("PROJECT"))),
    ("N21", _N, tremor.lasting_tremor, (
        source("S2", "these tremors arise at rest"), source("NG127"), source("PROJECT"))),
    ("N22", _N, blood.blood_test, (
        source("S4", "tingling or numbness in the extremities"), source("PROJECT"))),
    ("N23", _N, companions.after_blow, (
        source("S4", "Past Trauma to the Facial Nerve"),
        source("S3", "inflammation, or even physical trauma"))),
    ("W1", _W, watch.new_twitching, (
        source("S3", "advisable to monitor the situation closely"), source("NHS"))),
    ("W2", _W, trends.rising, (source("S1", "becomes more frequent"), source("PROJECT"))),
    ("W3", _W, watch.in_sleep, (
        source("S2", "often disappear completely during sleep"), source("PROJECT"))),
    ("W4", _W, medicines.suspected_medicine, (
        source("S1", "certain medications may exacerbate twitching"), source("NHS"),
        source("S0", "on corticosteroids for six weeks"), source("PROJECT"))),
    ("W5", _W, watch.lifestyle, (
        source("S4", "limiting caffeine intake to 400 milligrams per day"), source("PROJECT"))),
    ("W6", _W, watch.illness, (
        source("S0", "severe cold or upper respiratory infection"),)),
    ("W7", _W, watch.felt_not_seen, (
        source("S0", "not visible from the outside"),)),
    ("W8", _W, watch.too_little_recorded, (source("PROJECT"),)),
    ("W9", _W, watch.settling, (
        source("S2", "often resolves spontaneously"), source("PROJECT"))),
    ("W10", _W, treated.anesthetic, (source("PROJECT"),)),
    ("R1", _R, reassurance.one_off, (
        source("S1", "do not recur, it is acceptable to disregard"),
        source("S2", "not usually seen as a serious condition"))),
    ("X1", _X, reassurance.remission, (
        source("S2", "often resolves spontaneously"), source("PROJECT"))),
    ("X2", _X, trends.escalation_over, (
        source("S4", "the twitching gradually disappeared"), source("PROJECT"))),
)
# fmt: on

WEEKLY = frozenset({"N7", "N8", "W2"})
OF_AN_ALERT = frozenset({"X2"})
URGENT_FAMILIES = frozenset({Family.EMERGENCY, Family.URGENT})


def _cadence(rule_id: str, family: Family) -> Cadence:
    if family in URGENT_FAMILIES:
        return Cadence.WRITE
    if rule_id in OF_AN_ALERT:
        return Cadence.ALERT
    return Cadence.WEEKLY if rule_id in WEEKLY else Cadence.STATE


RULES: tuple[Rule, ...] = tuple(
    Rule(
        id=rule_id,
        version=version_of(rule_id),
        family=family,
        cadence=_cadence(rule_id, family),
        level=_LEVELS[family],
        title=rule_id,
        judge=judge,
        sources=sources,
    )
    for rule_id, family, judge, sources in _TABLE
)
BY_ID = {rule.id: rule for rule in RULES}
ASKED_OF_A_STATE = frozenset({Cadence.WRITE, Cadence.STATE})
ASKED_OF_A_REPORT = ASKED_OF_A_STATE | {Cadence.WEEKLY}
# N4 asks for growth, which only a weekly look knows.
ASKED_WEEKLY = tuple(rule for rule in RULES if rule.cadence is Cadence.WEEKLY or rule.id == "N4")
# These say "wait and see" and stand back when a rule says "see somebody".
DURATIONS = frozenset({"N1", "N2"})
# A cause on record, and the rules before which it then stands.
CAUSES = MappingProxyType(
    {
        "N22": frozenset({"N1", "N2", "N3", "N18", "N20", "N21", "W4"}),
        "W4": frozenset({"N1", "N2", "N18"}),
    }
)
STAND_BACK = frozenset({"W1", "W7", "W9"})


def urgent_findings(view: DiaryView, *, ask: Ask = asked) -> tuple[Finding, ...]:
    """Return what the emergency and urgent rules find, most pressing first.

    Runs at every write and never waits for a job; the intake, episodes and check-ins all count.
    `ask` puts the question to each rule on its own.
    """
    known = ready(view)
    return _ordered(
        found for rule in RULES if rule.family in URGENT_FAMILIES and (found := ask(rule, known))
    )


def all_findings(
    view: DiaryView, *, cadences: Set[Cadence] = ASKED_OF_A_STATE, ask: Ask = asked
) -> tuple[Finding, ...]:
    """Return what rules of these cadences find, most pressing first, after reassurance gave way.

    Waiting rules give way to a referral; one-off gives way to any rule; "too little recorded"
    speaks only when nothing else does. X1 is left to `remission_of`.
    """
    known = ready(view)
    found = [
        finding
        for rule in RULES
        if rule.cadence in cadences
        and rule.family is not Family.CLOSE
        and (finding := ask(rule, known))
    ]
    found = _after_standing_back(found)
    spoken = [finding for finding in found if finding.rule not in {"R1", "W8", "W9"}]
    if any(finding.level >= Level.WATCH for finding in spoken):
        found = [finding for finding in found if finding.rule != "R1"]
    if any(finding.rule == "R1" for finding in found):
        found = [finding for finding in found if finding.rule not in {"W8", "W9"}]
    if len(found) > 1:
        found = [finding for finding in found if finding.rule != "W8"]
    return _ordered(found)


def weekly_findings(view: DiaryView, *, ask: Ask = asked) -> tuple[Finding, ...]:
    """Return what the weekly rules find in `view.frequency` and `view.severity`, by weight.

    N4 is asked again, as a rise makes it hold. A `diary_only` profile gets none. Only a weekly look
    may ask: the error rates of docs/statistics.md are those of 52 looks a year.
    """
    if view.person.diary_only:
        return ()
    known = ready(view)
    return _ordered(found for rule in ASKED_WEEKLY if (found := ask(rule, known)))


def _after_standing_back(found: Sequence[Finding]) -> list[Finding]:
    level = max((finding.level for finding in found), default=Level.REASSURE)
    silent: set[str] = set()
    if level >= Level.SEE_DOCTOR:
        silent |= STAND_BACK
    if level >= Level.URGENT:
        # They would say more softly what the urgent rule says of the same sign.
        silent |= {"N17", "N20", "N22"}
    if any(finding.rule == "W9" for finding in found):
        silent.add("W1")
    return [finding for finding in found if finding.rule not in silent]


def remission_of(view: DiaryView, *, ask: Ask = asked) -> Finding | None:
    """Return X1 when the last bout has proved to be over, or None."""
    return ask(BY_ID["X1"], view)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    chosen = tuple(findings)
    position = {rule.id: index for index, rule in enumerate(RULES)}
    causes = _causes_first(chosen)

    def weight(each: Finding) -> tuple[int, bool, bool, int]:
        # A duration that the own doctor looks at first stands behind a sign for somebody else.
        soft = each.rule in DURATIONS and each.addressee is Addressee.OWN_DOCTOR
        return -each.level, each.rule not in causes, soft, position[each.rule]

    return tuple(sorted(chosen, key=weight))


def _causes_first(findings: Sequence[Finding]) -> frozenset[str]:
    """Return the rules on a cause that is on record, where only duration and place stand beside.

    Whom to see comes from the first finding: a medicine or a blood test is looked at before a
    neurologist is asked about the duration alone.
    """
    asked = {f.rule for f in findings if f.level is Level.SEE_DOCTOR}
    return frozenset(
        cause for cause, beside in CAUSES.items() if cause in asked and asked - {cause} <= beside
    )
