"""An assessment together with what the weekly looks found: it holds until the next one."""

from collections.abc import Sequence
from dataclasses import replace

from diary.domain.findings import Assessment, Finding, Level
from diary.domain.rules.registry import STAND_BACK

# "One-off" and "too little recorded" say that there is nothing, or nothing to say.
GIVE_WAY = frozenset({"R1", "W8", "W9"})


def with_held(assessment: Assessment, held: Sequence[Finding]) -> Assessment:
    """Return the assessment with the held findings weighed in, most pressing first.

    A rule that was found anew is not told twice. What says "all quiet" gives way to any held
    finding, what says "wait and see" to one that says "see somebody".
    """
    known = {finding.rule for finding in assessment.findings}
    more = [finding for finding in held if finding.rule not in known]
    if not more:
        return assessment
    silent = set(GIVE_WAY)
    if any(finding.level >= Level.SEE_DOCTOR for finding in more):
        silent |= STAND_BACK
    kept = [finding for finding in assessment.findings if finding.rule not in silent]
    findings = tuple(sorted((*kept, *more), key=lambda finding: -finding.level))
    strongest = findings[0]
    return replace(
        assessment,
        level=strongest.level,
        addressee=strongest.addressee,
        findings=findings,
    )
