"""Each doctor, watch and calming rule at the edges of its thresholds."""

from datetime import date, timedelta

import pytest

from diary.domain import entries as entries_values
from diary.domain.entries import (
    Course,
    DatePrecision,
    DoseChange,
    EyeClosure,
    Factor,
    HistoryAnswer,
    Medication,
    NumberRange,
    PartialDate,
    Person,
    Side,
    SitedSide,
    StatedMedicine,
    Twitched,
)
from diary.domain.findings import Addressee, EvidenceFrom, Level
from diary.domain.rules.registry import urgent_findings
from tests.diary.domain.rules.asking import holds, judged, medication, twitching
from tests.diary.domain.strategies import (
    SPACE,
    ago,
    check_in,
    episode,
    problem,
    quiet,
    symptom,
    view,
)


@pytest.mark.parametrize(("span", "expected"), [(13, False), (14, True)])
def test_n1_needs_fourteen_days_from_first_to_last(span, expected):
    entries = [episode(days) for days in (span, span - 2, 6, 4, 2, 0)]

    assert holds("N1", view(*entries)) == expected


@pytest.mark.parametrize(("days", "expected"), [((14, 7, 3, 0), False), ((14, 9, 7, 3, 0), True)])
def test_n1_needs_five_logged_twitch_days(days, expected):
    assert holds("N1", view(*(episode(d) for d in days))) == expected


@pytest.mark.parametrize(("quiet_days", "expected"), [(7, True), (8, False)])
def test_n1_needs_twitching_on_forty_percent_of_the_observed_days(quiet_days, expected):
    logged = [episode(days) for days in (14, 11, 8, 4, 0)]
    free = [days for days in range(13, 0, -1) if days not in (11, 8, 4)][:quiet_days]

    assert holds("N1", view(*logged, *(check_in(d) for d in free))) == expected


@pytest.mark.parametrize(("since", "expected"), [(13, False), (14, True)])
def test_n1_holds_on_day_one_when_the_intake_states_fourteen_days(since, expected):
    diary = view(intake=problem(since=since, until=60))

    assert holds("N1", diary) == expected
    if expected:
        assert judged("N1", diary).evidence_from is EvidenceFrom.INTAKE


@pytest.mark.parametrize(
    "calm",
    [
        {"course": Course.IMPROVING},
        {"visible": False},
        {"bouts_per_day": NumberRange(low=0.1, high=0.3)},
        {"contexts": ("being_photographed",)},
        {"course": Course.STABLE, "history": (HistoryAnswer(item="normal_brain_mri"),)},
        {"course": Course.STABLE, "tests": (entries_values.TestDone(test="emg", result="normal"),)},
        {"still_present": False},
        {"movement": "", "symptoms": (symptom("numbness_at_site"),)},
    ],
)
def test_n1_waits_when_the_intake_gives_a_reason_to(calm):
    assert not holds("N1", view(intake=problem(since=40, **calm)))


def test_n1_waits_for_what_has_been_the_same_for_decades():
    assert not holds("N1", view(intake=problem(since=3650)))
    assert holds("N1", view(intake=problem(since=3649)))


def test_a_calm_intake_does_not_silence_the_diary():
    entries = twitching(14)

    assert holds("N1", view(*entries, intake=problem(since=40, course=Course.IMPROVING)))


def test_stated_and_logged_days_count_together():
    diary = view(episode(2), episode(0), intake=problem(since=14, asked=10))

    assert judged("N1", diary).evidence_from is EvidenceFrom.BOTH


@pytest.mark.parametrize(("since", "expected"), [(20, False), (21, True)])
def test_n2_gives_the_eyelid_twenty_one_days(since, expected):
    diary = view(intake=problem(since=since, site="lower_eyelid"))

    assert holds("N2", diary) == expected
    assert not holds("N1", diary)


def test_n3_needs_two_episodes_on_two_days_in_a_new_region():
    eyelid = [episode(days, site="eyelid") for days in (50, 45, 40, 35, 30, 24, 18, 12, 6)]
    once = view(*eyelid, episode(1), episode(1, name="b"))
    twice = view(*eyelid, episode(3), episode(1))

    assert not holds("N3", once)
    assert holds("N3", twice)


@pytest.mark.parametrize("joined", [5, 30, 60])
def test_n3_finds_a_spread_of_any_age_while_the_bout_lasts(joined):
    lip = [episode(day) for day in range(100, 0, -5)]
    lid = [episode(day, site="eyelid") for day in (joined, joined - 2)]

    assert holds("N3", view(*lip, *lid))


