"""Each way to break the outbox is noticed by a test that passes without it."""

import pytest

from tests.delivery.mutants import MUTANTS

pytestmark = pytest.mark.django_db(transaction=True)  # killers get their fixtures at run time


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_outbox_is_noticed(mutant, request, monkeypatch):
    killer = mutant.killer_with(request)
    mutant.break_it(monkeypatch)

    with pytest.raises(AssertionError):
        killer()
