"""What the past can hold: conditions, surgery, tests told as history, family, habits."""

from dataclasses import dataclass

from diary.domain.entries import HistoryKind
from diary.domain.vocabulary.codes import Code, CodeList, Row
from diary.domain.vocabulary.history_conditions import CONDITIONS, RISK_CONDITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryCode(Code):
    """A history item. `neurological_risk` marks those that shorten the wait to a referral."""

    kind: HistoryKind
    neurological_risk: bool


# fmt: off
_PERSONAL = (
    Row("previous_eyelid_twitch", "Earlier eyelid twitching", "以前眼皮抽動", "S0 S1",
        "An eyelid twitched before this problem."),
    Row("previous_lip_twitch_resolved", "Earlier lip twitching, gone", "以前嘴唇抽動已好",
        "project", "A lip twitched before and stopped."),
    Row("twitches_elsewhere", "Twitching elsewhere before", "以前其他處抽動", "project",
        "Other muscles twitched before."),
    Row("alcohol_use", "Regular alcohol", "經常飲酒", "S2 S4",
        "Drinks alcohol regularly.", "alcohol"),
    Row("smoking", "Smoking", "吸菸", "project",
        "Smokes, or smoked for years.", "smoker"),
    Row("drug_use", "Recreational drugs", "使用毒品", "S2",
        "Takes or took drugs without a prescription.", "recreational_drugs"),
    Row("stress", "Long-lasting stress", "長期壓力", "S0 S1 S2 S3 S4",
        "A long time under stress."),
    Row("face_numbness_after_surgery_easing", "Numb face after surgery, easing", "術後臉麻漸好",
        "project", "Numbness that began with surgery and is fading."),
)
_RISK_SURGERY = (
    Row("facial_nerve_surgery", "Surgery on the facial nerve", "顏面神經手術", "S4",
        "An operation on the nerve, also decompression or grafting.",
        "microvascular decompression; nerve graft"),
    Row("skull_surgery", "Surgery on brain or skull", "顱腦手術", "project",
        "An operation on the brain, skull or skull base.", "brain surgery"),
    Row("facial_surgery", "Surgery on the face", "臉部手術", "S3",
        "An operation on the face, jaw or parotid gland.", "jaw surgery; parotid surgery"),
    Row("facial_cosmetic_surgery", "Cosmetic surgery of the face", "臉部整形手術", "S3",
        "An operation for looks.", "cosmetic_surgery"),
    Row("facelift", "Facelift", "拉皮手術", "project",
        "An operation that tightens the face."),
    Row("middle_ear_implant", "Middle ear implant", "中耳植入物", "project",
        "An implant in the middle ear, beside the facial nerve.", "cochlear implant"),
)
_SURGERY = (
    Row("botulinum_toxin", "Botulinum toxin injections", "肉毒桿菌注射", "S4",
        "Injected into the face, for whatever reason.", "botox"),
    Row("filler", "Filler injections", "填充劑注射", "project",
        "A filler injected into the face.", "dermal filler"),
    Row("tooth_extraction", "Tooth pulled", "拔牙", "project",
        "A tooth was taken out."),
    Row("other_surgery", "Other operation", "其他手術", "project",
        "The person's own words say what."),
)
_TESTS = (
    Row("normal_brain_mri", "Brain MRI was normal", "腦部MRI正常", "project",
        "The scan showed nothing."),
    Row("normal_brain_ct", "Brain CT was normal", "腦部CT正常", "project",
        "The scan showed nothing."),
    Row("ct_no_tumor", "CT showed no tumor", "CT無腫瘤", "project",
        "The scan showed no growth.", "ct_no_tumour"),
    Row("scan_vessel_contact", "Scan showed a vessel at the nerve", "影像顯示血管接觸神經",
        "project", "A scan showed a vessel touching the facial nerve."),
    Row("normal_facial_emg", "Facial nerve test was normal", "顏面肌電圖正常", "project",
        "Electromyography of the face was normal.", "normal_emg"),
    Row("normal_electrolytes", "Blood salts were normal", "電解質正常", "project",
        "The blood test was normal.", "normal_blood_test"),
    Row("normal_neurology_exam", "Neurologist found nothing", "神經科檢查正常", "project",
        "The examination was normal."),
    Row("normal_neurology_tests", "Neurology tests were normal", "神經科檢驗正常", "project",
        "The tests were normal."),
    Row("recent_nerve_tests", "Nerve tests lately", "近期神經檢查", "project",
        "Tests of the nerves in the last months."),
    Row("recent_facial_twitching_assessed", "Twitching assessed lately", "近期已評估抽動",
        "project", "A doctor has looked at this twitching."),
)
_FAMILY = (
    Row("family_tremor", "Tremor in the family", "家族震顫", "S2",
        "A parent, sibling or child has a tremor.", "family_history_of_tremor"),
    Row("family_parkinsons_disease", "Parkinson's disease in the family", "家族帕金森氏症",
        "project", "A parent, sibling or child has it."),
    Row("family_neurological", "Other neurological condition in the family", "家族其他神經疾病",
        "S1 S2", "A parent, sibling or child has one.",
        "family_history; family; family neurological history"),
)
# fmt: on

_ROWS: tuple[tuple[tuple[Row, ...], HistoryKind, bool], ...] = (
    (RISK_CONDITIONS, HistoryKind.CONDITION, True),
    (CONDITIONS, HistoryKind.CONDITION, False),
    (_PERSONAL, HistoryKind.CONDITION, False),
    (_RISK_SURGERY, HistoryKind.SURGERY, True),
    (_SURGERY, HistoryKind.SURGERY, False),
    (_TESTS, HistoryKind.TEST, False),
    (_FAMILY, HistoryKind.FAMILY, False),
)

HISTORY = CodeList(
    "history",
    (
        HistoryCode(**row.fields(), kind=kind, neurological_risk=risk)
        for rows, kind, risk in _ROWS
        for row in rows
    ),
)
