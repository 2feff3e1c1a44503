"""What a person told the diary, as plain values: the input of every decision.

Stored rows and wire formats are turned into these by `diary.queries`. A missing answer is `None`
or an empty tuple and never means "no"; only `present=False` or `False` is a stated absence.
"""

from diary.domain.entries.choices import (
    Course,
    DatePrecision,
    EyeClosure,
    HistoryKind,
    HistoryStatus,
    MomentPrecision,
    Onset,
    Referral,
    Reporter,
    Side,
    Twitched,
)
from diary.domain.entries.parts import (
    DoseChange,
    Factor,
    HistoryAnswer,
    Moment,
    NumberRange,
    PartialDate,
    Person,
    RemedyUse,
    ReportedSymptom,
    SitedSide,
    StatedMedicine,
    TestDone,
)
from diary.domain.entries.records import (
    CheckIn,
    Day,
    Episode,
    HistoryItem,
    Medication,
    Problem,
    RemedyTrial,
)

__all__ = [
    "CheckIn",
    "Course",
    "DatePrecision",
    "Day",
    "DoseChange",
    "Episode",
    "EyeClosure",
    "Factor",
    "HistoryAnswer",
    "HistoryItem",
    "HistoryKind",
    "HistoryStatus",
    "Medication",
    "Moment",
    "MomentPrecision",
    "NumberRange",
    "Onset",
    "PartialDate",
    "Person",
    "Problem",
    "Referral",
    "RemedyTrial",
    "RemedyUse",
    "ReportedSymptom",
    "Reporter",
    "Side",
    "SitedSide",
    "StatedMedicine",
    "TestDone",
    "Twitched",
]
