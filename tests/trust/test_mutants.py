"""Each way to open a diary to somebody else is noticed by a test that passes without it."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, connections

from tests.diary.rows import fill_every_table, writable_models
from tests.diary.test_isolation import nobody_sees_a_row
from tests.factories import make_person
from tests.mutation import ROOT
from tests.trust.mutants import IN_ONE_FUNCTION, MUTANTS, TABLES

# How a table is opened to everybody, and closed again.
HOLES = (
    ("ALTER TABLE {} DISABLE ROW LEVEL SECURITY", "ALTER TABLE {} ENABLE ROW LEVEL SECURITY"),
    ("CREATE POLICY mutant ON {} USING (true)", "DROP POLICY mutant ON {}"),
)
SAME_KEY = {"key": "same"}  # what a parametrized killer is called with
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def alice():
    return make_person("alice")


@pytest.fixture
def _another_connection_afterwards(transactional_db):
    yield
    connection.close()  # a mutant may have left a setting on this one


@committed
@pytest.mark.usefixtures("_another_connection_afterwards")
@pytest.mark.parametrize("mutant", IN_ONE_FUNCTION, ids=lambda mutant: mutant.name)
def test_a_hole_in_one_function_is_noticed(mutant, request, monkeypatch):
    killer = mutant.killer_with(request, **SAME_KEY)
    mutant.break_it(monkeypatch)

    with pytest.raises((AssertionError, DatabaseError, pytest.fail.Exception)):
        killer()


@committed
def test_a_table_without_security_or_with_a_policy_for_everybody_is_noticed():
    fill_every_table(make_person())
    missed = []

    for table in TABLES:
        for begin, end in HOLES:
            with changed(begin.format(table), end.format(table)):
                missed += [begin.format(table)] if is_unnoticed() else []

    assert missed == []
    nobody_sees_a_row()


def is_unnoticed():
    try:
        nobody_sees_a_row()
    except AssertionError:
        return False
    return True


@contextmanager
def changed(begin, end):
    with connections["owner"].cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute(end)


def test_every_table_with_personal_rows_has_its_mutant():
    assert set(TABLES) == {model._meta.db_table for model in writable_models()}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_fits_the_source(mutant):
    mutant.break_text((ROOT / mutant.file).read_text("utf-8"))
