"""Importing an older diary: nothing half-written, nothing twice, nothing overwritten."""

from collections import Counter
from datetime import date, timedelta

import pytest

from diary.domain.errors import InvalidRecord
from diary.domain.imports.times import DateOrder
from diary.domain.sync import LARGEST_BATCH
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Alert, CheckIn, DailyRow, EntryVersion, Episode, LookDue
from diary.models.isolation import acting_for
from diary.operations import imports
from diary.operations.imports import ImportRequest, LineStatus, Reason, import_diary
from diary.operations.looks import look_at
from diary.operations.profile import save_profile
from diary.operations.records import Outcome, Status, apply_operations
from diary.queries.records import records_page
from tests.everybody import every
from tests.factories import NOW, check_in, make_person, operation, write_one

pytestmark = pytest.mark.django_db

EPISODES = """start_local,strength,note
2024-03-05 08:15,4,first
2024-03-05 21:40,,
2024-03-06,7,a whole day
"""
CHECK_INS = """local_date,twitched,stress
2024-03-05,yes,4
2024-03-06,no,
2024-03-07,unsure,
"""


@pytest.fixture
def alice():
    person = make_person("alice")
    save_profile(person.pk, ProfileData(time_zone="Europe/Berlin"), base_version=None, now=NOW)
    return person


def bring(person, text, type_=RecordType.EPISODE, now=NOW, **options):
    request = ImportRequest(type=type_, content=text.encode(), **options)
    return import_diary(person.pk, request, now=now)


def bring_days(person, text=CHECK_INS, **options):
    return bring(person, text, RecordType.CHECK_IN, **options)


def became(result):
    return [(each.line.number, each.status.value, each.reason) for each in result.lines]


def count(person, model=Episode):
    with acting_for(person.pk):
        return model.objects.count()


def test_each_line_becomes_a_record_on_its_own_day(alice):
    result = bring(alice, EPISODES)

    assert became(result) == [(line, "created", None) for line in (2, 3, 4)]
    with acting_for(alice.pk):
        rows = Episode.objects.order_by("start_at")
        stored = [(r.local_date, r.start_zone_source, r.start_precision, r.note) for r in rows]
        days = dict(DailyRow.objects.values_list("local_date", "episodes"))
    assert stored == [
        (date(2024, 3, 5), "user", "minute", "first"),
        (date(2024, 3, 5), "user", "minute", ""),
        (date(2024, 3, 6), "user", "day", "a whole day"),
    ]
    assert days == {date(2024, 3, 5): 2, date(2024, 3, 6): 1}


def test_times_are_read_in_the_zone_of_the_profile_unless_another_is_named(alice):
    own = bring(alice, EPISODES, dry_run=True)
    other = bring(alice, EPISODES, dry_run=True, time_zone="Asia/Taipei")

    assert (own.time_zone, own.lines[0].line.data["start"]["at"]) == (
        "Europe/Berlin",
        "2024-03-05T08:15:00+01:00",
    )
    assert (other.time_zone, other.lines[0].line.data["start"]["at"]) == (
        "Asia/Taipei",
        "2024-03-05T08:15:00+08:00",
    )


def test_the_order_of_dates_is_the_one_that_is_named(alice):
    result = bring(alice, "start_local\n5/3/2024 8:15\n", date_order=DateOrder.DAY_FIRST)

    assert result.lines[0].line.day == date(2024, 3, 5)


@pytest.mark.parametrize(("text", "type_"), [(EPISODES, "episode"), (CHECK_INS, "check_in")])
def test_a_dry_run_says_what_the_import_will_do_and_writes_nothing(alice, text, type_):
    dry = bring(alice, text, RecordType(type_), dry_run=True)

    assert count(alice) == count(alice, CheckIn) == count(alice, EntryVersion) == 0
    assert became(dry) == became(bring(alice, text, RecordType(type_)))


@pytest.mark.parametrize(("text", "type_"), [(EPISODES, "episode"), (CHECK_INS, "check_in")])
def test_the_same_file_again_creates_nothing_and_says_so(alice, text, type_):
    bring(alice, text, RecordType(type_))
    before = count(alice, EntryVersion)

    dry = bring(alice, text, RecordType(type_), dry_run=True)
    again = bring(alice, text, RecordType(type_))

    assert became(dry) == became(again)
    assert became(again) == [(n, "already_there", Reason.SAME_RECORD) for n in (2, 3, 4)]
    assert count(alice, EntryVersion) == before == 3


