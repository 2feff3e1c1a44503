"""S26: each way to break the protocol is noticed by a test that passes without it."""

import inspect
from importlib import import_module

import pytest

from tests.sync.mutants import MUTANTS, base_version_not_checked
from tests.sync.oracles import Violations
from tests.sync.runs import run_all

pytestmark = pytest.mark.django_db(transaction=True)  # killers get their fixtures at run time

PEOPLE = {"people": 1}  # what a parametrized killer is called with


def killer_of(mutant, request):
    """Return a function that runs the killing test with its fixtures."""
    module, _, name = mutant.killer.partition(".")
    test = getattr(import_module(f"tests.sync.{module}"), name)
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
    base_version_not_checked(monkeypatch)

    found = run_all([make_person(f"run-{number}") for number in range(4)]).found

    assert found.blind > 0
    assert found.lost > 0
    assert (found.skipped, found.diverged) == (0, 0)
    assert found != Violations()
