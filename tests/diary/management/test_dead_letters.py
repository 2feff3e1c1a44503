"""`manage.py dead_letters`: what an operator sees of a message given up, and the second try."""

from io import StringIO

import pytest
from django.core.management import call_command

from diary.domain.deliveries import DeliveryState
from diary.models import Delivery
from tests.delivery.world import REFUSED, Clock, Recorder, carry, endpoint, write_emergency
from tests.everybody import every
from tests.factories import make_person


@pytest.fixture
def dead(transactional_db):
    """Return a delivery that the other side refused for good."""
    channel = Recorder()
    channel.answers["phone"] = REFUSED
    person = make_person()
    endpoint(person)
    write_emergency(person)
    carry(channel, Clock())
    return every(Delivery).dead().get()


def output_of(*arguments):
    out = StringIO()
    call_command("dead_letters", *arguments, stdout=out)
    return out.getvalue()


def test_a_dead_letter_is_shown_by_id_and_class_of_error(dead):
    shown = output_of()

    assert f"{dead.id}  web_push" in shown
    assert "attempts 1  http_400" in shown
    assert shown.endswith("1 dead letters.\n")


@pytest.mark.parametrize("everything", [True, False])
def test_a_dead_letter_is_tried_again_when_the_operator_says_so(dead, everything):
    said = output_of("--retry-all") if everything else output_of("--retry", str(dead.id))

    assert said == "1 are tried again.\n"
    assert every(Delivery).get(id=dead.id).state == DeliveryState.PENDING
    assert output_of() == "0 dead letters.\n"