def test_the_same_file_from_another_zone_still_creates_nothing(alice):
    bring(alice, EPISODES)

    again = bring(alice, EPISODES, time_zone="Asia/Taipei")

    assert {each.reason for each in again.lines} == {Reason.SAME_RECORD}
    assert count(alice) == 3


def test_files_that_overlap_create_each_line_once(alice):
    bring(alice, EPISODES)

    result = bring(alice, "strength,start_local\n7,2024-03-06\n2,2024-03-07\n2,2024-03-07\n")

    assert became(result) == [
        (2, "created", None),
        (3, "created", None),
        (4, "already_there", Reason.REPEATED),
    ]
    assert count(alice) == 5


def test_a_date_that_has_a_check_in_keeps_it(alice):
    own = operation(check_in("2024-03-06", twitched="yes", stress=9), type=RecordType.CHECK_IN)
    write_one(alice, own)

    dry, real = bring_days(alice, dry_run=True), bring_days(alice)

    assert became(dry) == became(real)
    assert became(real)[1] == (3, "already_there", Reason.DATE_TAKEN)
    with acting_for(alice.pk):
        kept = CheckIn.objects.get(local_date="2024-03-06")
    assert (kept.id, kept.stress, kept.version) == (own.id, 9, 1)


def test_two_check_ins_of_one_date_in_a_file_leave_the_first(alice):
    text = "local_date,twitched\n2024-03-05,yes\n2024-03-05,no\n2024-03-05,yes\n"

    dry, real = bring_days(alice, text, dry_run=True), bring_days(alice, text)

    assert became(dry) == became(real)
    assert [reason for _, _, reason in became(real)] == [None, Reason.DATE_TAKEN, Reason.REPEATED]
    assert count(alice, CheckIn) == 1


def test_what_the_person_deleted_stays_deleted(alice):
    first = bring(alice, EPISODES).lines[0].line
    write_one(alice, operation(None, id=first.id, base=1))

    dry, real = bring(alice, EPISODES, dry_run=True), bring(alice, EPISODES)

    assert became(dry) == became(real)
    assert became(real)[0] == (2, "already_there", Reason.DELETED)
    with acting_for(alice.pk):
        assert Episode.objects.get(id=first.id).deleted


def test_what_the_person_corrected_stays_corrected(alice):
    first = bring(alice, EPISODES).lines[0].line
    write_one(alice, operation(dict(first.data) | {"strength": 9}, id=first.id, base=1))

    bring(alice, EPISODES)

    with acting_for(alice.pk):
        assert Episode.objects.get(id=first.id).strength == 9


def test_one_wrong_line_and_nothing_is_imported(alice):
    text = EPISODES + "2024-03-07,11,\nnever,,\n"

    dry = bring(alice, text, dry_run=True)
    with pytest.raises(InvalidRecord) as refused:
        bring(alice, text)

    paths = [("lines", 5, "strength"), ("lines", 6, "start_local")]
    assert [error.path for error in dry.errors] == paths
    assert [error.path for error in refused.value.errors] == paths
    assert became(dry) == [(line, "created", None) for line in (2, 3, 4)]
    assert count(alice) == count(alice, EntryVersion) == 0


def many(days):
    first = date(2020, 1, 1)
    rows = [f"{first + timedelta(days=n)},{'yes' if n % 3 else 'no'}" for n in range(days)]
    return "\n".join(["local_date,twitched", *rows])


def test_a_crash_between_two_batches_leaves_whole_records_and_the_retry_the_rest(
    alice, monkeypatch
):
    sizes: list[int] = []

    def dying(**arguments):
        if len(sizes) == 1:
            raise ConnectionError
        sizes.append(len(arguments["operations"]))
        return apply_operations(**arguments)

    monkeypatch.setattr(imports, "apply_operations", dying)
    with pytest.raises(ConnectionError):
        bring_days(alice, many(620))
    assert (sizes, count(alice, CheckIn)) == ([LARGEST_BATCH], LARGEST_BATCH)

    monkeypatch.undo()
    result = bring_days(alice, many(620))

    assert Counter(each.status for each in result.lines) == {
        LineStatus.CREATED: 120,
        LineStatus.ALREADY_THERE: 500,
    }
    assert count(alice, CheckIn) == count(alice, EntryVersion) == count(alice, DailyRow) == 620


def answered(status):
    """Return a write path that answers every operation with this status."""

    def apply(*, operations, **_):
        outcomes = tuple(Outcome(op_id=each.op_id, status=status) for each in operations)
        return type("Answer", (), {"outcomes": outcomes})

    return apply


