"""Diaries in which, together, every rule speaks in each of its wordings."""

from diary.domain.entries import (
    Course,
    EyeClosure,
    Factor,
    HistoryAnswer,
    Onset,
    PartialDate,
    Person,
    RemedyUse,
    Side,
    StatedMedicine,
    Twitched,
)
from tests.diary.domain.rules.asking import medication
from tests.diary.domain.rules.test_trends import STEADY, rows, weekly
from tests.diary.domain.rules.test_words import TOLD_RARELY
from tests.diary.domain.strategies import (
    absent,
    ago,
    check_in,
    episode,
    problem,
    quiet,
    symptom,
    view,
)
from tests.diary.domain.test_sample import view_on

EPILEPSY = (HistoryAnswer(item="epilepsy"),)
LATELY = PartialDate(day=ago(8))
TWICE = (
    *("seizure", "severe_headache", "throat_spasm", "numbness_at_site", "ear_pain"),
    *("hand_tingling", "lip_tingling", "dizziness", "eye_redness", "eye_closes", "stiffness"),
)


def signs(*names, **fields):
    return tuple(symptom(name, **fields) for name in names)


def on_two_days(name):
    entries = (episode(1, symptoms=signs(name)), check_in(0, symptoms=signs(name)))
    return view(*entries, episode(2, site="tongue"))


def eyelid(days, **fields):
    return view(*(episode(n, site="upper_eyelid") for n in range(0, days, 2)), **fields)


DIARIES_TOLD = [
    view_on(),
    *TOLD_RARELY.values(),
    *(on_two_days(name) for name in TWICE),
    weekly(rows(20, 10)),
    weekly(rows(16, 10, **STEADY)),
    weekly(rows(10, 10, seconds=(60, 60))),
    # Both an episode and the intake, and a day that a check-in alone answers with yes.
    view(*(episode(n) for n in range(0, 20, 3)), check_in(4, Twitched.YES), *quiet(14, 14)),
    view(
        *(check_in(n, Twitched.YES) for n in range(20, -1, -1)), intake=problem(since=40, asked=20)
    ),
    view(*(episode(n) for n in range(179, -1, -3))),
    eyelid(30),
    eyelid(110, intake=problem(site="upper_eyelid", since=120)),
    view(episode(1), episode(0), intake=problem(history=(HistoryAnswer(item="stroke"),))),
    view(
        *(episode(n, site="lower_eyelid") for n in (20, 18, 16)),
        *(episode(n, site="chin", side=Side.LEFT) for n in (1, 0)),
    ),
    view(
        episode(0, symptoms=(*signs("slurred_speech"), symptom("face_droop", onset=Onset.GRADUAL))),
        episode(1, symptoms=signs("face_droop")),
    ),
    view(episode(0, symptoms=signs("severe_headache", onset=Onset.SUDDEN))),
    # Signs that two conditions of one rule take are told once.
    view(episode(3, symptoms=signs("limb_numbness", onset=Onset.SUDDEN, side=Side.LEFT))),
    view(episode(3, symptoms=signs("one_sided_numbness", onset=Onset.GRADUAL, ongoing=True))),
    view(episode(0, symptoms=signs("breathing_difficulty", "eyelid_droop"))),
    view(check_in(0, symptoms=signs("fever", "neck_stiffness"))),
    view(episode(0, symptoms=signs("lip_tingling", "hand_tingling"))),
    view(
        intake=problem(
            since=5, course=Course.WORSENING, symptoms=signs("blurred_vision", "tingling")
        )
    ),
    view(
        episode(3, site="jaw", movement="spasm", symptoms=signs("jaw_cramp")),
        episode(2, site="tongue", movement="contraction"),
        intake=problem(medicines=(StatedMedicine(medicine_class="antipsychotic"),)),
    ),
    view(
        episode(1, symptoms=signs("eye_closes"), eye_closure=EyeClosure.FULL),
        intake=problem(symptoms=signs("eye_closes")),
    ),
    view(episode(3, asleep=True), episode(1, asleep=True), episode(1, name="b", asleep=True)),
    view(check_in(3, ill=True), episode(2), check_in(1, Twitched.YES, impact=3)),
    view(episode(1, visible=False), episode(0, visible=False)),
    view(intake=problem(triggers=(Factor(factor="medication_change"),))),
    view(intake=problem(still_present=False)),
    view(*(episode(n) for n in range(100, 60, -3)), *quiet(59, 0)),
    view(*quiet(99, 0)),
    # One day in seven, so that more than the fewest quiet days are needed; and often, not daily.
    view(
        *(episode(n) for n in range(149, 60, -7)), *(check_in(n) for n in range(150) if n % 7 != 2)
    ),
    view(*(episode(n, name=str(k)) for n in range(12) for k in range(3)), *quiet(13, 12)),
    # Each rule once more in each of its other wordings.
    view(intake=problem(since=0, movement="jerk", continuous=True, history=EPILEPSY)),
    view(intake=problem(since=0, symptoms=signs("seizure"), history=EPILEPSY)),
    view(intake=problem(since=20, history=EPILEPSY)),
    view(*(episode(n) for n in range(179, -1, -3)), intake=problem(history=EPILEPSY)),
    view(intake=problem(since=20, remedies=(RemedyUse(remedy="more_sleep", helped=False),))),
    view(
        *(episode(40 + n) for n in range(12)),
        *quiet(39, 2),
        *(episode(n, site="lower_eyelid") for n in (1, 0)),
    ),
    view(
        intake=problem(
            since=60,
            symptoms=(*signs("eyelid_droop"), absent("double_vision")),
            history=(HistoryAnswer(item="botulinum_toxin"),),
        )
    ),
    view(
        intake=problem(
            since=8,
            symptoms=signs("facial_weakness", "numbness_at_site"),
            medicines=(StatedMedicine(medicine_class="botulinum_toxin"),),
        )
    ),
    view(intake=problem(triggers=(Factor(factor="trauma"),))),
    eyelid(180),
    view(
        *(episode(62 - n, site="eyelid", side=Side.LEFT) for n in range(5)),
        *(episode(n, site="cheek", side=Side.LEFT) for n in (2, 1)),
    ),
    weekly(rows(10, 10, strengths=(5, 5))),
    view(
        intake=problem(since=20, site="chin", movement="tremor", contexts=("at_rest",)),
        person=Person(birth_year=1950),
    ),
    view(
        *(episode(n) for n in (3, 0)),
        medications=(medication(50, "corticosteroid", stopped=LATELY),),
    ),
]
