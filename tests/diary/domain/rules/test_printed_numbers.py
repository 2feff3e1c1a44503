"""Every number of an alert follows from what is stored with it, whichever rule raised it."""

from collections import defaultdict
from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import given

from diary.domain.entries import (
    Course,
    EyeClosure,
    Factor,
    HistoryAnswer,
    Onset,
    Person,
    Side,
    StatedMedicine,
    Twitched,
)
from diary.domain.rules.base import Cadence
from diary.domain.rules.registry import RULES
from diary.domain.rules.trends import escalation_over
from diary.domain.symptom_reports import ready
from diary.domain.words.advice import advice_for, phrases_in
from tests.diary.domain.rules.test_trends import STEADY, rows, weekly
from tests.diary.domain.rules.test_words import TOLD_RARELY
from tests.diary.domain.strategies import (
    DIARIES,
    INTAKES,
    check_in,
    episode,
    problem,
    quiet,
    symptom,
    view,
)
from tests.diary.domain.test_sample import view_on
from tests.recomputed_alerts import dates, unaccounted

LANGUAGES = ("en", "zh-Hant")
JUDGED = [rule for rule in RULES if rule.cadence is not Cadence.ALERT]
TWICE = (
    *("seizure", "severe_headache", "throat_spasm", "numbness_at_site", "ear_pain"),
    *("hand_tingling", "lip_tingling", "dizziness", "eye_redness", "eye_closes", "stiffness"),
)


def signs(*names, **fields):
    return tuple(symptom(name, **fields) for name in names)


def on_two_days(name):
    entries = (episode(1, symptoms=signs(name)), check_in(0, symptoms=signs(name)))
    return view(*entries, episode(2, site="tongue"))


def eyelid(days, **fields):
    return view(*(episode(n, site="upper_eyelid") for n in range(0, days, 2)), **fields)


DIARIES_TOLD = [
    view_on(),
    *TOLD_RARELY.values(),
    *(on_two_days(name) for name in TWICE),
    weekly(rows(20, 10)),
    weekly(rows(16, 10, **STEADY)),
    weekly(rows(10, 10, seconds=(60, 60))),
    # Both an episode and the intake, and a day that a check-in alone answers with yes.
    view(*(episode(n) for n in range(0, 20, 3)), check_in(4, Twitched.YES), *quiet(14, 14)),
    view(
        *(check_in(n, Twitched.YES) for n in range(20, -1, -1)), intake=problem(since=40, asked=20)
    ),
    view(*(episode(n) for n in range(179, -1, -3))),
    eyelid(30),
    eyelid(110, intake=problem(site="upper_eyelid", since=120)),
    view(episode(1), episode(0), intake=problem(history=(HistoryAnswer(item="stroke"),))),
    view(
        *(episode(n, site="lower_eyelid") for n in (20, 18, 16)),
        *(episode(n, site="chin", side=Side.LEFT) for n in (1, 0)),
    ),
    view(
        episode(0, symptoms=(*signs("slurred_speech"), symptom("face_droop", onset=Onset.GRADUAL))),
        episode(1, symptoms=signs("face_droop")),
    ),
    view(episode(0, symptoms=signs("severe_headache", onset=Onset.SUDDEN))),
    # Signs that two conditions of one rule take are told once.
    view(episode(3, symptoms=signs("limb_numbness", onset=Onset.SUDDEN, side=Side.LEFT))),
    view(episode(3, symptoms=signs("one_sided_numbness", onset=Onset.GRADUAL, ongoing=True))),
    view(episode(0, symptoms=signs("breathing_difficulty", "eyelid_droop"))),
    view(check_in(0, symptoms=signs("fever", "neck_stiffness"))),
    view(episode(0, symptoms=signs("lip_tingling", "hand_tingling"))),
    view(
        intake=problem(
            since=5, course=Course.WORSENING, symptoms=signs("blurred_vision", "tingling")
        )
    ),
    view(
        episode(3, site="jaw", movement="spasm", symptoms=signs("jaw_cramp")),
        episode(2, site="tongue", movement="contraction"),
        intake=problem(medicines=(StatedMedicine(medicine_class="antipsychotic"),)),
    ),
    view(
        episode(1, symptoms=signs("eye_closes"), eye_closure=EyeClosure.FULL),
        intake=problem(symptoms=signs("eye_closes")),
    ),
    view(episode(3, asleep=True), episode(1, asleep=True), episode(1, name="b", asleep=True)),
    view(check_in(3, ill=True), episode(2), check_in(1, Twitched.YES, impact=3)),
    view(episode(1, visible=False), episode(0, visible=False)),
    view(intake=problem(triggers=(Factor(factor="medication_change"),))),
    view(intake=problem(still_present=False)),
    view(*(episode(n) for n in range(100, 60, -3)), *quiet(59, 0)),
    view(*quiet(99, 0)),
]


def findings_of(diary):
    known = ready(diary)
    return [finding for rule in JUDGED if (finding := rule.judge(known))]


def rise_over():
    risen, settled = weekly(rows(20, 10)), weekly(rows(12, 11))
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
    return names(max(fitting, key=lambda texts: len(texts[1])))


def names(texts):
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_number_of_a_rule_follows_from_what_is_stored(rule):
    assert TOLD[rule.id]
    for finding, diary in TOLD[rule.id]:
        for language in LANGUAGES:
            printed = printed_names(finding, language)
            assert unaccounted(finding, named_records(finding, diary), printed) == {}


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