@pytest.mark.parametrize(
    ("type_", "status", "reason"),
    [
        (RecordType.EPISODE, Status.DUPLICATE, Reason.SAME_RECORD),
        (RecordType.EPISODE, Status.CONFLICT, Reason.SAME_RECORD),
        (RecordType.CHECK_IN, Status.DUPLICATE, Reason.SAME_RECORD),
        (RecordType.CHECK_IN, Status.CONFLICT, Reason.DATE_TAKEN),
    ],
)
def test_another_phone_that_was_quicker_is_no_error(alice, monkeypatch, type_, status, reason):
    monkeypatch.setattr(imports, "apply_operations", answered(status))
    text = EPISODES if type_ is RecordType.EPISODE else CHECK_INS

    result = bring(alice, text, type_)

    assert became(result) == [(n, "already_there", reason) for n in (2, 3, 4)]


def test_a_line_that_was_fine_and_is_refused_is_a_fault_of_ours(alice, monkeypatch):
    monkeypatch.setattr(imports, "apply_operations", answered(Status.INVALID))

    with pytest.raises(RuntimeError, match="without errors"):
        bring(alice, EPISODES)


SIGNS = "seizure one_sided_weakness:sudden:left face_droop:sudden severe_headache:sudden"


def signs_on(day):
    return f"start_local,symptoms_present\n{day} 10:00,{SIGNS}\n"


def alerts_of(person):
    with acting_for(person.pk):
        return set(Alert.objects.values_list("level", flat=True))


@pytest.mark.parametrize("days", [60, 400, 3650])
def test_warning_signs_of_long_ago_shout_nothing(alice, days):
    day = (NOW - timedelta(days=days)).date()

    episodes = bring(alice, signs_on(day))
    check_ins = bring_days(alice, f"local_date,twitched,symptoms_present\n{day},yes,{SIGNS}\n")
    look_at(alice.pk, now=NOW)

    assert episodes.advice == check_ins.advice == ()
    assert not alerts_of(alice) & {"emergency", "urgent"}


def test_a_warning_sign_of_today_is_answered_and_answered_again(alice):
    text = signs_on(NOW.date())

    first, again = bring(alice, text), bring(alice, text)

    assert "emergency" in {advice["level"] for advice in first.advice}
    assert len({advice["rule"] for advice in first.advice}) == len(first.advice)
    assert again.advice == first.advice
    assert "emergency" in alerts_of(alice)


def test_imported_days_make_a_look_due_and_count_in_it(alice):
    days = [(NOW - timedelta(days=n)).date() for n in range(1, 100)]
    lines = [f"{day} 10:00,upper_lip:left" for day in days]

    bring(alice, "\n".join(["start_local,sites", *lines]))
    due = every(LookDue).due(now=NOW).count()
    look_at(alice.pk, now=NOW)

    assert due == 1
    with acting_for(alice.pk):
        assert Alert.objects.filter(rule="N1", last_day=days[0], first_day=days[-1]).exists()


def test_phones_pull_what_was_imported(alice):
    result = bring(alice, EPISODES)

    with acting_for(alice.pk):
        page, _ = records_page(alice.pk, RecordType.EPISODE, limit=50)
    assert {each["id"] for each in page} == {str(each.line.id) for each in result.lines}
    assert all(each["seq"] > 0 for each in page)


def test_the_same_file_in_two_diaries_makes_two_diaries(alice):
    bob = make_person("bob")
    bring(alice, EPISODES, time_zone="UTC")

    result = bring(bob, EPISODES, time_zone="UTC")

    assert became(result) == [(line, "created", None) for line in (2, 3, 4)]
    assert (count(alice), count(bob)) == (3, 3)


def test_another_persons_check_in_takes_no_date_of_mine(alice):
    bring_days(make_person("bob"))

    assert became(bring_days(alice, dry_run=True)) == [(n, "created", None) for n in (2, 3, 4)]


def test_an_id_of_another_persons_record_is_free_for_me_and_not_told(alice):
    bob = make_person("bob")
    theirs = operation(check_in("2024-03-05"), type=RecordType.CHECK_IN)
    write_one(bob, theirs)

    result = bring_days(alice, f"id,local_date,twitched\n{theirs.id},2024-03-05,yes\n")

    assert became(result) == [(2, "created", None)]
    with acting_for(bob.pk):
        assert CheckIn.objects.get().twitched == "no"


def test_an_empty_diary_imports_nothing(alice):
    result = bring(alice, "# nothing yet\nstart_local\n")

    assert (result.lines, result.errors, result.comments, result.advice) == ((), (), 1, ())
