"""Ways to ask one rule about a diary, shared by the tests of the rules."""

from diary.domain.entries import Medication, PartialDate
from diary.domain.rules.registry import BY_ID, all_findings
from tests.diary.domain.strategies import SPACE, ago, episode


def judged(rule, diary):
    return BY_ID[rule].judge(diary)


def holds(rule, diary):
    return judged(rule, diary) is not None


def rules(diary):
    return {finding.rule for finding in all_findings(diary)}


def twitching(first, *, step=2, site="upper_lip", **fields):
    return [episode(days, site=site, **fields) for days in range(first, -1, -step)]


def medication(days_ago, medicine_class, **fields):
    return Medication(
        id=SPACE,
        name="",
        medicine_class=medicine_class,
        started=PartialDate(day=ago(days_ago)),
        **fields,
    )
