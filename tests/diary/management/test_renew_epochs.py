"""After a restore no cursor of before goes on."""

import pytest
from django.core.management import call_command

from diary.models import PersonSync
from diary.models.isolation import acting_for
from tests.factories import episode, make_person, operation, write_one


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_every_diary_gets_an_epoch_of_its_own_and_stays_isolated(capsys) -> None:
    people = [make_person("alice"), make_person("bob")]
    for person in people:
        write_one(person, operation(episode()))
    before = {epoch_of(person) for person in people}

    call_command("renew_epochs")

    after = {epoch_of(person) for person in people}
    assert len(before | after) == 4
    assert PersonSync.objects.count() == 0  # outside acting_for nothing is seen
    assert "2 diaries" in capsys.readouterr().out


def epoch_of(person):
    with acting_for(person.pk):
        return PersonSync.objects.get().epoch
