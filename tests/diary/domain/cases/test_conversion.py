import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.cases.conversion import records_of
from diary.domain.cases.errors import MalformedCase, UnknownField, UnknownToken
from diary.domain.cases.impact import impact_data
from diary.domain.vocabulary import SYMPTOMS
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from tests.diary.domain.cases.samples import ASKED, DOCUMENT, case_of

VOCABULARY = DOCUMENT["about"]["vocabulary"]
SITED = ("site", "side")
CHOICES = ("movement", "course", "onset_type")
LISTS = [field for field in VOCABULARY if field not in (*SITED, *CHOICES)]


def converted(diary, type_=RecordType.PROBLEM):
    """Return the data of the records of one type, each accepted by its wire model."""
    records = records_of(case_of(diary), asked_on=ASKED).records
    for record in records:
        DATA_OF_TYPE[record.type].model_validate(record.data)
    return [record.data for record in records if record.type is type_]


def intake(diary):
    return converted(diary)[0]


def diary_with(field, token):
    if field in SITED:
        return {"sites": [{"site": "face"} | {field: token}]}
    return {field: [token] if field in LISTS else token}


@pytest.mark.parametrize(
    ("field", "token"), [(field, token) for field in VOCABULARY for token in VOCABULARY[field]]
)
def test_every_token_of_the_vocabulary_becomes_data_that_the_wire_models_accept(field, token):
    data = intake(diary_with(field, token))

    if token is not None:
        unsaid = {"sites": [{"site": "face"}]} if field == "side" else {}
        assert data != intake(unsaid)


def some(field):
    return st.lists(st.sampled_from(VOCABULARY[field]), max_size=4, unique=True)


@given(
    st.fixed_dictionaries(
        {field: some(field) for field in LISTS}
        | {field: st.sampled_from(VOCABULARY[field]) for field in CHOICES}
        | {
            "sites": st.lists(
                st.fixed_dictionaries({name: st.sampled_from(VOCABULARY[name]) for name in SITED}),
                max_size=4,
            ),
            "still_present": st.sampled_from([True, False, None]),
            "episode_duration_s": st.none() | st.integers(0, 900_000),
            "onset_days_before_question": st.none() | st.integers(0, 20_000),
        }
    )
)
def test_any_diary_made_of_the_vocabulary_is_accepted_by_the_wire_models(diary):
    data = intake(diary)

    assert {symptom["symptom"] for symptom in data["symptoms"] if symptom["present"]} == {
        found.code for token in diary["associated_symptoms"] if (found := SYMPTOMS.find(token))
    }


@pytest.mark.parametrize("field", [*VOCABULARY, "associated_onset_days"])
def test_an_unknown_token_is_named_with_its_case_and_field(field):
    diary = {field: {"wobble": 3}} if field.endswith("days") else diary_with(field, "wobble")

    with pytest.raises(UnknownToken, match=rf"Case c-1.*'wobble'.*`{field}`"):
        intake(diary)


def test_unknown_diary_fields_are_all_listed():
    with pytest.raises(UnknownField, match="`mood`, `weather`"):
        intake({"weather": "mild", "movement": "twitch", "mood": None})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("visible", "yes"),
        ("impact", 3),
        ("triggers", "stress"),
        ("sites", [{"side": "left"}]),
        ("episodes_per_day", [9, 3]),
        ("episodes_per_day", [1, 2, 3]),
        ("episodes_per_day", -1),
        ("onset_days_before_question", True),
        ("associated_onset_days", ["headache"]),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(field, value):
    with pytest.raises(MalformedCase, match=field):
        intake({field: value})


def test_the_onset_range_becomes_first_day_earliest_and_latest():
    data = intake({"onset_days_before_question": [2, 6]})

    assert data["first_day_earliest"] == "2025-04-04"
    assert data["first_day_latest"] == "2025-04-08"


@given(st.floats(0, 20_000), st.floats(0, 20_000))
def test_any_onset_gives_ordered_days_that_are_not_after_the_question(one, other):
    low, high = sorted((one, other))

    data = intake({"onset_days_before_question": [low, high]})

    assert data["first_day_earliest"] <= data["first_day_latest"] <= data["asked_on"]


def test_what_is_unsaid_stays_unsaid():
    data = intake({"movement": None, "triggers": [], "still_present": None})

    said = {name for name, value in data.items() if value not in (None, [])}

    assert said == {"asked_on", "reported_by"}


def test_numbers_become_ranges_and_rare_bouts_stay_below_one():
    data = intake({"episodes_per_day": 0.07, "episode_duration_s": [3600, 7200]})

    assert data["bouts_per_day"] == {"low": 0.07, "high": 0.07}
    assert data["seconds_per_bout"] == {"low": 3600, "high": 7200}


