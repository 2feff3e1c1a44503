"""Classes of medicines, and the class a typed name belongs to."""

import re
from dataclasses import dataclass

from diary.domain.vocabulary.codes import Code, CodeList, Row, plain_name
from diary.domain.vocabulary.medicine_rows import (
    DOPAMINE_BLOCKERS,
    MAY_CAUSE_TWITCHING,
    OTHER_MEDICINES,
)

_STOPPED = " stopped"
_OTHER = "other"
_LONGEST_NAME_IN_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineClass(Code):
    """A class of medicines.

    `may_cause_twitching` marks the classes the medication rule looks at. `dopamine_blocker` marks
    those that can bring sustained spasms early and lasting movements late.
    """

    examples: tuple[str, ...] = ()
    may_cause_twitching: bool = False
    dopamine_blocker: bool = False

    def names(self) -> tuple[str, ...]:
        """Return everything this class answers to, its examples included."""
        return (*Code.names(self), *self.examples)


class MedicineList(CodeList[MedicineClass]):
    """The list of classes; `find` also understands dose and form around a known name."""

    def find(self, text: str) -> MedicineClass | None:
        """Return the class of a medicine as people type it, or None.

        "Prednisone 5 mg" and "corticosteroid_stopped" are found by the longest known name in them.
        When two names are equally long, a class that may cause twitching wins.
        """
        name = plain_name(text).removesuffix(_STOPPED)
        exact = super().find(name)
        return exact if exact is not None else self._longest_inside(name)

    def _longest_inside(self, name: str) -> MedicineClass | None:
        words = re.findall(r"[^\s.,;:()+&]+", name)
        for length in range(min(_LONGEST_NAME_IN_WORDS, len(words)), 0, -1):
            runs = (words[at : at + length] for at in range(len(words) - length + 1))
            found = [self._by_name.get(" ".join(run)) for run in runs]
            known = [entry for entry in found if entry is not None and entry.code != _OTHER]
            if known:
                return max(known, key=lambda entry: entry.may_cause_twitching)
        return None


def _classes(
    rows: tuple[tuple[Row, str], ...],
    *,
    may_cause_twitching: bool = False,
    dopamine_blocker: bool = False,
) -> tuple[MedicineClass, ...]:
    return tuple(
        MedicineClass(
            **row.fields(),
            examples=tuple(name.strip() for name in examples.split(";") if name.strip()),
            may_cause_twitching=may_cause_twitching,
            dopamine_blocker=dopamine_blocker,
        )
        for row, examples in rows
    )


MEDICINE_CLASSES = MedicineList(
    "medicine_classes",
    (
        *_classes(MAY_CAUSE_TWITCHING, may_cause_twitching=True),
        *_classes(DOPAMINE_BLOCKERS, may_cause_twitching=True, dopamine_blocker=True),
        *_classes(OTHER_MEDICINES),
    ),
)


def class_of(name: str) -> str | None:
    """Return the code of the class a medicine's name belongs to, or None when it is unknown."""
    found = MEDICINE_CLASSES.find(name)
    return None if found is None else found.code
