"""Hypothesis strategies for whole diaries: every code there is, hostile texts, odd times."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from diary.domain import entries
from diary.domain.entries import Moment, MomentPrecision, PartialDate, Person, Twitched
from diary.domain.vocabulary import (
    CONTEXTS,
    DIRECTIONS,
    HISTORY,
    INTERFERES,
    MEDICINE_CLASSES,
    MOVEMENTS,
    REMEDIES,
    SITES,
    SYMPTOMS,
    TEST_RESULTS,
    TESTS,
    TRIGGERS,
)
from tests.reports.render.fhir.documents import alert, look, record_of
from tests.reports.samples import END, START, diary_of

TEXTS = st.one_of(
    st.just(""),
    st.text(max_size=30),
    st.sampled_from(
        [
            "<script>&",
            "\u202eabc",
            "a\u00a0b\u2028c\u0001\ud800",
            " \t\n ",
            "\ufeff",
            "\ufeff\U0001f600",
        ]
    ),
)
IDS = st.uuids()
DAYS = st.dates(START, END - timedelta(days=1))
LONG_AGO = st.dates(START - timedelta(days=4_000), END)
YES_NO = st.none() | st.booleans()
SCORES = st.none() | st.integers(0, 10)
PARTIAL = st.none() | st.builds(
    PartialDate, day=LONG_AGO, precision=st.sampled_from(entries.DatePrecision)
)


def some(codes, most=3):
    return st.lists(st.sampled_from(codes.codes), max_size=most, unique=True).map(tuple)


def many(each, most=3):
    return st.lists(each, max_size=most).map(tuple)


def one_of(codes):
    return st.just("") | st.sampled_from(codes.codes)


SITED = st.builds(
    entries.SitedSide,
    site=st.sampled_from(SITES.codes),
    side=st.none() | st.sampled_from(entries.Side),
)
REPORTED = st.builds(
    entries.ReportedSymptom,
    symptom=st.sampled_from(SYMPTOMS.codes),
    present=st.booleans(),
    onset=st.none() | st.sampled_from(entries.Onset),
    began_on=st.none() | LONG_AGO,
    ongoing=YES_NO,
    side=st.none() | st.sampled_from(entries.Side),
    recurs=YES_NO,
)
FACTORS = st.builds(
    entries.Factor,
    factor=st.sampled_from(TRIGGERS.codes),
    present=st.booleans(),
    own_label=TEXTS,
    amount=st.none() | st.floats(0, 100_000),
    unit=TEXTS,
)
USES = st.builds(
    entries.RemedyUse, remedy=st.sampled_from(REMEDIES.codes), own_label=TEXTS, helped=YES_NO
)
REPORTERS = st.sampled_from(entries.Reporter)
SHARED = {
    "symptoms": many(REPORTED),
    "impact": st.none() | st.integers(0, 3),
    "interferes": some(INTERFERES),
    "distress": SCORES,
    "remedies": many(USES),
    "reported_by": REPORTERS,
    "note": TEXTS,
    "note_for_doctor": st.booleans(),
}


@st.composite
def moments(draw, days=DAYS):
    offset = draw(st.sampled_from([0, 480, -150, 765, 840, -720]))
    minutes = draw(st.integers(0, 1439))
    local = datetime.combine(draw(days), datetime.min.time()) + timedelta(minutes=minutes)
    return Moment(
        instant=(local - timedelta(minutes=offset)).replace(tzinfo=UTC),
        local=local,
        utc_offset_minutes=offset,
        precision=draw(st.sampled_from(MomentPrecision)),
    )


@st.composite
def episodes(draw):
    start = draw(moments())
    logged = st.builds(
        entries.Episode,
        id=IDS,
        start=st.just(start),
        local_date=st.just(start.local.date()),
        end=st.none() | moments(),
        duration_seconds=st.none() | st.integers(0, 90_000),
        sites=many(SITED),
        movement=one_of(MOVEMENTS),
        visible=YES_NO,
        strength=SCORES,
        contractions=st.none() | st.integers(0, 500),
        directions=some(DIRECTIONS),
        contexts=some(CONTEXTS),
        eye_closure=st.none() | st.sampled_from(entries.EyeClosure),
        triggers=many(FACTORS),
        asleep=YES_NO,
        **SHARED,
    )
    return draw(logged)


CHECK_INS = st.builds(
    entries.CheckIn,
    id=IDS,
    local_date=DAYS,
    twitched=st.sampled_from(Twitched),
    warning_signs_asked=st.booleans(),
    caffeine_mg=st.none() | st.integers(0, 2_000),
    sleep_hours=st.none() | st.floats(0, 24),
    stress=SCORES,
    ill=YES_NO,
    factors=many(FACTORS),
    recorded=st.none() | moments(),
    received_at=st.none() | st.just(datetime(2026, 8, 1, 9, 0, 0, 123456, tzinfo=UTC)),
    **SHARED,
)
PROBLEMS = st.builds(
    entries.Problem,
    id=IDS,
    asked_on=DAYS,
    first_day_latest=st.none() | st.dates(START - timedelta(days=4_000), START),
    onset=st.none() | st.sampled_from(entries.Onset),
    still_present=YES_NO,
    course=st.none() | st.sampled_from(entries.Course),
    sites=many(SITED),
    movement=one_of(MOVEMENTS),
    bouts_per_day=st.none() | st.just(entries.NumberRange(low=0.5, high=3)),
    triggers=many(FACTORS),
    medicines=many(
        st.builds(
            entries.StatedMedicine,
            medicine_class=st.sampled_from(MEDICINE_CLASSES.codes),
            name=TEXTS,
            stopped=st.booleans(),
        )
    ),
    tests=many(
        st.builds(
            entries.TestDone,
            test=st.sampled_from(TESTS.codes),
            result=one_of(TEST_RESULTS),
            done=PARTIAL,
        )
    ),
    history=many(
        st.builds(
            entries.HistoryAnswer,
            item=st.sampled_from(HISTORY.codes),
            present=st.booleans(),
            own_label=TEXTS,
        )
    ),
    question=TEXTS,
    **SHARED,
)


@st.composite
def medications(draw):
    started, stopped = draw(PARTIAL), draw(PARTIAL)
    if started and stopped and stopped.day < started.day:
        started, stopped = stopped, started
    return entries.Medication(
        id=draw(IDS),
        name=draw(TEXTS),
        medicine_class=draw(one_of(MEDICINE_CLASSES)),
        dose=draw(TEXTS),
        started=started,
        stopped=stopped,
        as_needed=draw(st.booleans()),
        dose_changes=draw(
            many(
                st.builds(
                    entries.DoseChange,
                    changed=PARTIAL.filter(bool),
                    direction=st.sampled_from(["raised", "lowered"]),
                    dose=TEXTS,
                )
            )
        ),
    )


HISTORY_ITEMS = st.builds(
    entries.HistoryItem,
    id=IDS,
    kind=st.sampled_from(entries.HistoryKind),
    item=one_of(HISTORY) | st.sampled_from(TESTS.codes),
    own_label=TEXTS,
    status=st.sampled_from(entries.HistoryStatus),
    since=PARTIAL,
    result=TEXTS,
)
TRIALS = st.builds(
    entries.RemedyTrial,
    id=IDS,
    remedy=st.sampled_from(REMEDIES.codes),
    own_label=TEXTS,
    started_on=DAYS,
    stopped_on=st.none() | st.just(END),
    rating=st.sampled_from(["", "helped", "no_change", "worse"]),
)
PERSONS = st.builds(
    Person,
    birth_year=st.none() | st.integers(1900, 2026),
    sex=st.sampled_from(["", "female", "male", "other"]),
)


def unique(each, most):
    return st.lists(each, max_size=most, unique_by=lambda entry: entry.id).map(tuple)


@st.composite
def diaries(draw):
    logged = sorted(draw(unique(episodes(), 4)), key=lambda e: e.start.instant)
    return diary_of(
        logged,
        sorted(draw(unique(CHECK_INS, 4)), key=lambda c: c.local_date),
        display_name=draw(TEXTS),
        person=draw(PERSONS),
        problem=draw(st.none() | PROBLEMS),
        medications=draw(unique(medications(), 2)),
        history=draw(unique(HISTORY_ITEMS, 3)),
        remedy_trials=draw(unique(TRIALS, 2)),
    )


ALERTS = st.sampled_from([(), (alert(),), (alert(), alert(2, "N14"))])
LOOKS = st.sampled_from([(), (look(),), (look(p=None, ratio=None, ratio_low=None),)])
RECORDS = st.builds(
    lambda diary, alerts, looks: record_of(diary, alerts=alerts, looks=looks),
    diaries(),
    ALERTS,
    LOOKS,
)
