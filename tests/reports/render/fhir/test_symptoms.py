"""Bouts, episodes, quiet days and the intake as observations."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from diary.domain.entries import (
    Course,
    Factor,
    MomentPrecision,
    Onset,
    RemedyUse,
    ReportedSymptom,
    Side,
    SitedSide,
    Twitched,
)
from tests.reports.render.fhir.documents import (
    bundle_of,
    codes,
    components,
    intake,
    record_of,
    resources,
)
from tests.reports.samples import END, START, check_in, diary_of, episode

LAST = END - timedelta(days=1)


def observations(code, *entries, **changes):
    episodes = [e for e in entries if hasattr(e, "start")]
    check_ins = [c for c in entries if hasattr(c, "twitched")]
    bundle = bundle_of(record_of(diary_of(episodes, check_ins, **changes)))
    return resources(bundle, "Observation", code=code)


def value(observation, code):
    """Return the value of the one component with this code."""
    (found,) = components(observation, code)
    (name,) = set(found) - {"code"}
    return found[name]


def test_a_bout_that_is_over_has_both_its_days_and_one_that_lasts_has_no_end():
    over, lasting = observations("75325-1", episode(1, START), episode(2, LAST))

    assert over["effectivePeriod"] == {"start": "2026-05-04", "end": "2026-05-04"}
    assert lasting["effectivePeriod"] == {"start": "2026-08-01"}


@pytest.mark.parametrize(("days", "ended"), [(7, False), (8, True)])
def test_a_bout_has_ended_after_a_week_without_twitching(days, ended):
    (found,) = observations("75325-1", episode(1, LAST - timedelta(days=days)))

    assert ("end" in found["effectivePeriod"]) is ended


def test_a_bout_lists_its_episodes_and_no_others():
    bundle = bundle_of(record_of(diary_of([episode(1, START), episode(2, LAST)])))

    bouts = resources(bundle, "Observation", code="75325-1")
    logged = resources(bundle, "Observation", code="episode")
    assert [b["hasMember"] for b in bouts] == [
        [{"reference": f"urn:uuid:{each['id']}"}] for each in logged
    ]


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        ("", ["260912008"]),
        ("twitch", ["260912008", "twitch"]),
        ("tremor", ["26079004", "tremor"]),
        ("spasm", ["45352006", "spasm"]),
    ],
)
def test_the_movement_is_named_neutrally_unless_its_own_code_was_read(movement, expected):
    (found,) = observations("75325-1", episode(1, START, movement=movement))

    assert codes(found["valueCodeableConcept"]) == expected


def test_the_place_has_its_side_in_the_code_and_as_a_qualifier():
    (found,) = observations("episode", episode(1, START))

    site = found["bodySite"]
    assert codes(site) == ["upper_lip:left", "upper_lip", "48477009"]
    assert site["extension"][0]["valueString"] == "left"
    assert site["text"] == "left upper lip"
    assert components(found, "site") == []


def test_a_bout_names_every_place_the_most_frequent_first():
    lid = SitedSide(site="lower_eyelid", side=Side.RIGHT)
    lip = SitedSide(site="upper_lip", side=Side.LEFT)
    days = [START, START + timedelta(days=1)]

    (found,) = observations(
        "75325-1", episode(1, days[0], sites=(lid, lip)), episode(2, days[1], sites=(lip,))
    )

    assert codes(found["bodySite"])[0] == "upper_lip:left"
    assert codes(value(found, "site"))[0] == "lower_eyelid:right"


def test_the_frequency_counts_checked_in_days_only():
    days = [START + timedelta(days=n) for n in range(3)]
    entries = [episode(n, days[n % 2]) for n in range(4)]

    (found,) = observations(
        "75325-1", *entries, check_in(1, days[0], Twitched.YES), check_in(2, days[2])
    )
    (last,) = observations(
        "75325-1", *entries, check_in(1, days[0], Twitched.YES), check_in(2, days[1], Twitched.NO)
    )

    assert value(found, "104156-5")["numerator"]["value"] == 2
    assert value(found, "104156-5")["denominator"]["value"] == 1
    assert value(last, "104156-5")["numerator"]["value"] == 4
    assert value(last, "104156-5")["denominator"]["value"] == 2


def test_a_bout_without_a_checked_in_day_has_no_frequency():
    (found,) = observations("75325-1", episode(1, START))

    assert components(found, "104156-5") == []


def test_a_bout_carries_what_its_episodes_say_once():
    both = {
        "triggers": (Factor(factor="stress", amount=3), Factor(factor="caffeine", present=False)),
        "remedies": (RemedyUse(remedy="massage", helped=True), RemedyUse(remedy="rest")),
    }
    again = {**both, "triggers": (Factor(factor="stress", amount=7),)}

    (found,) = observations(
        "75325-1",
        episode(1, START, strength=3, **both),
        episode(2, START, strength=7, **again),
    )

    assert codes(value(found, "100752-5")) == ["stress", "73595000"]
    assert codes(value(found, "100753-3")) == ["massage"]
    assert value(found, "64750-3")["text"] == "7 of 10"


def test_a_bout_the_intake_states_bears_what_it_says_of_onset_and_course():
    stated = intake(course=Course.WORSENING, onset=Onset.GRADUAL)

    (found,) = observations("75325-1", episode(1, START), problem=stated)

    assert found["effectivePeriod"]["start"] == "2026-05-03"
    assert codes(value(found, "89253-9")) == ["worsening"]
    assert codes(value(found, "99495-4")) == ["gradual"]
    assert codes(value(found, "evidence_from")) == ["both"]


def test_an_episode_has_its_own_time_with_the_offset_of_the_phone():
    (found,) = observations("episode", episode(1, START, 23, 50, duration_seconds=900))

    assert found["effectivePeriod"] == {
        "start": "2026-05-04T23:50:00+08:00",
        "end": "2026-05-05T00:05:00+08:00",
    }
    assert value(found, "duration")["value"] == 900


@pytest.mark.parametrize("precision", [MomentPrecision.DAY, MomentPrecision.PART_OF_DAY])
def test_an_episode_without_a_time_of_day_has_its_day_alone(precision):
    logged = episode(1, START, duration_seconds=60)
    vague = replace(logged, start=replace(logged.start, precision=precision))

    (found,) = observations("episode", vague)

    assert found["effectiveDateTime"] == "2026-05-04"
    assert "effectivePeriod" not in found


def test_an_episode_bears_every_answer_and_nothing_that_was_not_answered():
    numb = ReportedSymptom(symptom="numbness_at_site", present=True)
    no_droop = ReportedSymptom(symptom="face_droop", present=False)

    (found,) = observations(
        "episode",
        episode(1, START, visible=False, strength=0, impact=2, symptoms=(numb, no_droop)),
    )

    assert value(found, "visible") is False
    assert value(found, "64750-3") == 0
    assert codes(value(found, "impact")) == ["moderate"]
    assert codes(value(found, "symptom_present")) == ["numbness_at_site", "44077006"]
    assert codes(value(found, "symptom_denied")) == ["face_droop"]
    assert components(found, "asleep") == []


def test_a_quiet_day_is_a_no_without_an_episode():
    days = [START + timedelta(days=n) for n in range(4)]
    answers = [Twitched.NO, Twitched.YES, Twitched.UNSURE, Twitched.NO]
    check_ins = [
        check_in(n, day, answer) for n, (day, answer) in enumerate(zip(days, answers, strict=True))
    ]

    quiet = observations("111551-8", *check_ins, episode(1, days[3]))

    assert [each["effectiveDateTime"] for each in quiet] == ["2026-05-04"]


def test_the_intake_stands_as_it_was_said():
    (found,) = observations("intake", problem=intake(first_day_earliest=date(2026, 5, 1)))

    assert value(found, "first_day") == {"start": "2026-05-01", "end": "2026-05-03"}
    assert value(found, "seconds_per_bout")["low"]["value"] == 2
    assert codes(value(found, "symptom_denied")) == ["face_numbness", "309557009"]
    assert codes(value(found, "history_absent")) == ["stroke"]
