"""How often a web process looks for garbage: seldom, and not among what it was started with."""

import gc

# Containers made since the last look; Python's 700 are made by every fifth record of an answer.
NEW_CONTAINERS = 10_000


def look_seldom() -> None:
    """Leave what exists now out of all later looks, and look less often; call it once started.

    Nearly all that a request makes is gone with its last reference, without any look.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_CONTAINERS, *gc.get_threshold()[1:])
