"""Medicines, the past, check-ins, alerts and looks in the document."""

from datetime import date, timedelta

import pytest

from diary.domain.entries import (
    DatePrecision,
    DoseChange,
    Factor,
    HistoryKind,
    Medication,
    PartialDate,
    RemedyTrial,
    ReportedSymptom,
    StatedMedicine,
    Twitched,
)
from tests.reports.render.fhir.documents import (
    TOLD,
    alert,
    bundle_of,
    closed_alert,
    codes,
    components,
    full_record,
    intake,
    item,
    look,
    one,
    record_of,
    resources,
)
from tests.reports.samples import END, START, check_in, diary_of, uuid

MONTH = PartialDate(day=date(2026, 5, 1), precision=DatePrecision.MONTH)
YEAR = PartialDate(day=date(2024, 1, 1), precision=DatePrecision.YEAR)
DAY = PartialDate(day=date(2026, 6, 20))
LATER = PartialDate(day=date(2027, 1, 1))


def bundle(**changes):
    return bundle_of(record_of(diary_of(**changes)))


def course(**changes):
    return Medication(id=uuid(1), **{"name": "Lithium carbonate", **changes})


def test_a_medicine_has_its_dates_as_exact_as_they_are_known():
    change = DoseChange(changed=DAY, direction="raised", dose="600 mg")
    taken = course(
        medicine_class="lithium", dose="300 mg", started=YEAR, stopped=MONTH, dose_changes=(change,)
    )

    found = one(bundle(medications=(taken,)), "MedicationStatement")

    assert found["effectivePeriod"] == {"start": "2024", "end": "2026-05"}
    assert codes(found["medicationCodeableConcept"]) == ["lithium"]
    assert found["medicationCodeableConcept"]["text"] == "Lithium carbonate"
    assert found["dosage"] == [{"text": "300 mg"}]
    assert found["note"] == [{"time": "2026-06-20", "text": "Dose raised: 600 mg"}]


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, "active"),
        ({"stopped": DAY}, "stopped"),
        ({"stopped": PartialDate(day=END)}, "stopped"),
        ({"stopped": PartialDate(day=END + timedelta(days=1))}, "active"),
        ({"started": LATER}, "intended"),
    ],
)
def test_the_status_of_a_medicine_follows_its_dates(dates, status):
    found = one(bundle(medications=(course(**dates),)), "MedicationStatement")

    assert found["status"] == status


def test_a_medicine_of_the_intake_that_has_a_course_is_not_told_twice():
    told = (
        StatedMedicine(medicine_class="lithium", name="lithium Carbonate"),
        StatedMedicine(medicine_class="diuretic", stopped=True),
    )

    found = resources(
        bundle(medications=(course(),), problem=intake(medicines=told)), "MedicationStatement"
    )

    assert [each["status"] for each in found] == ["active", "stopped"]


def test_a_test_done_has_its_result_and_its_month():
    done = item(1, HistoryKind.TEST, "brain_mri", result="normal", since=MONTH)

    found = one(bundle(history=(done,)), "Observation", code="brain_mri")

    assert found["effectiveDateTime"] == "2026-05"
    assert codes(found["valueCodeableConcept"]) == ["normal"]


@pytest.mark.parametrize("blank", [" \t\n ", "\u00a0", "\ufeff"])
def test_a_result_of_nothing_but_spaces_is_no_result(problems_of, blank):
    done = item(1, HistoryKind.TEST, "brain_mri", result=blank)

    document = bundle(history=(done,))

    assert "valueCodeableConcept" not in one(document, "Observation", code="brain_mri")
    assert problems_of(document) == []


def test_what_runs_in_the_family_is_no_condition_of_the_patient():
    document = bundle(history=(item(1, HistoryKind.FAMILY, "family_tremor"),))

    assert resources(document, "Condition") == []
    assert codes(one(document, "FamilyMemberHistory")["condition"][0]["code"]) == ["family_tremor"]


def test_history_of_the_intake_that_has_an_item_is_not_told_twice():
    told = intake()  # says that the patient smokes, and had an EMG
    items = (item(1, HistoryKind.CONDITION, "smoking", since=YEAR),)

    document = bundle(history=items, problem=told)

    assert one(document, "Condition")["onsetDateTime"] == "2024"
    assert one(document, "Observation", code="emg")


def test_a_remedy_trial_has_its_span_and_the_patients_rating():
    trial = RemedyTrial(id=uuid(2), remedy="less_caffeine", started_on=START, rating="helped")

    found = one(bundle(remedy_trials=(trial,)), "Observation", code="remedy_trial")

    assert found["effectivePeriod"] == {"start": "2026-05-04"}
    assert codes(found["valueCodeableConcept"]) == ["helped"]
    assert codes(components(found, "remedy")[0]["valueCodeableConcept"]) == ["less_caffeine"]


# Check-ins ------------------------------------------------------------------------------------


def answers(items):
    return {each["linkId"]: each.get("answer") or each["item"] for each in items}


