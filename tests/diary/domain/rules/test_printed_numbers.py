"""Every number of an alert follows from what is stored with it, whichever rule raised it."""

from collections import defaultdict
from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import given

from diary.domain.entries import Person
from diary.domain.rules.base import Cadence
from diary.domain.rules.registry import RULES
from diary.domain.rules.trends import escalation_over
from diary.domain.symptom_reports import ready
from diary.domain.words.advice import advice_for, phrases_in
from tests.diary.domain.rules.diaries import DIARIES_TOLD
from tests.diary.domain.rules.test_trends import rows, weekly
from tests.diary.domain.strategies import DIARIES, INTAKES, view
from tests.recomputed_alerts import dates, unaccounted

LANGUAGES = ("en", "zh-Hant")
JUDGED = [rule for rule in RULES if rule.cadence is not Cadence.ALERT]


def findings_of(diary):
    known = ready(diary)
    return [finding for rule in JUDGED if (finding := rule.judge(known))]


def rise_over():
    risen, settled = weekly(rows(20, 10)), weekly(rows(12, 9))
    opening = risen.frequency.as_numbers()
    return escalation_over(opening, settled.frequency, settled.previous_frequency)


def told():
    """Return every finding of these diaries by rule, each with the diary it is of."""
    of_rule = defaultdict(list)
    for diary in DIARIES_TOLD:
        for finding in findings_of(diary):
            of_rule[finding.rule].append((finding, diary))
    of_rule["X2"].append((rise_over(), view()))
    return of_rule


TOLD = told()


def named_records(finding, diary):
    """Return the records that the finding names, and no other of the diary."""
    kept = [*diary.episodes, *diary.check_ins, *diary.remedy_trials]
    kept += [diary.problem] if diary.problem else []
    return [record for record in kept if record.id in finding.entries]


def wording(finding, language):
    """Return the key of the words that this finding is told in."""
    phrases, advice = phrases_in(language), advice_for(finding, Person(language=language))
    values = defaultdict(int, finding.numbers, whom=advice.addressee_text)
    fitting = [
        (len(body), key)
        for key, (title, body) in phrases.rules.items()
        if key.split(".")[0] == finding.rule
        and title.format_map(values) == advice.title
        and body.format_map(values) in advice.text
    ]
    return max(fitting)[1]


def printed_names(finding, language):
    """Return the names of the numbers in the words that this finding is told in."""
    return names(phrases_in(language).rules[wording(finding, language)])


def names(texts):
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_number_of_a_rule_follows_from_what_is_stored(rule):
    assert TOLD[rule.id]
    for finding, diary in TOLD[rule.id]:
        for language in LANGUAGES:
            printed = printed_names(finding, language)
            assert unaccounted(finding, named_records(finding, diary), printed) == {}


def test_every_wording_of_a_rule_is_among_them():
    told = {wording(finding, "en") for findings in TOLD.values() for finding, _ in findings}

    assert told == phrases_in("en").rules.keys()


@given(DIARIES, INTAKES)
def test_every_number_follows_from_what_is_stored_in_any_diary(entries, intake):
    diary = view(*entries[0], *entries[1], intake=intake)

    for finding in findings_of(diary):
        assert unaccounted(finding, named_records(finding, diary), set()) == {}, finding.rule


def test_a_number_that_nothing_leads_to_is_found_out():
    finding, diary = TOLD["N16"][0]
    records = named_records(finding, diary)

    invented = replace(finding, numbers={**finding.numbers, "score": 7})
    wrong = replace(finding, numbers={**finding.numbers, "days": 11})

    assert unaccounted(invented, records, set()) == {"score": 7}
    assert unaccounted(wrong, records, set()).keys() == {"days"}
    assert unaccounted(finding, records, {"hours"}).keys() == {"hours"}
    assert unaccounted(replace(finding, rule="N99"), records, set()).keys() >= {"days"}


def test_the_dates_stored_are_those_of_the_diary():
    for finding, diary in [*TOLD["N1"], *TOLD["N2"]]:
        inside = [d for d in diary.days if finding.first_day <= d.local_date <= finding.last_day]

        twitched = {day.local_date for day in inside if day.twitch_day}
        seen = {day.local_date for day in inside if day.observed}
        assert dates(finding.numbers["twitch_dates"]) == twitched
        assert dates(finding.numbers["quiet_dates"]) == seen - twitched
