"""A web process looks for garbage seldom, and finds what is made after its start all the same."""

import gc
import subprocess
import sys
import weakref

import pytest

from config.garbage import NEW_CONTAINERS, look_seldom

ASK = "import gc, config.wsgi; print(gc.get_freeze_count() > 10_000, gc.get_threshold()[0])"


@pytest.fixture
def _as_before():
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


class Knot:
    """Something that refers to itself."""

    def __init__(self):
        self.itself = self


@pytest.mark.usefixtures("_as_before")
def test_what_was_there_is_left_alone_and_what_comes_later_is_found():
    look_seldom()
    seen = weakref.ref(Knot())

    gc.collect()

    assert gc.get_freeze_count() > 0
    assert seen() is None


def test_a_web_process_does_so_once_it_is_ready():
    told = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["True", str(NEW_CONTAINERS)]
