"""The codes of the FHIR document: the few of SNOMED CT and LOINC that were read, and our own.

docs/fhir.md says where each was read. What is not in these tables is coded by the diary's own
vocabulary alone, never by a neighboring concept.
"""

from collections.abc import Mapping
from types import MappingProxyType

BASE = "https://quiver.example/fhir"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
SYMPTOMS_GUIDE = "http://hl7.org/fhir/uv/symptoms"

SYMPTOM_PROFILE = f"{SYMPTOMS_GUIDE}/StructureDefinition/SymptomObservation"
ABSENT_PROFILE = f"{SYMPTOMS_GUIDE}/StructureDefinition/SymptomAbsentObservation"
LOCATION_QUALIFIER = f"{SYMPTOMS_GUIDE}/StructureDefinition/LocationQualifier"
SYMPTOM_CATEGORY = {
    "system": f"{SYMPTOMS_GUIDE}/CodeSystem/SymptomTemporary",
    "code": "symptom",
    "display": "Symptom",
}

# An empty display: the code was read, its exact name was not.
LOINC_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "75325-1": "Symptom",
        "111551-8": "Symptom absent",
        "64750-3": "Severity of symptoms",
        "56823-8": "Problem quality or description",
        "89253-9": "Trend",
        "100752-5": "Exacerbating factors - Reported",
        "100753-3": "Alleviating factors - Reported",
        "104156-5": "Condition frequency - Reported",
        "99495-4": "Speed of condition onset",
        "51855-5": "Patient Note",
        "11450-4": "Problem list - Reported",
        "10160-0": "Medication use",
        "104605-1": "",
        "81338-6": "",
    }
)

SNOMED_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "260912008": "Abnormal involuntary movement",
        "45352006": "Spasm",
        "26079004": "Tremor",
        "309557009": "Numbness of face",
        "44077006": "Numbness",
        "91019004": "Paresthesia",
        "95668009": "Pain in face",
        "11934000": "Ptosis of eyelid",
        "703630003": "Red eye",
        "162290004": "Dry eyes",
        "286378009": "Difficulty talking",
        "40739000": "Dysphagia",
        "24982008": "Diplopia",
        "63102001": "Visual disturbance",
        "25064002": "Headache",
        "404640003": "Dizziness",
        "91175000": "Seizure",
        "418107008": "Unconscious",
        "26544005": "Muscle weakness",
        "55300003": "Cramp",
        "84229001": "Fatigue",
        "193462001": "Insomnia",
        "73595000": "Stress",
        "48694002": "Anxiety",
        "34095006": "Dehydration",
        "24700007": "Multiple sclerosis",
        "49049000": "Parkinson's disease",
        "37340000": "Motor neuron disease",
        "36976004": "Hypoparathyroidism",
        "161483005": "H/O: Bell's palsy",
        "161587009": "H/O: head injury",
        "161511000": "History of transient ischemic attack",
        "89545001": "Face",
        "48477009": "Lip structure",
        "80243003": "Eyelid",
        "60819002": "Buccal region of face",
        "69536005": "Head structure",
    }
)

# A movement that is not in the table is coded as the neutral one: naming it is for the clinician.
ANY_MOVEMENT = "260912008"

# The diary's code to SNOMED CT, by list of the vocabulary. No code for the twitching conditions
# themselves: a receiving record would read them as a diagnosis.
SNOMED_OF: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "movements": {"spasm": "45352006", "tremor": "26079004"},
        "sites": {
            "face": "89545001",
            "lips": "48477009",
            "upper_lip": "48477009",
            "lower_lip": "48477009",
            "eyelid": "80243003",
            "upper_eyelid": "80243003",
            "lower_eyelid": "80243003",
            "cheek": "60819002",
            "head": "69536005",
        },
        "symptoms": {
            "face_numbness": "309557009",
            "numbness_at_site": "44077006",
            "limb_numbness": "44077006",
            "one_sided_numbness": "44077006",
            "tingling": "91019004",
            "face_tingling": "91019004",
            "lip_tingling": "91019004",
            "hand_tingling": "91019004",
            "facial_pain": "95668009",
            "eyelid_droop": "11934000",
            "eye_redness": "703630003",
            "dryness": "162290004",
            "speech_difficulty": "286378009",
            "swallowing_difficulty": "40739000",
            "double_vision": "24982008",
            "visual_disturbance": "63102001",
            "headache": "25064002",
            "severe_headache": "25064002",
            "dizziness": "404640003",
            "seizure": "91175000",
            "loss_of_consciousness": "418107008",
            "weakness": "26544005",
            "limb_weakness": "26544005",
            "muscle_cramp": "55300003",
            "fatigue": "84229001",
            "insomnia": "193462001",
        },
        "triggers": {
            "stress": "73595000",
            "anxiety": "48694002",
            "fatigue": "84229001",
            "dehydration": "34095006",
        },
        "history": {
            "multiple_sclerosis": "24700007",
            "parkinsons_disease": "49049000",
            "motor_neuron_disease": "37340000",
            "hypoparathyroidism": "36976004",
            "bells_palsy": "161483005",
            "head_trauma": "161587009",
            "transient_ischemic_attack": "161511000",
        },
    }
)


def local_system(name: str) -> str:
    """Return the system of one list of the diary's own codes."""
    return f"{BASE}/CodeSystem/{name}"


def snomed(code: str) -> dict[str, str]:
    """Return one SNOMED CT coding."""
    return {"system": SNOMED, "code": code, "display": SNOMED_NAMES[code]}


def loinc(code: str, text: str) -> dict[str, object]:
    """Return the concept of one LOINC code with its words in the document's language."""
    return {
        "coding": [{"system": LOINC, "code": code, "display": LOINC_NAMES[code]}],
        "text": text,
    }


def standard(system: str, code: str) -> dict[str, object]:
    """Return a concept of HL7's own terminology, as the standard's bindings ask for it."""
    return {"coding": [{"system": f"{TERMINOLOGY}/{system}", "code": code}]}


def local(name: str, code: str, text: str, *, version: str = "") -> dict[str, object]:
    """Return a concept that is the diary's own alone."""
    coding = {"system": local_system(name), "version": version, "code": code}
    return {"coding": [coding], "text": text}
