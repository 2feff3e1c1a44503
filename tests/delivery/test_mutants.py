"""Each way to break the outbox is noticed by a test that passes without it."""

import inspect
from importlib import import_module

import pytest

from tests.delivery.mutants import MUTANTS

pytestmark = pytest.mark.django_db(transaction=True)  # killers get their fixtures at run time


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_outbox_is_noticed(mutant, request, monkeypatch):
    module, _, name = mutant.killer.partition(".")
    killer = getattr(import_module(f"tests.delivery.{module}"), name)
    given = {each: request.getfixturevalue(each) for each in inspect.signature(killer).parameters}
    mutant.break_it(monkeypatch)

    with pytest.raises(AssertionError):
        killer(**given)
