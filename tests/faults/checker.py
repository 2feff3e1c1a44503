"""What is wrong in a history, given what is stored and what the phones show; pure functions.

An operation is acknowledged when an answer to it said that it is done. From then on it must be
stored, once, whatever happened to the service.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from tests.faults.history import results_of
from tests.phone.merging import same

Exchange = Mapping[str, Any]
Copies = Mapping[str, Sequence[Any]]  # version and data of each record a phone knows, by key

URGENT_SYMPTOM = "seizure"  # what the phones log when they log a warning sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """What is stored of one person: records, the place of each in the order, and the versions.

    `places` (the sequence numbers) and `counter` cover alerts too. `versions` are operation, record
    and version.
    """

    rows: Copies = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    counter: int = 0
    versions: Sequence[tuple[str, str, int]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Violations:
    """How often each promise was broken."""

    lost: int = 0  # acknowledged, and not among the versions
    twice: int = 0  # said to be applied more than once, or stored in two versions
    without_advice: int = 0  # a warning sign acknowledged without advice
    foreign: int = 0  # stored, and never sent by any phone
    gaps: int = 0  # versions that are not dense, places taken twice
    skipped: int = 0  # a phone in step that lacks a record
    diverged: int = 0  # a phone in step that shows something else than is stored
    crashes: int = 0  # answers with status 500

    def __add__(self, other: "Violations") -> "Violations":
        return Violations(
            **{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        )

    def others(self) -> tuple[str, ...]:
        """Return in words what was broken beside the two figures that every row has."""
        named = ((one.name, getattr(self, one.name)) for one in fields(self))
        return tuple(
            f"{name.replace('_', ' ')} {number}"
            for name, number in named
            if number and name not in ("lost", "twice")
        )


def check(
    exchanges: Iterable[Exchange],
    diaries: Mapping[str, Diary],
    phones: Mapping[str, tuple[str, Copies]],
) -> Violations:
    """Return what is wrong. `phones` names the person and the copies of each phone in step."""
    acknowledged, applied, sent, found = set(), Counter[str](), set[str](), Violations()
    for exchange in exchanges:
        operations = {each["op"]: each for each in (exchange["sent"] or {}).get("ops", ())}
        sent |= operations.keys()
        found += Violations(crashes=exchange["status"] == 500)
        for result in results_of(exchange["status"], exchange["answer"]):
            if result["status"] == "applied":
                applied[result["op"]] += 1
            if result["status"] in ("applied", "duplicate"):
                acknowledged.add(result["op"])
                found += Violations(without_advice=lacks_advice(operations[result["op"]], result))
    stored = Counter(op for diary in diaries.values() for op, _, _ in diary.versions)
    repeats = (times - 1 for counted in (stored, applied) for times in counted.values())
    found += Violations(
        lost=len(acknowledged - stored.keys()),
        twice=sum(repeats),
        foreign=len(stored.keys() - sent),
        gaps=sum(map(gaps_in, diaries.values())),
    )
    for person, copies in phones.values():
        found += compare(copies, diaries[person].rows)
    return found


def lacks_advice(operation: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    symptoms = operation.get("data", {}).get("symptoms", ())
    warned = any(each["symptom"] == URGENT_SYMPTOM for each in symptoms)
    return warned and not result.get("advice")


def gaps_in(diary: Diary) -> int:
    """Return how many versions are missing, and places doubled or beyond the counter."""
    return sum(_version_gaps(diary)) + sum(_place_gaps(diary))


def _version_gaps(diary: Diary) -> Iterator[int]:
    """Each record has the versions 1, 2, ..., and the last of them is what its row holds."""
    numbers: dict[str, list[int]] = {}
    for _, key, version in diary.versions:
        numbers.setdefault(key, []).append(version)
    for key, found in numbers.items():
        yield sorted(found) != list(range(1, len(found) + 1))
        yield key not in diary.rows or diary.rows[key][0] != max(found)
    yield len(diary.rows.keys() - numbers.keys())


def _place_gaps(diary: Diary) -> Iterator[int]:
    """No two rows share a place and none lies beyond the counter; a replaced row may skip one."""
    places = diary.places.values()
    yield len(places) - len(set(places))
    yield max(places, default=0) > diary.counter


def compare(copies: Copies, rows: Copies) -> Violations:
    """Return what a phone in step does not know, and what it knows otherwise."""
    diverged = len(copies.keys() - rows.keys())
    for key in copies.keys() & rows.keys():
        diverged += copies[key][0] != rows[key][0] or not same(copies[key][1], rows[key][1])
    return Violations(skipped=len(rows.keys() - copies.keys()), diverged=diverged)
