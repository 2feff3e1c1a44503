"""Places, signs and illness at the edges a second reading of the rules found."""

import pytest

from diary.domain.entries import Course, Side
from diary.domain.rules.registry import BY_ID, urgent_findings
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import ago, check_in, episode, problem, symptom, view


def test_n4_takes_a_face_of_unsaid_part_for_no_second_region():
    lid = [episode(days, site="eyelid", side=Side.LEFT) for days in range(20, 1, -2)]
    face = episode(0, site="face", side=Side.LEFT)

    assert not holds("N4", view(*lid, face))
    assert holds("N4", view(*lid, episode(0, site="cheek", side=Side.LEFT)))


@pytest.mark.parametrize(("days", "expected"), [(28, True), (29, False)])
def test_n13_lets_a_logged_weakness_speak_for_twenty_eight_days(days, expected):
    weak = check_in(days, symptoms=(symptom("limb_weakness"),))

    assert holds("N13", view(episode(60, site="calf"), weak)) == expected


@pytest.mark.parametrize(
    ("code", "site", "course", "since", "expected"),
    [
        ("muscle_wasting", "calf", Course.WORSENING, 28, True),
        ("stiffness", "tongue", Course.WORSENING, 20, True),
        ("muscle_wasting", "calf", Course.WORSENING, 29, False),
        ("muscle_wasting", "calf", Course.STABLE, 20, False),
        ("muscle_wasting", "cheek", Course.WORSENING, 20, False),
    ],
)
def test_wasting_that_worsens_within_four_weeks_is_urgent(code, site, course, since, expected):
    lost = symptom(code, began_on=ago(since))
    told = problem(since=90, site=site, course=course, symptoms=(lost,))

    assert ("U2" in {f.rule for f in urgent_findings(view(intake=told))}) == expected
    assert holds("N13", view(intake=told)) == (site != "cheek")


@pytest.mark.parametrize("code", ["fever", "cold_symptoms", "sore_throat"])
def test_w6_hears_an_illness_that_is_logged_as_a_symptom(code):
    ill = check_in(7, symptoms=(symptom(code),))

    assert holds("W6", view(episode(), ill))
    assert not holds("W6", view(episode(), check_in(8, symptoms=(symptom(code),))))


def test_a_finding_carries_the_version_of_its_rule():
    finding = judged("W6", view(episode(), check_in(3, ill=True)))

    assert finding.version == BY_ID["W6"].version == 2
    assert BY_ID["E1"].version == 1
