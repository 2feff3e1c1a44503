import copy

import pytest

from diary.domain.cases.conversion import records_of
from diary.domain.cases.errors import CaseFileError
from diary.domain.cases.files import read_case_file
from diary.domain.wire.profile import ProfileData
from tests.diary.domain.cases.samples import ASKED, DOCUMENT, RANKS


def changed(**fields):
    document = copy.deepcopy(DOCUMENT)
    document["cases"] = [document["cases"][0] | fields]
    return document


def test_the_age_is_the_middle_of_the_band_and_an_untrusted_sex_is_unsaid():
    file = read_case_file(DOCUMENT)

    profiles = [records_of(case, asked_on=ASKED).profile for case in file.cases]

    assert [profile["birth_year"] for profile in profiles] == [1990, None, 1960]
    assert [profile["sex"] for profile in profiles] == ["female", "", ""]
    for profile in profiles:
        ProfileData.model_validate(profile)


def test_the_answers_and_texts_of_a_file_do_not_reach_the_records():
    first = DOCUMENT["cases"][0]
    other = first | {
        "facts": ["sudden weakness"],
        "doctor_disposition": "go now",
        "rationale": "because",
        "primary_level": "emergency",
        "acceptable_levels": ["emergency"],
        "flags": ["sparse"],
    }

    (plain,) = read_case_file(changed()).cases
    (told,) = read_case_file(changed(**other)).cases

    assert records_of(plain, asked_on=ASKED) == records_of(told, asked_on=ASKED)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"id": 7}, "`id`"),
        ({"asked": "10 April"}, "asked"),
        ({"asked": "2025-02-31"}, "asked"),
        ({"asked": "1066"}, "asked"),
        ({"patient": {"age_band": "old"}}, "age_band"),
        ({"patient": {"sex": "x"}}, "sex"),
        ({"diary": {}}, "diary"),
        ({"primary_level": "soon"}, "primary_level"),
        ({"acceptable_levels": []}, "acceptable_levels"),
    ],
)
def test_a_malformed_case_is_refused_with_the_field(fields, named):
    with pytest.raises(CaseFileError, match=named):
        read_case_file(changed(**fields))


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"levels": DOCUMENT["levels"]},
        {"cases": [], "levels": DOCUMENT["levels"][1:]},
        {"cases": [], "levels": [{"level": "watch"}]},
        DOCUMENT | {"cases": DOCUMENT["cases"][:1] * 2},
    ],
)
def test_a_document_of_another_shape_is_refused(document):
    with pytest.raises(CaseFileError):
        read_case_file(document)


def test_ranks_come_from_the_file():
    file = read_case_file(DOCUMENT)

    assert dict(file.ranks) == RANKS
