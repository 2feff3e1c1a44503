"""What is written as a table is read back the same, and so is what a report exports."""

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain import vocabulary as words
from diary.domain.imports.apostrophes import original_text, safe_text
from diary.domain.imports.columns import COLUMNS_OF_TYPE
from diary.domain.imports.template import EXAMPLES, table_of, template
from diary.domain.reading import read_data
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from reports.render.csv import episodes_csv
from tests.diary.domain.imports.helpers import NOW, read

TYPES = [RecordType.EPISODE, RecordType.CHECK_IN]
TRUTHS = st.none() | st.booleans()
PRESENT, ABSENT = (st.sampled_from([present]) for present in (True, False))
TEXT = st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=40)
TOLD = TEXT.filter(lambda text: text.strip())
STARTS = ("=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LABELS = TOLD.filter(lambda text: not set(text) & set(";\uff1b\n")).map(str.strip)


def lists(strategy):
    return st.lists(strategy, max_size=3)


def code(codes, *, but=("own",)):
    return st.sampled_from([each for each in codes.codes if each not in but])


def maybe(codes):
    return st.none() | code(codes)


def own_or(name, codes, **fields):
    coded = st.fixed_dictionaries({name: code(codes), "own_label": st.just(""), **fields})
    own = st.fixed_dictionaries({name: st.just("own"), "own_label": LABELS, **fields})
    return coded | own


def factors():
    """Present ones first, as two columns give them back."""
    both = st.tuples(
        lists(own_or("factor", words.TRIGGERS, present=PRESENT)),
        lists(own_or("factor", words.TRIGGERS, present=ABSENT)),
    )
    return both.map(lambda pair: [*pair[0], *pair[1]])


SYMPTOMS = lists(
    st.fixed_dictionaries(
        {
            "symptom": code(words.SYMPTOMS),
            "present": st.booleans(),
            "onset": maybe(words.ONSETS),
            "side": maybe(words.SIDES),
        }
    )
).map(lambda items: sorted(items, key=lambda item: not item["present"]))
REMEDIES = lists(own_or("remedy", words.REMEDIES, helped=TRUTHS)).map(
    lambda items: sorted(items, key=lambda item: (True, False, None).index(item["helped"]))
)
EXPERIENCE = {
    "symptoms": SYMPTOMS,
    "impact": st.none() | st.integers(0, 3),
    "interferes": lists(code(words.INTERFERES)),
    "distress": st.none() | st.integers(0, 10),
    "remedies": REMEDIES,
    "reported_by": code(words.REPORTERS),
}
NOTES = st.tuples(TOLD, st.booleans()) | st.just(("", False))
ZONES = st.sampled_from(["", "Europe/Berlin", "Asia/Taipei", "Pacific/Apia", "America/St_Johns"])
PRECISIONS = st.sampled_from(["minute", "part_of_day", "day"])


@st.composite
def starts(draw):
    instant = draw(
        st.datetimes(datetime(1930, 1, 1), datetime(2026, 11, 20), timezones=st.just(UTC))
    )
    offset = timedelta(minutes=15 * draw(st.integers(-48, 56)))
    return {
        "at": instant.astimezone(timezone(offset)).isoformat(),
        "time_zone": draw(ZONES),
        "zone_source": "user",
        "precision": draw(PRECISIONS),
    }


@st.composite
def episodes(draw):
    truths = (
        "visible", "continuous", "at_rest", "in_action", "asleep", "eyes_closed",
        "stops_with_action", "rhythmic", "suppressible", "urge_before", "video_recorded",
    )  # fmt: skip
    note, for_doctor = draw(NOTES)
    sited = st.fixed_dictionaries({"site": code(words.SITES), "side": maybe(words.SIDES)})
    fields = (
        EXPERIENCE
        | dict.fromkeys(truths, TRUTHS)
        | {
            "start": starts(),
            "sites": lists(sited),
            "movement": maybe(words.MOVEMENTS),
            "strength": st.none() | st.integers(0, 10),
            "contractions": st.none() | st.integers(1, 10_000),
            "directions": lists(code(words.DIRECTIONS)),
            "contexts": lists(code(words.CONTEXTS)),
            "eye_closure": maybe(words.EYE_CLOSURES),
            "triggers": factors(),
        }
    )
    data = draw(st.fixed_dictionaries(fields)) | {"note": note, "note_for_doctor": for_doctor}
    seconds = draw(st.none() | st.integers(0, 7 * 24 * 3600))
    if seconds is None or draw(st.booleans()):
        return data | {"duration_seconds": seconds}
    end = datetime.fromisoformat(data["start"]["at"]) + timedelta(seconds=seconds)
    start = {name: data["start"][name] for name in ("time_zone", "zone_source")}
    return data | {"end": start | {"at": end.isoformat()}}


@st.composite
def check_ins(draw):
    note, for_doctor = draw(NOTES)
    hours = st.none() | st.integers(0, 2400).map(lambda hundredths: hundredths / 100)
    fields = EXPERIENCE | {
        "local_date": st.dates(date(1900, 1, 1), date(2026, 11, 21)).map(date.isoformat),
        "twitched": code(words.TWITCHED),
        "warning_signs_asked": st.booleans(),
        "caffeine_mg": st.none() | st.integers(0, 10_000),
        "sleep_hours": hours,
        "stress": st.none() | st.integers(0, 10),
        "ill": TRUTHS,
        "alcohol_units": hours,
        "screen_hours": hours,
        "exercise_minutes": st.none() | st.integers(0, 1_440),
        "low_fluid": TRUTHS,
        "medicines_changed": TRUTHS,
        "factors": factors(),
    }
    return draw(st.fixed_dictionaries(fields)) | {"note": note, "note_for_doctor": for_doctor}


def checked(type_, data):
    return read_data(type_, data, now=NOW).model_dump(mode="json")


def same_after_a_round_trip(type_, records, content):
    file = read(content, type_)
    assert file.errors == ()
    assert [checked(type_, line.data) for line in file.lines] == [
        checked(type_, record) for record in records
    ]


@given(st.lists(episodes(), max_size=2))
def test_episodes_written_as_a_table_are_read_back_the_same(records):
    content = table_of(RecordType.EPISODE, records)

    same_after_a_round_trip(RecordType.EPISODE, records, content)


@given(st.lists(check_ins(), max_size=2))
def test_check_ins_written_as_a_table_are_read_back_the_same(records):
    content = table_of(RecordType.CHECK_IN, records)

    same_after_a_round_trip(RecordType.CHECK_IN, records, content)


@given(episodes(), st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_dialect_gives_the_same_id(record, delimiter, end):
    content = table_of(RecordType.EPISODE, [record])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)

    [line] = read(out.getvalue()).lines

    assert line.id == read(content).lines[0].id


@given(TEXT | st.text("'=-\n\t 1e/\uff1dmay", max_size=9))
def test_text_made_safe_for_a_spreadsheet_comes_back(text):
    safe = safe_text(text)

    assert original_text(safe) == text
    assert not any(line.lstrip().startswith(STARTS) for line in safe.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "007", "12345678901234567890", "1e5", "1/2", "3-4", "10:30", "50%", ".5", " 007 ", "'007",
        "March 5", "5. mar 2026", "3\u67085\u65e5", "TRUE", "false",
    ],
)  # fmt: skip
def test_own_words_that_look_like_a_number_or_a_date_stay_as_they_were_typed(text):
    assert safe_text(text) == f"'{text}"
    assert original_text(safe_text(text)) == text


