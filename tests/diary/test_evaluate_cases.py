import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from diary.domain.cases.conversion import records_of
from diary.domain.cases.errors import CaseFileError
from diary.domain.cases.files import read_case_file
from diary.management.commands import evaluate_cases
from diary.models import User
from diary.models.isolation import acting_for
from diary.operations.cases import evaluate
from diary.operations.records import apply_operations

FILE = Path(__file__).parent / "cases.json"
OPERATIONS = "diary.operations.cases"
DATABASES = ["default", "owner"]
OWNED = [
    model
    for model in apps.get_app_config("diary").get_models()
    if any(field.attname == "person_id" for field in model._meta.concrete_fields)
]


def rows_of(person_id):
    """Count the rows of a person, acting for them: row-level security hides them otherwise."""
    with acting_for(person_id):
        own = {
            model.__name__: model._default_manager.filter(person_id=person_id).count()
            for model in OWNED
        }
    return own | {"User": User.objects.filter(id=person_id).count()}


@pytest.fixture
def people(monkeypatch):
    """Gather the ids of the people that evaluations act for."""
    gathered = []

    def watch(**arguments):
        gathered.append(arguments["person_id"])
        return apply_operations(**arguments)

    monkeypatch.setattr(f"{OPERATIONS}.apply_operations", watch)
    return gathered


@pytest.fixture
def first_case():
    return read_case_file(json.loads(FILE.read_text(encoding="utf-8"))).cases[0]


def file_with(folder, **diary):
    document = json.loads(FILE.read_text(encoding="utf-8"))
    document["cases"][0]["diary"] |= diary
    path = folder / "cases.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.django_db(databases=DATABASES)
def test_json_prints_exactly_one_object_with_the_agreed_keys(capsys):
    call_command("evaluate_cases", str(FILE), "--json")

    document = json.loads(capsys.readouterr().out)
    lists = ("under_triage", "hard_under_triage", "over_triage")
    assert set(document) == {"total", "accepted", "cases", *lists}
    assert document["total"] == 3
    assert document["accepted"] == sum(case["accepted"] for case in document["cases"])
    assert all(isinstance(document[name], list) for name in lists)
    for case in document["cases"]:
        assert set(case) == {"id", "level", "addressee", "accepted", "rules"}


@pytest.mark.django_db(databases=DATABASES)
def test_a_sudden_droop_with_slurred_speech_is_answered_as_an_emergency(capsys):
    call_command("evaluate_cases", str(FILE), "--json")

    cases = {case["id"]: case for case in json.loads(capsys.readouterr().out)["cases"]}
    assert cases["made-2"]["level"] == "emergency"
    assert cases["made-2"]["addressee"] == "emergency_service"
    assert "E1" in cases["made-2"]["rules"]


@pytest.mark.django_db(databases=DATABASES)
def test_the_table_has_one_line_for_each_case_and_then_the_totals(capsys):
    call_command("evaluate_cases", str(FILE))

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["made-1", "made-2", "made-3"]
    assert lines[3] == ""
    assert [line[:12].strip() for line in lines[4:]] == [
        "accepted",
        "under-triage",
        "hard under-t",
        "over-triage",
    ]
    assert "of 3)" in lines[4]


@pytest.mark.django_db(databases=DATABASES)
def test_an_unknown_token_ends_the_command_and_is_named(tmp_path, capsys):
    path = file_with(tmp_path, associated_symptoms=["wobbly_ear"])

    with pytest.raises(CommandError, match=r"made-1.*wobbly_ear.*associated_symptoms"):
        call_command("evaluate_cases", str(path), "--json")

    assert capsys.readouterr().out == ""


@pytest.mark.django_db(databases=DATABASES)
def test_a_database_that_is_out_of_date_is_left_alone():
    recorder = MigrationRecorder(connections["owner"])
    newest = max(name for app, name in recorder.applied_migrations() if app == "diary")
    recorder.record_unapplied("diary", newest)

    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command("evaluate_cases", str(FILE))


@pytest.mark.django_db(databases=DATABASES)
def test_a_database_without_any_migration_is_migrated(monkeypatch):
    called = []
    monkeypatch.setattr(
        evaluate_cases, "call_command", lambda name, **options: called.append((name, options))
    )
    MigrationRecorder(connections["owner"]).flush()

    evaluate_cases.ensure_tables()

    assert called == [("migrate", {"verbosity": 0})]


def test_a_missing_file_ends_the_command(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_cases", str(tmp_path / "none.json"))


def test_a_file_that_is_not_json_ends_the_command(tmp_path):
    path = tmp_path / "cases.json"
    path.write_text("{", encoding="utf-8")

    with pytest.raises(CommandError, match="not JSON"):
        call_command("evaluate_cases", str(path))


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_in_the_database_after_an_evaluation(first_case, people):
    evaluate(first_case)

    assert set(rows_of(people[0]).values()) == {0}


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_in_the_database_after_an_evaluation_that_fails(
    first_case, people, monkeypatch
):
    def fail(view):
        raise RuntimeError("no assessment")

    monkeypatch.setattr(f"{OPERATIONS}.assess", fail)

    with pytest.raises(RuntimeError, match="no assessment"):
        evaluate(first_case)

    assert set(rows_of(people[0]).values()) == {0}


@pytest.mark.django_db(transaction=True)
def test_without_the_rollback_the_rows_would_be_there(first_case, people, monkeypatch):
    monkeypatch.setattr(f"{OPERATIONS}.transaction.set_rollback", lambda rollback: None)

    evaluate(first_case)

    rows = rows_of(people[0])
    assert {name: rows[name] for name in ("User", "Problem", "Episode", "DailyRow")} == {
        "User": 1,
        "Problem": 1,
        "Episode": 1,
        "DailyRow": 1,
    }


@pytest.mark.django_db
def test_the_records_are_written_through_the_real_operations(first_case, monkeypatch):
    batches = []

    def watch(**arguments):
        batches.append(apply_operations(**arguments))
        return batches[-1]

    monkeypatch.setattr(f"{OPERATIONS}.apply_operations", watch)

    evaluate(first_case)

    written = [one.record.type.value for one in batches[0].outcomes if one.record]
    assert written == ["problem", "medication", "episode"]


@pytest.mark.django_db
def test_a_record_that_is_not_accepted_is_an_error(first_case, monkeypatch):
    def with_a_surprise(case, *, asked_on):
        made = records_of(case, asked_on=asked_on)
        wrong = (replace(one, data={**one.data, "surprise": 1}) for one in made.records)
        return replace(made, records=tuple(wrong))

    monkeypatch.setattr(f"{OPERATIONS}.records_of", with_a_surprise)

    with pytest.raises(CaseFileError, match=r"made-1.*surprise"):
        evaluate(first_case)


@pytest.mark.django_db
def test_the_same_case_gets_the_same_answer_again(first_case):
    assert evaluate(first_case) == evaluate(first_case)
