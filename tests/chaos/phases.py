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
    has_bad_endpoints: bool = False


# The last three show that Celery alone is enough; without `run_outbox` nobody is held to be fast.
PHASES = (
    Phase(
        name="F1 workers killed",
        parts=EVERYTHING,
        time=0.24,
        worker_kills=0.36,
        outbox_kills=0.3,
    ),
    Phase(
        name="F3 Redis killed, nothing kept",
        parts=EVERYTHING,
        time=0.14,
        worker_kills=0.20,
        outbox_kills=0.1,
        redis_wipes=0.5,
    ),
    Phase(name="F4 Redis away", parts=EVERYTHING, time=0.08, redis="away", outbox_kills=0.2),
    Phase(name="F5 Redis full", parts=EVERYTHING, time=0.06, redis="full", outbox_kills=0.1),
    Phase(
        name="F6 PostgreSQL crashes",
        parts=EVERYTHING,
        time=0.14,
        worker_kills=0.08,
        outbox_kills=0.2,
        postgresql_crashes=1.0,
    ),
    Phase(
        name="F12 bad endpoints",
        parts=EVERYTHING,
        time=0.06,
        worker_kills=0.06,
        outbox_kills=0.1,
        has_bad_endpoints=True,
    ),
    Phase(name="F10 no scheduler", parts=EVERYTHING - {"beat-1"}, time=0.04, worker_kills=0.06),
    Phase(
        name="F10 two schedulers, Celery alone",
        parts=CELERY | {"beat-2"},
        time=0.04,
        worker_kills=0.04,
    ),
    Phase(name="F1 Celery alone", parts=CELERY, time=0.12, worker_kills=0.14),
    Phase(name="F3 Celery alone", parts=CELERY, time=0.08, worker_kills=0.06, redis_wipes=0.5),
)
