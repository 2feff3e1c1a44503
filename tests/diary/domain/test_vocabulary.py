"""The vocabulary: closed, without duplicates, in two languages, and found by what people type."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain import entries, vocabulary
from diary.domain.vocabulary import (
    ALL_LISTS,
    CAFFEINE_PRESETS,
    CONTEXTS,
    COURSES,
    EYE_CLOSURES,
    HISTORY,
    HISTORY_STATUSES,
    IMPACT_LEVELS,
    MEDICINE_CLASSES,
    MOVEMENTS,
    NUTRIENTS,
    ONSETS,
    REMEDIES,
    REPORTERS,
    SIDES,
    SITES,
    STRUCTURES,
    SYMPTOMS,
    TESTS,
    TRIGGERS,
    TWITCHED,
    UNITS,
    WARNING_SIGNS,
    Code,
    CodeList,
    DuplicateNameError,
    SiteGroup,
    as_document,
    class_of,
)

SOURCES_PAGE = Path(__file__).parents[3] / "docs" / "sources.md"
TITLES = {
    "S0": "Lip Tremors: Causes and Concerns in Neurology",
    "S1": "Lip Twitching: When to See a Neurologist",
    "S2": "Lip Twitching (Persistent, Once Off) Causes and Diseases",
    "S3": "Facial Nerve Issues: Uncontrollable Lip Twitches Explained",
    "S4": "What Causes Lip Twitching",
}
SIMPLIFIED_ONLY = set("脸动经头颤觉药脑压虑疗检双侧发热单无张伤维钙钾镁钠视听说话饮养学")

TWITCHING_MEDICINES = """corticosteroid diuretic estrogen lithium tricyclic_antidepressant ssri_snri
    psychiatric_medication flunarizine isoniazid neostigmine succinylcholine stimulant topiramate
    opioid other_listing_twitching antipsychotic dopamine_blocking_antiemetic"""

# Words of a corpus of real questions; a diary written in them must be accepted as it is.
CORPUS_WORDS = (
    (CONTEXTS, """asleep at_rest being_photographed drinking eating evening eyes_closed
        facial_expression falling_asleep in_front_of_people lying_down night on_waking reading
        screen_use smiling speaking standing_up working"""),
    (TRIGGERS, """cold dental_work eating emotion excitement fatigue heat hot_cold_drinks infection
        irregular_sleep medication_change screen_use sleep_loss stress surgery talking_to_others
        trauma vaccination alcohol caffeine heavy_screen_use recreational_drugs smoking"""),
    (SYMPTOMS, """awareness_lapse blurred_vision cannot_close_eye cheek_soreness_on_laughing
        cold_symptoms dizziness drink_leaks drooling dry_mouth dryness ear_noise ear_pain
        eating_difficulty eye_burning eye_closes eye_fatigue eyelid_droop_on_movement
        eyelid_heaviness eyelid_odd_sensation face_numbness face_tingling facial_droop
        facial_tightness facial_weakness fatigue fever foaming_at_mouth globus hand_numbness
        hand_tingling headache high_blood_pressure insomnia jaw_cramp light_sensitivity
        limb_numbness limb_weakness lip_tingling loss_of_consciousness nausea neck_stiffness
        numbness_at_site salivation scalp_tingling seizure severe_headache slurred_speech
        sore_throat speech_difficulty swollen_glands tearing visual_disturbance vomiting worry
        comprehension_problem eye_size_difference facial_asymmetry facial_pain irritation itching
        muscle_wasting other_body_symptoms other_head_symptoms pain twitch_elsewhere_in_face
        weakness"""),
    (REMEDIES, """acupuncture botulinum_toxin calcium_magnesium contact_lenses_out diet
        doctor_visit dose_adjustment eye_drops eye_gel heat herbal_medicine massage more_sleep
        neurologist_visit no_caffeine ophthalmologist_exam_normal pressure regular_sleep routine
        screen_breaks steroid_oral_gel supplements willpower"""),
    (MEDICINE_CLASSES, """antibiotic antihypertensive aspirin atorvastatin
        blood_pressure_tablet_stopped botulinum_toxin corticosteroid corticosteroid_stopped
        denosumab heart_medication oestrogen_pill psychiatric_medication risperidone"""),
    (HISTORY, """alcohol anxiety_disorder blepharospasm botulinum_toxin covid_19 ct_no_tumour
        current_respiratory_infection diabetes epilepsy face_numbness_after_surgery_easing facelift
        facial_cosmetic_surgery facial_palsy facial_palsy_current facial_palsy_recent_other_side
        filler hearing_loss heart_disease hemifacial_spasm hip_swelling_pain hypertension
        middle_ear_implant normal_brain_ct normal_brain_mri normal_electrolytes normal_facial_emg
        normal_neurology_exam normal_neurology_tests osteoporosis polycystic_ovary_syndrome
        presbyopia previous_eyelid_twitch previous_lip_twitch_resolved prostate_enlargement
        recent_facial_twitching_assessed recent_nerve_tests recent_stroke recent_throat_infection
        scan_vessel_contact scoliosis severe_headaches smoking spontaneous_pneumothorax stress
        tooth_extraction twitches_elsewhere under_treatment_for_facial_palsy urticaria
        vascular_dementia"""),
    (TESTS, """normal_brain_ct normal_brain_mri normal_electrolytes normal_facial_emg ct_no_tumour
        normal_neurology_exam normal_neurology_tests recent_nerve_tests scan_vessel_contact
        recent_facial_twitching_assessed ophthalmologist_exam_normal"""),
    (SITES, """abdomen arm around_eye back body_side buttock calf cheek chin ear eyebrow eyelid
        face forehead hand head jaw leg lips lower_eyelid lower_lip mouth mouth_corner neck nose
        philtrum shoulder thigh upper_eyelid upper_lip whole_body"""),
    (SIDES, "left right both one"),
    (MOVEMENTS, "contraction jerk quiver spasm tic tremor twitch"),
    (COURSES, """improving intermittent migrating more_frequent resolved spreading stable
        worsening"""),
    (ONSETS, "sudden gradual"),
)  # fmt: skip

# Words of people and doctors, and the code each must lead to; another code would mislead a rule.
FIELD_WORDS = (
    (SYMPTOMS, {
        "tongue_swelling": "tongue_swelling 舌頭腫 swollen-tongue",
        "throat_tightness": "throat_tightness tight-throat 喉嚨緊",
        "throat_spasm": "throat-closing",
        "lip_swelling": "lip_swelling swollen-lips 嘴唇腫",
        "hives": "hives wheals urticaria 蕁麻疹",
        "neck_twisting": "neck_twisting torticollis neck-pulling 斜頸",
        "eyes_roll_up": "eyes_roll_up oculogyric-crisis upward-eye-deviation",
        "jaw_cramp": "lockjaw jaw-locking 牙關緊閉",
        "mouth_movements": "lip_smacking chewing-movements tongue-protrusion 咂嘴",
        "restlessness": "restlessness akathisia agitated 坐立不安",
        "muscle_cramp": "hand_cramp leg_cramps foot-cramp carpopedal-spasm 抽筋",
        "facial_pain": "jaw_pain cheek-pain sinus-pain",
        "jaw_pain_on_chewing": "jaw-claudication chewing-pain",
        "scalp_tenderness": "scalp_tenderness sore-scalp",
        "temple_pain": "temple-headache",
        "shooting_pain": "electric-shock-pain stabbing-pain",
        "toothache": "toothache tooth-pain 牙痛",
        "teeth_grinding": "teeth_grinding bruxism jaw-clenching 磨牙",
        "synkinesis": "synkinesis mouth-moves-when-blinking 連帶運動",
        "tearing_when_eating": "crocodile-tears",
        "taste_change": "loss-of-taste metallic-taste",
        "hyperacusis": "hyperacusis sound-sensitivity phonophobia 怕吵",
        "ear_discharge": "ear_discharge otorrhoea 耳漏",
        "eye_irritation": "gritty_eyes sandy-eyes",
        "eyelid_swelling": "puffy-eyelid stye 針眼",
        "eye_bulging": "bulging-eyes exophthalmos 凸眼",
        "nystagmus": "nystagmus jumping-eyes",
        "unequal_pupils": "unequal-pupils anisocoria",
        "hand_tremor": "shaky-hands finger-tremor 手震",
        "chin_or_jaw_tremor": "chin-tremor jaw-tremor lip-tremor",
        "body_tremor": "tremor trembling internal-tremor 發抖",
        "small_handwriting": "micrographia",
        "reduced_expression": "masked-face hypomimia",
        "face_droop": "crooked_smile mouth-drooping 嘴角下垂",
        "facial_weakness": "face-paralysis paralysed-face 面癱",
        "breathing_difficulty": "breathlessness dyspnoea cannot-breathe 喘不過氣",
        "loss_of_consciousness": "fainted collapse syncope 昏迷",
        "dizziness": "feeling-faint light-headed 眩暈",
        "chest_pain": "chest-tightness 胸悶",
        "sweating": "sweating night-sweats 冒汗",
        "heat_intolerance": "heat_intolerance 怕熱",
        "tongue_twitching": "tongue-fasciculations",
    }),
    (HISTORY, {
        "pregnancy": "pregnancy pregnant 懷孕",
        "recent_childbirth": "postpartum gave-birth 產後",
        "thyroid_surgery": "thyroid_surgery thyroidectomy 甲狀腺切除",
        "parathyroid_surgery": "parathyroidectomy",
        "neck_surgery": "neck-surgery neck-dissection",
        "optic_neuritis": "optic_neuritis 視神經炎",
        "contact_lenses": "contact_lenses contacts 隱形眼鏡",
        "refractive_error": "myopia short-sighted astigmatism 近視",
        "allergy": "allergy hay-fever 過敏性鼻炎",
        "severe_allergic_reaction": "anaphylaxis angioedema 過敏性休克",
        "sinusitis": "sinus_infection sinusitis 鼻竇炎",
        "myasthenia_gravis": "myasthenia_gravis 重症肌無力",
        "ramsay_hunt_syndrome": "ramsay-hunt ear-shingles",
        "synkinesis": "facial-synkinesis aberrant-regeneration 聯帶運動",
        "tardive_dyskinesia": "tardive_dyskinesia oral-dyskinesia",
        "dystonia": "cervical-dystonia torticollis 斜頸",
        "hemifacial_spasm": "面肌痙攣",
        "head_or_neck_radiation": "radiotherapy 放射線治療",
        "ear_surgery": "mastoidectomy",
        "cholesteatoma": "cholesteatoma",
        "giant_cell_arteritis": "temporal-arteritis gca",
        "dental_treatment": "root-canal dental-implant braces 植牙",
        "facial_cosmetic_surgery": "blepharoplasty 雙眼皮手術",
        "normal_ecg": "normal_ecg ecg_normal",
        "normal_eye_exam": "eye_test_normal",
    }),
    (SITES, {
        "glabella": "glabella frown-line 眉間",
        "palate": "soft-palate uvula",
        "around_eye": "crows-feet 眼角",
        "tear_trough": "eye-bags 臥蠶",
        "jaw": "masseter 咬肌",
    }),
    (MOVEMENTS, {
        "rippling": "rippling worm-like myokymia 蠕動",
        "twitch": "flickering fasciculations 肉跳",
        "quiver": "fluttering vibrating",
        "synkinesis": "synkinesis moves-together 連動",
        "blinking": "blinking winking",
        "chewing": "lip-smacking",
        "jerk": "myoclonic",
        "contraction": "dystonic",
    }),
    (CONTEXTS, {
        "blinking": "blinking closing-the-eyes",
        "touching_face": "shaving brushing-teeth 洗臉",
        "facial_expression": "puckering raising-eyebrows 嘟嘴",
        "yawning": "yawning 打哈欠時",
        "screen_use": "gaming 滑手機",
        "all_day": "all-day 整天",
    }),
    (TRIGGERS, {
        "touch": "touch rubbing-the-eyes 刷牙",
        "crying": "crying 哭泣",
        "facial_movement": "smiling blinking",
        "dental_work": "root-canal local_anaesthetic 植牙",
        "cosmetic_treatment": "botox filler 玻尿酸",
        "menstruation": "period 生理期",
        "hunger": "skipped-meals 低血糖",
        "bright_light": "sunlight flickering-light",
        "startle": "loud-noise",
        "irregular_sleep": "night-shift 時差",
    }),
    (REMEDIES, {
        "antihistamine": "antihistamine cetirizine 過敏藥",
        "ophthalmologist_visit": "eye_test_normal eye-exam",
        "dental_splint": "night-guard mouthguard 護牙套",
        "sensory_trick": "sensory-trick chewing-gum",
        "botulinum_toxin": "botox-injections 打肉毒",
        "surgery_decompression": "microvascular-decompression mvd",
        "physiotherapy": "facial-retraining mime-therapy 復健",
        "antiepileptic": "carbamazepine",
        "benzodiazepine": "clonazepam 安眠藥",
    }),
    (MEDICINE_CLASSES, {
        "decongestant": "decongestant oxymetazoline 鼻塞藥",
        "stimulant": "pseudoephedrine",
        "local_anesthetic": "local_anaesthetic lidocaine-2% articaine 麻藥",
        "acid_blocker": "omeprazole-20-mg proton-pump-inhibitor 胃藥",
        "bronchodilator": "salbutamol-inhaler",
        "local_steroid": "fluticasone-nasal-spray",
        "corticosteroid": "steroid-cream 類固醇藥",
        "cold_medicine": "cough-syrup 感冒藥",
        "benzodiazepine": "sleeping-pills 安眠藥",
        "multivitamin": "multivitamin 維他命",
    }),
    (TESTS, {
        "eye_exam": "eye_test eye_test_normal 視力檢查",
        "heart_tracing": "ecg normal_ecg 心電圖",
        "brain_mri": "mri-scan 核磁共振",
        "nerve_tests": "nerve-conduction",
        "thyroid": "tsh normal_thyroid",
    }),
    (COURSES, {
        "intermittent": "on-and-off waxing-and-waning 反覆",
        "worsening": "progressive 惡化",
        "improving": "better 好轉",
    }),
    (SIDES, {"one": "unilateral", "left": "左邊", "both": "雙側"}),
)  # fmt: skip

# The checklist of facts in the five source documents.
SOURCE_WORDS = (
    (HISTORY, """eyelid_myokymia facial_myokymia benign_fasciculation_syndrome
        benign_nerve_hyperexcitability myoclonus fasciculation unstable_neural_discharge
        muscle_origin_no_nerve_signal essential_tremor physiological_tremor psychological_tremor
        drug_induced_tremor hysterical_tremor pill_rolling_tremor parkinsons_disease dystonia
        hemifacial_spasm facial_nerve_compression bells_palsy facial_palsy stroke
        multiple_sclerosis facial_nerve_inflammation neuritis scrub_typhus trigeminal_involvement
        brainstem_structure_problem facial_nerve_trauma head_trauma facial_tic tourette_syndrome
        als upper_motor_neuron_disease muscular_dystrophy spinal_cord_injury
        antagonist_muscle_imbalance motor_signaling_abnormality neurodegenerative_disorder
        hypoparathyroidism digeorge_syndrome digeorge_signs alcoholic_neuropathy
        thyroid_dysfunction sleep_disorder metabolic_disorder electrolyte_imbalance
        potassium_deficiency nutritional_or_vitamin_deficiency low_gaba neurotransmitter_imbalance
        anxiety autonomic_dysregulation psychogenic_twitch mood_disorder caffeine_toxicity pcos
        urticaria prior_facial_palsy cosmetic_surgery family personal_neurological"""),
    (MOVEMENTS, "twitch spasm shaking tic tremor quiver"),
    (CONTEXTS, """at_rest action activity asleep on_waking night morning eyes_closed concentrating
        tv stops_with_activity"""),
    (COURSES, "once_off intermittent site_migration site_spread self_resolved"),
    (EYE_CLOSURES, "forces_eye_closed"),
    (REPORTERS, "self observer"),
    (SITES, """upper_lip lower_lip eyelid_upper eyelid_lower tear_trough apple_cheek cheek
        mouth_corner lower_jaw eyebrow hemiface head arm hand tongue voice_box finger whole_body
        extremities feet throat"""),
    (STRUCTURES, "CN_VII CN_V brain spinal_cord parathyroid lymph_nodes"),
    (TRIGGERS, """stress work_stress anxiety anxiety_loop emotion fear sadness anger joy fatigue
        muscle_fatigue overwork poor_sleep sleep_deprivation late_nights irregular_routine caffeine
        coffee tea soda chocolate energy_drink caffeine_increase other_stimulants alcohol_excess
        illicit_drugs withdrawal opioid_withdrawal dehydration eye_strain exercise_prolonged
        acute_viral_infection cold_or_uri systemic_inflammation infection_of_nerve medication
        nutrition_deficit physical_trauma bump surgery_facial genetic environmental own
        alcohol street_drugs"""),
    (SYMPTOMS, """numbness weakness sensation_change coordination_change face_droop eyelid_droop
        one_sided_weakness_or_paralysis speech_difficulty severe_headache frequent_headache
        eye_fatigue nausea vision_change loss_of_consciousness seizure dizziness pain eye_redness
        eye_discharge other_face_or_body_twitch tightness burning tingling pins_and_needles
        hand_tremor slowness rigidity sounds_or_movements behaviour irritability tension panic
        distress eating_speaking_expression_difficulty self_conscious embarrassed social_withdrawal
        isolation muscle_cramp bone_pain arrhythmia throat_inflamed nodes_swollen"""),
    (MEDICINE_CLASSES, """diuretic corticosteroid estrogen neostigmine succinylcholine nortriptyline
        lithium flunarizine isoniazid antipsychotic psychiatric_medication opioid
        any_listing_fasciculation"""),
    (REMEDIES, """prednisone acyclovir botulinum_toxin dopamine_blocker alpha_agonist antidepressant
        edaravone riluzole PB/taurursodiol tofersen levodopa dopamine_inhibitor anticholinergic
        calcium vitamin_d palopegteriparatide potassium_supplement b_vitamins decompression
        nerve_graft DBS oral no_drug_needed experimental symptom_diary monitor
        disregard_if_not_recurring avoid_coffee limit_stimulants limit_alcohol stop_alcohol
        regular_routine rest take_a_break sleep deep_breathing meditation yoga mindfulness nature
        muscle_relaxation self_adjust hydrate water_bottle balanced_diet electrolyte_foods
        potassium_foods snacks pressure_on_area warm_compress gentle_massage exercise
        review_medications alternatives tell_supervisor cbt support_groups online_forums counseling
        alcohol_treatment_support"""),
    (TESTS, """neurological_exam imaging mri emg blood_work physical_exam history lifestyle_review
        thyroid_check neurologist ophthalmologist family_medicine multidisciplinary"""),
    (NUTRIENTS, """potassium magnesium calcium sodium phosphorus vitamin_b12 b_vitamins vitamin_d
        vitamin_e"""),
)  # fmt: skip


def pairs(table):
    """Return one test case per word, named `list-word`."""
    return [
        pytest.param(codes, word, id=f"{codes.name}-{word}")
        for codes, words in table
        for word in words.split()
    ]


def code(name, **changes):
    """Return a code whose only word is its name, unless changed."""
    given_fields = {"meaning": "A thing.", "label_en": name, "label_zh": name, "sources": ("S0",)}
    return Code(code=name, **{**given_fields, **changes})


@pytest.mark.parametrize(("codes", "word"), pairs(CORPUS_WORDS))
def test_every_word_of_real_questions_is_known(codes, word):
    assert codes.find(word) is not None


@pytest.mark.parametrize(("codes", "word"), pairs(SOURCE_WORDS))
def test_every_fact_of_the_source_documents_has_a_code(codes, word):
    assert codes.find(word) is not None


@pytest.mark.parametrize(
    ("codes", "word", "expected"),
    [
        pytest.param(codes, word, expected, id=f"{codes.name}-{word}")
        for codes, words_of in FIELD_WORDS
        for expected, words in words_of.items()
        for word in words.split()
    ],
)
def test_a_word_of_the_field_leads_to_its_own_code(codes, word, expected):
    found = codes.find(word)

    assert found is not None
    assert found.code == expected


def test_a_test_told_as_history_is_known_as_a_test_by_the_same_words():
    told = [entry for entry in HISTORY if entry.kind is entries.HistoryKind.TEST]

    unknown = [w for entry in told for w in (entry.code, *entry.synonyms) if not TESTS.find(w)]

    assert told
    assert unknown == []


@pytest.mark.parametrize("codes", ALL_LISTS, ids=lambda codes: codes.name)
def test_every_code_has_words_in_both_languages_and_a_known_source(codes):
    for entry in codes:
        assert entry.label_en.strip()
        assert entry.label_zh.strip()
        assert entry.meaning.endswith(".")
        assert entry.sources
        assert set(entry.sources) <= {*TITLES, "project"}
        assert ("project" in entry.sources) == (entry.sources == ("project",))


@pytest.mark.parametrize("codes", ALL_LISTS, ids=lambda codes: codes.name)
def test_chinese_labels_hold_no_character_that_is_only_simplified(codes):
    used = set("".join(entry.label_zh for entry in codes))

    assert not used & SIMPLIFIED_ONLY


def test_no_two_lists_share_a_name():
    names = [codes.name for codes in ALL_LISTS]

    assert len(names) == len(set(names))


def test_a_list_refuses_the_same_code_twice():
    with pytest.raises(DuplicateNameError):
        CodeList("things", (code("one"), code("one", label_en="other", label_zh="other")))


def test_a_list_refuses_a_synonym_that_is_another_code():
    with pytest.raises(DuplicateNameError):
        CodeList("things", (code("first_thing"), code("second", synonyms=("First Thing",))))


def test_membership_and_get_take_codes_only():
    assert "corticosteroid" in MEDICINE_CLASSES
    assert "prednisone" not in MEDICINE_CLASSES
    assert MEDICINE_CLASSES.get("prednisone") is None
    assert MEDICINE_CLASSES["corticosteroid"] is MEDICINE_CLASSES.get("corticosteroid")


@given(st.data())
def test_a_name_is_found_whatever_its_case_and_separators(data):
    codes = data.draw(st.sampled_from(ALL_LISTS))
    entry = data.draw(st.sampled_from(list(codes)))
    name = data.draw(st.sampled_from(entry.names()))
    separator = data.draw(st.sampled_from([" ", "_", "-", "  "]))

    found = codes.find(f" {name.upper()} ".replace(" ", separator))

    assert found is entry


@pytest.mark.parametrize("nonsense", ["", "   ", "no such thing at all", "lip lip lip"])
def test_an_unknown_text_finds_nothing(nonsense):
    assert [codes.name for codes in ALL_LISTS if codes.find(nonsense)] == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Prednisone", "corticosteroid"),
        ("steroid", "corticosteroid"),
        ("cortisone", "corticosteroid"),
        ("類固醇", "corticosteroid"),
        ("Prednisolone 5 mg tablets", "corticosteroid"),
        ("corticosteroid_stopped", "corticosteroid"),
        ("blood_pressure_tablet_stopped", "antihypertensive"),
        ("Losartan/hydrochlorothiazide", "diuretic"),
        ("losartan potassium", "antihypertensive"),
        ("vitamin D 1000 IU", "vitamin_d"),
        ("Metoclopramide (10mg)", "dopamine_blocking_antiemetic"),
        ("risperidone", "antipsychotic"),
        ("oestrogen_pill", "estrogen"),
        ("some other pill", None),
        ("non-steroidal", None),
        ("", None),
    ],
)
def test_a_typed_medicine_is_put_in_its_class(typed, expected):
    assert class_of(typed) == expected


def test_every_dopamine_blocker_may_cause_twitching():
    blockers = [entry for entry in MEDICINE_CLASSES if entry.dopamine_blocker]

    assert {entry.code for entry in blockers} == {"antipsychotic", "dopamine_blocking_antiemetic"}
    assert all(entry.may_cause_twitching for entry in blockers)


def test_the_medication_rule_looks_at_exactly_the_named_classes():
    marked = {entry.code for entry in MEDICINE_CLASSES if entry.may_cause_twitching}

    assert marked == set(TWITCHING_MEDICINES.split())


@pytest.mark.parametrize(
    ("group", "members"),
    [
        (SiteGroup.EYELID, "upper_eyelid lower_eyelid eyelid eyebrow glabella around_eye forehead"),
        (
            SiteGroup.LOWER,
            """tear_trough cheek upper_lip lower_lip lips mouth_corner mouth philtrum chin nose""",
        ),
        (SiteGroup.OTHER_FACE, "jaw neck tongue throat palate voice_box ear head scalp"),
        (SiteGroup.FACE, "face"),
        (
            SiteGroup.BODY,
            """arm hand finger leg thigh calf foot limb shoulder back abdomen buttock body_side
            trunk whole_body""",
        ),
    ],
)
def test_every_site_is_in_the_group_the_rules_count_it_in(group, members):
    assert {site.code for site in SITES if site.group is group} == set(members.split())


def test_sites_of_the_midline_have_no_side():
    unsided = {site.code for site in SITES if not site.sided}

    assert unsided == {
        "tongue", "throat", "palate", "voice_box", "back", "abdomen", "trunk", "whole_body"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "answers"),
    [
        (SIDES, entries.Side),
        (ONSETS, entries.Onset),
        (COURSES, entries.Course),
        (EYE_CLOSURES, entries.EyeClosure),
        (TWITCHED, entries.Twitched),
        (REPORTERS, entries.Reporter),
        (HISTORY_STATUSES, entries.HistoryStatus),
    ],
    ids=lambda value: getattr(value, "name", None) or value.__name__,
)
def test_the_fixed_answers_are_those_of_the_records(codes, answers):
    assert set(codes.codes) == {answer.value for answer in answers}


def test_daily_questions_are_fields_of_the_check_in():
    asked = {entry.check_in_field for entry in TRIGGERS if entry.check_in_field}

    assert asked <= set(entries.CheckIn.__dataclass_fields__)
    assert {entry.unit for entry in TRIGGERS if entry.unit} <= set(UNITS.codes)


def test_caffeine_presets_follow_from_the_daily_limit_and_its_equivalents():
    assert {entry.code: 400 // entry.milligrams for entry in CAFFEINE_PRESETS} == {
        "coffee": 5,
        "energy_drink": 4,
        "soda": 10,
    }


def test_impact_levels_run_from_zero_to_three():
    assert [level.value for level in IMPACT_LEVELS] == [0, 1, 2, 3]


def test_warning_signs_are_symptoms_each_asked_once():
    assert all(sign in SYMPTOMS for sign in WARNING_SIGNS)
    assert len(WARNING_SIGNS) == len(set(WARNING_SIGNS))


def test_a_nervous_system_disease_counts_as_a_risk_and_a_harmless_past_does_not():
    risks = {entry.code for entry in HISTORY if entry.neurological_risk}

    assert {"multiple_sclerosis", "parkinsons_disease", "bells_palsy", "stroke"} <= risks
    assert {"transient_ischemic_attack", "epilepsy", "brain_tumor", "head_trauma"} <= risks
    assert {"motor_neuron_disease", "hypoparathyroidism", "digeorge_syndrome"} <= risks
    assert {"optic_neuritis", "myasthenia_gravis", "cholesteatoma", "ear_surgery"} <= risks
    assert not risks & {"diabetes", "tooth_extraction", "filler", "anxiety_disorder", "urticaria"}
    assert not risks & {"pregnancy", "thyroid_surgery", "contact_lenses", "allergy", "sinusitis"}


@pytest.mark.parametrize(
    ("asked", "language", "lips"),
    [("en", "en", "Lips"), ("zh-Hant", "zh-Hant", "嘴唇"), ("zh_TW", "zh-Hant", "嘴唇"),
     ("de", "en", "Lips"), ("", "en", "Lips")],
)  # fmt: skip
def test_the_document_is_plain_json_in_the_asked_language(asked, language, lips):
    document = as_document(asked)

    labels = {entry["code"]: entry["label"] for entry in document["lists"]["sites"]}
    assert document["version"] == vocabulary.VERSION
    assert document["language"] == language
    assert labels["lips"] == lips
    assert json.loads(json.dumps(document)) == document


def test_the_document_carries_the_fields_of_each_list():
    document = as_document("en")

    steroid = document["lists"]["medicine_classes"][0]
    assert steroid["code"] == "corticosteroid"
    assert steroid["may_cause_twitching"] is True
    assert "prednisone" in steroid["examples"]
    assert "label_zh" not in steroid
    assert set(document["lists"]) == {codes.name for codes in ALL_LISTS}


@pytest.mark.parametrize(("key", "title"), TITLES.items())
def test_the_page_of_sources_lists_each_source_document(key, title):
    page = SOURCES_PAGE.read_text(encoding="utf-8")

    assert f"| {key} | {title}" in page
