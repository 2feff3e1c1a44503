"""The families symptoms are grouped in, on the phone and in the report."""

from dataclasses import dataclass
from enum import StrEnum

from diary.domain.vocabulary.codes import Code


class SymptomFamily(StrEnum):
    """What a symptom is about."""

    MOTOR_LOSS = "motor_loss"
    SENSORY = "sensory"
    SPEECH = "speech"
    VISION = "vision"
    CONSCIOUSNESS = "consciousness"
    HEAD = "head"
    BREATHING = "breathing"
    EYE = "eye"
    FACE_FUNCTION = "face_function"
    TREMOR = "tremor"
    MOVEMENT = "movement"
    PAIN = "pain"
    EAR = "ear"
    THROAT = "throat"
    HEART = "heart"
    SKIN = "skin"
    MOOD = "mood"
    GENERAL = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom(Code):
    """Something a person can report as present or state as absent."""

    family: SymptomFamily