def test_a_denied_symptom_is_a_stated_absence_unless_it_is_also_stated_present():
    data = intake(
        {
            "associated_symptoms": ["hand_numbness"],
            "denied_symptoms": ["limb_numbness", "facial_droop"],
        }
    )

    stated = [(symptom["symptom"], symptom["present"]) for symptom in data["symptoms"]]
    assert stated == [("limb_numbness", True), ("face_droop", False)]


def test_denied_triggers_are_stated_absences():
    data = intake({"triggers": ["stress"], "denied_triggers": ["heavy_screen_use", "stress"]})

    assert data["triggers"] == [
        {"factor": "stress", "present": True},
        {"factor": "screen_use", "present": False},
    ]


def test_an_age_dates_its_symptom_from_the_latest_start_it_allows():
    data = intake(
        {"associated_symptoms": ["headache"], "associated_onset_days": {"headache": [1, 3]}}
    )

    assert data["symptoms"][0]["began_on"] == "2025-04-09"


def test_an_age_alone_says_that_the_symptom_is_there():
    data = intake({"associated_onset_days": {"headache": 0}})

    assert data["symptoms"][0]["symptom"] == "headache"
    assert data["symptoms"][0]["began_on"] == "2025-04-10"


def test_suddenly_is_said_of_the_symptoms_when_nothing_moves():
    data = intake(
        {
            "onset_type": "sudden",
            "onset_days_before_question": 2,
            "associated_symptoms": ["slurred_speech", "limb_numbness", "headache"],
            "associated_onset_days": {"limb_numbness": 2, "headache": 0},
        }
    )

    onsets = {symptom["symptom"]: symptom["onset"] for symptom in data["symptoms"]}
    assert onsets == {"slurred_speech": "sudden", "limb_numbness": "sudden", "headache": None}


def test_suddenly_is_said_of_the_movement_when_there_is_one():
    data = intake(
        {"onset_type": "sudden", "movement": "twitch", "associated_symptoms": ["tearing"]}
    )

    assert data["onset"] == "sudden"
    assert data["symptoms"][0]["onset"] is None


def test_medicines_keep_their_name_and_a_stopped_one_is_not_on_the_list():
    diary = {"medications": ["aspirin", "blood_pressure_tablet_stopped"]}

    stated, courses = intake(diary)["medicines"], converted(diary, RecordType.MEDICATION)

    assert stated == [
        {"medicine_class": "antiplatelet", "name": "aspirin", "stopped": False},
        {"medicine_class": "antihypertensive", "name": "blood pressure tablet", "stopped": True},
    ]
    assert courses == [{"name": "aspirin", "medicine_class": "antiplatelet"}]


def test_results_told_as_history_or_remedy_become_tests_done():
    data = intake(
        {
            "history": ["normal_brain_mri", "ct_no_tumour", "scan_vessel_contact", "smoking"],
            "remedies_tried": ["ophthalmologist_exam_normal", "neurologist_visit", "massage"],
        }
    )

    assert [(done["test"], done["result"]) for done in data["tests"]] == [
        ("brain_mri", "normal"),
        ("brain_ct", "normal"),
        ("vessel_imaging", "abnormal"),
        ("eye_exam", "normal"),
        ("neurologist_visit", None),
    ]
    assert {"item": "smoking"} in data["history"]


def test_a_movement_still_present_is_an_episode_on_the_day_of_the_question():
    diary = {
        "movement": "twitch",
        "still_present": True,
        "onset_days_before_question": 9,
        "episode_duration_s": 5,
        "context": ["asleep", "reading"],
        "associated_symptoms": ["headache"],
    }

    (episode,) = converted(diary, RecordType.EPISODE)

    assert episode["start"]["at"] == "2025-04-10T12:00:00+00:00"
    assert episode["start"]["precision"] == "day"
    assert episode["duration_seconds"] == 5
    assert episode["asleep"] is True
    assert "symptoms" not in episode


def test_a_movement_that_is_over_is_an_episode_on_its_first_day_when_that_is_exact():
    over = {"movement": "twitch", "still_present": False}

    exact = converted(over | {"onset_days_before_question": 3}, RecordType.EPISODE)
    vague = converted(over | {"onset_days_before_question": [3, 5]}, RecordType.EPISODE)

    assert [episode["start"]["at"][:10] for episode in exact] == ["2025-04-07"]
    assert vague == []


def test_no_episode_is_made_up_where_nothing_moves():
    diary = {"still_present": True, "associated_symptoms": ["face_numbness"]}

    assert converted(diary, RecordType.EPISODE) == []


@pytest.mark.parametrize(
    ("text", "impact", "interferes"),
    [
        ("annoying", 1, []),
        ("severe", 3, []),
        ("afraid of reading and driving", None, ["read", "drive"]),
        ("does not stop work", None, []),
        ("hard to say", None, []),
    ],
)
def test_impact_text_is_kept_and_read_only_where_it_is_plain(text, impact, interferes):
    data = impact_data(text)

    assert data["note"] == text
    assert data.get("impact") == impact
    assert data["interferes"] == interferes