def test_n3_takes_the_regions_of_the_first_days_of_a_bout_as_known():
    assert not holds("N3", view(episode(5, site="eyelid"), episode(3), episode(1)))


@pytest.mark.parametrize("course", [Course.SPREADING, Course.MIGRATING])
def test_n3_believes_an_intake_that_says_it_spreads(course):
    assert holds("N3", view(intake=problem(course=course)))
    assert not holds("N3", view(intake=problem(course=course, visible=False)))
    assert not holds("N3", view(intake=problem(course=Course.STABLE)))


def test_n4_needs_one_side_ten_times_and_a_second_region():
    sided = [episode(days, side=Side.LEFT) for days in range(20, 1, -2)]
    eyelid = episode(0, site="eyelid", side=Side.LEFT)

    assert not holds("N4", view(*sided))
    assert not holds("N4", view(*sided[:8], eyelid))
    assert holds("N4", view(*sided, eyelid))
    assert not holds("N4", view(*sided, eyelid, *(episode(d, side=Side.RIGHT) for d in (1, 3))))


def test_n4_believes_a_one_sided_twitch_in_sleep():
    assert holds("N4", view(intake=problem(side=Side.LEFT, contexts=("asleep",))))
    assert not holds("N4", view(intake=problem(side=Side.BOTH, contexts=("asleep",))))


def test_n5_needs_two_days_unless_both_eyes_shut():
    shut = {"site": "eyelid", "eye_closure": EyeClosure.FULL}

    assert not holds("N5", view(episode(1, **shut), episode(1, name="b", **shut)))
    assert holds("N5", view(episode(2, **shut), episode(1, **shut)))
    assert holds("N5", view(episode(1, side=Side.BOTH, **shut)))
    assert holds("N5", view(intake=problem(eye_closure=EyeClosure.FULL)))


@pytest.mark.parametrize(
    ("rule", "code", "addressee"),
    [
        ("N6", "numbness_at_site", Addressee.NEUROLOGIST),
        ("N6b", "ear_pain", Addressee.NEUROLOGIST),
        ("N17", "hand_tingling", Addressee.NEUROLOGIST),
        ("N18", "dizziness", Addressee.OWN_DOCTOR),
        ("N19", "eye_redness", Addressee.EYE_DOCTOR),
    ],
)
def test_a_companion_needs_two_logged_days_or_the_intake(rule, code, addressee):
    told = (symptom(code),)
    once = view(episode(1, symptoms=told), episode(1, name="b", symptoms=told))
    twice = view(episode(2, symptoms=told), check_in(1, symptoms=told))
    intake = view(intake=problem(since=3, symptoms=told))

    assert not holds(rule, once)
    assert judged(rule, twice).addressee is addressee
    assert holds(rule, intake)


TREMOR = {"movement": "tremor", "at_rest": True, "site": "chin"}


@pytest.mark.parametrize(
    ("age", "level"), [(50, Level.SEE_DOCTOR), (49, Level.WATCH), (40, Level.WATCH)]
)
def test_n9_asks_for_a_visit_from_fifty_years_and_watches_from_forty(age, level):
    entries = [episode(days, **TREMOR) for days in (14, 7, 0)]

    diary = view(*entries, person=Person(birth_year=2026 - age))

    assert judged("N9", diary).level is level


def test_n9_needs_three_days_over_fourteen_and_an_age_or_a_sign():
    entries = [episode(days, **TREMOR) for days in (14, 7, 0)]
    fifty, younger = Person(birth_year=1976), Person(birth_year=1987)

    assert not holds("N9", view(*entries, person=younger))
    assert not holds("N9", view(*entries))
    assert not holds("N9", view(*entries[1:], person=fifty))
    assert not holds("N9", view(*(episode(d, **TREMOR) for d in (13, 7, 0)), person=fifty))
    assert holds("N9", view(*entries, check_in(3, symptoms=(symptom("slowness"),))))


def test_n9_leaves_out_a_tremor_that_goes_on_in_action():
    entries = [episode(days, stops_with_action=False, **TREMOR) for days in (14, 7, 0)]

    assert not holds("N9", view(*entries, person=Person(birth_year=1950)))


@pytest.mark.parametrize(("since", "expected"), [(13, False), (14, True)])
def test_n9_believes_the_intake_after_fourteen_days(since, expected):
    told = problem(since=since, site="chin", movement="tremor", contexts=("at_rest",))

    assert holds("N9", view(intake=told, person=Person(birth_year=1950))) == expected


