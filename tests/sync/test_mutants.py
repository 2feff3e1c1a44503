"""S26: each way to break the protocol is noticed by a test that passes without it."""

from dataclasses import replace

import pytest

from tests.sync.mutants import MUTANTS
from tests.sync.oracles import Violations
from tests.sync.runs import run_all

pytestmark = pytest.mark.django_db(transaction=True)  # killers get their fixtures at run time

PEOPLE = {"people": 1}  # what a parametrized killer is called with


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_s26_a_broken_protocol_is_noticed(mutant, request, monkeypatch):
    killer = mutant.killer_with(request, **PEOPLE)
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
