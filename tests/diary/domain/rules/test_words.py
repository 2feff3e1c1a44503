"""Both languages say something about every rule, and neither says what it must not."""

import re
from dataclasses import replace
from string import Formatter
from types import MappingProxyType

import pytest
from hypothesis import given

from diary.domain.assessment import assess
from diary.domain.entries import (
    Factor,
    HistoryAnswer,
    Onset,
    Person,
    Referral,
    RemedyTrial,
    RemedyUse,
    Side,
    SitedSide,
    StatedMedicine,
    Twitched,
)
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.registry import BY_ID, RULES, urgent_findings
from diary.domain.words.advice import advice_for, emergency_number, phrases_in
from diary.domain.words.en import ENGLISH
from diary.domain.words.zh_hant import TRADITIONAL_CHINESE
from tests.diary.domain.strategies import (
    DIARIES,
    INTAKES,
    SPACE,
    ago,
    check_in,
    episode,
    problem,
    quiet,
    symptom,
    view,
)

LANGUAGES = {"en": ENGLISH, "zh_hant": TRADITIONAL_CHINESE}
FORBIDDEN = {
    "en": [
        r"diagnos(?!is and does not replace)",
        r"significan",
        r"\bnormal",
        r"\byou (have|suffer)\b",
        r"stop (taking|your)",
        r"your trigger|caused? by|proven|percent",
        r"stroke|palsy|bell.s|parkinson|sclerosis|tumou?r|epilep|dystonia|hemifacial|\bals\b",
        r"neuron disease|brain|serious|danger|worr|harmless",
    ],
    "zh_hant": [
        r"診斷(?!.也不能取代)",
        r"顯著|正常|患有|停藥|停止服|停用",
        r"中風|麻痺|帕金森|硬化|腫瘤|癲癇|肌張力|半面|漸凍|大腦",
        r"造成您|證明|嚴重疾病|危險",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_words_and_no_words_lack_a_rule(language):
    told = {key.split(".")[0] for key in LANGUAGES[language].rules}

    assert told == set(BY_ID)


def test_both_languages_have_the_same_entries():
    assert set(ENGLISH.rules) == set(TRADITIONAL_CHINESE.rules)
    assert set(ENGLISH.levels) == set(TRADITIONAL_CHINESE.levels) == {lv.code for lv in Level}
    assert set(ENGLISH.addressees) == set(TRADITIONAL_CHINESE.addressees) == set(Addressee)


@pytest.mark.parametrize("key", ENGLISH.rules)
def test_both_languages_use_the_same_numbers(key):
    def names(phrases):
        return {name for text in phrases.rules[key] for _, name, _, _ in Formatter().parse(text)}

    assert names(ENGLISH) == names(TRADITIONAL_CHINESE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_what_is_forbidden(language):
    for text in LANGUAGES[language].every_text():
        for pattern in FORBIDDEN[language]:
            assert not re.search(pattern, text, re.IGNORECASE), (pattern, text)


@given(DIARIES, INTAKES)
def test_every_finding_can_be_told_in_both_languages(diary, intake):
    for finding in assess(view(*diary[0], *diary[1], intake=intake)).findings:
        for language in ("en", "zh-Hant-TW"):
            advice = advice_for(finding, Person(language=language))

            assert "{" not in advice.title + advice.text
            assert advice.source_line


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("GB", "999"),
        ("us", "911"),
        ("CA", "911"),
        ("AU", "000"),
        ("NZ", "111"),
        ("TW", "119"),
        ("JP", "119"),
        ("KR", "119"),
        ("DE", "112"),
        ("", "112"),
    ],
)
def test_an_emergency_starts_with_the_number_of_the_country(country, number):
    (finding, *_) = urgent_findings(view(episode(symptoms=(symptom("seizure"),))))

    advice = advice_for(finding, Person(country=country))

    assert emergency_number(country) == advice.emergency_number == number
    assert advice.text.startswith(f"Call your emergency number now ({number})")
    assert "even if it has passed" in advice.text
    assert advice.text.endswith("Nobody reads this diary live.")


def test_known_attacks_change_the_words_and_not_the_level():
    history = (HistoryAnswer(item="epilepsy"),)
    told = problem(since=0, symptoms=(symptom("seizure"),), history=history)

    (finding, *_) = urgent_findings(view(intake=told))

    assert finding.level is Level.EMERGENCY
    assert "more than 5 minutes" in advice_for(finding, Person()).text


def test_a_referral_by_the_own_doctor_changes_only_the_words():
    (finding,) = assess(view(intake=problem(since=40))).findings

    direct = advice_for(finding, Person())
    through = advice_for(finding, Person(referral=Referral.VIA_GP))

    assert direct.addressee == through.addressee == "neurologist"
    assert "a neurologist" in direct.title
    assert "your doctor, who can refer you to a neurologist" in through.text


def test_new_twitching_is_told_to_look_again_tomorrow():
    (finding,) = assess(view(intake=problem(since=2))).findings

    assert "Tomorrow" in advice_for(finding, Person()).text


def test_what_is_about_a_medicine_never_changes_it():
    numbers = MappingProxyType({"within_days": 28})
    found = Finding(
        rule="W4", version=1, level=Level.WATCH, addressee=Addressee.PRESCRIBER, numbers=numbers
    )

    assert "keep prescribed medicines as they are" in advice_for(found, Person()).text


def test_an_urgent_finding_has_no_emergency_number_of_its_own():
    told = (symptom("face_droop", onset=Onset.GRADUAL),)
    (finding, *_) = urgent_findings(view(episode(symptoms=told)))

    advice = advice_for(finding, Person())

    assert (advice.level, advice.emergency_number) == ("urgent", None)
    assert "72 hours" in advice.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_names_a_source_with_a_short_locator(rule):
    assert rule.sources
    assert all(len(source.locator.split()) <= 8 for source in rule.sources)


TOLD_RARELY = {
    "U3": view(episode(symptoms=(symptom("eye_redness"), symptom("eye_pain")))),
    "U4": view(
        intake=problem(
            symptoms=(symptom("lip_tingling"),), history=(HistoryAnswer(item="hypoparathyroidism"),)
        )
    ),
    "U5": view(
        intake=problem(
            since=1,
            site="tongue",
            movement="contraction",
            medicines=(StatedMedicine(medicine_class="dopamine_blocking_antiemetic"),),
        )
    ),
    "U9": view(intake=problem(since=3, movement="jerk", continuous=True)),
    "U10": view(
        intake=problem(
            since=2,
            movement="tremor",
            symptoms=(symptom("vomiting"),),
            medicines=(StatedMedicine(medicine_class="lithium"),),
        )
    ),
    "U11": view(
        intake=problem(
            since=2,
            symptoms=(symptom("severe_headache"),),
            history=(HistoryAnswer(item="pregnancy"),),
        )
    ),
    "U12": view(
        intake=problem(
            since=2, symptoms=(symptom("sleepiness"),), triggers=(Factor(factor="trauma"),)
        )
    ),
    "N4": view(intake=problem(side=Side.LEFT, contexts=("asleep",))),
    "N5": view(intake=problem(symptoms=(symptom("eye_closes"),))),
    "N6b": view(intake=problem(symptoms=(symptom("ear_pain"),))),
    "N9": view(
        *(episode(days, site="chin", rhythmic=True, at_rest=True) for days in (15, 8, 1)),
        person=Person(birth_year=1950),
    ),
    "N10": view(
        *(episode(days) for days in range(40)),
        remedy_trials=(RemedyTrial(id=SPACE, remedy="more_sleep", started_on=ago(20)),),
    ),
    "N11": view(intake=problem(impact=3)),
    "N13": view(intake=problem(since=90, site="calf", symptoms=(symptom("stiffness"),))),
    "N14": view(intake=problem(medicines=(StatedMedicine(medicine_class="antipsychotic"),))),
    "N15": view(*(episode(days) for days in (41, 40, 21, 20, 1, 0)), *quiet(39, 22), *quiet(19, 2)),
    "N16": view(*(episode(days, name=str(n)) for days in range(10) for n in range(3))),
    "N21": view(intake=problem(site="hand", side=Side.LEFT, movement="tremor")),
    "N22": view(intake=problem(symptoms=(symptom("weight_loss"), symptom("sweating")))),
    "N23": view(intake=problem(triggers=(Factor(factor="trauma"),))),
    "W10": view(
        intake=problem(
            since=0,
            movement="",
            symptoms=(symptom("numbness_at_site"), symptom("drink_leaks")),
            triggers=(Factor(factor="dental_work"),),
        )
    ),
    "W3": view(intake=problem(contexts=("asleep",))),
    "W4": view(intake=problem(medicines=(StatedMedicine(medicine_class="lithium"),))),
    "W5": view(*(check_in(days, Twitched.YES, stress=8) for days in range(3))),
    "W6": view(intake=problem(history=(HistoryAnswer(item="current_respiratory_infection"),))),
    "W7": view(intake=problem(visible=False)),
    "R1": view(episode(8), *quiet(7, 0)),
    "X1": view(episode(100), *quiet(99, 0)),
}


def judged(rule):
    return BY_ID[rule].judge(TOLD_RARELY[rule])


@pytest.mark.parametrize("rule", TOLD_RARELY)
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_numbers_of_a_finding_fill_its_words(rule, language):
    finding = judged(rule)

    advice = advice_for(finding, Person(language=language))

    assert advice.rule == rule
    assert "{" not in advice.text


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_remedy_and_a_return_told_in_other_words_fill_them_too(language):
    tried = (RemedyUse(remedy="more_sleep", helped=False),)
    tremor = problem(since=20, site="chin", movement="tremor", contexts=("at_rest",))
    first, back = [episode(40 + days) for days in range(12)], [episode(1), episode(0)]
    elsewhere = [replace(e, sites=(SitedSide(site="lower_eyelid"),)) for e in back]
    diaries = {
        "N10": view(intake=problem(since=20, remedies=tried)),
        "N9": view(intake=tremor, person=Person(birth_year=1950)),
        "N15": view(*first, *elsewhere, *quiet(39, 2)),
    }

    for rule, diary in diaries.items():
        found = BY_ID[rule].judge(diary)
        assert found is not None
        advice = advice_for(found, Person(language=language))
        variant = phrases_in(language).rules[f"{rule}.{'moved' if rule == 'N15' else 'told'}"]

        assert advice.title == variant[0]
        assert "{" not in advice.text