@pytest.mark.parametrize(
    "fields", [{"contexts": ()}, {"site": "calf"}, {"movement": "twitch"}, {"visible": False}]
)
def test_n9_asks_the_intake_for_the_same_as_the_diary(fields):
    told = {"since": 30, "site": "chin", "movement": "tremor", "contexts": ("at_rest",)} | fields

    assert not holds("N9", view(intake=problem(**told), person=Person(birth_year=1950)))


@pytest.mark.parametrize(
    ("fields", "days"),
    [({"impact": 2}, 3), ({"distress": 7}, 3), ({"interferes": ("speak",)}, 2)],
)
def test_n11_needs_several_days(fields, days):
    entries = [check_in(d, Twitched.YES, **fields) for d in range(days)]

    assert holds("N11", view(*entries))
    assert not holds("N11", view(*entries[1:]))
    assert holds("N11", view(intake=problem(**(fields | {"impact": 3}))))


@pytest.mark.parametrize(("since", "expected"), [(6, False), (7, True), (None, True)])
def test_n12_halves_the_wait_when_a_nervous_condition_is_on_record(since, expected):
    history = (HistoryAnswer(item="multiple_sclerosis"),)

    assert holds("N12", view(intake=problem(since=since, history=history))) == expected
    assert not holds("N12", view(intake=problem(since=since)))


@pytest.mark.parametrize("item", ["recent_stroke", "facial_palsy_recent_other_side"])
def test_n12_does_not_wait_after_a_recent_stroke_or_palsy(item):
    told = problem(since=None, history=(HistoryAnswer(item=item),))

    assert holds("N12", view(episode(0), intake=told))
    assert holds("N12", view(intake=told))


def test_n12_takes_an_undated_intake_as_long_enough_beside_a_first_logged_episode():
    told = problem(since=None, history=(HistoryAnswer(item="multiple_sclerosis"),))

    assert holds("N12", view(episode(0), intake=told))


def test_a_changed_feeling_after_dental_work_goes_to_the_dentist():
    numb = (symptom("numbness_at_site"),)
    after = problem(symptoms=numb, triggers=(Factor(factor="dental_work"),))

    assert judged("N6", view(intake=after)).addressee is Addressee.DENTIST
    assert judged("N6", view(intake=problem(symptoms=numb))).addressee is Addressee.NEUROLOGIST


def test_n13_needs_twitching_of_the_body_and_weakness():
    weak = (symptom("limb_weakness"),)

    assert holds("N13", view(intake=problem(since=90, site="calf", symptoms=weak)))
    assert not holds("N13", view(intake=problem(since=90, site="cheek", symptoms=weak)))
    assert not holds("N13", view(intake=problem(since=90, site="calf")))


@pytest.mark.parametrize(("days", "expected"), [(89, False), (90, True)])
def test_n14_needs_ninety_days_on_a_dopamine_blocker(days, expected):
    diary = view(episode(), medications=(medication(days, "antipsychotic"),))

    assert holds("N14", diary) == expected


@pytest.mark.parametrize(("days", "expected"), [(28, True), (29, False)])
def test_w4_looks_twenty_eight_days_back_from_the_bout(days, expected):
    diary = view(episode(), medications=(medication(days, "corticosteroid"),))

    assert holds("W4", diary) == expected


def test_w4_becomes_a_visit_when_the_person_links_it_to_a_change():
    linked = problem(triggers=(Factor(factor="medication_change"),))
    named = problem(medicines=(StatedMedicine(medicine_class="corticosteroid"),))

    assert judged("W4", view(intake=linked)).level is Level.SEE_DOCTOR
    assert judged("W4", view(intake=named)).level is Level.WATCH


@pytest.mark.parametrize(("days", "expected"), [(7, True), (8, False)])
def test_u5_looks_seven_days_back_to_a_start_or_rise(days, expected):
    raised = DoseChange(changed=PartialDate(day=ago(days)), direction="raised")
    spasm = episode(site="jaw", movement="contraction")
    old = medication(300, "dopamine_blocking_antiemetic", dose_changes=(raised,))

    diary = view(spasm, medications=(old,))

    assert ("U5" in {f.rule for f in urgent_findings(diary)}) == expected


@pytest.mark.parametrize(("since", "expected"), [(3, True), (None, True), (60, False)])
def test_u5_takes_a_blocker_of_unsaid_start_for_a_possibly_new_one(since, expected):
    stated = (StatedMedicine(medicine_class="antipsychotic"),)
    told = problem(since=since, symptoms=(symptom("jaw_cramp"),), medicines=stated)

    assert holds("U5", view(intake=told)) == expected


