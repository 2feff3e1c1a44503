"""All symptoms in one list, and the warning signs every check-in asks for."""

from diary.domain.vocabulary.codes import CodeList
from diary.domain.vocabulary.symptom_family import Symptom, SymptomFamily
from diary.domain.vocabulary.symptoms_face import FACE_SYMPTOMS
from diary.domain.vocabulary.symptoms_general import GENERAL_SYMPTOMS
from diary.domain.vocabulary.symptoms_movement import MOVEMENT_SYMPTOMS
from diary.domain.vocabulary.symptoms_nervous import NERVOUS_SYMPTOMS

__all__ = ["SYMPTOMS", "WARNING_SIGNS", "Symptom", "SymptomFamily"]

SYMPTOMS = CodeList(
    "symptoms",
    (
        Symptom(**row.fields(), family=family)
        for rows_by_family in (
            NERVOUS_SYMPTOMS,
            MOVEMENT_SYMPTOMS,
            FACE_SYMPTOMS,
            GENERAL_SYMPTOMS,
        )
        for family, rows in rows_by_family.items()
        for row in rows
    ),
)

# Most pressing first: a person who stops half-way has answered the questions that matter most.
WARNING_SIGNS: tuple[str, ...] = (
    "face_droop",
    "one_sided_weakness",
    "limb_weakness",
    "speech_difficulty",
    "slurred_speech",
    "comprehension_difficulty",
    "one_sided_numbness",
    "vision_loss",
    "double_vision",
    "confusion",
    "balance_loss",
    "severe_headache",
    "seizure",
    "loss_of_consciousness",
    "breathing_difficulty",
    "throat_spasm",
    "facial_weakness",
    "cannot_close_eye",
    "eyelid_droop",
    "weakness",
    "limb_numbness",
    "face_numbness",
    "coordination_change",
    "swallowing_difficulty",
    "eye_redness",
    "eye_discharge",
    "eye_pain",
    "visual_disturbance",
    "light_sensitivity",
    "lip_tingling",
    "hand_tingling",
    "muscle_cramp",
    "palpitations",
    "jaw_cramp",
)
