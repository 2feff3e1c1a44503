"""What is done to the service, in which order; shares add up to the whole run."""

from dataclasses import dataclass

from tests.chaos.service import WORKERS

CELERY = frozenset({*WORKERS, "beat-1"})
EVERYTHING = CELERY | {"outbox"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One fault for a share of the time, with shares of all kills; `parts` are what is to run."""

    name: str
    parts: frozenset[str]
    time: float
    worker_kills: float = 0.0
    outbox_kills: float = 0.0
    redis_wipes: float = 0.0
    postgresql_crashes: float = 0.0
    redis: str = "up"
    has_bad_sinks: bool = False


PHASES = (
    Phase(name="F1 workers killed", parts=CELERY, time=0.30, worker_kills=0.40),
    Phase(
        name="F3 Redis killed, nothing kept",
        parts=CELERY,
        time=0.16,
        worker_kills=0.22,
        redis_wipes=1.0,
    ),
    Phase(name="F4 Redis away", parts=EVERYTHING, time=0.08, redis="away", outbox_kills=0.5),
    Phase(name="F5 Redis full", parts=EVERYTHING, time=0.06, redis="full", outbox_kills=0.2),
    Phase(
        name="F6 PostgreSQL crashes",
        parts=EVERYTHING,
        time=0.18,
        worker_kills=0.12,
        outbox_kills=0.2,
        postgresql_crashes=1.0,
    ),
    Phase(
        name="F10 no scheduler",
        parts=EVERYTHING - {"beat-1"},
        time=0.06,
        worker_kills=0.07,
    ),
    Phase(
        name="F10 two schedulers",
        parts=CELERY | {"beat-2"},
        time=0.06,
        worker_kills=0.07,
    ),
    Phase(
        name="F12 bad endpoints",
        parts=EVERYTHING,
        time=0.10,
        worker_kills=0.12,
        outbox_kills=0.1,
        has_bad_sinks=True,
    ),
)