@pytest.mark.parametrize(("history", "expected"), [((), True), (("severe_headaches",), False)])
def test_u6_asks_about_a_severe_headache_without_a_date_unless_it_is_an_old_one(history, expected):
    answers = tuple(HistoryAnswer(item=item) for item in history)
    told = problem(since=None, symptoms=(symptom("severe_headache"),), history=answers)

    assert holds("U6", view(intake=told)) == expected


def test_n11_takes_trouble_with_eating_told_in_the_intake_as_a_hindrance():
    told = problem(since=3, symptoms=(symptom("eating_difficulty"),))

    assert holds("N11", view(intake=told))


def test_u5_does_not_guess_a_day_from_a_month():
    month = PartialDate(day=date(2026, 6, 1), precision=DatePrecision.MONTH)
    taken = Medication(id=SPACE, name="", medicine_class="antipsychotic", started=month)

    assert not holds("U5", view(episode(site="jaw", movement="spasm"), medications=(taken,)))


def test_every_rule_still_holds_as_of_the_last_day_of_its_evidence():
    diary = view(intake=problem(since=40, asked=3))
    found = judged("N1", diary)

    assert found.last_day == ago(3)
    assert holds("N1", view(intake=diary.problem, today=found.last_day))
    assert found.first_day == ago(3) - timedelta(days=37)


def test_sites_of_both_groups_in_an_intake_are_several_places():
    places = (SitedSide(site="cheek"), SitedSide(site="eyelid"))

    assert holds("N3", view(intake=problem(sites=places)))
    assert not holds("N3", view(intake=problem(sites=(SitedSide(site="face"), places[0]))))


def test_n4_needs_the_same_side_over_fourteen_days():
    short = [episode(days % 6, side=Side.LEFT, name=str(days)) for days in range(12)]
    eyelid = episode(0, site="eyelid", side=Side.LEFT)
    mixed = [episode(d, side=Side.LEFT if d % 4 else Side.RIGHT) for d in range(0, 22, 2)]

    assert not holds("N4", view(*short, eyelid))
    assert not holds("N4", view(*mixed, eyelid))


def test_n4_believes_one_side_that_grows_only_after_fourteen_days():
    grows = {"side": Side.LEFT, "course": Course.MORE_FREQUENT}

    assert holds("N4", view(intake=problem(since=14, **grows)))
    assert not holds("N4", view(intake=problem(since=13, **grows)))
    assert not holds("N4", view(intake=problem(since=14, visible=False, **grows)))


def test_n12_waits_for_a_calm_or_ended_intake_without_a_start():
    history = (HistoryAnswer(item="multiple_sclerosis"),)

    assert not holds("N12", view(intake=problem(history=history, visible=False)))
    assert not holds("N12", view(intake=problem(history=history, still_present=False)))


def test_a_region_unsaid_may_be_the_known_one():
    face = [episode(days, site="face") for days in (3, 1)]
    eyelid = [episode(days, site="eyelid") for days in range(50, 5, -5)]
    unnamed = [episode(days, sites=()) for days in range(50, 5, -5)]

    assert not holds("N3", view(*eyelid, *face))
    assert not holds("N3", view(*unnamed, *face))


def test_w4_is_silent_when_it_gets_better_and_without_a_bout():
    medicine = (StatedMedicine(medicine_class="lithium"),)

    assert not holds("W4", view(intake=problem(course=Course.IMPROVING, medicines=medicine)))
    assert not holds("W4", view(medications=(medication(5, "lithium"),)))


def test_a_blocker_without_a_start_is_not_counted_as_long():
    taken = Medication(id=SPACE, name="", medicine_class="antipsychotic")

    assert not holds("N14", view(episode(), medications=(taken,)))


def test_r1_does_not_call_a_stated_older_problem_a_one_off():
    diary = view(
        episode(8), *quiet(7, 0), intake=problem(since=60, course=Course.RESOLVED, asked=8)
    )

    assert not holds("R1", diary)


def test_n4_counts_one_sided_nights_with_a_steady_side():
    sided = [episode(days, side=Side.LEFT) for days in range(20, 1, -2)]
    nights = [episode(days, side=Side.LEFT, name="night", asleep=True) for days in (5, 3)]

    assert not holds("N4", view(*sided, nights[0]))
    assert holds("N4", view(*sided, *nights))