@pytest.mark.parametrize("text", ["2 cups", "at 10:30", "1\n2", "x1", "", "10 mg", "'tis 7", "May"])
def test_own_words_that_no_spreadsheet_takes_for_more_get_nothing(text):
    assert safe_text(text) == text


@given(st.text(max_size=400), st.sampled_from(TYPES))
def test_any_file_is_read_or_refused_with_named_lines(text, type_):
    header = ",".join(column.name for column in COLUMNS_OF_TYPE[type_])

    file = read(f"{header}\n".encode() + text.replace('"', "").encode("utf-8", "replace"), type_)

    assert all(error.path[0] == "lines" and int(error.path[1]) > 1 for error in file.errors)


@pytest.mark.parametrize("type_", TYPES)
def test_the_template_imports_nothing_and_its_example_everything_it_shows(type_):
    content = template(type_)

    same_after_a_round_trip(type_, [], content)
    uncommented = content.replace(b"# ", b"")
    [line] = read(uncommented, type_).lines
    assert set(EXAMPLES[type_]) - set(line.data) == set()


@pytest.mark.parametrize("type_", TYPES)
def test_the_template_has_a_column_for_each_field_but_the_technical_ones(type_):
    filled = {column.fills for column in COLUMNS_OF_TYPE[type_]} | {"start", "end"}

    assert set(DATA_OF_TYPE[type_].model_fields) - filled == {"ext", "note_for_doctor"} | (
        {"recorded"} if type_ is RecordType.CHECK_IN else set()
    )


def exported(record, number=1):
    data = read_data(RecordType.EPISODE, record, now=NOW)
    entry = data.to_entry(
        id=UUID(int=number), local_date=date(2024, 3, 5), received_at=None, version=3
    )
    return data, entry


def without_blank_label(item):
    return {name: value for name, value in item.items() if value != ""}


@given(
    episodes(), st.sampled_from(["=1+1", "-1 today", "@noon", "\tx", "fine\n+2", "007", "\uff1d1"])
)
def test_the_csv_of_a_report_brings_back_what_it_shows(record, note):
    data, entry = exported(record | {"note": note, "note_for_doctor": True})

    [line] = read(episodes_csv([entry])).lines

    assert line.id == entry.id
    assert line.data["note"] == note
    for name in ("triggers", "remedies"):
        assert line.data.get(name, []) == [without_blank_label(item) for item in record[name]]
    at = datetime.fromisoformat(line.data["start"]["at"])
    assert at == data.start.at.replace(second=0, microsecond=0)
    for name in ("strength", "visible", "movement", "impact", "eye_closure", "contractions"):
        assert line.data.get(name) == record[name]
