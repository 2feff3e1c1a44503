"""Rules on signs that a blood test can explain: N20 and N22."""

from datetime import date

from diary.domain.findings import Addressee, Finding
from diary.domain.rules.history import medicine_classes
from diary.domain.rules.spoken import doctor, lately, spoken
from diary.domain.symptom_reports import Origin, SymptomReport
from diary.domain.view import DiaryView

# Two of these, one of the first, make a blood test of the thyroid worth asking for.
THYROID_MARKS = frozenset({"heat_intolerance", "weight_loss", "eye_bulging"})
THYROID_SIGNS = THYROID_MARKS | {"palpitations", "sweating", "diarrhea", "hand_tremor"}
SALT_LOSS = frozenset({"vomiting", "diarrhea"})
CRAMPS = frozenset({"muscle_cramp"})
MOUTH_TINGLING = frozenset({"lip_tingling", "face_tingling"})
HAND_OR_FOOT = frozenset({"hand_tingling", "limb_numbness"})
EMPTIES_SALTS = frozenset({"diuretic", "laxative", "acid_blocker"})


def mouth_and_hands(view: DiaryView) -> Finding | None:
    """Return N20: tingling round the mouth and in hands or feet on one day, or in the intake.

    One report of both is enough: two signs that belong together are no mis-tap. The own doctor can
    test the blood; tingling on one side goes to the neurologist. With cramps or palpitations it is
    U4. Source: patient information on low calcium; What Causes Lip Twitching, "tingling or numbness
    in the extremities"; choice of the project.
    """
    mouth, hands = lately(view, MOUTH_TINGLING), lately(view, HAND_OR_FOOT)
    days = {_told_at(r) for r in mouth} & {_told_at(r) for r in hands}
    both = tuple(r for r in (*mouth, *hands) if _told_at(r) in days)
    one_sided = any(r.one_sided for r in both if r.symptom in HAND_OR_FOOT)
    whom = Addressee.NEUROLOGIST if one_sided else Addressee.OWN_DOCTOR
    return doctor("N20", view, both, whom)


def _told_at(report: SymptomReport) -> tuple[bool, date]:
    return report.origin is Origin.INTAKE, report.reported_on


def blood_test(view: DiaryView) -> Finding | None:
    """Return N22: twitching or trembling with signs that a blood test can explain.

    Weight loss, bulging eyes or unbearable warmth with another sign of a busy thyroid
    (palpitations, sweating, diarrhea, shaking hands); or muscle cramps with a water tablet,
    a laxative, an acid blocker, vomiting or diarrhea. Source: What Causes Lip Twitching, "tingling
    or numbness in the extremities"; choice of the project.
    """
    thyroid = spoken(view, THYROID_SIGNS)
    named = {r.symptom for r in thyroid}
    if not (named & THYROID_MARKS and len(named) > 1):
        thyroid = ()
    cramps, losses = spoken(view, CRAMPS), spoken(view, SALT_LOSS)
    salts = cramps if losses or medicine_classes(view) & EMPTIES_SALTS else ()
    return doctor("N22", view, (*thyroid, *salts), Addressee.OWN_DOCTOR)