def test_a_check_in_answers_the_form_item_by_item():
    said = check_in(
        1,
        START,
        Twitched.UNSURE,
        caffeine_mg=0,
        ill=False,
        impact=0,
        interferes=("work", "eat"),
        symptoms=(ReportedSymptom(symptom="face_droop", present=False),),
        factors=(Factor(factor="own", own_label="chess"),),
    )

    found = answers(one(bundle(check_ins=(said,)), "QuestionnaireResponse")["item"])

    assert found["date"] == [{"valueDate": "2026-05-04"}]
    assert found["twitched"][0]["valueCoding"]["code"] == "unsure"
    assert (found["caffeine_mg"], found["ill"]) == (
        [{"valueInteger": 0}],
        [{"valueBoolean": False}],
    )
    assert found["impact"][0]["valueCoding"]["code"] == "none"
    assert [a["valueCoding"]["code"] for a in found["interferes"]] == ["work", "eat"]
    assert answers(found["symptoms"])["symptoms.present"] == [{"valueBoolean": False}]
    assert answers(found["factors"])["factors.own_label"] == [{"valueString": "chess"}]
    assert "stress" not in found


def test_every_answer_has_its_question_in_the_form():
    document = bundle_of(full_record())
    form = one(document, "Questionnaire")

    asked = set(links(form["item"]))
    for response in resources(document, "QuestionnaireResponse"):
        assert set(links(response["item"])) <= asked
        assert response["questionnaire"] == f"{form['url']}|{form['version']}"


def links(items):
    for each in items:
        yield each["linkId"]
        yield from links(each.get("item", ()))


# Rules and looks ------------------------------------------------------------------------------


def test_an_open_alert_is_a_flag_and_a_closed_one_is_not():
    document = bundle_of(record_of(diary_of(), alerts=(alert(), closed_alert())))

    flag = one(document, "Flag")
    assert flag["status"] == "active"
    assert flag["code"]["coding"][0] == {
        "system": "https://quiver.example/fhir/CodeSystem/rules",
        "version": "3",
        "code": "N1",
    }
    assert flag["period"] == {"start": "2026-06-01T05:30:01.250000Z"}


def test_what_was_told_is_kept_word_for_word_with_its_time():
    document = bundle_of(record_of(diary_of(), alerts=(alert(), closed_alert())))

    told, closed = resources(document, "Communication")
    assert tuple(part["contentString"] for part in told["payload"]) == TOLD
    assert told["sent"] == "2026-06-02T05:30:01.250000Z"
    assert told["about"] == [{"reference": f"urn:uuid:{one(document, 'Flag')['id']}"}]
    assert closed["received"] == "2026-06-01T07:30:01.250000Z"
    assert "about" not in closed


@pytest.mark.parametrize(
    ("rule", "medicine_class"), [("W4", "lithium"), ("W4", "denosumab"), ("N14", "antipsychotic")]
)
def test_a_rule_about_medicines_asks_of_those_of_the_classes_it_looks_at(rule, medicine_class):
    taken = course(medicine_class=medicine_class)
    told = StatedMedicine(medicine_class=medicine_class, name="told")
    other = Medication(id=uuid(9), name="A", medicine_class="eye_drops")
    diary = diary_of(medications=(taken, other), problem=intake(medicines=(told,)))

    document = bundle_of(record_of(diary, alerts=(alert(2, rule),)))

    first, _, last = resources(document, "MedicationStatement")
    issue = one(document, "DetectedIssue")
    assert issue["implicated"] == [
        {"reference": f"urn:uuid:{each['id']}"} for each in (first, last)
    ]
    assert issue["status"] == "preliminary"


def test_a_rule_about_medicines_without_one_entered_is_a_flag_alone():
    document = bundle_of(record_of(diary_of(), alerts=(alert(2, "W4"),)))

    assert resources(document, "DetectedIssue") == []
    assert one(document, "Flag")


def test_a_weekly_look_bears_every_number_of_the_test():
    document = bundle_of(record_of(diary_of(), looks=(look(),)))

    found = one(document, "Observation", code="weekly_look")
    assert codes(found["valueCodeableConcept"]) == ["signal"]
    assert "device" in found
    assert "performer" not in found
    assert components(found, "recent_episodes")[0]["valueInteger"] == 61
    assert components(found, "p")[0]["valueQuantity"]["value"] == 0.00081
    assert components(found, "ratio_interval")[0]["valueRange"] == {
        "low": {"value": 1.25, "unit": "1", "system": "http://unitsofmeasure.org", "code": "1"}
    }


def test_a_look_that_could_not_compare_has_no_ratio():
    nothing = look(p=None, ratio=None, ratio_low=None)
    document = bundle_of(record_of(diary_of(), looks=(nothing,)))

    found = one(document, "Observation", code="weekly_look")
    assert not [c for code in ("p", "ratio", "ratio_interval") for c in components(found, code)]
