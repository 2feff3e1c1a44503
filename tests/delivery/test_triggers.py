"""Each trigger sends by itself what is due: the task of hint and sweep, and the command."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from diary import tasks
from diary.management.commands import run_outbox as command
from diary.models import Delivery
from tests.delivery.world import BROKEN, endpoint, everywhere, write_emergency
from tests.everybody import every


@pytest.fixture
def configured(monkeypatch, channel):
    """Let both triggers find the recording channel instead of the configured ones."""
    for module in (tasks, command):
        monkeypatch.setattr(module, "configured_channels", lambda: everywhere(channel))
    return channel


def by_task(*, again=False):
    tasks.run_outbox(again=again)


def by_command(*, again=False):
    call_command("run_outbox", "--once")


@pytest.mark.parametrize("trigger", [by_task, by_command])
def test_a_trigger_alone_sends_an_alert_once(alice, configured, trigger):
    endpoint(alice)
    write_emergency(alice)

    trigger()
    trigger()

    assert len(configured.copies) == 1


@pytest.mark.parametrize("trigger", [by_task, by_command])
def test_a_trigger_sends_again_what_failed(alice, configured, trigger):
    configured.answers["phone"] = BROKEN
    endpoint(alice)
    write_emergency(alice)
    by_task()
    del configured.answers["phone"]
    every(Delivery).update(due_at=timezone.now())

    trigger(again=True)

    assert len(configured.copies) == 2
    assert len(set(configured.keys())) == 1


def test_the_task_leaves_what_is_too_much_for_it_to_the_next_sweep(alice, configured, monkeypatch):
    monkeypatch.setattr(tasks, "LONGEST_DELIVERY", timedelta(0))
    endpoint(alice)
    write_emergency(alice)

    by_task()

    assert configured.copies == []
