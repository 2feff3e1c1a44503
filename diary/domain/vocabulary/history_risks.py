"""Conditions of the past and present that put the nerves at risk and shorten the wait."""

from diary.domain.vocabulary.codes import Row

# fmt: off
RISK_CONDITIONS: tuple[Row, ...] = (
    Row("multiple_sclerosis", "Multiple sclerosis", "多發性硬化症", "S0 S1 S3",
        "Told by a doctor.", "ms; demyelinating disease; demyelination; 多發性硬化"),
    Row("optic_neuritis", "Optic neuritis", "視神經炎", "project",
        "An inflamed optic nerve, told by a doctor.",
        "optic nerve inflammation; inflamed optic nerve; 視神經發炎"),
    Row("parkinsons_disease", "Parkinson's disease", "帕金森氏症", "S0 S2 S4",
        "Told by a doctor.", "parkinson; parkinsonism; parkinsons; 帕金森; 巴金森氏症"),
    Row("facial_palsy", "Facial palsy in the past", "曾有顏面神經麻痺", "S2 S3",
        "The face was paralyzed on one side, now or earlier.",
        "prior_facial_palsy; facial nerve paralysis; temporary facial palsy; "
        "permanent facial palsy; facial paralysis; past facial palsy; 顏面神經麻痺; 面癱"),
    Row("bells_palsy", "Bell's palsy", "貝爾氏麻痺", "S0 S4",
        "A facial palsy a doctor called by this name.", "bell palsy; 貝爾氏麻痹"),
    Row("ramsay_hunt_syndrome", "Ramsay Hunt syndrome", "拉姆齊杭特症候群", "project",
        "Shingles of the ear with a weak face, told by a doctor.",
        "ramsay hunt; ear shingles; shingles of the ear; herpes zoster oticus; 耳帶狀疱疹"),
    Row("synkinesis", "Face moves together after a palsy", "顏面連帶運動", "project",
        "After a facial palsy, parts of the face move together.",
        "facial synkinesis; aberrant regeneration; aberrant reinnervation; "
        "post-paralytic synkinesis; post-palsy synkinesis; 聯帶運動; 連帶運動"),
    Row("melkersson_rosenthal_syndrome", "Melkersson-Rosenthal syndrome", "梅克森羅森塔爾症候群",
        "project", "Swollen lips and facial palsies that come back, told by a doctor.",
        "melkersson rosenthal; granulomatous cheilitis"),
    Row("facial_palsy_current", "Facial palsy now", "目前顏面神經麻痺", "project",
        "The face is paralyzed on one side at present.", "current facial palsy"),
    Row("facial_palsy_recent_other_side", "Recent facial palsy, other side", "近期對側顏面麻痺",
        "project", "A recent palsy of the side that does not twitch."),
    Row("under_treatment_for_facial_palsy", "In treatment for facial palsy", "顏面麻痺治療中",
        "project", "A doctor is treating a facial palsy."),
    Row("stroke", "Stroke", "中風", "S0 S2 S4",
        "A stroke at any time.",
        "cerebral infarction; brain hemorrhage; ischemic stroke; ischaemic stroke; "
        "haemorrhagic stroke; brain haemorrhage; cerebral haemorrhage; 腦中風; 腦梗塞; 腦出血"),
    Row("recent_stroke", "Recent stroke", "近期中風", "project",
        "A stroke in the last months."),
    Row("transient_ischemic_attack", "Transient ischemic attack", "短暫性腦缺血", "project",
        "Signs of a stroke that passed.",
        "tia; mini stroke; transient ischaemic attack; ministroke; 小中風"),
    Row("epilepsy", "Epilepsy", "癲癇", "S0",
        "Told by a doctor.", "seizure disorder; epileptic; seizures; 羊癲瘋"),
    Row("brain_tumor", "Brain tumor", "腦瘤", "S2 S4",
        "Told by a doctor.",
        "brain tumour; acoustic neuroma; vestibular schwannoma; meningioma; glioma; "
        "pituitary tumor; pituitary tumour; facial neuroma; facial schwannoma; brain cancer; "
        "腦腫瘤; 聽神經瘤"),
    Row("brain_infection", "Infection of the brain", "腦部感染", "project",
        "Told by a doctor.", "meningitis; encephalitis; brain abscess; 腦膜炎; 腦炎"),
    Row("brain_vessel_abnormality", "Aneurysm or other vessel problem of the brain", "腦血管異常",
        "project", "Told by a doctor.",
        "brain aneurysm; cerebral aneurysm; aneurysm; arteriovenous malformation; avm; "
        "cavernoma; 腦動脈瘤"),
    Row("motor_neuron_disease", "Motor neuron disease", "運動神經元疾病", "S0 S4",
        "Told by a doctor.",
        "als; amyotrophic lateral sclerosis; upper_motor_neuron_disease; mnd; "
        "motor neurone disease; 漸凍症; motor neuron disorder; lou gehrigs disease; "
        "primary lateral sclerosis; 肌萎縮性脊髓側索硬化症"),
    Row("myasthenia_gravis", "Myasthenia gravis", "重症肌無力", "project",
        "Told by a doctor.", "myasthenia; 肌無力症"),
    Row("guillain_barre_syndrome", "Guillain-Barré syndrome", "格林巴利症候群", "project",
        "Told by a doctor.", "guillain barre; gbs; 格林-巴利"),
    Row("neuromyotonia", "Neuromyotonia", "神經性肌強直", "project",
        "Told by a doctor.",
        "isaacs syndrome; peripheral nerve hyperexcitability; morvan syndrome"),
    Row("huntingtons_disease", "Huntington's disease", "亨丁頓舞蹈症", "project",
        "Told by a doctor.", "huntington; huntington disease"),
    Row("wilsons_disease", "Wilson's disease", "威爾森氏症", "project",
        "Told by a doctor.", "wilson disease"),
    Row("chiari_malformation", "Chiari malformation", "奇亞里畸形", "project",
        "Told by a doctor.", "chiari; arnold chiari malformation"),
    Row("neurodegenerative_disorder", "Other neurodegenerative disorder", "其他神經退化疾病", "S4",
        "Told by a doctor; which one is unsaid.",
        "neurodegenerative; dementia; alzheimers disease; multiple system atrophy; 失智症"),
    Row("hypoparathyroidism", "Underactive parathyroid", "副甲狀腺低下", "S2 S4",
        "Told by a doctor; it lowers calcium.", "low parathyroid; pseudohypoparathyroidism"),
    Row("digeorge_syndrome", "DiGeorge syndrome", "狄喬治症候群", "S2 S4",
        "Told by a doctor; present from birth.", "22q11 deletion; digeorge_signs"),
    Row("facial_nerve_trauma", "Injury of the facial nerve", "顏面神經損傷", "S3 S4",
        "The facial nerve was hurt.",
        "facial nerve damage; facial nerve injury; injured facial nerve"),
    Row("cholesteatoma", "Cholesteatoma", "膽脂瘤", "project",
        "A growth of skin in the middle ear, told by a doctor."),
    Row("parotid_gland_disease", "Lump or disease of the parotid gland", "腮腺腫塊或疾病",
        "project", "The facial nerve runs through this gland before the ear.",
        "parotid tumor; parotid tumour; parotid lump; parotid cancer; salivary gland tumor; "
        "salivary gland tumour; 腮腺瘤"),
    Row("head_trauma", "Head injury", "頭部外傷", "S4",
        "A serious blow to the head or skull.",
        "head injury; skull fracture; concussion; traumatic brain injury; brain injury; 腦震盪; "
        "頭部受傷"),
    Row("neurological_condition_other", "Other neurological condition", "其他神經疾病", "S1",
        "A condition of brain or nerves not in this list.",
        "personal_neurological; neurological conditions; neurological condition; "
        "neurological disorder; hydrocephalus; cerebral palsy; neurofibromatosis; syringomyelia; "
        "myopathy; chorea; 舞蹈症; 神經疾病"),
)
# fmt: on
