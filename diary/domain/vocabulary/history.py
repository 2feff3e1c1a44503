"""What the past can hold: conditions, surgery, tests told as history, family, habits."""

from dataclasses import dataclass

from diary.domain.entries import HistoryKind
from diary.domain.vocabulary.codes import Code, CodeList, Row
from diary.domain.vocabulary.history_conditions import CONDITIONS
from diary.domain.vocabulary.history_risks import RISK_CONDITIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryCode(Code):
    """A history item. `neurological_risk` marks those that shorten the wait to a referral."""

    kind: HistoryKind
    neurological_risk: bool


# fmt: off
_PERSONAL = (
    Row("previous_eyelid_twitch", "Earlier eyelid twitching", "以前眼皮抽動", "S0 S1",
        "An eyelid twitched before this problem.", "eyelid twitching before; past eyelid twitch"),
    Row("previous_lip_twitch_resolved", "Earlier lip twitching, gone", "以前嘴唇抽動已好",
        "project", "A lip twitched before and stopped.", "lip twitching before; past lip twitch"),
    Row("twitches_elsewhere", "Twitching elsewhere before", "以前其他處抽動", "project",
        "Other muscles twitched before."),
    Row("alcohol_use", "Regular alcohol", "經常飲酒", "S2 S4",
        "Drinks alcohol regularly.",
        "alcohol; alcoholism; heavy drinking; drinking; drinker; 喝酒; 酗酒"),
    Row("smoking", "Smoking", "吸菸", "project",
        "Smokes, or smoked for years.", "smoker; smokes; ex-smoker; former smoker; vaping; 抽菸"),
    Row("drug_use", "Recreational drugs", "使用毒品", "S2",
        "Takes or took drugs without a prescription.",
        "recreational_drugs; cannabis; cocaine; mdma; substance use; drug abuse"),
    Row("contact_lenses", "Contact lenses", "配戴隱形眼鏡", "project",
        "Wears contact lenses.",
        "contact lens; contact lens wearer; wears contact lenses; contacts; 隱形眼鏡"),
    Row("dentures", "Dentures", "假牙", "project",
        "Wears dentures, or has lost many teeth.", "false teeth; denture; missing teeth; 活動假牙"),
    Row("recent_vaccination", "Recent vaccination", "近期接種疫苗", "project",
        "Vaccinated in the last weeks.",
        "vaccination; vaccine; covid vaccine; flu shot; 疫苗; 打疫苗"),
    Row("pregnancy", "Pregnancy", "懷孕", "project",
        "Pregnant at present.", "pregnant; expecting; expecting a baby; 孕婦; 妊娠"),
    Row("recent_childbirth", "Gave birth lately", "近期生產", "project",
        "A child was born in the last weeks or months.",
        "postpartum; gave birth; childbirth; post-partum; after birth; 產後; 坐月子"),
    Row("breastfeeding", "Breastfeeding", "哺乳", "project",
        "Breastfeeds at present.", "breast feeding; nursing; lactating; 餵母乳"),
    Row("menopause", "Menopause", "更年期", "project",
        "In or after the change of life.", "perimenopause; postmenopausal; post-menopausal; 停經"),
    Row("stress", "Long-lasting stress", "長期壓力", "S0 S1 S2 S3 S4",
        "A long time under stress.", "chronic stress; burnout; 壓力"),
    Row("face_numbness_after_surgery_easing", "Numb face after surgery, easing", "術後臉麻漸好",
        "project", "Numbness that began with surgery and is fading."),
)
_RISK_SURGERY = (
    Row("facial_nerve_surgery", "Surgery on the facial nerve", "顏面神經手術", "S4",
        "An operation on the nerve, also decompression or grafting.",
        "microvascular decompression; nerve graft"),
    Row("skull_surgery", "Surgery on brain or skull", "顱腦手術", "project",
        "An operation on the brain, skull or skull base.",
        "brain surgery; brain operation; craniotomy; neurosurgery; acoustic neuroma surgery; "
        "腦部手術; 開腦"),
    Row("facial_surgery", "Surgery on the face", "臉部手術", "S3",
        "An operation on the face, jaw or parotid gland.",
        "jaw surgery; parotid surgery; face surgery; orthognathic surgery; cheek surgery; "
        "正顎手術"),
    Row("facial_cosmetic_surgery", "Cosmetic surgery of the face", "臉部整形手術", "S3",
        "An operation for looks.",
        "cosmetic_surgery; plastic surgery; eyelid surgery; blepharoplasty; "
        "double eyelid surgery; rhinoplasty; nose job; thread lift; 雙眼皮手術; 隆鼻; 整形; "
        "埋線拉提"),
    Row("facelift", "Facelift", "拉皮手術", "project",
        "An operation that tightens the face.", "face lift"),
    Row("middle_ear_implant", "Middle ear implant", "中耳植入物", "project",
        "An implant in the middle ear, beside the facial nerve.", "cochlear implant; ear implant"),
    Row("ear_surgery", "Surgery on the ear", "耳部手術", "project",
        "An operation on the middle ear or the bone behind it, beside the facial nerve.",
        "middle ear surgery; mastoid surgery; mastoidectomy; tympanoplasty; stapedectomy; "
        "grommets; 中耳手術"),
    Row("head_or_neck_radiation", "Radiation of head or neck", "頭頸部放射治療", "project",
        "Radiation treatment of head, face or neck.",
        "radiation; radiotherapy; radiation therapy; head and neck radiotherapy; gamma knife; "
        "放療; 電療; 放射線治療"),
)
_SURGERY = (
    Row("botulinum_toxin", "Botulinum toxin injections", "肉毒桿菌注射", "S4",
        "Injected into the face, for whatever reason.",
        "botox; botulinum; botox injection; botox injections; masseter botox; 肉毒; 打肉毒; "
        "肉毒桿菌"),
    Row("filler", "Filler injections", "填充劑注射", "project",
        "A filler injected into the face.",
        "dermal filler; fillers; lip filler; hyaluronic acid; 玻尿酸; 填充"),
    Row("tooth_extraction", "Tooth pulled", "拔牙", "project",
        "A tooth was taken out.",
        "wisdom tooth removal; wisdom teeth removed; tooth removal; extraction; 智齒拔除"),
    Row("dental_treatment", "Dental treatment", "牙科治療", "project",
        "A filling, root canal, implant, crown or braces.",
        "dental work; root canal; dental implant; tooth filling; filling of a tooth; crown; "
        "braces; dental surgery; 根管治療; 植牙; 補牙; 牙套; 矯正"),
    Row("thyroid_surgery", "Surgery on the thyroid", "甲狀腺手術", "project",
        "The thyroid was removed, wholly or in part.",
        "thyroidectomy; thyroid removed; thyroid removal; thyroid operation; 甲狀腺切除"),
    Row("parathyroid_surgery", "Surgery on the parathyroid", "副甲狀腺手術", "project",
        "One or more parathyroid glands were removed.",
        "parathyroidectomy; parathyroid removed; 副甲狀腺切除"),
    Row("neck_surgery", "Surgery on the neck", "頸部手術", "project",
        "Another operation on the neck.",
        "neck operation; neck dissection; lymph node removal in the neck; carotid surgery; "
        "cervical spine surgery; 脖子手術"),
    Row("eye_surgery", "Surgery on the eye", "眼睛手術", "project",
        "An operation on the eye, such as for cataract or sight.",
        "cataract surgery; lasik; laser eye surgery; retina surgery; squint surgery; 白內障手術; "
        "近視雷射"),
    Row("stomach_or_bowel_surgery", "Surgery on stomach or bowel", "腸胃手術", "project",
        "An operation after which less is taken up from food.",
        "gastric bypass; bariatric surgery; stomach surgery; bowel surgery; gastrectomy; 胃繞道; "
        "減重手術"),
    Row("implanted_heart_device", "Pacemaker or other heart device", "心律調節器", "project",
        "An implanted device that paces the heart.",
        "pacemaker; implanted defibrillator; icd device; 節律器"),
    Row("other_surgery", "Other operation", "其他手術", "project",
        "The person's own words say what.",
        "surgery; operation; general anesthesia; general anaesthesia; spine surgery; "
        "sinus surgery; tonsillectomy; 手術; 開刀"),
)
_TESTS = (
    Row("normal_brain_mri", "Brain MRI was normal", "腦部MRI正常", "project",
        "The scan showed nothing.", "normal mri; mri normal; brain mri normal"),
    Row("normal_brain_ct", "Brain CT was normal", "腦部CT正常", "project",
        "The scan showed nothing.", "normal ct; ct normal; brain ct normal"),
    Row("ct_no_tumor", "CT showed no tumor", "CT無腫瘤", "project",
        "The scan showed no growth.", "ct_no_tumour"),
    Row("scan_vessel_contact", "Scan showed a vessel at the nerve", "影像顯示血管接觸神經",
        "project", "A scan showed a vessel touching the facial nerve."),
    Row("normal_facial_emg", "Facial nerve test was normal", "顏面肌電圖正常", "project",
        "Electromyography of the face was normal.", "normal_emg; emg normal"),
    Row("normal_electrolytes", "Blood salts were normal", "電解質正常", "project",
        "The blood test was normal.",
        "normal_blood_test; blood_test_normal; normal blood tests; blood tests normal; "
        "normal calcium; calcium normal; normal magnesium; normal potassium"),
    Row("normal_neurology_exam", "Neurologist found nothing", "神經科檢查正常", "project",
        "The examination was normal."),
    Row("normal_neurology_tests", "Neurology tests were normal", "神經科檢驗正常", "project",
        "The tests were normal."),
    Row("recent_nerve_tests", "Nerve tests lately", "近期神經檢查", "project",
        "Tests of the nerves in the last months."),
    Row("normal_eye_exam", "Eye examination was normal", "眼科檢查正常", "project",
        "The eye doctor found nothing.",
        "eye_test_normal; eye exam normal; normal eye test; ophthalmologist_exam_normal"),
    Row("normal_ecg", "Heart tracing was normal", "心電圖正常", "project",
        "The recording of the heartbeat was normal.", "ecg_normal; normal_ekg; ekg normal"),
    Row("normal_thyroid_test", "Thyroid test was normal", "甲狀腺檢查正常", "project",
        "The thyroid hormones were normal.", "normal_thyroid; thyroid_normal"),
    Row("normal_eeg", "Brain wave test was normal", "腦波正常", "project",
        "Electroencephalography was normal.", "eeg normal"),
    Row("normal_hearing_test", "Hearing test was normal", "聽力檢查正常", "project",
        "Hearing was normal.", "hearing test normal; audiogram normal"),
    Row("normal_vitamin_levels", "Vitamin levels were normal", "維生素濃度正常", "project",
        "The vitamins in the blood were normal.", "normal vitamin b12; vitamin levels normal"),
    Row("recent_facial_twitching_assessed", "Twitching assessed lately", "近期已評估抽動",
        "project", "A doctor has looked at this twitching."),
)
_FAMILY = (
    Row("family_tremor", "Tremor in the family", "家族震顫", "S2",
        "A parent, sibling or child has a tremor.",
        "family_history_of_tremor; tremor in family; 家族手抖"),
    Row("family_parkinsons_disease", "Parkinson's disease in the family", "家族帕金森氏症",
        "project", "A parent, sibling or child has it.",
        "family parkinson; family parkinsons; family history of parkinsons disease"),
    Row("family_motor_neuron_disease", "Motor neuron disease in the family", "家族運動神經元疾病",
        "project", "A parent, sibling or child has it.",
        "family als; family mnd; als in the family; 家族漸凍症"),
    Row("family_twitching", "Twitching in the family", "家族抽動", "project",
        "A parent, sibling or child twitches as well.",
        "family tics; family eyelid twitching; family blepharospasm; family hemifacial spasm"),
    Row("family_neurological", "Other neurological condition in the family", "家族其他神經疾病",
        "S1 S2", "A parent, sibling or child has one.",
        "family_history; family; family neurological history; family stroke; family epilepsy; "
        "family multiple sclerosis; family dystonia; family migraine; "
        "neurological disease in the family"),
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
