"""Tests and visits that may already have happened, and how their results are given."""

from dataclasses import dataclass
from enum import StrEnum

from diary.domain.vocabulary.codes import Code, CodeList, Row


class ExaminationKind(StrEnum):
    """A test of the body, or a visit to somebody."""

    TEST = "test"
    VISIT = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination(Code):
    """A test or visit."""

    kind: ExaminationKind


# fmt: off
_TESTS = (
    Row("neurological_exam", "Neurological examination", "神經學檢查", "S0 S3",
        "A doctor tested reflexes, strength and feeling.",
        "normal_neurology_exam; neuro exam; reflex test"),
    Row("physical_exam", "Physical examination", "身體檢查", "S4",
        "A doctor examined the body.",
        "recent_facial_twitching_assessed; check-up; checkup; medical check; 健康檢查"),
    Row("history_review", "Review of the medical history", "病史評估", "S4",
        "A doctor went through the history.", "history"),
    Row("lifestyle_review", "Review of daily habits", "生活習慣評估", "S4",
        "A doctor went through sleep, caffeine and stress."),
    Row("brain_mri", "Brain MRI", "腦部MRI", "S1 S4",
        "A magnetic resonance scan of the head.",
        "mri; normal_brain_mri; mri brain; head mri; mri scan; mri normal; brain mri normal; "
        "normal mri; 核磁共振; 磁振造影"),
    Row("brain_ct", "Brain CT", "腦部CT", "project",
        "A computed tomography scan of the head.",
        "ct; normal_brain_ct; ct_no_tumor; ct_no_tumour; brain ct normal; ct scan; head ct; "
        "cat scan; ct normal; normal ct; 電腦斷層"),
    Row("vessel_imaging", "Scan of the vessels", "血管影像", "project",
        "A scan of vessels and nerve, such as MR angiography.",
        "mra; scan_vessel_contact; angiography; mr angiography; ct angiography; "
        "carotid ultrasound; 血管攝影"),
    Row("imaging", "Scan, kind unsaid", "影像檢查", "S0",
        "A scan of the head; which kind is unsaid.",
        "imaging studies; scan; imaging study; x-ray; ultrasound; X光; 超音波"),
    Row("emg", "Muscle test (EMG)", "肌電圖", "S1",
        "Electromyography measures the muscle's signals.",
        "electromyography; normal_facial_emg; facial_emg; normal_emg; emg normal; needle test"),
    Row("nerve_tests", "Nerve tests", "神經傳導檢查", "project",
        "Nerve conduction or other tests of nerves.",
        "recent_nerve_tests; normal_neurology_tests; nerve conduction study; blink reflex; "
        "nerve conduction; nerve conduction test; nerve conduction velocity; ncs; nerve test; "
        "normal nerve conduction; 神經傳導"),
    Row("eeg", "Brain wave test (EEG)", "腦波", "project",
        "Electroencephalography.",
        "electroencephalogram; normal_eeg; eeg normal; brain waves; 腦電圖; 腦波檢查"),
    Row("blood_test", "Blood test", "抽血檢查", "S4",
        "Blood work; which values is unsaid.",
        "blood_work; blood tests; bloods; blood count; normal_blood_test; blood_test_normal; "
        "blood tests normal; normal blood tests; 抽血; 驗血"),
    Row("electrolytes", "Blood salts", "電解質", "S3 S4",
        "Potassium, calcium, magnesium or sodium in the blood.",
        "normal_electrolytes; calcium; potassium; magnesium; sodium; calcium_normal; "
        "normal_calcium; normal_magnesium; normal potassium; calcium test; 血鈣"),
    Row("vitamins", "Vitamin levels", "維生素濃度", "S3 S4",
        "For instance B12 or vitamin D in the blood.",
        "vitamin_b12; vitamin_d; b12; b12 level; normal_vitamin_levels; normal vitamin b12; "
        "vitamin levels normal; vitamin test"),
    Row("thyroid", "Thyroid test", "甲狀腺檢查", "S3",
        "Thyroid hormones in the blood.",
        "thyroid_check; thyroid test; normal_thyroid; normal_thyroid_test; thyroid_normal; "
        "thyroid blood test; tsh; 甲狀腺功能"),
    Row("eye_exam", "Eye examination", "眼科檢查", "S1",
        "An eye doctor examined the eyes.",
        "ophthalmologist_exam; ophthalmologist_exam_normal; eye test; eye_test_normal; "
        "eye check; normal_eye_exam; eye exam normal; normal eye test; vision test; sight test; "
        "slit lamp; 視力檢查"),
    Row("hearing_test", "Hearing test", "聽力檢查", "project",
        "A test of hearing.",
        "audiogram; normal_hearing_test; hearing test normal; audiometry; audiogram normal"),
    Row("lumbar_puncture", "Lumbar puncture", "腰椎穿刺", "project",
        "Fluid was taken from the lower back.", "spinal tap; spinal fluid test"),
    Row("heart_tracing", "Heart tracing (ECG)", "心電圖", "project",
        "A recording of the heartbeat.",
        "ecg; ekg; electrocardiogram; normal_ecg; ecg_normal; normal_ekg; ekg normal; "
        "heart monitor; holter"),
    Row("allergy_test", "Allergy test", "過敏原檢測", "project",
        "A test of skin or blood for allergy.", "skin prick test; ige test"),
    Row("dental_xray", "Dental X-ray", "牙科X光", "project",
        "An X-ray of teeth or jaw.", "tooth x-ray; jaw x-ray; panoramic x-ray"),
    Row("sleep_study", "Sleep study", "睡眠檢查", "project",
        "Sleep was recorded for a night.", "polysomnography; 睡眠多項生理檢查"),
    Row("biopsy", "Tissue sample", "切片檢查", "project",
        "A piece of tissue was looked at.", "temporal artery biopsy; muscle biopsy; 切片"),
    Row("other_test", "Other test", "其他檢查", "project",
        "The person's own words say what.", "other; other tests"),
)
_VISITS = (
    Row("neurologist_visit", "Visit to a neurologist", "看神經科", "S0 S1 S3",
        "Seen by a neurologist.", "neurologist; neurology; neurology clinic; 神經科; 神經內科"),
    Row("ophthalmologist_visit", "Visit to an eye doctor", "看眼科", "S1",
        "Seen by an eye doctor.", "ophthalmologist; eye doctor; optometrist; optician; 眼科"),
    Row("family_doctor_visit", "Visit to a family doctor", "看家醫科", "S0",
        "Seen by a family doctor.",
        "family_medicine; doctor_visit; gp; family doctor; general practitioner; primary care; "
        "家醫科; 內科"),
    Row("dentist_visit", "Visit to a dentist", "看牙科", "project",
        "Seen by a dentist.", "dentist; dental check; 牙醫; 牙科"),
    Row("ear_nose_throat_visit", "Visit to an ear, nose and throat doctor", "看耳鼻喉科", "project",
        "Seen by an ear, nose and throat doctor.",
        "ent; ear nose and throat; otolaryngologist; 耳鼻喉科"),
    Row("psychiatrist_visit", "Visit to a psychiatrist or psychologist", "看身心科", "project",
        "Seen by a psychiatrist or psychologist.", "psychiatrist; psychologist; 精神科; 身心科"),
    Row("specialist_team_visit", "Visit to a specialist team", "看多專科團隊", "S4",
        "Seen by several specialists together.", "multidisciplinary"),
    Row("emergency_visit", "Emergency department", "看急診", "project",
        "Seen in an emergency department.", "emergency room; er; a&e; 急診"),
)
_RESULTS = (
    Row("normal", "Normal", "正常", "project", "Nothing was found."),
    Row("abnormal", "Not normal", "異常", "project", "Something was found."),
    Row("unknown", "Not known", "不清楚", "project",
        "Not back yet, or the person does not know.", "pending"),
)
# fmt: on

TESTS = CodeList(
    "tests",
    (
        *(Examination(**row.fields(), kind=ExaminationKind.TEST) for row in _TESTS),
        *(Examination(**row.fields(), kind=ExaminationKind.VISIT) for row in _VISITS),
    ),
)
TEST_RESULTS = CodeList("test_results", (Code(**row.fields()) for row in _RESULTS))
