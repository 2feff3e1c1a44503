"""What every test of the outbox starts from. Models are imported late: Django is not set up yet."""

import pytest


@pytest.fixture
def clock():
    from tests.delivery.world import Clock

    return Clock()


@pytest.fixture
def channel():
    from tests.delivery.world import Recorder

    return Recorder()


@pytest.fixture
def alice(db):
    from tests.factories import make_person

    return make_person("alice")


@pytest.fixture
def bob(db):
    from tests.factories import make_person

    return make_person("bob")


@pytest.fixture
def people(transactional_db):
    """Thirty persons: more than one outbox can send to at once."""
    from tests.factories import make_person

    return [make_person(f"person-{number}") for number in range(30)]
