"""The diary of one period, indexed by local date, with the days every rate is taken from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diary.domain.entries import CheckIn, Day, Episode, Side, Twitched
from reports.domain.inputs import ReportDiary

BLOCK_DAYS = 28
BLOCKS = 3
LATE_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Lookups over one `ReportDiary`. `rate_days` are the dates whose check-in says yes or no."""

    diary: ReportDiary
    days: dict[date, Day]
    check_ins: dict[date, CheckIn]
    rate_days: frozenset[date]

    def dates(self) -> Iterator[date]:
        """Yield every local date of the period, oldest first."""
        yield from (self.diary.start + timedelta(days=n) for n in range(self.diary.length))

    def offset(self, day: date) -> int:
        """Return the position of `day` in the period; 0 is the first day."""
        return (day - self.diary.start).days

    def twitched_on(self, day: date) -> bool:
        """Return whether the daily row says it twitched; a date without a row did not say so."""
        return day in self.days and self.days[day].twitch_day

    def episodes_on(self, day: date) -> int:
        """Return the number of episodes logged on `day`."""
        return self.days[day].episodes if day in self.days else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A span of local dates `[start, end)` and those of them that count for rates."""

    start: date
    end: date
    rate_days: tuple[date, ...]


def indexed(diary: ReportDiary) -> Index:
    """Return the lookups; with two check-ins on one date the later in order wins."""
    check_ins = {check_in.local_date: check_in for check_in in diary.check_ins}
    answered = {d for d, c in check_ins.items() if c.twitched is not Twitched.UNSURE}
    return Index(
        diary=diary,
        days={day.local_date: day for day in diary.days},
        check_ins=check_ins,
        rate_days=frozenset(answered),
    )


def blocks(index: Index) -> tuple[Block, ...]:
    """Return the last whole 28-day blocks of the period, oldest first, three at most."""
    count = min(BLOCKS, index.diary.length // BLOCK_DAYS)
    return tuple(
        span(
            index,
            index.diary.end - timedelta(days=BLOCK_DAYS * n),
            index.diary.end - timedelta(days=BLOCK_DAYS * (n - 1)),
        )
        for n in range(count, 0, -1)
    )


def span(index: Index, start: date, end: date) -> Block:
    """Return `[start, end)` with its rate days, oldest first."""
    inside = sorted(day for day in index.rate_days if start <= day < end)
    return Block(start=start, end=end, rate_days=tuple(inside))


def sides_of(episode: Episode) -> frozenset[Side]:
    """Return the sides an episode names, `BOTH` spelled out as left and right."""
    named = {sited.side for sited in episode.sites if sited.side is not None}
    if Side.BOTH in named:
        named = (named - {Side.BOTH}) | {Side.LEFT, Side.RIGHT}
    return frozenset(named)


def first_sites(episodes: tuple[Episode, ...]) -> Counter[tuple[str, Side | None]]:
    """Return how often each site and side is the first one an episode names."""
    return Counter((e.sites[0].site, e.sites[0].side) for e in episodes if e.sites)


def arrivals(episodes: Sequence[Episode]) -> tuple[int, int]:
    """Return how many episodes arrived over an hour after their start, and how many are known."""
    delays = [e.received_at - e.start.instant for e in episodes if e.received_at is not None]
    return sum(delay > LATE_AFTER for delay in delays), len(delays)
