"""Comparing our answers with what doctors said: accepted, under-triage, over-triage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diary.domain.cases.files import Case
from diary.domain.findings import Addressee, Assessment, Level

URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswer:
    """What the assessment said about one case: level in the file's words, addressee, rule ids."""

    case_id: str
    level: str
    addressee: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseScore:
    """One answer judged.

    `under` is below every accepted level and `over` above every one; an answer in a gap between
    accepted levels is neither, and still not accepted. `hard_under` is a case whose primary level
    is urgent or emergency answered below urgent, accepted or not.
    """

    answer: CaseAnswer
    accepted: bool
    under: bool
    hard_under: bool
    over: bool


def answer_of(case_id: str, assessment: Assessment) -> CaseAnswer:
    """Return an assessment in the words of the case file; rules stand most pressing first."""
    return CaseAnswer(
        case_id=case_id,
        level=case_level(assessment.level, assessment.addressee),
        addressee=assessment.addressee.value,
        rules=tuple(finding.rule for finding in assessment.findings),
    )


def case_level(level: Level, addressee: Addressee) -> str:
    """Return the file's level: "see a doctor" is split by whether that is a neurologist."""
    if level is not Level.SEE_DOCTOR:
        return level.code
    return "see_neurologist" if addressee is Addressee.NEUROLOGIST else "see_doctor_other"


def score(case: Case, answer: CaseAnswer, *, ranks: Mapping[str, int]) -> CaseScore:
    """Return the judgment of one answer by the ranks of the file; a higher rank is sooner."""
    given = ranks[answer.level]
    accepted_ranks = [ranks[level] for level in case.acceptable_levels]
    pressing = ranks[case.primary_level] >= ranks[URGENT]
    return CaseScore(
        answer=answer,
        accepted=answer.level in case.acceptable_levels,
        under=given < min(accepted_ranks),
        hard_under=pressing and given < ranks[URGENT],
        over=given > max(accepted_ranks),
    )


def as_document(scores: Iterable[CaseScore]) -> dict[str, object]:
    """Return all scores as one JSON-ready object: totals, lists of ids, and each case."""
    judged = tuple(scores)
    return {
        "total": len(judged),
        "accepted": sum(one.accepted for one in judged),
        "under_triage": [one.answer.case_id for one in judged if one.under],
        "hard_under_triage": [one.answer.case_id for one in judged if one.hard_under],
        "over_triage": [one.answer.case_id for one in judged if one.over],
        "cases": [
            {
                "id": one.answer.case_id,
                "level": one.answer.level,
                "addressee": one.answer.addressee,
                "accepted": one.accepted,
                "rules": list(one.answer.rules),
            }
            for one in judged
        ],
    }
