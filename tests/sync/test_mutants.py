"""S26: each way to break the protocol is noticed by a test that passes without it."""

import inspect
from dataclasses import replace
from pkgutil import resolve_name

import pytest

from tests.sync.mutants import MUTANTS
from tests.sync.oracles import Violations
from tests.sync.runs import run_all

pytestmark = pytest.mark.django_db(transaction=True)  # killers get their fixtures at run time

PEOPLE = {"people": 1}  # what a parametrized killer is called with


def killer_of(mutant, request):
    """Return a function that runs the killing test with its fixtures."""
    module, _, name = mutant.killer.partition(".py::")
    test = resolve_name(f"tests.sync.{module}:{name.partition('[')[0]}")
    wanted = inspect.signature(test).parameters
    given = {
        each: PEOPLE[each] if each in PEOPLE else request.getfixturevalue(each) for each in wanted
    }
    return lambda: test(**given)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_s26_a_broken_protocol_is_noticed(mutant, request, monkeypatch):
    killer = killer_of(mutant, request)
    mutant.break_it(monkeypatch)

    with pytest.raises(AssertionError):
        killer()


def test_s26_a_lost_edit_is_seen_although_all_phones_agree(make_person, monkeypatch):
    base_version_not_checked = MUTANTS[-1]
    base_version_not_checked.break_it(monkeypatch)

    found = run_all([make_person(f"run-{number}") for number in range(4)]).found

    assert found.blind > 0
    assert found.lost > 0
    assert (found.skipped, found.diverged) == (0, 0)
    assert found != Violations()


@pytest.mark.parametrize("text", ["", "new.new"])
def test_a_mutant_that_does_not_fit_the_source_once_is_an_error(text):
    mutant = replace(MUTANTS[0], old="new")

    with pytest.raises(LookupError, match=mutant.name):
        mutant.break_text(text)
