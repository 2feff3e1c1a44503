"""What a person chooses about a report, from the request to the finished file."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from diary.domain.errors import InvalidRecord
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models.isolation import acting_for
from diary.operations.profile import save_profile
from reports.domain.choices import Choices, Section
from reports.models import Report, ReportDue, ReportState
from reports.operations import (
    ReportRequest,
    diary_of_report,
    make_report,
    request_report,
)
from reports.queries import report_of
from tests.everybody import every
from tests.factories import NOW, check_in, episode, make_person, operation, problem, write

THREADS = 8


def asked(person, now=NOW, **request):
    return request_report(person.pk, ReportRequest(**request), now=now)


def made(person, **request):
    report = asked(person, **request)
    make_report(person.pk, report.id, now=NOW)
    with acting_for(person.pk):
        return report_of(person.pk, report.id, form="document")


def document_of(person, **request):
    return json.loads(bytes(made(person, **request).document))


@pytest.fixture
def alice():
    person = make_person("alice")
    write(
        person,
        operation(problem(note="private intake"), type=RecordType.PROBLEM),
        operation(episode(note="private episode")),
        operation(episode(note="ticked", note_for_doctor=True)),
        operation(check_in(twitched="yes"), type=RecordType.CHECK_IN),
        operation({"name": "Prednisone"}, type=RecordType.MEDICATION),
    )
    return person


def ids_of(person, table):
    diary = diary_of_report(person.pk, asked(person).id, now=NOW)
    return [each.id for each in getattr(diary, table)]


@pytest.mark.django_db
@pytest.mark.usefixtures("without_the_chinese_font")
def test_a_report_in_chinese_is_refused_where_its_font_is_missing(alice):
    save_profile(alice.pk, ProfileData(language="zh-Hant"), base_version=None, now=NOW)

    with pytest.raises(InvalidRecord) as refused:
        asked(alice, language="zh-Hant")

    assert [(e.path, e.code) for e in refused.value.errors] == [(("language",), "font_missing")]
    assert asked(alice).parameters["language"] == "en"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "language", "expected"),
    [("", "en", ("a4", "en")), ("US", "en", ("us-letter", "en")), ("TW", "zh-Hant", None)],
)
def test_paper_and_language_are_those_of_the_profile_unless_told(
    alice, country, language, expected
):
    data = ProfileData(country=country, language=language)
    save_profile(alice.pk, data, base_version=None, now=NOW)

    unasked = asked(alice).parameters
    told = asked(alice, paper="a4", language="en").parameters

    assert (unasked["paper"], unasked["language"]) == (expected or ("a4", "zh-Hant"))
    assert (told["paper"], told["language"]) == ("a4", "en")


@pytest.mark.django_db
def test_the_document_is_kept_as_it_is_attached_and_knows_what_was_left_out(alice):
    document = document_of(alice, choices=Choices(left_out=(Section.MEDICINES,)))

    assert list(document["report"]["left_out"]) == ["medicines"]
    assert document["diary"]["medications"] == []
    assert len(document_of(alice)["diary"]["medications"]) == 1


@pytest.mark.django_db
def test_chosen_notes_are_printed_in_place_of_the_ticked_ones(alice):
    intake = diary_of_report(alice.pk, asked(alice).id, now=NOW).problem
    assert intake is not None

    chosen = document_of(alice, choices=Choices(notes=(intake.id,)))
    none = document_of(alice, choices=Choices(notes=()))

    assert [each["text"] for each in chosen["report"]["page_two"]["words"]] == ["private intake"]
    assert none["report"]["page_two"]["words"] == []
    assert "private" not in json.dumps(none)


@pytest.mark.django_db
def test_a_note_that_is_not_there_is_refused_together_with_the_period(alice):
    [quiet] = ids_of(alice, "check_ins")
    noted, _ = ids_of(alice, "episodes")
    tomorrow = NOW.date() + timedelta(days=1)

    with pytest.raises(InvalidRecord) as raised:
        asked(alice, period_end=tomorrow, choices=Choices(notes=(noted, quiet)))

    paths = [error.path for error in raised.value.errors]
    assert paths == [("period_end",), ("notes", 1)]


@pytest.mark.django_db
def test_nobody_prints_the_note_of_somebody_else(alice):
    notes = tuple(ids_of(alice, "episodes"))

    with pytest.raises(InvalidRecord) as raised:
        asked(make_person("bob"), choices=Choices(notes=notes))

    assert [error.code for error in raised.value.errors] == ["no_such_note"] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"language": "zh-Hant"},
        {"choices": Choices(left_out=(Section.LOG,))},
        {"choices": Choices(notes=())},
        {"attachment": False},
    ],
)
def test_every_choice_belongs_to_what_makes_a_report_the_same(alice, other):
    plain, chosen, again = asked(alice), asked(alice, **other), asked(alice, **other)

    assert plain.id != chosen.id
    assert chosen.id == again.id


@pytest.mark.django_db
def test_a_report_asked_for_before_there_were_choices_is_still_made(alice):
    report = asked(alice)
    with acting_for(alice.pk):
        kept = ("period_start", "period_end", "paper", "attachment")
        old = {name: report.parameters[name] for name in kept}
        Report.objects.filter(id=report.id).update(parameters=old)

    make_report(alice.pk, report.id, now=NOW)

    with acting_for(alice.pk):
        assert report_of(alice.pk, report.id).state == ReportState.READY


@pytest.mark.django_db(transaction=True)
def test_the_same_request_from_many_phones_at_once_is_one_report(alice):
    start = Barrier(THREADS)

    def ask(_):
        try:
            start.wait()
            return asked(alice).id
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        ids = set(pool.map(ask, range(THREADS)))

    assert len(ids) == 1
    assert every(ReportDue).count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_make_a_report_once(alice):
    report = asked(alice)
    start = Barrier(THREADS)

    def make(_):
        try:
            start.wait()
            return make_report(alice.pk, report.id, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(make, range(THREADS)))

    assert outcomes.count(True) == 1
    assert every(ReportDue).get().attempts == 1
