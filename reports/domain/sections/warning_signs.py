"""Warning signs asked about: yes, no and days asked; an unasked day is never a no."""

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType

from diary.domain.entries import CheckIn, Episode, ReportedSymptom
from diary.domain.vocabulary import WARNING_SIGNS
from reports.domain.bands import WarningSign, WarningSigns
from reports.domain.sections.index import Index
from reports.domain.words import Words

# Every code of WARNING_SIGNS belongs to exactly one row; codes outside that list are only asked
# where an entry answers them by name.
ROWS = MappingProxyType(
    {
        "face": ("face_droop", "facial_weakness"),
        "body_weakness": ("one_sided_weakness", "limb_weakness", "weakness"),
        "speech": (
            "speech_difficulty",
            "slurred_speech",
            "comprehension_difficulty",
            "confusion",
        ),
        "face_numbness": ("face_numbness", "numbness_at_site"),
        "body_numbness": ("one_sided_numbness", "limb_numbness"),
        "headache": ("severe_headache",),
        "vision": ("vision_loss", "double_vision", "visual_disturbance"),
        "consciousness": ("seizure", "loss_of_consciousness"),
        "swallowing": ("swallowing_difficulty", "breathing_difficulty", "throat_spasm"),
        "balance": ("balance_loss", "coordination_change"),
        "eye_closing": ("cannot_close_eye", "eyelid_droop"),
        "eye": ("eye_redness", "eye_discharge", "eye_pain", "light_sensitivity"),
        "spasm": ("lip_tingling", "hand_tingling", "muscle_cramp", "palpitations", "jaw_cramp"),
        "elsewhere": ("twitch_elsewhere_in_face", "twitch_elsewhere_in_body"),
        "hearing": ("hearing_change", "ear_pain"),
    }
)


def warning_signs(index: Index, words: Words) -> WarningSigns:
    """Return one row per group of signs; rows with a yes first, otherwise in the fixed order.

    A date counts as asked when its check-in asked the whole list, or when an entry of that date
    answers one of the group's symptoms. One yes on a date makes it a yes.
    """
    rows = [_row(index, code, frozenset(codes), words) for code, codes in ROWS.items()]
    rows.sort(key=lambda row: row.yes == 0)
    asked = [c.local_date for c in index.diary.check_ins if c.warning_signs_asked]
    last = max(asked, default=None)
    return WarningSigns(
        rows=tuple(rows),
        last_asked=last,
        note=words.warning_note(last, _said_at_the_start(index, words)),
    )


def _row(index: Index, code: str, symptoms: frozenset[str], words: Words) -> WarningSign:
    answers: dict[date, bool] = {}
    for day, yes in _answers(index, symptoms):
        answers[day] = answers.get(day, False) or yes
    yes_days = sum(answers.values())
    return WarningSign(
        code=code,
        label=words.warning_signs[code],
        yes=yes_days,
        no=len(answers) - yes_days,
        asked=len(answers),
    )


def _answers(index: Index, symptoms: frozenset[str]) -> Iterable[tuple[date, bool]]:
    whole_list = not symptoms.isdisjoint(WARNING_SIGNS)
    entries: tuple[CheckIn | Episode, ...] = (*index.diary.check_ins, *index.diary.episodes)
    for entry in entries:
        said = [s.present for s in entry.symptoms if s.symptom in symptoms]
        if said:
            yield entry.local_date, any(said)
        elif whole_list and isinstance(entry, CheckIn) and entry.warning_signs_asked:
            yield entry.local_date, False


def _said_at_the_start(index: Index, words: Words) -> tuple[str, ...]:
    problem = index.diary.problem
    present = () if problem is None else tuple(s for s in problem.symptoms if s.present)
    return tuple(
        words.warning_signs[code]
        for code, codes in ROWS.items()
        if any(_is_one_of(symptom, codes) for symptom in present)
    )


def _is_one_of(symptom: ReportedSymptom, codes: tuple[str, ...]) -> bool:
    return symptom.symptom in codes
