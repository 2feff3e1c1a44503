"""Words of real questions and facts of the source documents: each has a code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain import entries
from diary.domain.vocabulary import (
    ALL_LISTS,
    CONTEXTS,
    COURSES,
    EYE_CLOSURES,
    HISTORY,
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
)

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


@pytest.mark.parametrize(("codes", "word"), pairs(CORPUS_WORDS))
def test_every_word_of_real_questions_is_known(codes, word):
    assert codes.find(word) is not None


@pytest.mark.parametrize(("codes", "word"), pairs(SOURCE_WORDS))
def test_every_fact_of_the_source_documents_has_a_code(codes, word):
    assert codes.find(word) is not None


def test_a_test_told_as_history_is_known_as_a_test_by_the_same_words():
    told = [entry for entry in HISTORY if entry.kind is entries.HistoryKind.TEST]

    unknown = [w for entry in told for w in (entry.code, *entry.synonyms) if not TESTS.find(w)]

    assert told
    assert unknown == []


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
