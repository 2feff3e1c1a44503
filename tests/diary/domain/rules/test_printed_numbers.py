"""Every number that an alert prints stands in its evidence, and follows from what stands there."""

from collections import defaultdict
from string import Formatter

import pytest

from diary.domain.assessment import assess
from diary.domain.entries import Episode, Person
from diary.domain.rules.registry import RULES, weekly_findings
from diary.domain.words.advice import advice_for, phrases_in
from tests import recomputed
from tests.diary.domain.rules.test_trends import STEADY, rows, weekly
from tests.diary.domain.rules.test_words import TOLD_RARELY, judged
from tests.diary.domain.strategies import episode, problem, symptom, view
from tests.diary.domain.test_sample import view_on

LANGUAGES = ("en", "zh-Hant")
NO_NUMBER = {"whom"}
SYMPTOMS = {
    "E3": "seizure",
    "N6": "numbness_at_site",
    "N6b": "ear_pain",
    "N17": "hand_tingling",
    "N18": "dizziness",
    "N19": "eye_redness",
}


def sample():
    diary = view_on()
    return [(finding, diary) for finding in assess(diary).findings]


def risen():
    diaries = [weekly(rows(20, 10)), weekly(rows(16, 10, **STEADY))]
    return [(finding, diary) for diary in diaries for finding in weekly_findings(diary)]


def told(rule):
    """Return the finding of a sign logged on two days."""
    signs = (symptom(SYMPTOMS[rule]),)
    diary = view(episode(1, symptoms=signs), episode(0, name="b", symptoms=signs))
    return next((f, diary) for f in assess(diary).findings if f.rule == rule)


def everything():
    rare = [(judged(rule), diary) for rule, diary in TOLD_RARELY.items()]
    return [*sample(), *risen(), *rare, *(told(rule) for rule in SYMPTOMS)]


def printed_names(finding, language):
    """Return the names of the numbers in the words that this finding is told in."""
    phrases, advice = phrases_in(language), advice_for(finding, Person(language=language))
    values = defaultdict(int, finding.numbers, whom=advice.addressee_text)
    fitting = [
        (title, body)
        for key, (title, body) in phrases.rules.items()
        if key.split(".")[0] == finding.rule
        and title.format_map(values) == advice.title
        and body.format_map(values) in advice.text
    ]
    return names(max(fitting, key=lambda texts: len(texts[1]))) - NO_NUMBER


def names(texts):
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def near(value, again):
    return value == (again if isinstance(again, str) else pytest.approx(again, rel=1e-6))


def entries_of(finding, diary):
    kept = [*diary.episodes, *diary.check_ins, *([diary.problem] if diary.problem else [])]
    return [entry for entry in kept if entry.id in finding.entries]


def bout(finding, entries):
    first, last = finding.first_day, finding.last_day
    return {"days": (last - first).days, "since": first.isoformat()}


def counted(finding, entries):
    episodes = [entry for entry in entries if isinstance(entry, Episode)]
    days = {entry.local_date for entry in episodes}
    return {"episodes": len(episodes), "days": len(days)}


def reported(finding, entries):
    signs = [sign.symptom for entry in entries for sign in entry.symptoms]
    return {"reports": sum(sign in finding.numbers["symptoms"] for sign in signs)}


def compared(finding, entries):
    numbers = finding.numbers
    return {
        f"{part}_rate": numbers[f"{part}_episodes"] / numbers[f"{part}_days"]
        for part in ("before", "during")
    }


def risen_again(finding, entries):
    return recomputed.frequency(finding.numbers)


def stronger_again(finding, entries):
    return recomputed.severity(finding.numbers)


AGAIN = {
    "N1": bout,
    "N3": counted,
    "N4": counted,
    "N7": risen_again,
    "W2": risen_again,
    "N8": stronger_again,
    "N9": counted,
    "N10": compared,
    **dict.fromkeys(("U3", "U4", "U10", "U11", "U12", "W10", "N13", "N22", *SYMPTOMS), reported),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_that_the_words_name_stands_in_the_evidence(language):
    for finding, _ in everything():
        assert printed_names(finding, language) <= finding.numbers.keys(), finding.rule


def test_what_is_told_covers_the_alerts_of_the_sample_diary_and_most_rules():
    found = {finding.rule for finding, _ in everything()}

    assert {"N1", "N3", "N4", "N10", "W5", "N7", "N8", "W2"} <= found
    assert len(found) >= 0.6 * len(RULES)
    assert AGAIN.keys() <= found


def test_what_an_alert_prints_can_be_computed_again_from_its_evidence():
    checked = set()
    for finding, diary in everything():
        if finding.rule not in AGAIN:
            continue
        again = AGAIN[finding.rule](finding, entries_of(finding, diary))
        for name in printed_names(finding, "en") & again.keys():
            assert near(finding.numbers[name], again[name]), (finding.rule, name)
            checked.add((finding.rule, name))
    assert {rule for rule, _ in checked} == AGAIN.keys()


def test_a_stated_bout_prints_days_that_follow_from_its_first_and_last():
    diary = view(intake=problem(since=40, asked=3))

    [finding] = [each for each in assess(diary).findings if each.rule == "N1"]

    assert bout(finding, ()).items() <= finding.numbers.items()
